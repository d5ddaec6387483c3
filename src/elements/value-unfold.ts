/** @file Deep values in the page: what is inside of a fold is rendered when the reader opens it. Knows no cells. */
import type { ValueNode } from "../notebook/output.ts"
import { renderInside } from "../notebook/render-value.ts"

const roots = new WeakMap<HTMLElement, ValueNode>()

/** `box` shows `root`, as `renderOutput` has rendered it; called again it shows another. */
export function unfoldable(box: HTMLElement, root: ValueNode): void {
  const isNew = !roots.has(box)
  roots.set(box, root)
  // The event of a fold does not bubble.
  if (isNew) box.addEventListener("toggle", (event) => fill(box, event.target), true)
}

function fill(box: HTMLElement, target: EventTarget | null): void {
  const root = roots.get(box)
  if (!root || !(target instanceof HTMLDetailsElement) || !target.open) return
  const { unfold, from } = target.dataset
  if (unfold === undefined || target.childElementCount > 1) return
  target.insertAdjacentHTML("beforeend", renderInside(root, unfold, Number(from)))
}
