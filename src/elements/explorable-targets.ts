/**
 * @file The parts of a picture that can be pressed: a button over each, one of them in the order of Tab, arrow keys to
 * the nearest in that direction. What a press does is the explorable's. Knows no picture.
 */
import type { Target, View } from "../explorables/lib/explorable.ts"
import type { Desk } from "./explorable-desk.ts"

export function targets(desk: Desk): void {
  for (const stage of desk.all("[data-view]")) {
    const view = desk.explorable.views[stage.dataset.view!]!
    if (view.targets) overlay(desk, stage, view)
  }
}

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

function overlay(desk: Desk, stage: HTMLElement, view: View<unknown>): void {
  const group = document.createElement("div")
  group.className = "ex-targets"
  group.setAttribute("role", "group")
  group.setAttribute("aria-label", view.title)
  stage.append(group)
  const buttons: HTMLButtonElement[] = []
  let now: readonly Target[] = []
  let chosen = 0
  const choose = (i: number) => {
    chosen = i
    buttons.forEach((button, k) => {
      button.tabIndex = k === chosen ? 0 : -1
    })
  }
  const add = (i: number) => {
    const button = document.createElement("button")
    button.type = "button"
    Object.assign(button.style, {
      position: "absolute",
      padding: "0",
      border: "0",
      background: "none",
    })
    button.addEventListener("focus", () => choose(i))
    button.addEventListener("click", () => {
      desk.root.dispatchEvent(new Event("ex-grab"))
      desk.change(now[i]!.to)
    })
    group.append(button)
    buttons.push(button)
  }
  group.addEventListener("keydown", (event) => {
    const way = WAYS[event.key]
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = neighbour(now, chosen, way)
    if (next !== undefined) buttons[next]!.focus()
  })
  desk.onpaint(() => {
    now = view.targets!(desk.state)
    while (buttons.length > now.length) buttons.pop()!.remove()
    while (buttons.length < now.length) add(buttons.length)
    choose(Math.min(chosen, now.length - 1))
    now.forEach(({ x, y, width, height, label }, i) => {
      const button = buttons[i]!
      if (button.ariaLabel !== label) button.ariaLabel = label
      button.style.left = `${(100 * x) / view.width}%`
      button.style.top = `${(100 * y) / view.height}%`
      button.style.width = `${(100 * width) / view.width}%`
      button.style.height = `${(100 * height) / view.height}%`
    })
  })
}

/** The nearest one in that direction; what lies aside counts double. */
function neighbour(
  all: readonly Target[],
  from: number,
  [dx, dy]: readonly [number, number],
): number | undefined {
  const middle = ({ x, y, width, height }: Target) => [x + width / 2, y + height / 2] as const
  const [x0, y0] = middle(all[from]!)
  let best: { i: number; far: number } | undefined
  all.forEach((target, i) => {
    const [x, y] = middle(target)
    const along = (x - x0) * dx + (y - y0) * dy
    const aside = Math.abs((x - x0) * dy) + Math.abs((y - y0) * dx)
    const far = along + 2 * aside
    if (along > 1 && (!best || far < best.far)) best = { i, far }
  })
  return best?.i
}
