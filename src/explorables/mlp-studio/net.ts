/** @file The hidden layers of the studio's network as a line of text, "4 tanh, 2": read leniently, written shortly. Knows no weights. */

export const KINDS = ["tanh", "relu", "sigmoid", "leaky", "elu", "linear"] as const
export type Kind = (typeof KINDS)[number]

export interface Layer {
  units: number
  kind: Kind
}

export const MOST_LAYERS = 6
export const MOST_UNITS = 20

/** The layers, and what of the text could not be followed; empty if all of it could. */
export function readNet(text: string, usual: Kind): { layers: Layer[]; problem: string } {
  const problems = new Set<string>()
  const layers: Layer[] = []
  for (const part of text.toLowerCase().split(/[,;\n]|(?<=[a-z])\s+(?=\d)|(?<=\d)\s+(?=\d)/)) {
    const words = part.trim()
    if (words === "") continue
    const [, digits, name] = /^(\d+)\s*([a-z]*)$/.exec(words) ?? []
    if (digits === undefined) {
      problems.add(`“${words.slice(0, 12)}” is no layer: write a number, and a function if it has its own.`)
      continue
    }
    const units = Math.min(MOST_UNITS, Number(digits))
    if (units === 0) continue
    if (units < Number(digits)) problems.add(`A layer has ${MOST_UNITS} units at the most.`)
    const kind = KINDS.find((k) => k === name)
    if (name && !kind) problems.add(`There is no “${name.slice(0, 12)}”: use ${KINDS.join(", ")}.`)
    layers.push({ units, kind: kind ?? usual })
  }
  if (layers.length > MOST_LAYERS) problems.add(`There are ${MOST_LAYERS} layers at the most.`)
  return { layers: layers.slice(0, MOST_LAYERS), problem: [...problems].join(" ") }
}

/** A function is written where it is not the usual one. */
export function writeNet(layers: readonly Layer[], usual: Kind): string {
  return layers.map(({ units, kind }) => (kind === usual ? String(units) : `${units} ${kind}`)).join(", ")
}

/** The same layers with one of them wider or narrower; at 0 units it is gone. */
export function resized(layers: readonly Layer[], index: number, by: number): Layer[] {
  return layers
    .map((layer, i) => (i === index ? { ...layer, units: layer.units + by } : layer))
    .filter(({ units }) => units > 0)
}

interface Curve {
  g(z: number): number
  /** The slope at z. */
  slope(z: number): number
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

export const CURVES: Readonly<Record<Kind, Curve>> = {
  tanh: { g: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  relu: { g: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
  sigmoid: { g: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
  leaky: { g: (z) => (z > 0 ? z : 0.01 * z), slope: (z) => (z > 0 ? 1 : 0.01) },
  elu: { g: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z) => (z > 0 ? 1 : Math.exp(z)) },
  linear: { g: (z) => z, slope: () => 1 },
}
