/**
 * @file The history of the field in `timeline.json`, read and checked: years in order, works and lessons that exist. Knows
 * where a year stands on the drawn axis. Knows no page.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { bibliography } from "./bibliography.ts"
import { ContentError, suggestion } from "./content-error.ts"
import { contentRoot, projectPath } from "./content-root.ts"

/** What an event brought; each has its own colour, and its name in words. */
export const kinds = {
  network: "Units and networks",
  learning: "Ways to learn",
  theory: "Theory",
  world: "The world around",
} as const
export type Kind = keyof typeof kinds

export interface TimelineEvent {
  year: number
  title: string
  /** A word or two for the drawn axis, where there is room for few. */
  landmark?: string
  /** One or two sentences. */
  what: string
  /** What other sources have wrong, or date otherwise. */
  careful?: string
  kind: Kind
  /** Keys of `references.json`. */
  cites: string[]
  /** Id of the lesson that treats it, if there is one. */
  lesson?: string
}

/** It ends where the next one begins. */
export interface Age {
  from: number
  title: string
  what: string
  /** The years in which few believed in networks. */
  winter?: boolean
  cites?: string[]
}

export interface Timeline {
  ages: Age[]
  events: TimelineEvent[]
}

/** What the file may name. */
export interface TimelineNames {
  works: ReadonlySet<string>
  lessons: ReadonlySet<string>
}

const file = join(contentRoot, "timeline.json")

/** `lessons`: ids of those that exist. */
export function timeline(lessons: ReadonlySet<string>): Timeline {
  const works = new Set(bibliography().keys())
  return parseTimeline(readFileSync(file, "utf8"), projectPath(file), { works, lessons })
}

export function parseTimeline(json: string, path: string, { works, lessons }: TimelineNames): Timeline {
  const all = JSON.parse(json) as Timeline
  const fail = (title: string, message: string): never => {
    const at = json.indexOf(JSON.stringify(title))
    throw new ContentError(path, { line: json.slice(0, Math.max(0, at)).split("\n").length }, message)
  }
  for (const { title, cites = [] } of [...all.events, ...all.ages])
    for (const key of cites)
      if (!works.has(key))
        fail(title, `"${title}" cites "${key}", which references.json lacks.${suggestion(key, works)}`)
  for (const [i, { title, year, kind, lesson, cites }] of all.events.entries()) {
    if (cites.length === 0) fail(title, `"${title}" cites no work.`)
    if (!Object.hasOwn(kinds, kind)) fail(title, `"${title}" has the unknown kind "${kind}".`)
    if (lesson && !lessons.has(lesson))
      fail(
        title,
        `"${title}" names the lesson "${lesson}", which does not exist.${suggestion(lesson, lessons)}`,
      )
    if (i > 0 && year < all.events[i - 1].year)
      fail(title, `"${title}" (${year}) stands behind ${all.events[i - 1].year}; put the years in order.`)
  }
  for (const [i, { title, from }] of all.ages.entries())
    if (i > 0 && from <= all.ages[i - 1].from)
      fail(title, `"${title}" begins in ${from}, not after the age before it; put the ages in order.`)
  return all
}

/** An age with its years and its events. */
export type Chapter = Age & { to: number; events: TimelineEvent[] }

/** Each event in the age in which it falls; the last age is open and ends with the axis. */
export function chapters({ ages, events }: Timeline): Chapter[] {
  return ages.map((age, i) => {
    const to = ages[i + 1]?.from ?? AXIS.to
    return { ...age, to, events: events.filter(({ year }) => year >= age.from && year < to) }
  })
}

/** The name of an event in a link: `1943-a-neuron-as-a-switch`. */
export function eventAnchor({ year, title }: TimelineEvent): string {
  return `${year}-${title
    .toLowerCase()
    .replaceAll(/[’']/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")}`
}

/** Before it, the axis is squeezed. */
export const AXIS_BREAK = 1940

const AXIS = { from: 1800, to: 2030, before: 15 }

/** Where a year stands on the axis, in percent of its length: the time before {@link AXIS_BREAK} has a short piece of it. */
export function axisPlace(year: number): number {
  const { from, to, before } = AXIS
  if (year < AXIS_BREAK) return (before * (year - from)) / (AXIS_BREAK - from)
  return before + ((100 - before) * (year - AXIS_BREAK)) / (to - AXIS_BREAK)
}

export interface Dot {
  event: TimelineEvent
  /** Percent of the axis. */
  x: number
  /** How many dots stand below it. */
  level: number
}

/** One dot an event; those too close to stand side by side pile up. `width`: what a dot needs, in years. */
export function pile(events: TimelineEvent[], width = 1): Dot[] {
  const dots: Dot[] = []
  for (const event of events) {
    const near = dots.filter((dot) => event.year - dot.event.year < width && dot.event.year >= AXIS_BREAK)
    const taken = new Set(near.map(({ level }) => level))
    let level = 0
    while (taken.has(level)) level++
    dots.push({ event, x: axisPlace(event.year), level })
  }
  return dots
}
