/**
 * @file `npm run syllabus`: what the book is to hold and which of it a passing test shows, by lesson and by row. Runs the
 * tests in Node that carry a label; of those in a browser it takes what the last `npm test` found.
 */
import { spawnSync } from "node:child_process"
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { lessonPath } from "../src/build/lesson-path.ts"
import { allExamples, systems } from "../tests/fixtures/syllabus.ts"

/** At the beginning of a test's name: `WE 3.1: …`, `WE 4.1, C21: …`. */
const LABELS = /^((?:WE \d+\.\d+|[SLCADM]\d\d)(?:, )?)+(?=[: ])/
const LABEL = /WE \d+\.\d+|[SLCADM]\d\d/g

/** The labels with which the name of a test begins. */
export function labelsOf(name: string): string[] {
  return LABELS.exec(name)?.[0].match(LABEL) ?? []
}

interface VitestReport {
  testResults: { assertionResults: { title: string; status: string }[] }[]
}

/** Label → whether every test that carries it has passed. */
function passed(...files: string[]): Map<string, boolean> {
  const found = new Map<string, boolean>()
  for (const file of files.filter((one) => existsSync(one))) {
    const report: VitestReport = JSON.parse(readFileSync(file, "utf8"))
    for (const { title, status } of report.testResults.flatMap((one) => one.assertionResults))
      for (const label of labelsOf(title)) found.set(label, (found.get(label) ?? true) && status === "passed")
  }
  return found
}

if (process.argv[1] === import.meta.filename) {
  const labelled = globSync("tests/{lessons,explorables,engine,exercises}/*.test.ts").filter((file) =>
    /\b(test|it)(\.each\([^)]*\))?\(\s*["`](WE \d|[SLCADM]\d\d[,:])/.test(readFileSync(file, "utf8")),
  )
  const report = "test-results/syllabus.json"
  mkdirSync("test-results", { recursive: true })
  rmSync(report, { force: true })
  const run = `vitest run --project unit --reporter=json --outputFile.json=${report} ${labelled.join(" ")}`
  spawnSync(run, { shell: true, stdio: ["ignore", "ignore", "inherit"] })
  if (!existsSync(report)) throw new Error(`syllabus: the tests did not run; try “npx ${run}”.`)
  const found = passed(report, "test-results/browser-firefox.json")
  const said = (label: string): string =>
    found.has(label) ? (found.get(label) ? "passed" : "FAILED") : "not yet"

  const written = new Map(
    globSync("content/*/*.mdx").map((file) => [lessonPath(file)?.number, lessonPath(file)?.id]),
  )
  for (const lesson of new Set(allExamples.map((one) => one.lesson))) {
    console.log(`\nLesson ${lesson}: ${written.get(lesson) ?? "not written yet"}`)
    for (const { label, kind } of allExamples.filter((one) => one.lesson === lesson))
      console.log(`  ${label.padEnd(8)} [${kind}]  ${said(label)}`)
  }
  console.log("\nSystems, listings, interfaces, data")
  for (const [label, [priority, what]] of Object.entries(systems))
    console.log(`  ${label} ${priority}  ${said(label).padEnd(8)} ${what}`)

  const due = allExamples.filter(({ lesson }) => written.has(lesson)).map(({ label }) => label)
  const share = (labels: string[]): string =>
    `${labels.filter((label) => found.get(label)).length} of ${labels.length}`
  console.log(`\nWorked examples of the ${written.size} lessons that are written: ${share(due)}`)
  console.log(`Rows: ${share(Object.keys(systems))}`)
  if ([...found.values()].includes(false)) process.exitCode = 1
}
