/** @file The handles of an explorable: one grip over the picture for each control of type "handle". */
import type { Point } from "../explorables/lib/explorable.ts"
import { allowed, clean } from "../explorables/lib/params.ts"
import type { Desk } from "./explorable-desk.ts"
import { Grip, underPointer } from "./explorable-grip.ts"

export function handles(desk: Desk): void {
  const { controls, views, place } = desk.explorable
  for (const [name, control] of Object.entries(controls)) {
    if (control.type !== "handle") continue
    const stage = desk.find(`[data-view="${control.view}"]`)
    const view = views[control.view]
    if (!stage || !view?.scale) throw new Error(`${desk.name}: handle ${name} needs a view with a scale.`)
    const through = desk.explorable.through?.[name]
    const move = (to: Point, done: boolean) =>
      desk.change(
        { params: through ? through.write(desk.place.params, desk.state, to) : { [name]: to } },
        done,
      )
    const grip = new Grip(stage, view, {
      ...control,
      says: () => place?.(name, desk.place.params, desk.state) ?? "",
      move,
      grab: () => desk.root.dispatchEvent(new Event("ex-grab")),
    })
    desk.onpaint(() => {
      const { params } = desk.place
      const at = through ? through.read(params, desk.state) : params[name]
      grip.element.hidden = at === undefined
      if (at !== undefined) grip.place(at as Point)
    })
    // The only handle of a view also comes to wherever the reader clicks: a way to move it without dragging.
    const alone = Object.values(controls).filter((c) => "view" in c && c.view === control.view).length === 1
    if (alone)
      stage.querySelector("svg")!.addEventListener("click", (event) => {
        const [x, y] = underPointer(stage, view, event)
        const snap = (v: number) => clean(Math.round(v / control.step) * control.step)
        move(allowed(control, [snap(x), snap(y)]) as Point, true)
      })
  }
}
