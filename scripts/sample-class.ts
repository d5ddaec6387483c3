/** @file `node scripts/sample-class.ts <folder> [learners] [exercises] [endless] [seed]`: writes the files of a made-up class. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { loadExercises } from "./grading/exercises.ts"
import { sampleClass } from "./grading/sample-class.ts"

const [folder, ...numbers] = process.argv.slice(2)
const [learners = 30, exercises = 10, endless = 1, seed = 1] = numbers.map(Number)
if (!folder || numbers.some((text) => !/^\d+$/.test(text))) {
  console.error("usage: node scripts/sample-class.ts <folder> [learners] [exercises] [endless] [seed]")
  process.exit(2)
}
mkdirSync(folder, { recursive: true })
for await (const { name, text } of sampleClass(await loadExercises(), { learners, exercises, endless, seed }))
  writeFileSync(join(folder, name), text)
