/**
 * @file `npm test`: everything that CI runs: lint, types, unit and content tests, build, then tests in Chromium and in
 * Firefox. Closes with `N passed, N failed`. The book is built for a sub-path, the harder case. Knows the commands, not
 * what they check.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { relative } from "node:path"

const full = process.argv.includes("--full")
const results = "test-results"
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

let passed = 0
let failed = 0
const failures: string[] = []
/** Tests that failed first and then passed: not wrong, not right either. */
const wavering: string[] = []

async function run(command: string): Promise<boolean> {
  const start = performance.now()
  console.log(`\n> ${command}`)
  const child = spawn(command, {
    shell: true,
    stdio: "inherit",
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", BASE: "/descent", ...(full ? { FULL: "1" } : {}) },
  })
  const [status] = await once(child, "close")
  console.log(`  ${status === 0 ? "done" : "FAILED"} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return status === 0
}

/** A command that is one check by itself. */
async function check(name: string, command: string): Promise<boolean> {
  const ok = await run(command)
  if (ok) passed++
  else {
    failed++
    failures.push(name)
  }
  return ok
}

interface VitestReport {
  testResults: {
    name: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
  numFailedTests: number
  numTotalTests: number
  success: boolean
}

/**
 * Vitest projects, or some of their files: their tests count one by one. A suite that could not be loaded, or an empty one,
 * is a failure. Where a process died, Vitest's report tells of no failure, only of tests that never ended: their files get
 * another process, once.
 */
async function tests(projects: readonly string[], files: readonly string[] = []): Promise<void> {
  const isFirst = files.length === 0
  const name = `${projects.join("-")}${isFirst ? "" : "-again"}`
  const to = `${results}/${name}.json`
  const chosen = [...projects.map((project) => `--project ${project}`), ...files].join(" ")
  const ok = await run(`vitest run ${chosen} --reporter=default --reporter=json --outputFile.json=${to}`)
  let report: VitestReport | undefined
  try {
    report = JSON.parse(readFileSync(to, "utf8"))
  } catch (error) {
    console.log(`  no report of the ${name} tests: ${error}`)
  }
  const died: string[] = []
  for (const { name, assertionResults } of report?.testResults ?? []) {
    const file = relative("", name)
    const count = (of: string): number => assertionResults.filter(({ status }) => status === of).length
    failed += count("failed")
    if (count("pending") > 0) died.push(file)
    else passed += count("passed")
    for (const { fullName, status, failureMessages } of assertionResults)
      if (status === "passed" && failureMessages.length > 0)
        wavering.push(`${file}: ${fullName}\n    ${failureMessages[0].split("\n")[0]}`)
  }
  const isWhole = ok && report?.success && report.numTotalTests > 0
  const again = isFirst && died.length > 0
  const failing = report?.numFailedTests ?? 0
  if (!isWhole && (failing > 0 || !again)) failures.push(`${name} tests`)
  if (!isWhole && failing === 0 && !again) failed++
  if (!again) return
  wavering.push(...died.map((file) => `${file}: its process died`))
  await tests(projects, died)
}

await check("lint", "npm run --silent lint")
// Not beside the tests: a GPU that is a program waits in vain for a core where three want two.
await check("types", "npm run --silent types")
await tests(["unit"])
// Both browsers in one run: when one has no file left, the other has both cores.
if (await check("build", "npm run --silent build")) await tests(["browser", "firefox"])
else console.log("\nThe book does not build, so the browser tests cannot run.")

if (wavering.length > 0) console.log(`\nPassed at the second attempt only:\n  ${wavering.join("\n  ")}`)
if (failures.length > 0) console.log(`\nFailed: ${failures.join(", ")}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
