/** @file The way through all exercises: states and counts, where to go on, what comes back. Without a page. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Attempt } from "../../exercises/lib/submission.ts"
import type { Progress } from "../../src/elements/progress-kept.ts"
import {
  continueAt,
  countStates,
  forReview,
  overview,
  type Row,
  readReview,
  reviewText,
} from "../../src/elements/progress-overview.ts"
import { reviewLink } from "../../src/elements/review-link.ts"

const at = (day: number): string => new Date(Date.UTC(2026, 10, day)).toISOString()
const attempt = (day: number, verdict: "wrong" | "correct" = "wrong", revision = 1): Attempt => ({
  exercise: "",
  revision,
  seed: 1,
  answer: { kind: "number", text: "1" },
  report: { verdict, score: 0, note: "" },
  hintsUsed: 0,
  at: at(day),
})
const nothing: Progress = { attempts: [], hintsUsed: 0, revealed: false }
const begun = (day: number): Progress => ({
  ...nothing,
  answer: { kind: "number", text: "1" },
  answeredAt: at(day),
})
const wrong = (day: number): Progress => ({ ...begun(day), attempts: [attempt(day)] })
const seen = (day: number): Progress => ({ ...nothing, revealed: true, revealedAt: at(day) })
const solved = (day: number, revision = 2): Progress => ({
  ...begun(day),
  attempts: [attempt(day, "correct", revision)],
  solved: revision,
})

/** A book of two lessons with three exercises each, all of revision 2. */
const places = ["a", "b", "c", "d", "e", "f"].map((id, i) => ({
  id,
  lesson: i < 3 ? "first" : "second",
  revision: 2,
}))
const book = (kept: Record<string, Progress>): Row[] => overview(places, (id) => kept[id] ?? nothing)
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).join("")

describe("the overview", () => {
  it("gives every exercise one state, in the order of the book, and counts them", () => {
    const rows = book({ a: solved(1), b: solved(1, 1), c: wrong(2), d: begun(3), e: seen(4) })
    expect(rows.map(({ state }) => state)).toEqual([
      "correct",
      "changed",
      "not yet",
      "in progress",
      "revealed",
      "to do",
    ])
    expect(Object.values(countStates(rows))).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe("where to go on", () => {
  it.each([
    ["nothing was done", {}, "a"],
    ["the last one was not solved", { a: solved(1), d: wrong(5), b: begun(2) }, "d"],
    ["the last one was solved", { b: solved(5), a: begun(1) }, "c"],
    ["the last one of the book was solved", { f: solved(5), a: solved(1) }, "b"],
    ["the solution of the last one was looked at", { c: seen(9), a: wrong(1) }, "d"],
  ] as [string, Record<string, Progress>, string][])("when %s", (_, kept, id) => {
    expect(continueAt(book(kept))?.id).toBe(id)
  })

  it("is nowhere when all are solved, and at what was wrong when nothing else is open", () => {
    const all = Object.fromEntries(places.map(({ id }, i) => [id, solved(i + 1)]))
    expect(continueAt(book(all))).toBe(undefined)
    expect(continueAt(book({ ...all, b: wrong(1) }))?.id).toBe("b")
  })
})

describe("the review", () => {
  it("brings back what was wrong, looked up, or changed: what was left longest ago first", () => {
    const kept = { a: wrong(9), b: solved(2, 1), c: seen(5), d: solved(1), e: begun(3) }
    expect(ids(forReview(book(kept)))).toBe("bca")
  })

  it("has twenty exercises at most, the oldest", () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ id: `e${i}`, lesson: "l", revision: 1 }))
    const back = forReview(overview(many, (id) => wrong(30 - Number(id.slice(1)))))
    expect(back.length).toBe(20)
    expect([back[0].id, back[19].id]).toEqual(["e29", "e10"])
  })

  it("is in the address of each of its exercises, and is read from there again", () => {
    const [first, , third] = book({})
    const address = new URL(reviewLink([first, third], third), "https://book.example")
    expect(address.pathname).toBe("/first/")
    expect(address.hash).toBe("#ex-c")
    expect(readReview(address.searchParams.get("review") ?? "")).toEqual([
      { lesson: "first", id: "a" },
      { lesson: "first", id: "c" },
    ])
  })

  it("is read from any text without an error, and leads nowhere but to lessons", () => {
    expect(readReview("https://elsewhere.example/x,../a/b,first/a,javascript:1,first/,/a")).toEqual([
      { lesson: "first", id: "a" },
    ])
    fc.assert(
      fc.property(fc.string(), (text) => {
        const steps = readReview(text)
        expect(readReview(reviewText(steps))).toEqual(steps)
        expect(steps.every(({ lesson, id }) => /^[a-z0-9-]+$/.test(lesson + id))).toBe(true)
      }),
    )
  })
})
