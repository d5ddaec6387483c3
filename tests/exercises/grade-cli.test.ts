/** @file `npm run grade` on a folder with right, wrong, hanging, damaged and hostile files. */
import { execFile, execFileSync } from "node:child_process"
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import softmax from "../../exercises/03-what-good-means/softmax.ts"
import { type Attempt, FORMAT, type Submission } from "../../exercises/lib/submission.ts"
import { ROOT } from "../../scripts/grading/exercises.ts"
import { type Grades, gradesJson } from "../../src/notebook/class-grades.ts"
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

const file = (name: string, attempts: Attempt[], made = "2026-03-01T11:00:00Z"): Submission => ({
  format: FORMAT,
  book: "0.1.0",
  grader: "1",
  engine: "0.1.0",
  learner: { name, id: `id-${name}` },
  made,
  attempts,
})

interface Said {
  code: number
  out: string
  err: string
}

function gradeFolder(...args: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["scripts/grade.ts", ...args],
      { cwd: ROOT, maxBuffer: 2 ** 26, env: { ...process.env, TMPDIR: join(folder, "tmp") } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}

const overflow = softmax.misconceptions[0].code
const hang = "function softmax(s: Tensor) { while (true) {} }"
const damaged = ["x-cut", "x-empty", "x-other", "x-proto", "x-deep", "x-answer", "x-seed", "x-link", "x-pipe"]

let folder = ""
let said: Said
let grades: Grades
let csv = ""
const of = (name: string) => grades.rows.filter((row) => row.learner === name || row.file === `${name}.json`)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "descent-grade-"))
  const handIns = join(folder, "class")
  mkdirSync(join(folder, "tmp"))
  mkdirSync(join(handIns, "Later, by mail"), { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(handIns, `${name}.json`), text)
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
  const again = file(
    "ada",
    [attempt(softmax.solution, { at: "2026-03-03T10:00:00Z" })],
    "2026-03-04T00:00:00Z",
  )
  writeFileSync(join(handIns, "Later, by mail", "ada\n2.JSON"), JSON.stringify(again))
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
  symlinkSync("/etc/passwd", join(handIns, "x-link.json"))
  execFileSync("mkfifo", [join(handIns, "x-pipe.json")])
  symlinkSync(handIns, join(handIns, "round-and-round"))
  writeFileSync(join(handIns, "essay.pdf"), "%PDF")
  writeFileSync(join(handIns, ".DS_Store"), "")
  writeFileSync(
    join(handIns, "old.json"),
    gradesJson({ format: "descent-grades/1", book: "", grader: "1", notices: [], exercises: [], rows: [] }),
  )
  said = await gradeFolder(handIns, "--csv", join(folder, "out.csv"), "--json", join(folder, "out.json"))
  grades = JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))
  csv = readFileSync(join(folder, "out.csv"), "utf8")
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("npm run grade", () => {
  it("gives one row for each learner and exercise, whatever the others do", () => {
    expect(grades.rows.filter(({ exercise }) => exercise)).toHaveLength(8)
    expect(of("boole")).toMatchObject([
      { attempts: 1, hints: 1, claimed: "correct", graded: softmax.revision },
    ])
    expect(of("church")).toMatchObject([{ verdict: "timeout", score: 0 }])
  })

  it("trusts no verdict in the file", () => {
    expect(of("boole")).toMatchObject([{ verdict: "partial", note: "softmax.overflow", claimed: "correct" }])
  })

  it("comes to the verdict that the same seed gives elsewhere", async () => {
    for (const source of [overflow, `${softmax.solution}\n`]) {
      const here = await gradeHere("softmax", softmax, { kind: "function", source }, seed)
      const there = of(source === overflow ? "boole" : "first-right")[0]
      const { verdict, note, message } = here
      expect(there).toMatchObject({ verdict, note, message })
      expect(there.score).toBeCloseTo(here.score, 4)
    }
  })

  it("counts the best attempt, which a later failure does not spoil", () => {
    expect(of("first-right")).toMatchObject([{ verdict: "correct", attempts: 2 }])
  })

  it("counts the newest file of a learner, and says so", () => {
    const later = "Later, by mail/ada2.JSON"
    expect(grades.rows.filter((row) => row.learner === "ada")).toMatchObject([
      { file: later, verdict: "correct", exercise: "softmax", attempts: 1 },
      { file: "ada.json", verdict: "superseded", exercise: "" },
    ])
    expect(said.out).toContain(`not counted: ada.json: ${later} of the same learner is newer and counts`)
    expect(said.out).toContain(
      `${later} counts, and not ada.json, which has attempts that the newer one lacks`,
    )
  })

  it("says where the exercise has changed, and where the book has none", () => {
    expect(of("=cmd()")).toMatchObject([{ verdict: "correct", changed: true, revision: 0 }])
    expect(of("dijkstra").map((row) => row.verdict)).toEqual(["correct", "unknown"])
  })

  it.each(damaged)("reports the damaged file %s by its name and why", (name) => {
    const [row] = of(name)
    expect(row).toMatchObject({ verdict: "damaged", score: 0 })
    expect(row.message.length).toBeGreaterThan(10)
    expect(said.out).toContain(`${name}.json: ${row.message}`)
  })

  it("leaves out what is no submission, and follows no link", () => {
    expect(said.out).toContain("old.json holds grades, not a submission; it was left out.")
    // The picture of a page and the link to the folder itself.
    expect(said.out).toContain("2 files were left out: only files that end in .json are submissions.")
    expect(grades.rows.filter(({ verdict }) => verdict === "damaged")).toHaveLength(damaged.length)
  })

  it("prints an aligned table and a summary, without control characters", () => {
    const lines = said.out.split("\n")
    const column = lines[0].indexOf("verdict")
    for (const line of lines.slice(2, 2 + grades.rows.length))
      expect(line.slice(column - 2, column)).toBe("  ")
    expect(said.out).toMatch(/8 answers in 18 files, graded in [\d.]+ s \([\d.]+ a second\)/)
    expect(said.out).toMatch(/softmax: 5 of 7 correct; most frequent: softmax.overflow \(1\)/)
    expect(said.out).not.toContain("\u001b")
    expect(said.err).toBe("")
  })

  it("writes CSV that a spreadsheet reads as text", () => {
    expect(csv.split("\r\n")[0]).toBe(
      "\ufefffile,learner,id,exercise,verdict,score,note,message,claimed,attempts,hints,changed,revision,graded,at",
    )
    expect(csv).toContain(",'=cmd(),")
    expect(csv).not.toMatch(/(^|[,\n])=/)
    expect(csv).toContain('"Later, by mail/ada2.JSON"')
  })

  it("says whose verdict changes, and why", async () => {
    const then = structuredClone(grades)
    const mine = (name: string) =>
      then.rows.find((row) => row.learner === name && row.exercise === "softmax")!
    Object.assign(mine("boole"), { verdict: "correct", score: 1, graded: softmax.revision - 1 })
    Object.assign(mine("dijkstra"), { verdict: "wrong", score: 0, answer: "00000000" })
    writeFileSync(join(folder, "then.json"), gradesJson(then))
    const one = join(folder, "two")
    mkdirSync(one)
    for (const name of ["boole", "dijkstra"])
      writeFileSync(join(one, `${name}.json`), readFileSync(join(folder, "class", `${name}.json`)))
    const { code, out } = await gradeFolder(one, "--quiet", "--compare", join(folder, "then.json"))
    expect(code).toBe(0)
    const { revision } = softmax
    expect(out).toContain(
      `boole (id-boole), softmax: correct → partial, ${of("boole")[0].score}: the exercise changed (revision ${revision - 1} → ${revision})`,
    )
    expect(out).toContain("dijkstra (id-dijkstra), softmax: wrong → correct: another answer was handed in")
    expect(out).toContain("2 verdicts are other than before, 1 of them lower.")
    expect(out).toContain("5 answers are no longer there.")
  }, 120_000)

  it("tells by its exit code what came of it", async () => {
    expect(said.code).toBe(1)
    expect(await gradeFolder(join(folder, "nowhere"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("usage:"),
    })
    expect(await gradeFolder(folder, "--compare", join(folder, "out.csv"))).toMatchObject({ code: 2 })
    const help = await gradeFolder("--help")
    expect(help).toMatchObject({ code: 0, err: "" })
    for (const code of [0, 1, 2, 3]) expect(help.out).toContain(`\n  ${code}  `)
  }, 60_000)

  it("leaves nothing behind", () => {
    expect(readdirSync(join(folder, "tmp"))).toEqual([])
  })
})
