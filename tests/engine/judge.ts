/**
 * @file How the ops of a device are judged: values must be the interpreter's; gradients those of central differences
 * in float64; second derivatives those of differences of gradients. Knows no test runner, so that it can be run in a
 * browser too.
 */
import { grad, setDevice, type Tensor, tensor } from "../../engine/index.ts"
import { all, baseOf, type Case, casesOf, type Op, viewOf } from "./cases.ts"

export type Float = "float32" | "float64"

/** What a backend may be off by, beside the interpreter on the same dtype. */
export interface Device {
  readonly name: string
  readonly dtypes: readonly Float[]
  /** Units in the last place for functions such as exp, and for division. */
  readonly ulps: number
  /** Error relative to the largest number of the result, for sums and what contains them. */
  readonly relative: Readonly<Record<Float, number>>
  /** Which calls of an op are tried: all (1), or every second, third, … on a slow device. */
  readonly every: number
}

export const devices: readonly Device[] = [
  {
    name: "reference",
    dtypes: ["float32", "float64"],
    ulps: 0,
    relative: { float32: 0, float64: 0 },
    every: 1,
  },
  {
    name: "cpu",
    dtypes: ["float32", "float64"],
    ulps: 4,
    relative: { float32: 1e-6, float64: 1e-14 },
    every: 1,
  },
  {
    name: "webgpu",
    dtypes: ["float32"],
    ulps: 16,
    relative: { float32: 2e-6, float64: 0 },
    every: 1,
  },
]

/** Ops that move, pick, compare or round correctly: every backend gives the same bits. */
const exact = new Set(
  (
    "add sub mul neg abs sign square maximum minimum relu clip eq ne lt le gt ge to clone max min argmax argmin " +
    "reshape flatten permute transpose squeeze unsqueeze slice pad flip broadcastTo gather indexSelect maxPool2d outer"
  ).split(" "),
)
/** Ops that add up: the order of the terms is the backend's own. */
const sums = new Set(
  (
    "sum mean var std prod logsumexp cumsum softmax logSoftmax matmul dot conv2d avgPool2d scatterAdd " +
    "gelu silu elu softplus"
  ).split(" "),
)

/** Every result within what the backend may be off by. */
function expectSame(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  op: string,
  dtype: Float,
  b: Device,
): void {
  if (got.length !== want.length) throw new Error(`${got.length} elements instead of ${want.length}`)
  const epsilon = dtype === "float32" ? 2 ** -23 : 2 ** -52
  let largest = 0
  for (let i = 0; i < want.length; i++)
    if (Number.isFinite(want[i])) largest = Math.max(largest, Math.abs(want[i]))
  for (let i = 0; i < want.length; i++) {
    if (Object.is(got[i], want[i]) || got[i] === want[i]) continue
    const allowed = exact.has(op)
      ? 0
      : sums.has(op)
        ? b.relative[dtype] * Math.max(largest, 1)
        : b.ulps * epsilon * Math.abs(want[i])
    if (!(Math.abs(got[i] - want[i]) <= allowed))
      throw new Error(
        `element ${i}: got ${got[i]}, want ${want[i]}, off by ${got[i] - want[i]}, allowed ${allowed}`,
      )
  }
}

/** Every entry of a gradient within `tolerance` of the largest. */
function expectNear(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number, what: string): void {
  if (got.length !== want.length) throw new Error(`${got.length} elements instead of ${want.length}`)
  let largest = 0.01
  for (let i = 0; i < want.length; i++) largest = Math.max(largest, Math.abs(want[i]))
  for (let i = 0; i < want.length; i++)
    if (!(Math.abs(got[i] - want[i]) <= tolerance * largest))
      throw new Error(`${what}, element ${i}: got ${got[i]}, want ${want[i]}, allowed ${tolerance * largest}`)
}

/** What the derivatives are taken of: one number, in which every element of the result has a weight of its own. */
function weighted({ call, inputs }: Case, bases: readonly Tensor[]): Tensor {
  const y = call(...bases.map((base, i) => viewOf(base, inputs[i])))
  const weights = Float64Array.from({ length: y.size }, (_, i) => 1 + 0.5 * Math.sin(i + 1))
  return y.mul(tensor(weights, { dtype: y.dtype }).reshape(y.shape)).sum()
}

/** A direction to move all inputs in. */
const direction = ({ inputs }: Case): Float64Array[] =>
  inputs.map(({ values }, i) => values.map((_, j) => 0.5 + 0.5 * Math.cos(3 * i + 7 * j)))

const gradient = (test: Case) => grad((bases: readonly Tensor[]) => weighted(test, bases))
/** The second derivative in a direction: the gradient of (direction · gradient). */
const curvature = (test: Case) =>
  grad((bases: readonly Tensor[]) => {
    const along = direction(test)
    return gradient(test)(bases)
      .map((g, i) => g.mul(tensor(along[i], { dtype: g.dtype }).reshape(g.shape)).sum())
      .reduce((a, b) => a.add(b))
  })

const eps = 1e-6
const moved = (test: Case, i: number, j: number, by: number): Float64Array[] =>
  test.inputs.map(({ values }, k) => (k === i ? values.with(j, values[j] + by) : values))
const movedAlong = (test: Case, by: number): Float64Array[] =>
  test.inputs.map(({ values }, i) => values.map((x, j) => x + by * direction(test)[i][j]))
const bases = (test: Case, dtype: Tensor["dtype"], points?: Float64Array[]): Tensor[] =>
  test.inputs.map((input, i) => baseOf(input, dtype, points?.[i]))

/** What the interpreter says in float64, once for each case. It must be the device in use. */
interface Oracle {
  /** Central differences by each element of each input; for large ones only those of the numbers in `where`. */
  readonly slopes: readonly { where: readonly number[]; values: readonly number[] }[]
  readonly curvature: readonly Float64Array[]
}
const oracles = new Map<Case, Oracle>()
function oracleOf(test: Case): Oracle {
  let oracle = oracles.get(test)
  if (oracle) return oracle
  const at = (points: Float64Array[]) => weighted(test, bases(test, "float64", points)).item()
  const slopes = test.inputs.map(({ values }, i) => {
    const step = Math.max(1, Math.floor(values.length / 12))
    const where = [...values.keys()].filter((j) => j % step === 0)
    return {
      where,
      values: where.map((j) => (at(moved(test, i, j, eps)) - at(moved(test, i, j, -eps))) / (2 * eps)),
    }
  })
  const gradientAt = (by: number) =>
    gradient(test)(bases(test, "float64", movedAlong(test, by))).map((g) => g.data())
  const [up, down] = [gradientAt(eps), gradientAt(-eps)]
  const bend = up.map((g, i) => Float64Array.from(g, (x, j) => (x - down[i][j]) / (2 * eps)))
  oracle = { slopes, curvature: bend }
  oracles.set(test, oracle)
  return oracle
}

const cases = new Map(all.map((op) => [op, casesOf(op)]))
export const calls = (op: Op, every = 1): Case[] => (cases.get(op) ?? []).filter((_, i) => i % every === 0)

/** Runs `f` on a device, and goes back to the one before. */
async function on<T>(device: string, f: () => T | Promise<T>): Promise<T> {
  await setDevice(device)
  return f()
}

/** Names the call in which something failed. */
async function during(test: Case, dtype: string, f: () => Promise<void>): Promise<void> {
  try {
    await f()
  } catch (error) {
    throw new Error(`${test.name} in ${dtype}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

interface Read {
  shape: number[]
  dtype: string
  values: ArrayLike<number>
}
const read = async (t: Tensor): Promise<Read> => ({
  shape: t.shape,
  dtype: t.dtype,
  values: await t.dataAsync(),
})

/** The result, or the error that the call got: bad calls must fail alike everywhere. */
async function attempt<T>(f: () => Promise<T>): Promise<T | Error> {
  try {
    return await f()
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}

/** Throws unless the op gives on this device what it gives in the interpreter, in every dtype. */
export async function judgeValues(op: Op, device: Device): Promise<void> {
  const { name } = op.spec
  if (name === "to" && !device.dtypes.includes("float64")) return
  for (const test of calls(op, device.every))
    for (const dtype of [...device.dtypes, "int32", "bool"] as const)
      await during(test, dtype, async () => {
        const result = () => test.call(...bases(test, dtype).map((base, i) => viewOf(base, test.inputs[i])))
        const want = await on("reference", () => attempt(() => read(result())))
        const got = await on(device.name, () => attempt(() => read(result())))
        if (want instanceof Error || got instanceof Error) {
          if (String(got) !== String(want)) throw new Error(`got ${got}, want ${want}`)
          return
        }
        const [is, shouldBe] = [got, want].map(({ shape, dtype }) => `${dtype} [${shape}]`)
        if (is !== shouldBe) throw new Error(`got ${is}, want ${shouldBe}`)
        const precision = want.dtype === "float64" ? "float64" : "float32"
        expectSame(got.values, want.values, name, precision, device)
      })
}

/**
 * Throws unless gradients on this device are those of central differences in float64, and second derivatives those
 * of differences of gradients.
 */
export async function judgeDerivatives(op: Op, device: Device): Promise<void> {
  const { name } = op.spec
  for (const test of calls(op, device.every)) {
    const oracle = await on("reference", () => oracleOf(test))
    await on(device.name, async () => {
      for (const dtype of device.dtypes)
        await during(test, dtype, async () => {
          if (name === "to" && dtype === "float32") return
          const tolerance = dtype === "float32" ? 1e-4 : 1e-6
          const first = await Promise.all(gradient(test)(bases(test, dtype)).map((g) => g.dataAsync()))
          first.forEach((g, i) => {
            const { where, values } = oracle.slopes[i]
            const got = where.map((j) => g[j])
            expectNear(got, values, tolerance, `gradient by input ${i}`)
          })
          const second = await Promise.all(curvature(test)(bases(test, dtype)).map((g) => g.dataAsync()))
          second.forEach((g, i) => {
            expectNear(g, oracle.curvature[i], 10 * tolerance, `second derivative by input ${i}`)
          })
        })
    })
  }
}
