/** @file The timeline: dates against an independent list, works and lessons that exist, an axis that tells the truth. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { bibliography } from "../../src/build/bibliography.ts"
import { bookMap } from "../../src/build/book-map.ts"
import { contentRoot } from "../../src/build/content-root.ts"
import {
  AXIS_BREAK,
  axisPlace,
  chapters,
  eventAnchor,
  parseTimeline,
  pile,
  timeline,
} from "../../src/build/timeline.ts"

const lessons = bookMap(contentRoot)
const history = timeline(new Set(lessons.keys()))
const works = bibliography()
const json = readFileSync("content/timeline.json", "utf8")
const names = { works: new Set(works.keys()), lessons: new Set(lessons.keys()) }

/** What happened when, from the syllabus: a year and what the entry of that year must name. */
const dates: [year: number, what: RegExp][] = [
  [1943, /McCulloch/],
  [1949, /Hebb/],
  [1957, /Rosenblatt/],
  [1960, /Hoff/],
  [1962, /Novikoff/],
  [1969, /Minsky/],
  [1970, /Linnainmaa/],
  [1974, /Werbos/],
  [1980, /Neocognitron/],
  [1982, /Hopfield/],
  [1986, /Rumelhart/],
  [1989, /one hidden layer/],
  [1989, /LeCun/],
  [1998, /LeNet/],
  [2009, /ImageNet/],
  [2010, /Glorot/],
  [2010, /ReLU/],
  [2012, /AlexNet/],
  [2014, /Dropout/],
  [2015, /Adam/],
  [2015, /Batch/],
]

describe("the timeline", () => {
  it.each(dates)("has in %i what matches %s", (year, what) => {
    const found = history.events.filter((event) => what.test(`${event.title} ${event.what}`))
    expect(found.map((event) => event.year)).toContain(year)
  })

  it("E01: says that three years of the perceptron are in print, with a source for each", () => {
    const event = history.events.find(({ title }) => title === "The perceptron")
    expect(event?.careful).toMatch(/1957, 1958 and 1962/)
    expect(event?.cites.map((key) => works.get(key)?.year)).toEqual([1957, 1958, 1962])
  })

  it("E02: says that backpropagation is misdated, miscited and older", () => {
    const event = history.events.find(({ year }) => year === 1986)
    expect(event?.careful).toMatch(/1985/)
    expect(event?.careful).toMatch(/two titles/)
    expect(event?.careful).toMatch(/not the first/)
  })

  it("gives every event the year of a work that it cites", () => {
    const wrong = history.events.filter(
      ({ year, cites }) => !cites.some((key) => works.get(key)?.year === year),
    )
    expect(wrong.map(({ title }) => title)).toEqual([])
  })

  it("leads to every lesson that tells of work older than the field's textbooks", () => {
    const linked = new Set(history.events.map(({ lesson }) => lesson))
    const silent = [...lessons.values()].filter(
      ({ path, citations }) =>
        !linked.has(path.id) && citations.some((key) => (works.get(key)?.year ?? 3000) < 1960),
    )
    expect(silent.map(({ path }) => path.id)).toEqual([])
  })

  it("puts every event into one age, and gives each a link of its own", () => {
    const ages = chapters(history)
    expect(ages.flatMap(({ events }) => events)).toEqual(history.events)
    expect(ages.filter(({ events }) => events.length === 0)).toEqual([])
    expect(new Set(history.events.map(eventAnchor)).size).toBe(history.events.length)
    expect(eventAnchor(history.events[2])).toBe("1943-a-neuron-as-a-switch")
  })

  it("says each thing briefly: at most 60 words, and at most 60 of caution", () => {
    const long = (text = "") => text.split(/\s+/).length > 60
    expect(history.events.filter(({ what, careful }) => long(what) || long(careful))).toEqual([])
  })

  it("draws years in order and equal spans alike, after the break", () => {
    const places = history.events.map(({ year }) => axisPlace(year))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(axisPlace(1960) - axisPlace(1950)).toBeCloseTo(axisPlace(2020) - axisPlace(2010), 9)
    expect(axisPlace(AXIS_BREAK - 1)).toBeLessThan(axisPlace(AXIS_BREAK))
    expect([axisPlace(1800), axisPlace(2030)]).toEqual([0, 100])
  })

  it("draws no two dots on each other", () => {
    const dots = pile(history.events, 2.7)
    const covered = dots.filter((a) =>
      dots.some((b) => a !== b && a.level === b.level && Math.abs(a.event.year - b.event.year) < 2.7),
    )
    expect(covered.map(({ event }) => event.title)).toEqual([])
  })

  it.each([
    [
      "a work that does not exist",
      '"mcculloch1943"',
      '"mcculloch1934"',
      /references.json lacks.*mcculloch1943/,
    ],
    [
      "a lesson that does not exist",
      '"lesson": "hebb"',
      '"lesson": "heb"',
      /"heb", which does not exist.*hebb/,
    ],
    ["years out of order", '"year": 1949', '"year": 1939', /\(1939\) stands behind 1943/],
    ["an unknown kind", '"kind": "world"', '"kind": "word"', /unknown kind "word"/],
    ["an event without a source", '"cites": ["hebb1949"]', '"cites": []', /cites no work/],
    ["an age that ends before it begins", '"from": 1982', '"from": 1962', /begins in 1962/],
  ])("stops the build at %s, with the line", (_, right, wrong, says) => {
    expect(json).toContain(right)
    const broken = () => parseTimeline(json.replace(right, wrong), "timeline.json", names)
    expect(broken).toThrow(says)
    expect(broken).toThrow(/timeline\.json:[1-9]\d*:/)
  })
})
