/**
 * @file A deep network at its start: a signal goes up through its floors, a gradient comes down, and theory says how
 * wide both should be. Draws and words nothing.
 */
import { Generator, randn, type Tensor, zeros } from "../../../engine/index.ts"

export type Kind = "tanh" | "relu" | "linear"
export type Scheme = "lecun" | "he" | "normal" | "constant" | "zeros" | "own"

/** How many inputs go through at once. */
export const ROWS = 16
export const BINS = 21
/** Half the width of the histograms, for activations and for gradients; what lies outside counts at the ends. */
export const REACH = { up: 1.5, down: 3 }
/** A spread below `LOST` is lost, one above `WILD` wild. */
export const LOST = 0.01
export const WILD = 100

export interface Settings {
  g: string
  scheme: string
  gain: number
  width: number
  depth: number
  normalise: boolean
}

export interface Floor {
  /** Root mean square of what the floor hands on, and of the gradient that leaves it downwards. */
  up: number
  down: number
  /** The same, by theory; absent where the theory does not apply. */
  upTheory?: number
  downTheory?: number
  /** Shares of activations and gradients in equal parts of ±REACH. */
  upBins: number[]
  downBins: number[]
}

export interface State {
  kind: Kind
  scheme: Scheme
  normalise: boolean
  width: number
  depth: number
  /** Standard deviation of a weight times √width. */
  gain: number
  /** From the first floor to the last. */
  floors: Floor[]
  /** How many units of the first floor differ from one another. */
  different: number
  /** How many floors the reader has climbed. */
  step: number
}

interface Activation {
  g: (z: Tensor) => Tensor
  /** From what was handed on. */
  slope: (h: Tensor) => Tensor
  /** Both for one number: what it hands on, and the slope there. */
  at: (z: number) => readonly [h: number, slope: number]
}

const functions: Readonly<Record<Kind, Activation>> = {
  tanh: {
    g: (z) => z.tanh(),
    slope: (h) => h.square().neg().add(1),
    at: (z) => [Math.tanh(z), 1 - Math.tanh(z) ** 2],
  },
  relu: {
    g: (z) => z.relu(),
    slope: (h) => h.gt(0).to("float64"),
    at: (z) => [Math.max(0, z), z > 0 ? 1 : 0],
  },
  linear: { g: (z) => z, slope: (h) => h.mul(0).add(1), at: (z) => [z, 1] },
}

/** The standard deviation of a weight, times √width. */
export function gainOf({ scheme, gain, width }: Settings): number {
  switch (scheme as Scheme) {
    case "lecun":
      return 1
    case "he":
      return Math.SQRT2
    case "normal":
      return Math.sqrt(width)
    case "own":
      return gain
    default:
      return 0
  }
}

/** Root mean square and histogram of all the numbers of a tensor. */
function measure(t: Tensor, reach: number): { rms: number; bins: number[] } {
  const bins = Array.from({ length: BINS }, () => 0)
  const values = t.data()
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i])
    squares += value * value
    const k = Math.floor(((value + reach) / (2 * reach)) * BINS)
    bins[Math.max(0, Math.min(BINS - 1, k))]! += 1 / values.length
  }
  return { rms: Math.sqrt(squares / values.length), bins }
}

const EPSILON = 1e-12

/** Batch normalisation, and its backward pass. */
function normalised(z: Tensor): { y: Tensor; back: (ct: Tensor) => Tensor } {
  const centred = z.sub(z.mean(0))
  const deviation = centred.square().mean(0).add(EPSILON).sqrt()
  const y = centred.div(deviation)
  const back = (ct: Tensor) =>
    ct
      .sub(ct.mean(0))
      .sub(y.mul(ct.mul(y).mean(0)))
      .div(deviation)
  return { y, back }
}

/** Places on a bell and the share of it at each. An even number, so that none lies on the corner of a hinge. */
const PLACES = 400
const bell = Array.from({ length: PLACES }, (_, i) => -6 + (12 * (i + 0.5)) / PLACES).map((xi) => ({
  xi,
  share: (Math.exp((-xi * xi) / 2) / Math.sqrt(2 * Math.PI)) * (12 / PLACES),
}))

/** Root mean squares of signal and gradient that a network of endless width would have. */
function theory(kind: Kind, gain: number, depth: number): { up: number[]; down: number[] } {
  let deviation = gain
  const factors: number[] = []
  const up = Array.from({ length: depth }, () => {
    let [squares, slopes] = [0, 0]
    for (const { xi, share } of bell) {
      const [h, slope] = functions[kind].at(deviation * xi)
      squares += share * h * h
      slopes += share * slope * slope
    }
    factors.push(gain * Math.sqrt(slopes))
    deviation = gain * Math.sqrt(squares)
    return Math.sqrt(squares)
  })
  let left = 1
  const down = factors.toReversed().map((factor) => (left *= factor))
  return { up, down: down.toReversed() }
}

/** The last building, since climbing it changes nothing of it. */
let latest: { key: string; built: Omit<State, "step"> } | undefined

export function model(settings: Settings, seed: number, step: number): State {
  const key = JSON.stringify([settings, seed])
  if (latest?.key !== key) latest = { key, built: build(settings, seed) }
  return { ...latest.built, step }
}

function build(settings: Settings, seed: number): Omit<State, "step"> {
  const { width, depth, normalise } = settings
  const kind = settings.g as Kind
  const scheme = settings.scheme as Scheme
  const gain = gainOf(settings)
  const { g, slope } = functions[kind]
  const generator = new Generator(seed)
  const options = { generator, dtype: "float64" } as const
  const equal = scheme === "zeros" || scheme === "constant"
  const constant = scheme === "constant" ? 1 / width : 0
  const weight = () =>
    equal
      ? zeros([width, width], { dtype: "float64" }).add(constant)
      : randn([width, width], options).mul(gain / Math.sqrt(width))
  let h = randn([ROWS, width], options)
  let G = randn([ROWS, width], options)
  const passed = Array.from({ length: depth }, () => {
    const W = weight()
    const z = h.matmul(W.transpose())
    const norm = normalise ? normalised(z) : undefined
    h = g(norm ? norm.y : z)
    return { W, h, back: norm?.back }
  })
  const expected = equal || normalise ? undefined : theory(kind, gain, depth)
  const floors: Floor[] = []
  for (let l = depth - 1; l >= 0; l--) {
    const floor = passed[l]!
    const D = G.mul(slope(floor.h))
    G = (floor.back ? floor.back(D) : D).matmul(floor.W)
    const [above, below] = [measure(floor.h, REACH.up), measure(G, REACH.down)]
    floors.unshift({
      up: above.rms,
      down: below.rms,
      ...(expected ? { upTheory: expected.up[l]!, downTheory: expected.down[l]! } : {}),
      upBins: above.bins,
      downBins: below.bins,
    })
  }
  const columns = passed[0]!.h.transpose().tolist() as number[][]
  const different = new Set(columns.map(String)).size
  return { kind, scheme, normalise, width, depth, gain, floors, different }
}
