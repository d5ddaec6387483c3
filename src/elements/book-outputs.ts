/** @file What of the book's outputs can be used comes to life: controls, graphs, steps. Each is loaded where there is one. */
import type { InputOwner } from "./cell-inputs.ts"

/** Returns what `bringAlive` of the controls does. */
export async function bringOutputsAlive(
  out: HTMLElement,
  owner: InputOwner,
): Promise<{ key: string; feeds: string[] }[]> {
  const has = (selector: string): boolean => out.querySelector(selector) !== null
  if (has("[data-graph]")) (await import("./graph-view.ts")).bringGraphsAlive(out)
  if (has("[data-steps]")) (await import("./steps-view.ts")).bringStepsAlive(out)
  return has("[data-input]") ? (await import("./cell-inputs.ts")).bringAlive(out, owner) : []
}
