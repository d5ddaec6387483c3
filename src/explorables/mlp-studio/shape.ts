/** @file How the studio's network is built: which inputs, how many units in which layer, with which function. Knows no weights. */
import type { Settings } from "./controls.ts"
import { FEATURES } from "./data.ts"
import { type Kind, type Layer, readNet } from "./net.ts"

/** Sizes and functions of all layers with weights, the output included. */
export interface Shape {
  features: readonly number[]
  layers: readonly Layer[]
}

export function shapeOf(settings: Settings): Shape {
  const chosen = FEATURES.map((_, i) => i).filter((i) => settings[FEATURES[i]!.id as "f1"])
  return {
    features: chosen.length > 0 ? chosen : [0],
    layers: [...readNet(settings.net, settings.g as Kind).layers, { units: 1, kind: "linear" }],
  }
}

/** Inputs of each layer with weights. */
export const fanIns = ({ features, layers }: Shape): number[] => [
  features.length,
  ...layers.slice(0, -1).map(({ units }) => units),
]

export function countOf(shape: Shape): number {
  const into = fanIns(shape)
  return shape.layers.reduce((sum, { units }, l) => sum + units * (into[l]! + 1), 0)
}
