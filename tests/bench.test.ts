/** @file The bench: its engines compute the same, its statistics are right, what it leaves behind can be drawn. No times. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { start as startOurs } from "../bench/adapters/ours.ts"
import { start as startCompiled } from "../bench/adapters/ours-jit.ts"
import { start as startPlain } from "../bench/adapters/plain.ts"
import { start as startReference } from "../bench/adapters/reference.ts"
import { Gathered } from "../bench/gather.ts"
import { add, keep, resultsFile } from "../bench/keep.ts"
import { measure } from "../bench/measure.ts"
import { compileReference } from "../bench/reference/compile.ts"
import type { Measurement, Results, Row, Run } from "../bench/results.ts"
import { distances, rivals, timeOf, typical } from "../bench/standings.ts"
import { agrees, geometricMean, median, quantile, spreadOf } from "../bench/statistics.ts"
import { tables } from "../bench/table.ts"
import type { Engine } from "../bench/task.ts"
import { kilobytes, ratio, time } from "../bench/units.ts"
import { workload, workloads } from "../bench/workloads.ts"

const folder = mkdtempSync(join(tmpdir(), "bench-test-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The largest rows take seconds in plain loops; what they compute is in the smaller ones too. */
const quick = workloads.filter(({ id }) => !["a1024", "e", "f"].includes(id))
const engines: Record<string, Engine> = {}

beforeAll(async () => {
  writeFileSync(join(folder, "reference.wasm"), await compileReference())
  const assets = `${pathToFileURL(folder).href}/`
  engines.plain = await startPlain({ assets })
  engines.ours = await startOurs({ assets })
  engines.compiled = await startCompiled({ assets })
  engines.reference = await startReference({ assets })
}, 60_000)

/** The answers of a short run: it begins with the weights as they are given, and goes on. */
async function answers(name: string, id: string): Promise<number[]> {
  const row = workload(id)
  const run = await engines[name].prepare(row.make())
  if (!run && name === "reference") return []
  if (!run) throw new Error(`${name} does not offer ${id}`)
  const times = Math.min(row.checkAfter, 10)
  return [await run(times), await run(1)]
}

describe("the rows of the bench", () => {
  it.each(quick.map(({ id }) => id))(
    "%s: ours, compiled ours and the reference program answer as plain loops do",
    async (id) => {
      const expected = await answers("plain", id)
      expect(expected.every(Number.isFinite)).toBe(true)
      for (const name of ["ours", "compiled", "reference"]) {
        const got = await answers(name, id)
        got.forEach((answer, i) => {
          expect(
            agrees(answer, expected[i], workload(id).tolerance),
            `${name}: ${answer}, plain: ${expected[i]}`,
          ).toBe(true)
        })
      }
    },
  )

  it("are the same bytes whenever they are made", () => {
    for (const { id, make } of quick) expect(make(), id).toEqual(make())
  })

  it("train: the loss of every net falls", async () => {
    for (const id of ["b", "c", "d", "conv", "norm"]) {
      const run = await engines.plain.prepare(workload(id).make())
      const first = (await run?.(1)) ?? Number.NaN
      const later = (await run?.(40)) ?? Number.NaN
      expect(later, id).toBeLessThan(first)
    }
  })

  it("have distinct names, and an unknown one is refused by name", () => {
    expect(new Set(workloads.map(({ id }) => id)).size).toBe(workloads.length)
    expect(() => workload("z")).toThrow('no row "z"')
  })

  it("take tiny gradients whose squares are subnormal, beside normal ones", () => {
    const task = workload("subnormal").make()
    const gradient = task.kind === "adam" ? task.gradient : new Float32Array()
    const least = 2 ** -126
    const subnormalSquares = gradient.filter((g) => g !== 0 && Math.fround(g * g) < least).length
    expect(subnormalSquares / gradient.length).toBeCloseTo(0.9, 2)
  })
})

describe("the measuring", () => {
  const effort = { repeats: 4, repeatMs: 1, warmUpMs: 2, budgetMs: 50, slowMs: 1000 }

  it("stays within a row's bound on training steps", async () => {
    let steps = 0
    const engine: Engine = { facts: {}, prepare: () => (times) => (steps += times) && 0.5 }
    const row = { ...workload("e"), checkAfter: 3, warmUp: 10, repeat: 5 }
    const timing = await measure(engine, row, effort)
    expect(timing.kind).toBe("timed")
    expect(steps).toBeLessThanOrEqual(3 + 10 + 2 + 4 * 5)
  })

  it("tells an engine without an operation from one that fails", async () => {
    const row = workload("b")
    const without: Engine = { facts: {}, prepare: () => null }
    const broken: Engine = {
      facts: {},
      prepare: () => () => {
        throw new Error("the device is gone")
      },
    }
    expect(await measure(without, row, effort)).toEqual({ row: "b", kind: "absent" })
    expect(await measure(broken, row, effort)).toEqual({
      row: "b",
      kind: "failed",
      why: "the device is gone",
    })
  })

  it("marks an engine whose answer is not that of plain loops", () => {
    const gathered = new Gathered()
    const timing = { row: "b", kind: "timed", firstMs: 1, iterations: 10, ms: [1, 2, 3] } as const
    gathered.add("plain", { ...timing, ms: [...timing.ms], answer: 0.5 })
    gathered.add("right", { ...timing, ms: [...timing.ms], answer: 0.5004 })
    gathered.add("wrong", { ...timing, ms: [...timing.ms], answer: 0.51 })
    gathered.add("without", { row: "b", kind: "failed", why: "Kernel 'X' not registered for backend 'wasm'" })
    const { measured } = gathered.row(workload("b"), ["plain", "right", "wrong", "without"])
    expect(measured.right).toMatchObject({ right: true, ms: 2 })
    expect(measured.wrong).toMatchObject({ right: false })
    expect(measured.without).toMatchObject({ kind: "absent" })
  })
})

describe("the statistics", () => {
  const numbers = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 })

  it("take the median of the best round, which no other round's is below", () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 5 }), (rounds) => {
        const { best, worst, quartiles } = spreadOf(rounds)
        expect(best).toBe(Math.min(...rounds.map(median)))
        expect(worst).toBeGreaterThanOrEqual(best)
        expect(quartiles[0]).toBeLessThanOrEqual(best)
        expect(quartiles[1]).toBeGreaterThanOrEqual(best)
      }),
    )
  })

  it("interpolate quantiles as NumPy does", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([1, 2, 3, 4, 10], 0.9)).toBeCloseTo(7.6, 12)
    expect(() => quantile([], 0.5)).toThrow(RangeError)
  })

  it("average ratios so that twice and half cancel", () => {
    expect(geometricMean([2, 0.5])).toBeCloseTo(1, 12)
  })

  it("write times, sizes and ratios with three digits", () => {
    expect([2.5e-4, 0.00162, 0.0105, 1.234, 82.34, 1534].map(time)).toEqual([
      "250 ns",
      "1.62 µs",
      "10.5 µs",
      "1.23 ms",
      "82.3 ms",
      "1.53 s",
    ])
    expect([0.0047123, 0.7412, 15.23, 3412].map(ratio)).toEqual(["0.0047×", "0.74×", "15.2×", "3,400×"])
    expect([6412, 256_320].map(kilobytes)).toEqual(["6.4 kB", "256 kB"])
  })
})

const run: Run = {
  environment: "node",
  date: "2026-01-01T00:00:00.000Z",
  version: "Node 24",
  platform: "linux x64",
  cores: 2,
  rounds: 1,
  quick: true,
  peers: [],
  rows: [],
  cold: [],
  bundles: [],
}

describe("the standings", () => {
  const timed = (ms: number, right = true): Measurement => ({
    kind: "timed",
    ms,
    worst: ms,
    quartiles: [ms, ms],
    rounds: 1,
    repeats: 3,
    iterations: 1,
    answer: 1,
    right,
    once: false,
  })
  const peers = ["ours-jit", "reference", "plain", "tfjs-wasm", "jax-wasm"].map((id) => ({
    id,
    title: id,
    facts: {},
  }))
  const row = (measured: Row["measured"]): Row => ({ ...workload("b"), measured })

  it("set us beside the fastest other library that is right, not beside programs or wrong answers", () => {
    const measured = {
      "ours-jit": timed(2),
      reference: timed(1),
      plain: timed(0.5),
      "tfjs-wasm": timed(6),
      "jax-wasm": timed(0.1, false),
    }
    const [rival] = rivals({ ...run, peers, rows: [row(measured)] })
    expect(rival).toMatchObject({ peer: "tfjs-wasm", ratio: 3 })
    expect(timeOf(row(measured), "jax-wasm")).toBeUndefined()
  })

  it("say where we are slower", () => {
    const rows = [row({ "ours-jit": timed(4), reference: timed(1), "jax-wasm": timed(1) })]
    expect(rivals({ ...run, peers, rows })[0].ratio).toBe(0.25)
    expect(typical(distances({ ...run, peers, rows }))).toBeCloseTo(4, 12)
  })
})

describe("the file of results", () => {
  it("keeps one run for each environment", () => {
    const file = join(folder, "results.json")
    keep(run, file)
    keep({ ...run, environment: "chromium" }, file)
    keep({ ...run, cores: 4 }, file)
    const results: Results = JSON.parse(readFileSync(file, "utf8"))
    expect(results.chromium?.cores).toBe(2)
    expect(results.node?.cores).toBe(4)
  })

  it("takes one part of a run without losing the others", () => {
    const file = join(folder, "added.json")
    const bundles = [{ id: "ours", title: "Descent", bytes: 40_000 }]
    const dragged = { frames: 100, ms: 2, usual: 4, worst: 60, late: 0.05, felt: 0.01, longTasks: 1 }
    const explorables = [{ name: "downhill", lesson: "gradient-descent/", title: "Downhill", dragged }]
    keep({ ...run, bundles }, file)
    add({ ...run, cores: 4, explorables }, file)
    const { node }: Results = JSON.parse(readFileSync(file, "utf8"))
    expect(node).toEqual({ ...run, bundles, explorables, notebooks: undefined, grading: undefined })
    expect(tables(node as Run)).toMatch(/downhill +dragged +2\.00 ms +4\.00 ms +60\.0 ms +5 % +1 % +1 +100/)
  })

  it("of the book has every row, every engine that it names, and only right answers of ours", () => {
    const results: Results = JSON.parse(readFileSync(resultsFile, "utf8"))
    for (const [environment, kept] of Object.entries(results)) {
      expect(kept.environment).toBe(environment)
      expect(Number.isNaN(Date.parse(kept.date))).toBe(false)
      expect(kept.rows.map(({ id }) => id)).toEqual(workloads.map(({ id }) => id))
      const names = new Set(kept.peers.map(({ id }) => id))
      for (const row of kept.rows) {
        for (const [peer, m] of Object.entries(row.measured)) {
          expect(names.has(peer), peer).toBe(true)
          if (m.kind !== "timed") continue
          expect(m.ms).toBeGreaterThan(0)
          expect(m.worst).toBeGreaterThanOrEqual(m.ms)
        }
        expect(row.measured["ours-jit"], row.id).toMatchObject({ kind: "timed", right: true })
      }
      expect(tables(kept)).toContain("XOR net")
    }
  })
})
