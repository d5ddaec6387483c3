/** @file A state in the middle of an explorable, as a link and as it is drawn here: what a browser must make of the link. */
import type { Params } from "../../src/explorables/lib/explorable.ts"
import { encode } from "../../src/explorables/lib/link.ts"
import { defaults } from "../../src/explorables/lib/params.ts"
import { explorables } from "./every-explorable.ts"

export interface LinkedState {
  /** The fragment of the address. */
  link: string
  /** What is said of it, then its pictures; coordinates are rounded to a tenth. */
  drawn: Record<string, string>
}

/** The last preset, another seed where there is chance, half of the time. */
export function linkedState(name: string): LinkedState {
  const found = explorables.find(([other]) => other === name)
  if (!found) throw new Error(`linkedState: there is no explorable ${name}.`)
  const [, explorable] = found
  const params = { ...defaults(explorable.controls), ...explorable.presets.at(-1)?.params } as Params
  const seed = explorable.seeded ? 3 : 0
  const step = Math.floor((explorable.steps?.(params, seed) ?? 0) / 2)
  const state = explorable.model(params, seed, step)
  const seen = Object.entries(explorable.views).filter(([, { folded }]) => !folded)
  const views = seen.map(([view, { draw }]) => [`[data-view="${view}"] > svg > g`, draw(state)])
  return {
    link: encode(name, explorable.controls, { params, seed, step }),
    drawn: Object.fromEntries([
      [
        "[data-describe]",
        explorable.describe(params, state).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
      ],
      ...views,
    ]),
  }
}

/** The parts of the figure that show something else; for the page, so it refers to nothing here. */
export function differences(figure: Element, drawn: Record<string, string>): string[] {
  return Object.entries(drawn).flatMap(([part, html]) => {
    const shown = figure.querySelector(part)
    const wanted = shown?.cloneNode() as Element | undefined
    if (!shown || !wanted) return [`${part} is missing`]
    wanted.innerHTML = html
    return wanted.isEqualNode(shown) ? [] : [part]
  })
}
