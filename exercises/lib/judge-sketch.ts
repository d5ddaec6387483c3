/** @file Judges a sketch: heights (or one point) as typed, against the true curve that the exercise's code computed. Pure. */
import type { Answer, SketchExercise } from "./exercise.ts"
import { graderError, type Judgement, type Outcomes, rawOf } from "./judgement.ts"
import { readNumber } from "./number-text.ts"
import { numbersOf } from "./numbers.ts"
import { plain } from "./plain.ts"
import type { Raw } from "./raw.ts"
import { clip, showNumber } from "./show.ts"

/** A point of the plane: [x, y]. */
export type Spot = [x: number, y: number]

export function judgeSketch(
  exercise: SketchExercise,
  { values }: Extract<Answer, { kind: "sketch" }>,
  { reference, misconceptions = [] }: Pick<Outcomes, "reference" | "misconceptions">,
): Judgement {
  const { at, features = [], tolerance } = exercise
  const names = placesOf(exercise)
  const typed = names.map((_, i) => String(values[i] ?? "").trim())
  const blank = typed.filter((text) => text === "").length
  if (blank === names.length) return refuse("not-attempted", "empty", "Draw something first.")
  if (blank > 0)
    return refuse(
      "invalid",
      "incomplete",
      `${blank} of ${names.length} places ${blank === 1 ? "is" : "are"} still empty, the first at ${names[typed.indexOf("")]}.`,
    )
  const got: number[] = []
  for (const [i, text] of typed.entries()) {
    const read = readNumber(text)
    if (!read.ok) return refuse("invalid", "invalid", `${names[i]}: ${read.says}`)
    got.push(read.value)
  }
  const points = spotsOf(rawOf(reference))
  const want = points && asked(exercise, points)
  if (!points || !want) return graderError("The true curve could not be computed.")
  const most = names.map((_, i) => (tolerance ?? Number.POSITIVE_INFINITY) * heightOf(exercise, i))
  const near = (a: number[], b: number[]) => a.map((v, i) => Math.abs(v - b[i]) <= most[i])
  const close = near(got, want)
  const heights = at === "point" ? undefined : got
  const obeyed = features.map(({ holds }) => heights === undefined || holds(heights, at as number[]))
  const checks = [
    ...(tolerance === undefined ? [] : names.map((name, i) => ({ name, passed: close[i] }))),
    ...features.map(({ says }, i) => ({ name: says, passed: obeyed[i] })),
  ]
  const passed = checks.filter((check) => check.passed).length
  const shown = { kind: "truth" as const, points }
  if (passed === checks.length)
    return {
      verdict: "correct",
      score: 1,
      note: "ok",
      message:
        tolerance === undefined
          ? "Correct."
          : `Correct: close enough to the truth${at === "point" ? "" : " everywhere"}.`,
      checks,
      shown,
    }
  const known = exercise.misconceptions.find((_, i) => {
    const spots = spotsOf(rawOf(misconceptions[i]))
    const wrong = spots && asked(exercise, spots)
    return wrong && near(got, wrong).every(Boolean)
  })
  const score = at !== "point" ? passed / checks.length : known ? 0 : nearness(got, want, most)
  const found = known
    ? { note: known.id, message: plain(known.says) }
    : explain(exercise, { got, want, close, obeyed, names, isNear: score > 0 })
  return {
    verdict: score > 0 ? "partial" : "wrong",
    score,
    note: found.note,
    message: clip(found.message),
    checks,
    shown,
  }
}

/** A point's part of the marks: all within the tolerance, none from three times that distance on. */
function nearness(got: number[], want: number[], most: number[]): number {
  const apart = Math.max(...got.map((v, i) => Math.abs(v - want[i]) / most[i]))
  return Math.max(0, Number(((3 - apart) / 2).toFixed(2)))
}

/** What is to be given, in words: "x = 2" for each height, the names of the axes for a point. */
export function placesOf({ at, x, y }: SketchExercise): string[] {
  return at === "point" ? [x.label, y.label] : at.map((place) => `${x.label} = ${showNumber(place)}`)
}

/** The numbers that the curve has at the places which are asked for; nothing where it does not reach them. */
export function asked({ at }: SketchExercise, points: Spot[]): number[] | undefined {
  if (at === "point") return points.length === 1 ? points[0] : undefined
  const heights = at.map((x) => heightAt(points, x))
  return heights.every(Number.isFinite) ? heights : undefined
}

/** Straight between the points of a curve. */
function heightAt(points: Spot[], x: number): number {
  const right = points.findIndex(([px]) => px >= x)
  if (right < 0) return Number.NaN
  const [x1, y1] = points[right]
  if (x1 === x || right === 0) return x1 === x ? y1 : Number.NaN
  const [x0, y0] = points[right - 1]
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
}

export function spotsOf(raw: Raw | undefined): Spot[] | undefined {
  const numbers = raw && numbersOf(raw)
  if (!numbers) return undefined
  const { shape, values } = numbers
  const isList = shape.length === 2 && shape[1] === 2
  if ((!isList && !(shape.length === 1 && shape[0] === 2)) || !values.every(Number.isFinite)) return undefined
  return Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i], values[2 * i + 1]])
}

function heightOf({ at, x, y }: SketchExercise, i: number): number {
  const axis = at === "point" && i === 0 ? x : y
  return axis.to - axis.from
}

interface Facts {
  got: number[]
  want: number[]
  close: boolean[]
  obeyed: boolean[]
  names: string[]
  isNear: boolean
}

function explain(exercise: SketchExercise, facts: Facts): { note: string; message: string } {
  const { got, want, close, obeyed, names } = facts
  const broken = exercise.features?.[obeyed.indexOf(false)]
  if (broken) return { note: "generic.feature", message: `Not true of your curve: ${broken.says}.` }
  const first = close.indexOf(false)
  const side = got[first] > want[first] ? "too high" : "too low"
  if (exercise.at === "point") {
    const start = facts.isNear ? "Near, but not near enough: your" : "Your"
    return { note: "generic.place", message: `${start} ${names[first]} is ${side}.` }
  }
  const apart = got.map((v, i) => v - want[i])
  if (close.every((one) => !one) && (apart.every((d) => d > 0) || apart.every((d) => d < 0)))
    return { note: "generic.offset", message: `Your whole curve lies ${side}.` }
  const right = close.filter(Boolean).length
  return {
    note: "generic.place",
    message: `${right} of ${names.length} places are close enough. The first that is not: at ${names[first]} your curve is ${side}.`,
  }
}

function refuse(verdict: Judgement["verdict"], note: string, message: string): Judgement {
  return { verdict, score: 0, note, message: clip(message), checks: [] }
}
