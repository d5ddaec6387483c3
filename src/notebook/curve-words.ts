/** @file A training curve in one sentence. Draws nothing. */
import { numberText } from "./number-text.ts"
import type { Output } from "./output.ts"

export function curveAlt(curve: Extract<Output, { kind: "curve" }>): string {
  const parts = curve.series.map((series) => {
    const first = series.y[0]
    const last = series.y.at(-1)
    return last === undefined
      ? `${series.name}: no value yet`
      : `${series.name} from ${numberText(first, 3)} to ${numberText(last, 3)}`
  })
  const title = curve.title && `${curve.title}: `
  return `${title}${curve.y && `${curve.y} `}by ${curve.x}${parts.length ? `; ${parts.join("; ")}` : ""}.`
}
