/** @file What a class's grades are made of, without grading: whose file counts, CSV, JSON, the summary, comparisons. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FORMAT } from "../../exercises/lib/submission.ts"
import { variantOf } from "../../exercises/lib/variant.ts"
import { compareGrades, comparisonInWords } from "../../src/notebook/class-changes.ts"
import { type ClassFile, callRoll, kindOf } from "../../src/notebook/class-files.ts"
import { gradesCsv, gradesJson, gradesOf, readGrades } from "../../src/notebook/class-grades.ts"
import { fileRow, type Row } from "../../src/notebook/class-row.ts"
import { remarksOn, standings } from "../../src/notebook/class-summary.ts"
import { gradeClass } from "../../src/notebook/grade-class.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"
import { computed, typedAs } from "./answers.ts"

const row = (more: Partial<Row>): Row => ({
  ...fileRow("a.json", "damaged", "", { name: "Ada", id: "1" }),
  exercise: "softmax",
  verdict: "correct",
  score: 1,
  note: "ok",
  graded: 1,
  ...more,
})

/** RFC 4180, read back. */
function cellsOf(csv: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, quoted, bare, end] of csv.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines[lines.length - 1].push(quoted?.replaceAll('""', '"') ?? bare)
    if (end === "\r\n") lines.push([])
  }
  lines.pop()
  return lines
}

describe("grades as CSV", () => {
  const nasty = fc
    .array(
      fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", ";", ",", '"', " ", "＝", "cmd()", "é", "1"),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(""))

  it("keep every text, and none of them is a formula", () => {
    fc.assert(
      fc.property(nasty, nasty, (learner, message) => {
        const [head, cells] = cellsOf(gradesCsv([row({ learner, message, score: 0.5 })]))
        expect(cells).toHaveLength(head.length)
        for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r]|;\s*[=+\-@]/u)
        const plain = (text: string): string => text.replaceAll("'", "")
        expect(plain(cells[1])).toBe(learner)
        expect(plain(cells[7])).toBe(message)
        expect(cells[5]).toBe("0.5")
      }),
    )
  })

  it("leave texts that are no formulas as they are", () => {
    const text = "Łukasiewicz, “Jan” (a=b; c-d)"
    expect(cellsOf(gradesCsv([row({ learner: text })]))[1][1]).toBe(text)
  })
})

describe("grades as JSON", () => {
  it("are read back as they were", () => {
    const grades = gradesOf(
      "1.0.0",
      [row({}), row({ exercise: "", verdict: "damaged", file: "b" })],
      ["look"],
    )
    expect(readGrades(gradesJson(grades))).toEqual({ ...grades, notices: [] })
    expect(JSON.parse(gradesJson(gradesOf("1", [], [])))).toMatchObject({ rows: [], exercises: [] })
  })

  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"format":"descent-submission/1"}',
    '{"format":"descent-grades/1"}',
    '{"format":"descent-grades/1","rows":[{}]}',
  ])("are refused with a reason where they are none: %s", (text) => {
    expect(() => readGrades(text)).toThrow(/file/)
  })
})

describe("the summary", () => {
  it("has the hardest exercise first, with its mistakes by how many made them", () => {
    const found = standings([
      row({ exercise: "easy" }),
      row({ exercise: "hard", verdict: "wrong", score: 0, note: "b", message: "first" }),
      row({ exercise: "hard", verdict: "partial", score: 0.5, note: "a" }),
      row({ exercise: "hard", verdict: "wrong", score: 0, note: "b", message: "second" }),
      row({ exercise: "hard", verdict: "grader-error", score: 0 }),
      row({ exercise: "gone", verdict: "unknown" }),
      row({ exercise: "", verdict: "damaged" }),
    ])
    expect(found).toEqual([
      {
        exercise: "hard",
        answers: 3,
        correct: 0,
        score: 0.1667,
        mistakes: [
          { note: "b", count: 2, says: "first" },
          { note: "a", count: 1, says: "" },
        ],
      },
      { exercise: "easy", answers: 1, correct: 1, score: 1, mistakes: [] },
    ])
  })

  it("says what to look at", () => {
    const rows = [
      row({ claimed: "wrong" }),
      row({ changed: true }),
      row({ verdict: "grader-error" }),
      { ...row({}), ...fileRow("x.json", "damaged", "torn") },
    ]
    expect(remarksOn(rows, ["notice"])).toEqual([
      "damaged: x.json: torn",
      "notice",
      "One verdict is not what its file claimed.",
      "One answer was given before its exercise changed.",
      "One error of the grader, which counts against nobody.",
    ])
  })
})

describe("two gradings of a class", () => {
  const of = (...rows: Row[]) => gradesOf("1", rows, [])
  const why = (then: Partial<Row>, now: Partial<Row>): string =>
    compareGrades(of(row({ verdict: "wrong", score: 0, ...then })), of(row(now))).changes[0]?.because

  it("differ for a reason that is named", () => {
    expect(why({}, { graded: 2 })).toBe("the exercise changed (revision 1 → 2)")
    expect(why({ answer: "1" }, { answer: "2" })).toBe("another answer was handed in")
    expect(why({ seed: 1 }, { seed: 2 })).toBe("it was handed in with other inputs")
    expect(why({}, {})).toContain("please report it")
    expect(why({ verdict: "timeout" }, {})).toBe("nothing changed but the time that it took")
    const before = { ...of(row({ verdict: "wrong" })), grader: "0" }
    expect(compareGrades(before, of(row({}))).changes[0].because).toBe("the grader changed")
  })

  it("are compared learner by learner, whatever their files are called", () => {
    const before = of(row({ file: "x" }), row({ exercise: "gone" }), row({ id: "2", learner: "Bo" }))
    const after = of(
      row({ file: "y" }),
      row({ exercise: "new" }),
      row({ id: "2", learner: "Bo", verdict: "partial", score: 0.5 }),
    )
    expect(comparisonInWords(compareGrades(before, after))).toEqual([
      "Bo (2), softmax: correct → partial, 0.5: neither exercise nor answer nor grader changed: please report it",
      "Compared with the earlier grades, one verdict is other than before, 1 of them lower.",
      "One answer is new.",
      "One answer is no longer there.",
    ])
  })
})

const handIn = (
  name: string,
  learner: string,
  id: string,
  made: string,
  seeds: number[] = [1],
): ClassFile => {
  const attempts = seeds.map((seed) => ({
    exercise: "x",
    revision: 1,
    seed,
    answer: { kind: "number", text: "1" },
    at: "",
  }))
  const text = JSON.stringify({ format: FORMAT, learner: { name: learner, id }, made, attempts })
  return { name, bytes: text.length, read: async () => text }
}
const roll = async (...files: ClassFile[]) => {
  const { handedIn, rows, notices } = await callRoll(files)
  return {
    counts: handedIn.map(({ name }) => name),
    set: rows.map(({ file, verdict }) => `${file} ${verdict}`),
    notices,
  }
}

describe("an answer to a variant of an exercise", () => {
  it("is graded as that variant", async () => {
    const exercise = (await import("../../exercises/04-gradients/largest-stable-step.ts")).default
    const solution = (variant: number) => computed(variantOf(exercise, variant).solution)
    const [first, third] = [await solution(0), await solution(3)]
    expect(third).not.toEqual(first)
    const file = (variant: number): ClassFile => {
      const answer = typedAs(exercise, third)
      const attempts = [{ exercise: "x", revision: 1, seed: 1, variant, answer, at: "" }]
      const text = JSON.stringify({
        format: FORMAT,
        learner: { name: `of ${variant}`, id: "" },
        made: "",
        attempts,
      })
      return { name: `${variant}.json`, bytes: text.length, read: async () => text }
    }
    const { rows } = await gradeClass([file(3), file(0)], {
      exercise: async () => exercise,
      book: "1",
      lanes: 1,
      openLane: () => ({ run: runProbe, close: () => {} }),
    })
    expect(rows.map(({ verdict }) => verdict)).toEqual(["wrong", "correct"])
    expect(rows[0].answer).not.toBe(rows[1].answer)
  })
})

describe("of the files of a class", () => {
  it("the newest of a learner counts, with the number written in any way", async () => {
    expect(
      await roll(
        handIn("b.json", "Ada  LOVELACE", " 7", "2026-01-02T00:00:00Z", [1, 2]),
        handIn("a.json", "ada lovelace", "7", "2026-01-01T00:00:00Z"),
        handIn("c.json", "Ada Lovelace", "8", "2026-01-03T00:00:00Z"),
      ),
    ).toEqual({ counts: ["b.json", "c.json"], set: ["a.json superseded"], notices: [] })
  })

  it("all are graded, and told, where one number stands under two names: nobody can replace another", async () => {
    const found = await roll(
      handIn("ada.json", "Ada", "7", "2026-01-01T00:00:00Z"),
      handIn("eve.json", "Eve", "7", "2099-01-01T00:00:00Z"),
    )
    expect(found.counts).toEqual(["ada.json", "eve.json"])
    expect(found.notices[0]).toContain("The number 7 stands in files of different names")
  })

  it("an older one with attempts of its own is told", async () => {
    const found = await roll(
      handIn("1.json", "Kim", "", "2026-01-01T00:00:00Z", [5]),
      handIn("2.json", "Kim", "", "2026-01-02T00:00:00Z", [6]),
    )
    expect(found.counts).toEqual(["2.json"])
    expect(found.notices[0]).toContain(
      "2.json counts, and not 1.json, which has attempts that the newer one lacks",
    )
  })

  it("those without a name are each of somebody else", async () => {
    const found = await roll(handIn("1.json", "", "", ""), handIn("2.json", " ", "", ""))
    expect(found.counts).toEqual(["1.json", "2.json"])
  })

  it("only those count that somebody has put there", () => {
    expect(
      ["a.json", "x/B.JSON", "a.txt", ".hidden.json", "__MACOSX/._a.json", ".git/x.json"].map(kindOf),
    ).toEqual(["submission", "submission", "other", "hidden", "hidden", "hidden"])
  })

  it("too large a one is not even read", async () => {
    const huge: ClassFile = {
      name: "h.json",
      bytes: 2 ** 40,
      read: () => Promise.reject(new Error("was read")),
    }
    expect((await callRoll([huge])).rows[0].message).toBe("the file is larger than 5 MB")
  })
})
