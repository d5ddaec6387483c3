/** @file What is kept of a reader's exercises: through damage, two tabs, refused storage and new revisions. Without a page. */
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { Answer, Report, Verdict } from "../../exercises/lib/exercise.ts"
import type { Attempt } from "../../exercises/lib/submission.ts"
import { readSubmission } from "../../exercises/lib/submission.ts"
import { addAttempt, allAttempts, boundedAttempts } from "../../src/elements/attempts.ts"
import { allEntries, inventory } from "../../src/elements/belongings.ts"
import * as progress from "../../src/elements/progress.ts"
import { asProgress, isSound, stateOf } from "../../src/elements/progress-kept.ts"
import * as store from "../../src/elements/store.ts"

/** A browser's storage: as many characters as it is told, or none at all. */
class Disk {
  readonly entries = new Map<string, string>()
  room = Number.POSITIVE_INFINITY
  get length() {
    return this.entries.size
  }
  key(i: number) {
    return [...this.entries.keys()][i] ?? null
  }
  getItem(key: string) {
    return this.entries.get(key) ?? null
  }
  setItem(key: string, text: string) {
    const others = [...this.entries].filter(([other]) => other !== key)
    const size = others.reduce((sum, [, value]) => sum + value.length, text.length)
    if (size > this.room) throw new DOMException("full", "QuotaExceededError")
    this.entries.set(key, text)
  }
  removeItem(key: string) {
    this.entries.delete(key)
  }
}

let disk: Disk
beforeEach(() => {
  for (const key of store.keys()) store.remove(key)
  disk = new Disk()
  vi.stubGlobal("localStorage", disk)
})
afterEach(() => {
  for (const key of store.keys()) store.remove(key)
  vi.unstubAllGlobals()
})

const text = (said: string): Answer => ({ kind: "number", text: said })
const report = (verdict: Verdict, revision = 1): Report => ({
  exercise: "e",
  revision,
  seed: 3,
  verdict,
  score: verdict === "correct" ? 1 : 0,
  note: verdict === "correct" ? "ok" : "generic.value",
  message: "",
  checks: [],
  console: [],
  ms: 1,
})
const attempt = (verdict: Verdict, i: number): Attempt => ({
  exercise: "e",
  revision: 1,
  seed: i,
  answer: text(String(i)),
  report: { verdict, score: 0, note: "" },
  hintsUsed: 0,
  at: new Date(i).toISOString(),
})
const raw = (key: string) => disk.entries.get(`descent:${key}`)
const state = (revision?: number) => stateOf(progress.progressOf("e"), revision)

describe("the state of an exercise", () => {
  it("goes from to do over in progress and not yet to correct", () => {
    expect(state()).toBe("to do")
    progress.saveAnswer("e", text("1"))
    expect(state()).toBe("in progress")
    addAttempt("e", text("1"), report("wrong"))
    expect(state()).toBe("not yet")
    addAttempt("e", text("2"), report("correct"))
    addAttempt("e", text("3"), report("wrong"))
    expect(state()).toBe("correct")
    expect(progress.progressOf("e").attempts.map(({ revision, at }) => [revision, at.length])).toEqual([
      [1, 24],
      [1, 24],
      [1, 24],
    ])
  })

  it("is changed under a higher revision until it is tried again", () => {
    addAttempt("e", text("2"), report("correct", 1))
    expect([state(1), state(2)]).toEqual(["correct", "changed"])
    addAttempt("e", text("2"), report("wrong", 2))
    expect(state(2)).toBe("not yet")
    addAttempt("e", text("4"), report("correct", 2))
    expect(state(2)).toBe("correct")
    expect(progress.progressOf("e").solved).toBe(2)
  })

  it("is not lost when a page of the older revision solves it again", () => {
    addAttempt("e", text("4"), report("correct", 2))
    addAttempt("e", text("4"), report("correct", 1))
    expect(state(2)).toBe("correct")
  })
})

describe("an answer", () => {
  it("that was typed while another one was being checked stays", () => {
    progress.saveAnswer("e", text("checked"))
    progress.saveAnswer("e", text("typed on"), text("checked"))
    addAttempt("e", text("checked"), report("wrong"))
    expect(progress.progressOf("e")).toMatchObject({
      answer: text("typed on"),
      attempts: [{ answer: text("checked") }],
    })
  })

  it("of another tab that this tab has not seen is kept when a newer one takes its place", () => {
    progress.saveAnswer("e", text("here"))
    progress.saveAnswer("e", text("there"), text("here"))
    expect(progress.replacedAnswers("e")).toEqual([])
    progress.saveAnswer("e", text("here, newer"), text("here"))
    expect(progress.progressOf("e").answer).toEqual(text("here, newer"))
    expect(progress.replacedAnswers("e")).toEqual([text("there")])
    progress.forgetReplaced("e", text("there"))
    expect(raw("replaced:e")).toBe(undefined)
  })

  it("is one of ten that others took the place of, each once", () => {
    for (let i = 0; i < 15; i++) progress.keepReplaced("e", text(String(i % 12)))
    expect(progress.replacedAnswers("e").map((answer) => "text" in answer && answer.text)).toEqual([
      "5",
      "6",
      "7",
      "8",
      "9",
      "10",
      "11",
      "0",
      "1",
      "2",
    ])
  })
})

describe("attempts", () => {
  it("of two tabs are all kept", () => {
    addAttempt("e", text("1"), report("wrong"))
    // Another tab writes to the same storage without this tab's knowledge.
    const kept = JSON.parse(raw("exercise:e") ?? "")
    kept.attempts.push(attempt("wrong", 5))
    disk.setItem("descent:exercise:e", JSON.stringify(kept))
    addAttempt("e", text("3"), report("correct"))
    expect(progress.progressOf("e").attempts.map(({ seed }) => seed)).toEqual([3, 5, 3])
    expect(allAttempts().length).toBe(3)
  })

  it("are a hundred at most, the latest, and the last right one whenever it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 250 }), fc.integer({ min: 0, max: 249 }), (n, right) => {
        const all = Array.from({ length: n }, (_, i) => attempt(i === right ? "correct" : "wrong", i))
        const kept = boundedAttempts(all)
        expect(kept.length).toBe(Math.min(n, 100))
        expect(kept.at(-1)).toBe(all.at(-1))
        expect(kept.some(({ report }) => report.verdict === "correct")).toBe(right < n)
        expect(kept).toEqual([...kept].sort((a, b) => a.seed - b.seed))
      }),
    )
  })
})

describe("what is stored damaged", () => {
  it.each(["{broken", "", "[1", "undefined"])(
    "as %j is put aside as it is, and does not come back",
    (broken) => {
      disk.setItem("descent:exercise:e", broken)
      expect(progress.progressOf("e")).toEqual({ attempts: [], hintsUsed: 0, revealed: false })
      expect(JSON.parse(raw("damaged:exercise:e") ?? "")).toBe(broken)
      expect(raw("exercise:e")).toBe(undefined)
      expect(store.damagedKeys()).toContain("exercise:e")
      progress.saveAnswer("e", text("new"))
      expect(store.get("damaged:exercise:e")).toBe(broken)
      expect(inventory(allEntries())).toContain("1 damaged entry, put aside as it was")
    },
  )

  it("in part keeps its sound part, and the whole is put aside", () => {
    const sound = attempt("wrong", 7)
    const damaged = {
      answer: { kind: "function", source: 5 },
      attempts: [sound, null, { at: 5 }, { ...sound, report: "correct" }],
      hintsUsed: "2",
      solved: "yes",
    }
    store.set("exercise:e", damaged)
    expect(progress.progressOf("e")).toEqual({ attempts: [sound], hintsUsed: 2, revealed: false })
    expect(JSON.parse(store.get("damaged:exercise:e") ?? "")).toEqual(damaged)
    const twice = store.damagedKeys().length
    progress.progressOf("e")
    expect(store.damagedKeys().length).toBe(twice)
  })

  it("whatever it is, gives something sound, and what is sound stays as it is", () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          answer: fc.jsonValue(),
          attempts: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
          solved: fc.jsonValue(),
          undo: fc.jsonValue(),
          revealed: fc.jsonValue(),
          __proto__: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const mended = asProgress(JSON.parse(JSON.stringify(value)))
        expect(isSound(mended)).toBe(true)
        expect(asProgress(mended)).toEqual(mended)
        expect(["to do", "in progress", "correct", "not yet", "revealed"]).toContain(stateOf(mended))
      }),
    )
  })

  it("under the names of prototypes touches no prototype", () => {
    disk.setItem("descent:exercise:__proto__", '{"__proto__": {"solved": 1}, "attempts": {"__proto__": []}}')
    disk.setItem(
      "descent:exercise:constructor",
      '{"answer": {"kind": "number", "text": "1", "__proto__": {"x": "1"}}}',
    )
    expect(stateOf(progress.progressOf("__proto__"))).toBe("to do")
    expect(stateOf(progress.progressOf("constructor"))).toBe("in progress")
    expect(({} as Record<string, unknown>).solved).toBe(undefined)
    expect(Object.keys(allEntries())).toContain("exercise:__proto__")
  })

  it("never spoils the file that is handed in", () => {
    store.set("exercise:a", { attempts: [{ ...attempt("wrong", 1), seed: "x" }, attempt("wrong", 2)] })
    const file = { format: "descent-submission/1", learner: {}, attempts: allAttempts() }
    expect(readSubmission(JSON.stringify(file)).attempts.map(({ seed }) => seed)).toEqual([2])
  })
})

describe("where the browser keeps nothing", () => {
  it("because it is full, what is new lives until the page goes, and what was there stays", () => {
    progress.saveAnswer("e", text("before"))
    disk.room = 0
    const refused = vi.fn()
    store.whenRefused(refused)
    expect(progress.saveAnswer("e", text("after"), text("before"))).toBe(false)
    expect(addAttempt("e", text("after"), report("correct"))).toBe(false)
    expect(refused).toHaveBeenCalled()
    expect(progress.progressOf("e")).toMatchObject({ answer: text("after"), solved: 1 })
    expect(JSON.parse(raw("exercise:e") ?? "")).toMatchObject({ answer: text("before"), attempts: [] })
    disk.room = Number.POSITIVE_INFINITY
    expect(addAttempt("e", text("after"), report("correct"))).toBe(true)
    expect(JSON.parse(raw("exercise:e") ?? "").attempts.length).toBe(2)
  })

  it("because it has no storage, exercises work all the same", () => {
    vi.stubGlobal("localStorage", undefined)
    expect(progress.saveAnswer("e", text("1"))).toBe(false)
    expect(addAttempt("e", text("1"), report("correct"))).toBe(false)
    expect([state(), progress.touched()]).toEqual(["correct", ["e"]])
  })
})
