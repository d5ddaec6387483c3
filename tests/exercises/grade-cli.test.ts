/** @file `npm run grade` on a folder with right, wrong, hanging, damaged and hostile files. */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { type Attempt, FORMAT, type Submission } from "../../exercises/lib/submission.ts"
import { ROOT } from "../../scripts/grading/exercises.ts"
import type { Row } from "../../scripts/grading/rows.ts"
import { gradeHere } from "./in-process.ts"

const seed = 12345

const attempt = (source: string, more: Partial<Attempt> = {}): Attempt => ({
  exercise: "softmax",
  revision: softmax.revision,
  seed,
  answer: { kind: "function", source },
  report: { verdict: "correct", score: 1, note: "ok" },
  hintsUsed: 1,
  at: "2026-03-01T10:02:11Z",
  ...more,
})

const file = (name: string, attempts: Attempt[]): Submission => ({
  format: FORMAT,
  book: "0.1.0",
  grader: "1",
  engine: "0.1.0",
  learner: { name, id: `id-${name}` },
  made: "2026-03-01T11:00:00Z",
  attempts,
})

const overflow = softmax.misconceptions[0].code
const hang = "function softmax(s: Tensor) { while (true) {} }"

let folder = ""
let printed = ""
let rows: Row[] = []
let csv = ""
const of = (name: string) => rows.filter((row) => row.learner === name || row.file === `${name}.json`)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "descent-grade-"))
  const write = (name: string, text: string) => writeFileSync(join(folder, `${name}.json`), text)
  const submit = (name: string, attempts: Attempt[]) => write(name, JSON.stringify(file(name, attempts)))
  submit("ada", [
    attempt(overflow, { report: { verdict: "partial", score: 0.5, note: "" } }),
    attempt(softmax.solution),
  ])
  submit("boole", [attempt(overflow)])
  submit("church", [attempt(hang)])
  submit("dijkstra", [attempt(softmax.solution), attempt("no such", { exercise: "no-such-exercise" })])
  submit("=cmd()", [attempt(softmax.solution, { revision: 0 })])
  submit("esc\u001b[31m", [attempt(softmax.solution)])
  submit("first-right", [
    attempt(softmax.solution),
    attempt(hang, { report: { verdict: "timeout", score: 0, note: "" } }),
  ])
  write("x-cut", JSON.stringify(file("x", [attempt(softmax.solution)])).slice(0, 200))
  write("x-empty", "")
  write("x-other", '{"format":"another/1","attempts":[]}')
  write("x-proto", '{"__proto__":{"format":"descent-submission/1"},"constructor":1}')
  write("x-deep", "[".repeat(100_000))
  write(
    "x-answer",
    JSON.stringify(file("x", [attempt("", { answer: { kind: "function" } as Attempt["answer"] })])),
  )
  write("x-seed", JSON.stringify(file("x", [attempt("", { seed: -1 })])))
  const args = [
    "scripts/grade.ts",
    folder,
    "--csv",
    join(folder, "out.csv"),
    "--json",
    join(folder, "rows.out"),
  ]
  printed = (await promisify(execFile)(process.execPath, args, { cwd: ROOT })).stdout
  rows = JSON.parse(readFileSync(join(folder, "rows.out"), "utf8"))
  csv = readFileSync(join(folder, "out.csv"), "utf8")
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("npm run grade", () => {
  it("gives one row for each learner and exercise, whatever the others do", () => {
    expect(rows).toHaveLength(15)
    expect(of("ada")).toMatchObject([
      { verdict: "correct", score: 1, attempts: 2, hints: 1, claimed: "correct" },
    ])
    expect(of("church")).toMatchObject([{ verdict: "timeout", score: 0 }])
  })

  it("trusts no verdict in the file", () => {
    expect(of("boole")).toMatchObject([{ verdict: "partial", note: "softmax.overflow", claimed: "correct" }])
  })

  it("comes to the verdict that the same seed gives elsewhere", async () => {
    for (const source of [overflow, `${softmax.solution}\n`]) {
      const here = await gradeHere("softmax", softmax, { kind: "function", source }, seed)
      const there = of(source === overflow ? "boole" : "ada")[0]
      const { verdict, score, note, message } = here
      expect(there).toMatchObject({ verdict, score, note, message })
    }
  })

  it("counts the best attempt, which a later failure does not spoil", () => {
    expect(of("first-right")).toMatchObject([{ verdict: "correct", attempts: 2 }])
  })

  it("says where the exercise has changed, and where the book has none", () => {
    expect(of("=cmd()")).toMatchObject([{ verdict: "correct", changed: true }])
    expect(of("dijkstra").map((row) => row.verdict)).toEqual(["correct", "unknown"])
  })

  it.each(["x-cut", "x-empty", "x-other", "x-proto", "x-deep", "x-answer", "x-seed"])(
    "reports the damaged file %s by its name and why",
    (name) => {
      const [row] = of(name)
      expect(row).toMatchObject({ verdict: "damaged", score: 0 })
      expect(row.message.length).toBeGreaterThan(10)
      expect(printed).toContain(`${name}.json: ${row.message}`)
    },
  )

  it("prints an aligned table and a summary, without control characters", () => {
    const lines = printed.split("\n")
    const column = lines[0].indexOf("verdict")
    for (const line of lines.slice(2, 2 + rows.length)) expect(line.slice(column - 2, column)).toBe("  ")
    expect(printed).toContain("15 rows from 14 files")
    expect(printed).toMatch(/softmax: \d of \d correct/)
    expect(printed).not.toContain("\u001b")
  })

  it("writes CSV that a spreadsheet reads as text", () => {
    expect(csv.split("\r\n")[0]).toBe(
      "file,learner,id,exercise,verdict,score,note,message,claimed,attempts,hints,changed,at,ms",
    )
    expect(csv).toContain(",'=cmd(),")
    expect(csv).not.toMatch(/,=/)
  })

  it("says how it is used when the folder is missing", async () => {
    const wrong = promisify(execFile)(process.execPath, ["scripts/grade.ts", join(folder, "nowhere")], {
      cwd: ROOT,
    })
    await expect(wrong).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("usage:") })
  })
})
