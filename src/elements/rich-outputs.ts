/**
 * @file Outputs that take more than markup: figures and curves, formulas, graphs, steps, controls, states of explorables.
 * Loaded with the first of them. Knows nothing of runs.
 */
import type { Output, StepsOutput } from "../notebook/output.ts"
import { type RichOutput, renderOutput } from "../notebook/render.ts"
import { bringAlive, type InputOwner, sameControl } from "./cell-inputs.ts"
import { mountFigure } from "./figure.ts"
import { setFormulas } from "./formula.ts"

/** Whether the box shows this very control: then it stays. */
export function hasControl(box: HTMLElement, output: Extract<Output, { kind: "input" }>): boolean {
  const field = box.querySelector<HTMLElement>("[data-input]")
  return field !== null && sameControl(field, renderOutput(output, "page"))
}

interface Place {
  /** What is in the box was shown here, and is not the book's. */
  isOwn: boolean
  /** Who hears of the controls. */
  owner: InputOwner
  /** Nobody asked for the run: it follows an input. */
  quiet: boolean
}

export function showRich(box: HTMLElement, output: RichOutput, { isOwn, owner, quiet }: Place): void {
  const isSame = box.dataset.kind === output.kind
  if (output.kind === "steps") {
    void showSteps(box, output)
    return
  }
  // Many a second may come: what is not the picture waits for the end of the run.
  if (output.kind === "curve" && isSame && isOwn) {
    mountFigure(box, output)
    return
  }
  if (output.kind === "input" && isSame && hasControl(box, output)) return
  const html = renderOutput(output, "page")
  if (output.kind === "figure" && isSame && isOwn) {
    replaceTable(box, html)
    mountFigure(box, output)
    return
  }
  const picture =
    isSame && output.kind === "figure" ? [...(box.querySelector(".drawing")?.childNodes ?? [])] : []
  box.dataset.kind = output.kind
  box.innerHTML = html
  // Until the new picture is drawn the old one holds its place.
  box.querySelector("[data-figure]")?.append(...picture)
  if (output.kind === "figure" || output.kind === "curve") mountFigure(box, output)
  if (output.kind === "tex") void setFormulas(box)
  if (output.kind === "input") bringAlive(box, owner)
  if (output.kind === "graph") void import("./graph-view.ts").then((view) => view.bringGraphsAlive(box))
  if (output.kind === "explorable")
    void import("./explorable-set.ts").then(({ setExplorable }) => setExplorable(box, output, quiet))
}

/** What steps through them comes with the first that there are; if it does not come, they are there as a table. */
async function showSteps(box: HTMLElement, output: StepsOutput): Promise<void> {
  box.dataset.kind ??= output.kind
  try {
    ;(await import("./steps-view.ts")).showSteps(box, output)
  } catch {
    box.innerHTML = renderOutput(output, "page")
  }
}

/** The numbers of a figure follow its picture; whether they are unfolded is the reader's choice. */
function replaceTable(box: HTMLElement, html: string): void {
  const made = document.createElement("template")
  made.innerHTML = html
  const fold = made.content.querySelector("details")
  const before = box.querySelector("details")
  if (fold && before) fold.open = before.open
  if (fold && before) before.replaceWith(fold)
}
