/** @file What a reader has done: saved to a file and read again, merged, thinned. Nothing gets lost on the way. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BackupError, type Entries, makeBackup, mergeEntries, readBackup } from "../../src/elements/backup.ts"
import { inventory, mergeInWords } from "../../src/elements/belongings.ts"
import { keepVersion, MOST_VERSIONS, thin, type Version, versionsOf } from "../../src/elements/history.ts"
import type { Scratchpad } from "../../src/elements/scratch-store.ts"
import * as store from "../../src/elements/store.ts"

const NOW = Date.UTC(2026, 10, 21)
const DAY = 86_400_000
const when = fc.integer({ min: NOW - 30 * DAY, max: NOW })
const text = fc.string({ maxLength: 12 })
const place = fc.constantFrom("perceptron/hebb", "perceptron/rule", "softmax/a/b")
const why = fc.constantFrom("run", "pause", "reset", "other tab", "import") as fc.Arbitrary<Version["why"]>
const version: fc.Arbitrary<Version> = fc.record({ source: text, at: when, why })

/** As the store would hold them. */
const history = fc.array(version, { minLength: 1, maxLength: 12 }).map((all) => {
  const latest = new Map(all.sort((a, b) => a.at - b.at).map((one) => [one.source, one]))
  const sorted = [...latest.values()].sort((a, b) => a.at - b.at || (a.source < b.source ? -1 : 1))
  return thin(sorted, sorted.at(-1)?.at ?? 0)
})
const edit = fc.record({ source: text, base: text, at: when }, { requiredKeys: ["source", "base"] })
const answer = fc.record({ kind: fc.constant("number"), text })
const attempt = fc.record({
  exercise: fc.constant("x"),
  seed: fc.nat(),
  answer,
  report: fc.record({ verdict: fc.constantFrom("wrong", "correct") }),
  at: when.map((t) => new Date(t).toISOString()),
})
const exercise = fc.record(
  {
    answer,
    answeredAt: when.map((t) => new Date(t).toISOString()),
    attempts: fc
      .uniqueArray(attempt, { maxLength: 4, selector: (one) => one.at })
      .map((all) => all.sort((a, b) => (a.at < b.at ? -1 : 1))),
    hintsUsed: fc.nat(4),
    revealed: fc.boolean(),
    solved: fc.nat(3),
  },
  { requiredKeys: ["attempts", "hintsUsed", "revealed"] },
)
const scratchpad = fc
  .record({
    name: fc.constantFrom("Notes", "Trials"),
    at: when,
    all: fc.shuffledSubarray(["c1", "c2", "c3", "c4"]),
    cut: fc.nat(4),
  })
  .map(({ name, at, all, cut }): Scratchpad => {
    const cells = all.map((id) => ({ id }))
    return { name, at, cells: cells.slice(0, cut), gone: cells.slice(cut) }
  })
const entry: fc.Arbitrary<[string, unknown]> = fc.oneof(
  fc.tuple(fc.constantFrom("scratch:a", "scratch:b"), scratchpad),
  fc.tuple(
    place.map((p) => `edit:${p}`),
    edit,
  ),
  fc.tuple(
    place.map((p) => `history:${p}`),
    history,
  ),
  fc.tuple(
    place.map((p) => `reset:${p}`),
    text,
  ),
  fc.tuple(fc.constantFrom("exercise:a", "exercise:b"), exercise),
  fc.tuple(
    fc.constantFrom("replaced:a", "replaced:b"),
    fc.uniqueArray(answer, { minLength: 1, maxLength: 3, selector: (one) => one.text }),
  ),
  fc.tuple(fc.constantFrom("theme", "learner", "predict:x/y", "__proto__x"), fc.jsonValue()),
)
const entries = fc.array(entry, { maxLength: 10 }).map((all): Entries => Object.fromEntries(all))

const textsOf = (all: Entries): Set<string> => {
  const found = new Set<string>()
  for (const [key, value] of Object.entries(all)) {
    if (key.startsWith("edit:")) found.add(`${key.slice(5)}=${(value as Version).source}`)
    if (key.startsWith("history:"))
      for (const { source } of value as Version[]) found.add(`${key.slice(8)}=${source}`)
  }
  return found
}
/** All answers to an exercise, whichever way they are kept. */
const answersOf = (all: Entries, id: string): unknown[] => {
  const { answer, attempts } = (all[`exercise:${id}`] ?? { attempts: [] }) as Attempted
  const replaced = (all[`replaced:${id}`] ?? []) as unknown[]
  return [...(answer ? [answer] : []), ...attempts.map((one) => one.answer), ...replaced]
}
interface Attempted {
  answer?: unknown
  attempts: { answer: unknown }[]
}
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe("a backup", () => {
  it("that is saved and brought into an empty browser is the same again", () => {
    fc.assert(
      fc.property(entries, (all) => {
        const file = readBackup(JSON.stringify(makeBackup(all, "1.0.0", new Date(NOW))))
        expect(mergeEntries({}, file.entries).entries).toEqual(plain(all))
      }),
      { numRuns: 500 },
    )
  })

  it("merged twice is merged once", () => {
    fc.assert(
      fc.property(entries, entries, (here, file) => {
        const once = mergeEntries(here, file).entries
        const { entries: twice, report } = mergeEntries(once, file)
        expect(twice).toEqual(once)
        expect(report.cellsTaken + report.exercises + report.scratchpads + report.others).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  it("merged loses no cell's text of either side, no answer and no attempt", () => {
    fc.assert(
      fc.property(entries, entries, (here, file) => {
        const merged = mergeEntries(here, file).entries
        const texts = textsOf(merged)
        // What runs and pauses left behind may be thinned; what a cell showed may not.
        for (const side of [here, file])
          for (const [key, value] of Object.entries(side)) {
            if (key.startsWith("edit:"))
              expect(texts).toContain(`${key.slice(5)}=${(value as Version).source}`)
            if (key.startsWith("scratch:")) {
              const { cells, gone } = merged[key] as Scratchpad
              const known = [...cells, ...gone].map(({ id }) => id)
              expect(new Set(known).size).toBe(known.length)
              for (const { id } of (value as Scratchpad).cells) expect(known).toContain(id)
            }
            if (key.startsWith("exercise:") || key.startsWith("replaced:"))
              for (const one of answersOf(side, key.slice(9)))
                expect(answersOf(merged, key.slice(9))).toContainEqual(one)
            if (key.startsWith("exercise:"))
              for (const one of (value as { attempts: unknown[] }).attempts)
                expect((merged[key] as { attempts: unknown[] }).attempts).toContainEqual(one)
          }
      }),
      { numRuns: 1000 },
    )
  })

  it("lets the newer text of a cell win, and says what it did", () => {
    const here = {
      "edit:l/a": { source: "old", base: "", at: 1 },
      "edit:l/b": { source: "new", base: "", at: 9 },
    }
    const file = {
      "edit:l/a": { source: "new", base: "", at: 2 },
      "edit:l/b": { source: "old", base: "", at: 3 },
      "edit:l/c": { source: "c", base: "" },
      theme: "dark",
    }
    const { entries: merged, report } = mergeEntries(here, file)
    expect(merged).toMatchObject({
      "edit:l/a": { source: "new" },
      "edit:l/b": { source: "new" },
      "edit:l/c": { source: "c" },
      "history:l/a": [{ source: "old", why: "import" }],
      "history:l/b": [{ source: "old", why: "import" }],
    })
    expect(mergeInWords(report)).toBe(
      "2 cells have the file’s text now; 1 cell keeps its newer text (the file’s is among the versions); 1 setting was added.",
    )
    expect(mergeInWords(mergeEntries(merged, merged).report)).toBe("All of it was here already.")
  })

  it("keeps the answer that was given last, and what was solved on either side", () => {
    const a = { kind: "number", text: "a" }
    const b = { kind: "number", text: "b" }
    const mine = { attempts: [{ at: "2026-01-01" }], answer: a, hintsUsed: 2, revealed: false, solved: 1 }
    const theirs = { attempts: [{ at: "2026-01-02" }], answer: b, hintsUsed: 1, revealed: true }
    const { entries: merged } = mergeEntries({ "exercise:x": mine }, { "exercise:x": theirs })
    expect(merged["replaced:x"]).toEqual([a])
    expect(merged["exercise:x"]).toEqual({
      attempts: [{ at: "2026-01-01" }, { at: "2026-01-02" }],
      answer: b,
      hintsUsed: 2,
      revealed: true,
      solved: 1,
    })
  })

  it.each([
    ["", /damaged or cut off/],
    ['{"format": "descent-backup", "version": 1', /damaged or cut off/],
    ["[]", /not one that this book has saved/],
    ['{"format": "descent-submission/1"}', /not one that this book has saved/],
    ['{"format": "descent-backup", "version": 1, "made": "", "entries": []}', /parts of it are missing/],
    ['{"format": "descent-backup", "version": 2, "made": "", "entries": {}}', /newer version/],
    ['{"format": "descent-backup", "version": 1, "made": "", "entries": {"edit:a/b": {}}}', /“edit:a\/b”/],
    [
      '{"format": "descent-backup", "version": 1, "made": "", "entries": {"history:a/b": [1]}}',
      /“history:a\/b”/,
    ],
    ['{"format": "descent-backup", "version": 1, "made": "", "entries": {"exercise:a": 1}}', /“exercise:a”/],
    [
      '{"format": "descent-backup", "version": 1, "made": "", "entries": {"exercise:a": {"answer": {"kind": 1}}}}',
      /“exercise:a”/,
    ],
    [
      '{"format": "descent-backup", "version": 1, "made": "", "entries": {"exercise:a": {"attempts": [{"at": "now"}]}}}',
      /“exercise:a”/,
    ],
    [
      '{"format": "descent-backup", "version": 1, "made": "", "entries": {"replaced:a": "x"}}',
      /“replaced:a”/,
    ],
  ])("that is damaged is refused with a sentence: %s", (file, words) => {
    expect(() => readBackup(file)).toThrow(BackupError)
    expect(() => readBackup(file)).toThrow(words)
  })

  it("cut off anywhere is refused", () => {
    const file = JSON.stringify(makeBackup({ "edit:a/b": { source: "1", base: "" } }, "1", new Date(NOW)))
    for (let i = 0; i < file.length; i++) expect(() => readBackup(file.slice(0, i))).toThrow(BackupError)
  })

  it("is listed in words, most precious first", () => {
    expect(
      inventory({
        theme: "dark",
        "history:l/a": [1, 2],
        "edit:l/a": {},
        "exercise:none": {},
        learner: {},
        "predict:x": 1,
        "input:l/a": {},
      }),
    ).toEqual([
      "1 edited cell",
      "2 kept versions of cells",
      "answers to 1 exercise, 0 of them solved",
      "1 cell whose inputs you set",
      "your name and number for handing in",
      "your choice of colours",
      "1 other entry, such as a prediction",
    ])
  })
})

describe("the versions of a cell", () => {
  it("stay within their bounds, in order, the newest always there", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, why, fc.nat(3_600_000)), { maxLength: 120 }), (steps) => {
        store.remove("history:l/x")
        let at = NOW
        for (const [source, reason, later] of steps) {
          at += later
          keepVersion("l/x", source, reason, at)
          const versions = versionsOf("l/x")
          expect(versions.at(-1)?.source).toBe(source)
          expect(versions.length).toBeLessThanOrEqual(MOST_VERSIONS)
          expect(versions.map((v) => v.at)).toEqual(versions.map((v) => v.at).sort((a, b) => a - b))
        }
      }),
      { numRuns: 50 },
    )
  })

  it("are thinned the same way twice", () => {
    fc.assert(
      fc.property(history, (versions) => {
        expect(thin(versions, versions.at(-1)?.at ?? 0)).toEqual(versions)
      }),
    )
  })

  it("are bounded in size, oldest pauses first", () => {
    store.remove("history:l/x")
    keepVersion("l/x", "replaced", "other tab", NOW - 1)
    for (let i = 0; i < 40; i++) keepVersion("l/x", `${i}`.repeat(10_000), "run", NOW + i)
    const versions = versionsOf("l/x")
    expect(versions.reduce((n, { source }) => n + source.length, 0)).toBeLessThanOrEqual(100_000)
    expect(versions[0].source).toBe("replaced")
  })

  it("that are damaged are left out", () => {
    store.set("history:l/x", [{ source: "a", at: 1, why: "run" }, null, 7, { source: 1 }])
    expect(versionsOf("l/x")).toEqual([{ source: "a", at: 1, why: "run" }])
    store.set("history:l/x", "nonsense")
    expect(versionsOf("l/x")).toEqual([])
  })
})
