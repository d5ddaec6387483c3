/**
 * @file `npm run bench`: our engine beside its peers, in Chromium or in Node, in one run; prints the tables and keeps
 * the numbers for the book's page.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Browser } from "playwright-core"
import { bundleBook } from "./book.ts"
import { openBrowser, serve } from "./browser.ts"
import { bundleBench } from "./bundle.ts"
import { bundleSizes } from "./bundles.ts"
import type { Ceilings } from "./ceilings.ts"
import { bundleCold, coldStarts } from "./cold.ts"
import { type Driver, inBrowser, inNode } from "./drivers.ts"
import { explorableFrames } from "./explorables.ts"
import { Gathered } from "./gather.ts"
import { gradeMadeUpClass } from "./grading.ts"
import { add, keep, machine } from "./keep.ts"
import type { Effort } from "./measure.ts"
import { bundlePython, notebooks } from "./notebook.ts"
import { type Peer, peer, peers } from "./peers.ts"
import { recoveries } from "./recovery.ts"
import type { PeerFacts, Run } from "./results.ts"
import { tables } from "./table.ts"
import { workload, workloads } from "./workloads.ts"

const usage = `npm run bench -- [options]
  --quick            one short round, about three minutes
  --rounds 3         how often everything is repeated
  --rows a64,b,…     ${workloads.map(({ id }) => id).join(" ")} cold notebook recovery explorables grading bundles
  --peers ours-jit,… ${peers.map(({ id }) => id).join(" ")}
  --node             in Node instead of Chromium
  --software-gpu     the WebGPU peers too, on a GPU that the CPU emulates
  --out file         where to keep the numbers; of a whole run bench/results.json
  --add              puts what was measured beside what is kept there already`

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    rows: { type: "string" },
    peers: { type: "string" },
    node: { type: "boolean", default: false },
    "software-gpu": { type: "boolean", default: false },
    out: { type: "string" },
    add: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
})

/** Rows that share a page: small ones warm up the same code, large ones get a page of their own. */
const pages = [
  ["a64", "a256"],
  ["a1024"],
  ["b", "b1", "studio", "c"],
  ["d", "norm", "conv"],
  ["e"],
  ["f"],
  ["g"],
  ["adam", "subnormal"],
]

const efforts: Record<"full" | "quick", Effort> = {
  full: { repeats: 7, repeatMs: 60, warmUpMs: 250, budgetMs: 2000, slowMs: 1500 },
  quick: { repeats: 5, repeatMs: 25, warmUpMs: 100, budgetMs: 600, slowMs: 400 },
}

interface Gpu {
  name: string
  /** Emulated by the CPU. */
  software: boolean
}

async function gpuOf(browser: Browser, url: string): Promise<Gpu | undefined> {
  const page = await browser.newPage()
  await page.goto(`${url}blank.html`)
  const info = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter()
    if (!adapter) return undefined
    const { vendor, architecture, description } = adapter.info
    return { name: [vendor, architecture, description].filter(Boolean).join(" ") }
  })
  await page.close()
  return info && { ...info, software: /swiftshader|llvmpipe/i.test(info.name) }
}

/** The engines to measure; those of the GPU where there is one, or where they are asked for by name. */
function chosen(gpu: Gpu | undefined): readonly Peer[] {
  if (options.peers) return options.peers.split(",").map(peer)
  const withGpu = gpu !== undefined && (!gpu.software || options["software-gpu"])
  return peers.filter((candidate) => withGpu || !candidate.gpu)
}

const asked = options.rows?.split(",")
const wants = (row: string): boolean => asked?.includes(row) ?? true

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

interface Measured {
  gathered: Gathered
  facts: Map<string, PeerFacts["facts"]>
  ceilings: Ceilings | undefined
}

/** All rounds: in each, for each group of rows, the engines in turn, and each begins once. */
async function measureAll(list: readonly Peer[], drive: Driver, rounds: number): Promise<Measured> {
  const effort = efforts[options.quick ? "quick" : "full"]
  const gathered = new Gathered()
  const facts = new Map<string, PeerFacts["facts"]>()
  let ceilings: Ceilings | undefined
  const groups = pages.map((rows) => rows.filter(wants)).filter((rows) => rows.length > 0)
  for (let round = 0; round < rounds; round++) {
    for (const [g, group] of groups.entries()) {
      say(`round ${round + 1} of ${rounds}: ${group.join(", ")}`)
      for (let i = 0; i < list.length; i++) {
        const { id } = list[(i + round) % list.length]
        const rows = group.filter((row) => !gathered.settled(id, row))
        if (rows.length === 0) continue
        try {
          const report = await drive({ peer: id, rows, effort, ceilings: g === 0 && id === list[0].id })
          facts.set(id, report.facts)
          for (const timing of report.timings) gathered.add(id, timing)
          if (report.ceilings) ceilings = larger(ceilings, report.ceilings)
        } catch (error) {
          const why = (error instanceof Error ? error.message : String(error)).slice(0, 300)
          for (const row of rows) gathered.add(id, { row, kind: "failed", why })
        }
      }
    }
  }
  return { gathered, facts, ceilings }
}

function larger(a: Ceilings | undefined, b: Ceilings): Ceilings {
  if (!a) return b
  return { gigaflops: Math.max(a.gigaflops, b.gigaflops), gigabytes: Math.max(a.gigabytes, b.gigabytes) }
}

async function bench(folder: string): Promise<Run> {
  say("bundling")
  // All of it beforehand: what is measured later is the same source.
  const reference = await bundleBench(folder)
  const whole = !options.peers
  const withCold = whole && wants("cold") && !options.node
  if (withCold) await bundleCold(folder, reference)
  const withNotebook = whole && wants("notebook") && !options.node
  const withExplorables = whole && wants("explorables") && !options.node
  const withRecovery = whole && wants("recovery") && !options.node
  if (withNotebook || withRecovery || withExplorables) bundleBook(folder)
  if (withNotebook) bundlePython(folder)
  const bundles = whole && wants("bundles") ? await bundleSizes() : []
  const browser = options.node ? undefined : await openBrowser(options["software-gpu"])
  const server = await serve(folder)
  try {
    const gpu = browser && (await gpuOf(browser, server.url))
    const list = chosen(gpu)
    const rounds = Number(options.rounds ?? (options.quick ? 1 : 3))
    const drive = browser ? inBrowser(browser, server.url) : inNode(folder)
    const { gathered, facts, ceilings } = await measureAll(list, drive, rounds)
    const withGpu = list.some((candidate) => candidate.gpu)
    if (withCold) say("cold starts")
    const cold = browser && withCold ? await coldStarts(browser, folder, options.quick ? 5 : 11) : []
    if (withNotebook) say("cells")
    const cells = browser && withNotebook ? await notebooks(browser, folder, options.quick ? 3 : 7) : []
    if (withRecovery) say("harm")
    const recovered = browser && withRecovery ? await recoveries(browser, folder, options.quick ? 1 : 3) : []
    if (withExplorables) say("explorables")
    const explorables =
      browser && withExplorables ? await explorableFrames(browser, folder, options.quick ? 700 : 2500) : []
    const withGrading = whole && wants("grading")
    if (withGrading) say("a class")
    const grading = withGrading ? await gradeMadeUpClass(folder, options.quick ? 50 : 1000) : undefined
    return {
      environment: browser ? "chromium" : "node",
      date: new Date().toISOString(),
      version: browser ? `Chromium ${browser.version()}` : `Node ${process.versions.node}`,
      ...machine(),
      gpu: withGpu ? gpu?.name : undefined,
      rounds,
      quick: options.quick,
      ceilings,
      peers: list.map(({ id, title, gpu: onGpu }) => ({
        id,
        title,
        facts: facts.get(id) ?? {},
        software: onGpu && gpu?.software ? true : undefined,
      })),
      rows: workloads
        .filter(({ id }) => wants(id))
        .map(({ id }) =>
          gathered.row(
            workload(id),
            list.map((candidate) => candidate.id),
          ),
        ),
      cold,
      notebooks: cells,
      recoveries: recovered,
      explorables,
      grading,
      bundles,
    }
  } finally {
    await server.close()
    await browser?.close()
  }
}

if (options.help) console.log(usage)
else {
  const [load] = loadavg()
  if (load > 0.7) say(`Other programs are at work (load ${load.toFixed(1)}): times will be too long.`)
  const folder = mkdtempSync(join(tmpdir(), "bench-"))
  try {
    const run = await bench(folder)
    console.log(
      `\n${run.version}, ${run.platform}, ${run.cores} cores, one thread, ${run.date}\n\n${tables(run)}`,
    )
    const whole = !options.rows && !options.peers && !options.quick
    if (options.add) add(run, options.out)
    else if (options.out || whole) keep(run, options.out)
    if (
      run.rows.some((row) =>
        Object.values(row.measured).some((m) => m.kind === "failed" || (m.kind === "timed" && !m.right)),
      )
    )
      process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
