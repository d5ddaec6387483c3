/**
 * @file A deep network: a signal goes up through its floors, a gradient comes down, and theory says how wide both
 * should be at the start. Draws and words nothing.
 */
import { type Generator, randn, type Tensor, zeros } from "../../../engine/index.ts"

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
  /** What the transport goes through: "climb" or "train". */
  what: string
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

/** A network of equal floors, what goes into it, and what is sent down through it from the top. */
export interface Building {
  kind: Kind
  normalise: boolean
  weights: Tensor[]
  inputs: Tensor
  probe: Tensor
}

export function raise(settings: Settings, generator: Generator): Building {
  const { width, depth, normalise } = settings
  const options = { generator, dtype: "float64" } as const
  const constant = settings.scheme === "constant" ? 1 / width : 0
  const equal = settings.scheme === "zeros" || settings.scheme === "constant"
  const inputs = randn([ROWS, width], options)
  const probe = randn([ROWS, width], options)
  const weights = Array.from({ length: depth }, () =>
    equal
      ? zeros([width, width], { dtype: "float64" }).add(constant)
      : randn([width, width], options).mul(gainOf(settings) / Math.sqrt(width)),
  )
  return { kind: settings.g as Kind, normalise, weights, inputs, probe }
}

/** What one floor hands on, and what its way back needs. */
export interface Passed {
  h: Tensor
  back?: (ct: Tensor) => Tensor
}

export function goUp({ kind, normalise, weights, inputs }: Building): Passed[] {
  let h = inputs
  return weights.map((W) => {
    const z = h.matmul(W.transpose())
    const norm = normalise ? normalised(z) : undefined
    h = functions[kind].g(norm ? norm.y : z)
    return { h, back: norm?.back }
  })
}

/** Sends G down from the top; `visit` sees each floor, its δ, and the gradient that leaves it downwards. */
export function goDown(
  { kind, weights }: Building,
  passed: readonly Passed[],
  G: Tensor,
  visit: (floor: number, delta: Tensor, below: Tensor) => void,
): void {
  let gradient = G
  for (let l = weights.length - 1; l >= 0; l--) {
    const { h, back } = passed[l]!
    const D = gradient.mul(functions[kind].slope(h))
    const delta = back ? back(D) : D
    gradient = delta.matmul(weights[l]!)
    visit(l, delta, gradient)
  }
}

/** The theory of these settings at the start, where it applies. */
export function expectation(settings: Settings): { up: number[]; down: number[] } | undefined {
  const { scheme, normalise, g, depth } = settings
  if (scheme === "zeros" || scheme === "constant" || normalise) return undefined
  return theory(g as Kind, gainOf(settings), depth)
}

/** Both spreads and both histograms of each floor, and how many units of the first one differ. */
export function survey(
  building: Building,
  passed: readonly Passed[],
  expected: ReturnType<typeof expectation>,
): { floors: Floor[]; different: number } {
  const floors: Floor[] = []
  goDown(building, passed, building.probe, (l, _delta, below) => {
    const [up, down] = [measure(passed[l]!.h, REACH.up), measure(below, REACH.down)]
    floors[l] = {
      up: up.rms,
      down: down.rms,
      ...(expected ? { upTheory: expected.up[l]!, downTheory: expected.down[l]! } : {}),
      upBins: up.bins,
      downBins: down.bins,
    }
  })
  const columns = passed[0]!.h.transpose().tolist() as number[][]
  return { floors, different: new Set(columns.map(String)).size }
}
