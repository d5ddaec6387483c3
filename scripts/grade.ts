/**
 * @file `npm run grade -- <folder> [--csv file] [--json file]`: grades a folder of submission files again. Reads the
 * command line and writes; the work is in `grading/`.
 */
import { readdirSync, statSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { loadExercises } from "./grading/exercises.ts"
import { gradeFiles } from "./grading/rows.ts"
import { csvOf, summaryOf, tableOf } from "./grading/table.ts"

const USAGE = "usage: npm run grade -- <folder of submission files> [--csv out.csv] [--json out.json]"

function stop(why: string): never {
  console.error(why)
  process.exit(2)
}

function commandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { csv: { type: "string" }, json: { type: "string" } },
    })
  } catch (error) {
    return stop(`${(error as Error).message}\n${USAGE}`)
  }
}

const { values, positionals } = commandLine()
const [folder] = positionals
if (!folder || positionals.length > 1) stop(USAGE)
if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
  stop(`grade: ${folder} is not a folder.\n${USAGE}`)
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => join(folder, name))
if (files.length === 0) stop(`grade: ${folder} holds no .json file.`)

const start = performance.now()
const live = process.stderr.isTTY
const rows = await gradeFiles(files, await loadExercises(), availableParallelism(), (done, of) => {
  if (live) process.stderr.write(`\r${done} of ${of}${done === of ? "\n" : ""}`)
})
const seconds = ((performance.now() - start) / 1000).toFixed(1)

console.log(tableOf(rows))
console.log(`\n${summaryOf(rows)}`)
console.log(`\n${rows.length} rows from ${files.length} files in ${seconds} s.`)
if (values.csv) writeFileSync(values.csv, csvOf(rows))
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
