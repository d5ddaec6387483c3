/**
 * @file The problems that the studio's network is given: two classes to be told apart, or a value to be met. What a score
 * says, what it costs and how good all of them are, in numbers and words. Knows no network.
 */
import { format } from "../lib/number.ts"
import type { Settings } from "./controls.ts"
import type { Sample } from "./sample.ts"

export interface Problem {
  /** L of a score for a class ±1 or a value, and ∂L/∂s. */
  loss(s: number, y: number): { loss: number; slope: number }
  /** ∂L/∂s as a formula. */
  slope: string
  /** The score as it is coloured: about −1 … 1. */
  shade(s: number): number
  /** What is read from the score, with its number; empty if that is the score itself. */
  reading(s: number): string
  /** "class +1", "value 0.4". */
  target(y: number): string
  /** How good scores are; undefined without points. */
  measure(scores: Float64Array, points: readonly Sample[]): number | undefined
  called: string
  /** The measure as the reader sees it. */
  words(measure: number | undefined): string
}

/** The share of points on the right side of 0. A score of 0 is on neither side. */
const classes = {
  target: (y: number) => `class ${y > 0 ? "+1" : "−1"}`,
  measure: (scores: Float64Array, points: readonly Sample[]) =>
    points.length === 0
      ? undefined
      : points.filter(({ label }, i) => scores[i]! * label > 0).length / points.length,
  called: "accuracy",
  words: (share: number | undefined) => (share === undefined ? "–" : `${format(100 * share)} %`),
}

/** −ln σ(y s). */
const LOG: Problem = {
  ...classes,
  loss: (s, y) => ({
    loss: Math.max(0, -y * s) + Math.log1p(Math.exp(-Math.abs(s))),
    slope: -y / (1 + Math.exp(y * s)),
  }),
  slope: "−y σ(−y s)",
  shade: (s) => Math.tanh(s / 2),
  reading: (s) => `p(+1) = σ(s) = ${format(1 / (1 + Math.exp(-s)))}`,
}

/** ½ (tanh s − y)². */
const SQUARED: Problem = {
  ...classes,
  loss(s, y) {
    const t = Math.tanh(s)
    return { loss: (t - y) ** 2 / 2, slope: (t - y) * (1 - t * t) }
  },
  slope: "(tanh s − y)(1 − tanh² s)",
  shade: Math.tanh,
  reading: (s) => `tanh s = ${format(Math.tanh(s))}`,
}

/** ½ (s − y)², and the root of the mean squared error. */
const VALUES: Problem = {
  loss: (s, y) => ({ loss: (s - y) ** 2 / 2, slope: s - y }),
  slope: "s − y",
  shade: (s) => s,
  reading: () => "",
  target: (y) => `value ${format(y)}`,
  measure: (scores, points) =>
    points.length === 0
      ? undefined
      : Math.sqrt(points.reduce((sum, { label }, i) => sum + (scores[i]! - label) ** 2, 0) / points.length),
  called: "error",
  words: (error) => (error === undefined ? "–" : format(error)),
}

export const isRegression = ({ problem }: Pick<Settings, "problem">): boolean => problem === "regression"

export const problemOf = (settings: Pick<Settings, "problem" | "loss">): Problem =>
  isRegression(settings) ? VALUES : settings.loss === "squared" ? SQUARED : LOG
