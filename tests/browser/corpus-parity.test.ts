/**
 * @file The whole corpus of answers is graded in Chromium as in Node: the same verdict, note, score and message, on the CPU;
 * the same verdict and note for a sample whose code runs on a GPU. Without the sandbox, which has a test of its own.
 */
import { build } from "esbuild"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { exerciseFiles } from "../../scripts/grading/exercises.ts"
import { type Bench, type Case, loadBench } from "../exercises/corpus/corpus.ts"
import { type Graded, gradeCase } from "../exercises/corpus/measure.ts"
import { Thread } from "../exercises/corpus/thread.ts"
import { openBrowser, openPage } from "./browser.ts"
import type { Asked, Said } from "./corpus-worker.ts"

const SEEDS = process.env.FULL ? 5 : 1
const EVERY = process.env.FULL ? 1 : 15
const ON_TENSORS = ["softmax", "cross-entropy", "double-softmax", "fit-line"]

const thread = new Thread()
let browser: Browser
let bench: Bench
let code = ""
const here: Graded[] = []
beforeAll(async () => {
  browser = await openBrowser()
  bench = await loadBench(thread.run)
  for (let i = 0; i < SEEDS; i++) {
    thread.forget()
    for (const what of bench.cases) here.push(await gradeCase(bench, thread, what, 2 ** 31 + 31 * i))
  }
  code = await bundle()
}, 600_000)
afterAll(async () => {
  await browser?.close()
  await thread.close()
})

/** The worker with all exercises in it. */
async function bundle(): Promise<string> {
  const files = [...exerciseFiles()]
  const imports = files.map(([, file], i) => `import e${i} from ${JSON.stringify(file)}`)
  const record = `{${files.map(([id], i) => `${JSON.stringify(id)}: e${i}`).join(", ")}}`
  const contents = [...imports, 'import { listen } from "./corpus-worker.ts"', `listen(${record})`].join("\n")
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    format: "iife",
    write: false,
  })
  return outputFiles[0].text
}

async function inBrowser(device: Asked["device"], gradients: boolean, graded: Graded[]): Promise<Said[]> {
  const { page, close } = await openPage(browser, "")
  const cases = graded.map(({ what, seed }) => ({ exercise: what.exercise, answer: what.answer, seed }))
  const reports = await page.evaluate(
    ({ code, asked }) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage(asked)
      }),
    { code, asked: { device, gradients, cases } },
  )
  await close()
  return reports as Said[]
}

/** An answer without end would stop this worker, which grades all others too. */
const ending = (graded: Graded[]): Graded[] => graded.filter(({ report }) => report.verdict !== "timeout")
const name = ({ what, seed }: Graded) => `${what.exercise}, ${what.origin}: ${what.name} (seed ${seed})`

it("gives the whole corpus the same verdict, note, score and message in Chromium as in Node", async () => {
  const start = performance.now()
  const asked = ending(here)
  const there = await inBrowser("cpu", true, asked)
  const differing = asked.flatMap((graded, i) => {
    const { verdict, note, score, message } = graded.report
    const mine = JSON.stringify({ verdict, note, score, message })
    return mine === JSON.stringify(there[i])
      ? []
      : [{ answer: name(graded), node: mine, chromium: JSON.stringify(there[i]) }]
  })
  expect(differing).toEqual([])
  expect(asked.length).toBeGreaterThan(900)
  console.log(
    `n = ${asked.length} answers alike in Node and Chromium, ${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
}, 600_000)

it("gives a sample the same verdict and note where its code runs on the GPU", async () => {
  const start = performance.now()
  const reads = ({ answer }: Case) => "source" in answer && /\.(item|data|tolist)\b/.test(answer.source)
  const asked = ending(here).filter(
    ({ what }, i) =>
      ON_TENSORS.includes(what.exercise) && !reads(what) && (i % EVERY === 0 || what.note !== undefined),
  )
  const onCpu = await inBrowser("cpu", false, asked)
  const onGpu = await inBrowser("webgpu", false, asked)
  const differing = asked.flatMap((graded, i) => {
    const [cpu, gpu] = [onCpu[i], onGpu[i]].map(({ verdict, note }) => `${verdict} ${note}`)
    return cpu === gpu ? [] : [{ answer: name(graded), cpu, gpu: `${gpu}: ${onGpu[i].message}` }]
  })
  expect(differing).toEqual([])
  expect(asked.length).toBeGreaterThan(40)
  console.log(
    `n = ${asked.length} answers alike on CPU and GPU, ${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
}, 600_000)
