/**
 * @file Random programs of 5 to 30 ops: our engine, TensorFlow.js and jax-js must agree on values and gradients. What
 * float32 can get wrong is measured for each program, so that an ill-conditioned one is not held to digits that no
 * library has.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Generator, setDevice } from "../../engine/index.ts"
import { evaluateOurs, type Outcome, runJax, runOurs, runTensorflow, startJax } from "./libraries.ts"
import { codeOf, type Program, programOf, type Step, type Value } from "./program.ts"

/** With FULL=1 more than the two thousand that are promised. */
const count = process.env.FULL ? 2100 : 700
const batch = 100
/** jax-js takes longer than everything else together: it runs one program in so many, all of them if FULL is set. */
const sparse = process.env.FULL ? 1 : 4

/** The interpreter in double, and the error that rounding to float32 may bring. */
interface Truth {
  readonly outcome: Outcome
  readonly allowed: { readonly ends: readonly number[]; readonly gradients: readonly number[] }
}

/** Inputs as they would be after one rounding to float32, in a direction of their own. */
function shaken(program: Program, seed: number): Float64Array[] {
  const g = new Generator(seed)
  return program.leaves.map(({ values }) =>
    Float64Array.from(values, (v) => v * (1 + g.uniform(-1, 1) * 2 ** -22)),
  )
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0)
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  largest(Array.from(a).map((v, i) => v - b[i]))

async function truthOf(program: Program): Promise<Truth> {
  await setDevice("reference")
  const outcome = await runOurs(program, "float64")
  const noisy = [await runOurs(program, "float32")]
  for (let i = 0; i < 2; i++) noisy.push(await runOurs(program, "float64", shaken(program, i)))
  const bound = (kind: "ends" | "gradients") =>
    outcome[kind].map((want, k) => {
      const noise = Math.max(...noisy.map((other) => distance(other[kind][k], want)))
      return 1e-5 * Math.max(largest(want), 0.1) + 30 * noise
    })
  return { outcome, allowed: { ends: bound("ends"), gradients: bound("gradients") } }
}

/** Where an outcome is off by more than is allowed; undefined if nowhere. */
function disagreement(got: Outcome, { outcome, allowed }: Truth, slack: number): string | undefined {
  for (const kind of ["ends", "gradients"] as const)
    for (const [k, want] of outcome[kind].entries()) {
      const off = got[kind][k].length === want.length ? distance(got[kind][k], want) : Number.NaN
      if (!(off <= slack * allowed[kind][k]))
        return `${kind} ${k}: off by ${off}, allowed ${slack * allowed[kind][k]}\n got [${got[kind][k]}]\nwant [${want}]`
    }
}

interface Library {
  readonly name: string
  readonly run: (program: Program) => Promise<Outcome>
  /** Factor on what is allowed. The logarithm of jax-js is off by up to 2.4e-5. */
  readonly slack: number
  /** It runs the programs whose seed is a multiple. */
  readonly every: number
}

const libraries: readonly Library[] = [
  {
    name: "descent",
    slack: 1,
    every: 1,
    run: async (program) => {
      await setDevice("cpu")
      return runOurs(program, "float32")
    },
  },
  { name: "tfjs", slack: 1, every: 1, run: async (program) => runTensorflow(program) },
  { name: "jax-js", slack: 20, every: sparse, run: runJax },
]

describe(`${count} random programs`, () => {
  let compared = 0
  let steps = 0
  let loosest = 0
  let jaxDevice = ""
  beforeAll(async () => {
    jaxDevice = await startJax()
  })
  afterAll(async () => {
    await setDevice("cpu")
    const each = (steps / compared).toFixed(1)
    console.log(
      `differential: ${compared} programs of ${each} ops on average agree between descent (cpu) and tfjs (cpu), ` +
        `${Math.ceil(compared / sparse)} of them also with jax-js (${jaxDevice}); loosest tolerance ${loosest.toExponential(1)} of the largest value`,
    )
  })

  it.each(Array.from({ length: count / batch }, (_, b) => [b * batch, (b + 1) * batch - 1]))(
    "with seeds %i to %i give the same values and gradients in all libraries",
    async (from, to) => {
      for (let seed = from; seed <= to; seed++) {
        await setDevice("reference")
        const program = programOf(seed, (step: Step, args: readonly Value[]) => evaluateOurs(step, args))
        const truth = await truthOf(program)
        for (const { name, run, slack, every } of libraries) {
          if (seed % every !== 0) continue
          const wrong = await run(program).then((got) => disagreement(got, truth, slack), String)
          if (wrong)
            expect.fail(`${name} disagrees with the interpreter in double: ${wrong}\n${codeOf(program)}`)
        }
        compared++
        steps += program.steps.length
        truth.outcome.gradients.forEach((want, k) => {
          loosest = Math.max(loosest, truth.allowed.gradients[k] / Math.max(largest(want), 0.1))
        })
      }
    },
    120_000,
  )
})
