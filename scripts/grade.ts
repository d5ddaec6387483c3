/**
 * @file `npm run grade -- <folder>`: grades a folder of submission files again. Reads the command line and writes; the work
 * is in `grading/` and `src/notebook/grade-class.ts`.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import about from "../package.json" with { type: "json" }
import { openArchives } from "../src/notebook/class-archives.ts"
import { compareGrades, comparisonInWords } from "../src/notebook/class-changes.ts"
import { kindOf, leftOut } from "../src/notebook/class-files.ts"
import { type Grades, gradesCsv, gradesJson, gradesOf, readGrades } from "../src/notebook/class-grades.ts"
import { remarksOn, standingInWords } from "../src/notebook/class-summary.ts"
import { gradeClass } from "../src/notebook/grade-class.ts"
import { filesIn } from "./grading/folder.ts"
import { nodeHost } from "./grading/host.ts"
import { tableOf } from "./grading/table.ts"

const USAGE = `usage: npm run grade -- <folder or zip archive> [options]

Runs every answer again that the submission files hold (*.json, in the folder's folders and zip archives too), each in a
process of its own without files, network, environment or processes, and prints a row for each learner and exercise. No
verdict in a file is believed. Of several files of one learner the newest counts, which the report says.

  --csv <file>      write the rows as CSV
  --json <file>     write the rows as JSON
  --compare <file>  say whose verdict differs from that in the JSON of an earlier grading, and why
  --quiet           no table, only the summary
  --help            this text

Exit codes:
  0  everything was graded
  1  graded, but some files were damaged, or the grader itself failed on an answer; the report says which
  2  nothing was graded: the command line, the folder or the file to compare with is wrong
  3  graded, but a result could not be written`

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`

function stop(why: string, code = 2): never {
  console.error(why)
  process.exit(code)
}

function commandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        csv: { type: "string" },
        json: { type: "string" },
        compare: { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean" },
      },
    })
  } catch (error) {
    return stop(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function earlier(file: string): Grades {
  try {
    return readGrades(readFileSync(file, "utf8"))
  } catch (error) {
    return stop(`grade: ${file} cannot be compared with: ${(error as Error).message}`)
  }
}

/** Before an hour of grading, and not after it. */
function checkWritable(file: string | undefined): void {
  if (file && statSync(file, { throwIfNoEntry: false })?.isDirectory()) stop(`grade: ${file} is a folder.`)
}

function write(file: string | undefined, text: () => string): void {
  if (!file) return
  try {
    writeFileSync(file, text())
  } catch (error) {
    console.error(`grade: ${file} could not be written: ${(error as Error).message}`)
    process.exitCode = 3
  }
}

// Leaving by the front door, so that what was made for this run is removed.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130))

const { values: options, positionals } = commandLine()
if (options.help) {
  console.log(USAGE)
  process.exit(0)
}
const [folder] = positionals
if (!folder || positionals.length > 1) stop(USAGE)
const place = statSync(folder, { throwIfNoEntry: false })
if (!place?.isDirectory() && !(place?.isFile() && kindOf(folder) === "archive"))
  stop(`grade: ${folder} is neither a folder nor a zip archive.\n\n${USAGE}`)
checkWritable(options.csv)
checkWritable(options.json)
const before = options.compare === undefined ? undefined : earlier(options.compare)
const { files, others } = await openArchives(filesIn(folder))
if (files.length === 0) stop(`grade: ${folder} holds no .json file.`)

const start = performance.now()
const isLive = process.stderr.isTTY
const { rows, notices } = await gradeClass(
  files,
  await nodeHost({
    tell: (done, of) => {
      if (isLive) process.stderr.write(`\r${done} of ${of}${done === of ? "\n" : ""}`)
    },
  }),
)
const seconds = (performance.now() - start) / 1000

notices.push(...leftOut(others))
const grades = gradesOf(about.version, rows, notices)
const graded = rows.filter(({ exercise }) => exercise !== "").length
if (!options.quiet) console.log(`${tableOf(rows)}\n`)
for (const line of [...grades.exercises.map(standingInWords), "", ...remarksOn(rows, notices)])
  console.log(line)
if (before) console.log(`\n${comparisonInWords(compareGrades(before, grades)).join("\n")}`)
console.log(
  `\n${counted(graded, "answer")} in ${counted(files.length, "file")}, graded in ${seconds.toFixed(1)} s (${(graded / seconds).toFixed(1)} a second).`,
)
if (rows.some(({ verdict }) => verdict === "damaged" || verdict === "grader-error")) process.exitCode = 1
write(options.csv, () => gradesCsv(rows))
write(options.json, () => gradesJson(grades))
