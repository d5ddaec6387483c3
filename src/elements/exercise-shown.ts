/**
 * @file What a checked answer brings to light: the output of a prediction's code, the true curve over a sketch, the curves
 * of a training. Knows nothing of grading.
 */
import type { Shown } from "../../exercises/lib/exercise.ts"
import { showNumber } from "../../exercises/lib/show.ts"
import type { Point } from "../explorables/lib/explorable.ts"
import { drawRuns } from "../explorables/lib/runs.ts"
import { drawTruth, type SketchPlot } from "../explorables/lib/sketch.ts"

/** The curves of the attempt before, by exercise. */
const before = new WeakMap<HTMLElement, number[][]>()

/** `right`: nothing is given away any more. */
export function drawShown(exercise: HTMLElement, box: HTMLElement, shown: Shown, right: boolean): void {
  if (shown.kind === "output") box.append(output(shown.text, right))
  if (shown.kind === "truth") {
    const plot = exercise.querySelector<HTMLElement>(".exercise-sketch")!
    const about = JSON.parse(plot.dataset.plot!) as SketchPlot
    plot.querySelector(".sketch-truth")!.innerHTML = drawTruth(about, shown.points as unknown as Point[])
    const note = document.createElement("p")
    note.textContent = `The plot now shows the truth over your sketch, dashed in green. ${inWords(about, shown.points)}`
    box.append(note)
  }
  if (shown.kind === "runs") {
    const figure = document.createElement("figure")
    figure.className = "exercise-runs"
    figure.innerHTML = drawRuns({ ...shown, before: before.get(exercise) })
    before.set(exercise, shown.curves)
    box.append(figure)
  }
}

function output(text: string, open: boolean): HTMLElement {
  const fold = document.createElement("details")
  fold.open = open
  const summary = document.createElement("summary")
  summary.textContent = "What the code really gives"
  const code = document.createElement("pre")
  code.tabIndex = 0
  code.textContent = text
  fold.className = "exercise-console"
  fold.append(summary, code)
  return fold
}

/** The truth for those who do not see it: its heights at the places that were asked for. */
function inWords({ at, x, y }: SketchPlot, points: number[][]): string {
  if (at === "point") return `It is at ${points[0].map(showNumber).join(", ")}.`
  const nearest = (place: number): number[] =>
    points.reduce((best, p) => (Math.abs(p[0] - place) < Math.abs(best[0] - place) ? p : best))
  const list = at.map(
    (place) => `${showNumber(Number(nearest(place)[1].toPrecision(3)))} at ${showNumber(place)}`,
  )
  return `True ${y.label} by ${x.label}: ${list.join(", ")}.`
}
