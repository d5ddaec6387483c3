/**
 * @file The plot of a sketch: heights set by a click, by dragging a handle or by its keys. The numbers beside it are the
 * answer; the plot reads and writes them. Knows no truth and no judge.
 */
import type { Point, View } from "../explorables/lib/explorable.ts"
import { clean, within } from "../explorables/lib/params.ts"
import { drawMine, type SketchPlot, sketchView } from "../explorables/lib/sketch.ts"
import css from "../styles/exercise-sketch.css?inline"
import points from "../styles/input-points.css?inline"
import { addStyle } from "./added-style.ts"
import { Grip, underPointer } from "./explorable-grip.ts"

export function sketchForm(host: HTMLElement, inputs: HTMLInputElement[]): void {
  addStyle("input-points", points)
  addStyle("exercise-sketch", css)
  const plot = JSON.parse(host.querySelector<HTMLElement>(".exercise-sketch")!.dataset.plot!) as SketchPlot
  const stage = host.querySelector<HTMLElement>(".sketch-stage")!
  const view = sketchView(plot)
  const mine = stage.querySelector<SVGElement>(".sketch-mine")!
  const truth = stage.querySelector<SVGElement>(".sketch-truth")!
  const places = plot.at === "point" ? [0] : plot.at
  /** What is typed, where it is a number. */
  const typed = (i: number): number | undefined => {
    const text = inputs[i].value.trim().replaceAll("−", "-")
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined
  }
  /** Where the mark of a place stands: in the middle until it is set. */
  const spot = (i: number): { at: Point; isSet: boolean } => {
    const [x, y] = plot.at === "point" ? [typed(0), typed(1)] : [plot.at[i], typed(i)]
    const [low, high] = view.scale!.x
    return {
      at: [
        within(x ?? (low + high) / 2, view.scale!.x),
        within(y ?? (plot.y.from + plot.y.to) / 2, view.scale!.y),
      ],
      isSet: x !== undefined && y !== undefined,
    }
  }
  const write = (i: number, [x, y]: Point): void => {
    if (plot.at === "point") inputs[0].value = String(clean(x))
    inputs[plot.at === "point" ? 1 : i].value = String(clean(y))
    inputs[0].dispatchEvent(new Event("input", { bubbles: true }))
  }
  const grips = places.map((place, i) => {
    const name = plot.at === "point" ? "Your point" : `At ${plot.x.label} = ${place}`
    return new Grip(stage, view, {
      label: name,
      x: plot.at === "point" ? view.scale!.x : [place, place],
      y: view.scale!.y,
      step: plot.y.step,
      says: () => (spot(i).isSet ? plot.y.label : "not set yet"),
      move: (to) => write(i, to),
      grab: () => {},
    })
  })
  const show = (): void => {
    const spots = places.map((_, i) => spot(i))
    mine.innerHTML = drawMine(
      plot,
      spots.filter(({ isSet }) => isSet).map(({ at }) => at),
    )
    grips.forEach((grip, i) => {
      grip.place(spots[i].at)
      grip.element.classList.toggle("sketch-open", !spots[i].isSet)
    })
  }
  stage.querySelector("svg")!.addEventListener("click", (event) => clicked(event))
  const clicked = (event: MouseEvent): void => {
    const [x, y] = underPointer(stage, view as View<unknown>, event)
    const distance = (i: number): number => Math.abs(places[i] - x)
    const nearest = places.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0)
    const snap = (v: number, { step }: { step: number }): number => Math.round((v / step) * 10) * (step / 10)
    write(nearest, [within(snap(x, plot.x), view.scale!.x), within(snap(y, plot.y), view.scale!.y)])
  }
  host.addEventListener("input", show)
  host.addEventListener("ex-written", () => {
    truth.innerHTML = ""
    show()
  })
  show()
}
