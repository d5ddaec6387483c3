/** @file A growing curve on a canvas, a tenth of a millisecond a frame. Knows nothing of Plot or of who calls it. */
import { namedHeight, namePlaces, seriesStyle, thin } from "../notebook/curve-spec.ts"
import { curveAlt } from "../notebook/curve-words.ts"
import { numberText } from "../notebook/number-text.ts"
import type { Output } from "../notebook/output.ts"

type Curve = Extract<Output, { kind: "curve" }>

interface Range {
  low: number
  high: number
}

const MARGIN = { top: 32, right: 16, bottom: 40, left: 48 }
const FONT = "13px"

function rangeOf(values: readonly (readonly number[])[], use: (value: number) => boolean): Range {
  let low = Infinity
  let high = -Infinity
  for (const list of values) {
    for (const value of list) {
      if (!use(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  if (low > high) return { low: 0, high: 1 }
  return low === high
    ? { low: low - 0.5 * Math.abs(low || 1), high: high + 0.5 * Math.abs(high || 1) }
    : { low, high }
}

/** Three to six round values inside the range. */
function ticks({ low, high }: Range, log: boolean): number[] {
  if (log) {
    const powers: number[] = []
    for (let p = Math.ceil(Math.log10(low)); p <= Math.log10(high) && powers.length < 12; p++)
      powers.push(10 ** p)
    return powers.length > 0 ? powers : [low, high]
  }
  const rough = (high - low) / 4
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = size * ([1, 2, 5, 10].find((factor) => factor * size >= rough) ?? 10)
  const found: number[] = []
  for (let k = Math.ceil(low / step); k * step <= high && found.length < 12; k++) found.push(k * step)
  return found
}

function canvasIn(box: HTMLElement): HTMLCanvasElement {
  const found = box.querySelector("canvas")
  if (found) return found
  const canvas = document.createElement("canvas")
  canvas.setAttribute("role", "img")
  box.removeAttribute("role")
  box.replaceChildren(canvas)
  return canvas
}

/** Draws the curve as it stands over the whole width of `box`, in the colours of the current theme. */
export function drawCurve(box: HTMLElement, curve: Curve): void {
  const width = Math.max(240, Math.min(880, box.clientWidth))
  const named = curve.series.length > 1 ? namedHeight(curve.series.length) : 0
  const height = Math.round(Math.max(220, 0.4 * width, named))
  const canvas = canvasIn(box)
  const pixels = devicePixelRatio || 1
  if (canvas.width !== Math.round(width * pixels) || canvas.height !== Math.round(height * pixels)) {
    canvas.width = Math.round(width * pixels)
    canvas.height = Math.round(height * pixels)
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  canvas.setAttribute("aria-label", curveAlt(curve))
  const pen = canvas.getContext("2d")
  if (!pen) return
  pen.setTransform(pixels, 0, 0, pixels, 0, 0)
  pen.clearRect(0, 0, width, height)
  draw(pen, curve, width, height, getComputedStyle(box))
}

function draw(
  pen: CanvasRenderingContext2D,
  curve: Curve,
  width: number,
  height: number,
  css: CSSStyleDeclaration,
): void {
  const colour = (name: string) =>
    css.getPropertyValue(name.replace(/^var\((.*)\)$/, "$1")).trim() || css.color
  const visible = (value: number) => Number.isFinite(value) && (!curve.log || value > 0)
  const lines = curve.series.map(thin)
  pen.font = `${FONT} ${css.getPropertyValue("--font-ui") || "sans-serif"}`
  const yName = curve.log ? `${curve.y} (log scale)` : curve.y
  const values = lines.map(({ y }, i) => `${curve.series[i].name} ${numberText(y.at(-1) ?? Number.NaN, 3)}`)
  // Names and newest values stand above the plot as long as they have room there, else the names at the lines' ends.
  const above = [yName, ...values].reduce((sum, words) => sum + pen.measureText(words).width + 14, 0) < width
  const widest = Math.max(0, ...curve.series.map(({ name }) => pen.measureText(name).width))
  const right = width - (above ? MARGIN.right : Math.min(0.45 * width, widest + 12))
  const xs = rangeOf(
    lines.map((line) => line.x),
    Number.isFinite,
  )
  const ys = rangeOf(
    lines.map((line) => line.y),
    visible,
  )
  if (curve.log && ys.low <= 0) ys.low = ys.high / 10
  const scaled = curve.log ? Math.log10 : (value: number) => value
  const left = MARGIN.left
  const bottom = height - MARGIN.bottom
  const atX = (x: number) => left + ((x - xs.low) / (xs.high - xs.low)) * (right - left)
  const [from, to] = [scaled(ys.low), scaled(ys.high)]
  const atY = (y: number) => bottom - ((scaled(y) - from) / (to - from)) * (bottom - MARGIN.top)

  pen.fillStyle = colour("--ink")
  pen.strokeStyle = colour("--hair")
  pen.lineWidth = 1
  pen.textAlign = "right"
  pen.textBaseline = "middle"
  for (const y of ticks(ys, curve.log)) {
    pen.beginPath()
    pen.moveTo(left, atY(y))
    pen.lineTo(right, atY(y))
    pen.stroke()
    pen.fillText(numberText(y, 3), left - 6, atY(y))
  }
  pen.textAlign = "center"
  pen.textBaseline = "top"
  for (const x of ticks(xs, false)) pen.fillText(numberText(x, 3), atX(x), bottom + 8)
  pen.fillText(curve.x, (left + right) / 2, height - 14)
  pen.textAlign = "left"
  pen.fillText(yName, 4, 6)

  const reached = lines.map(({ y }) => y.findLast(visible))
  const places = namePlaces(
    reached.map((y) => (y === undefined ? bottom : atY(y))),
    [MARGIN.top, bottom],
  )
  let end = right
  pen.lineWidth = 2
  lines.forEach((line, index) => {
    const { stroke, dash } = seriesStyle(curve.series[index].name, index)
    pen.strokeStyle = pen.fillStyle = colour(stroke)
    pen.setLineDash([...dash])
    pen.beginPath()
    let drawing = false
    line.y.forEach((y, i) => {
      if (visible(y) && drawing) pen.lineTo(atX(line.x[i]), atY(y))
      else if (visible(y)) pen.moveTo(atX(line.x[i]), atY(y))
      drawing = visible(y)
    })
    pen.stroke()
    pen.textAlign = above ? "right" : "left"
    pen.textBaseline = above ? "top" : "middle"
    if (above) pen.fillText(values[index], end, 6)
    else pen.fillText(curve.series[index].name, right + 8, places[index], width - right - 8)
    end -= pen.measureText(values[index]).width + 14
  })
  pen.setLineDash([])
}
