/** @file Sets an explorable of the page to what a cell has asked for, and says in the cell what it has set, or why not. */
import { encode } from "../explorables/lib/link.ts"
import { granted } from "../explorables/lib/setting.ts"
import type { ExplorableOutput } from "../notebook/output.ts"
import { renderExplorable } from "../notebook/render-explorable.ts"
import { type Desk, deskOf } from "./explorable-desk.ts"

/**
 * `box` is where the cell shows it. Comes alive for it. `quiet`: the run follows an input. Such a run leaves a figure
 * alone with which inputs move: the reader may have hold of it, and the cell says how to set it all the same.
 */
export async function setExplorable(
  box: HTMLElement,
  output: ExplorableOutput,
  quiet: boolean,
): Promise<void> {
  const { name } = output
  const figure = document.querySelector<HTMLElement>(`nn-explorable[data-name="${CSS.escape(name)}"]`)
  const say = (html: string): void => {
    if (box.isConnected && box.firstElementChild) box.firstElementChild.innerHTML = html
  }
  const refuse = (why: string): void => {
    say("<p></p>")
    box.querySelector("p")!.textContent = why
  }
  if (!figure) return refuse(`This page has no explorable called ${name}.`)
  const desk = await alive(figure)
  const asked = granted(desk.explorable, desk.place, output)
  if ("fault" in asked) return refuse(`The explorable ${name} was not set: ${asked.fault}.`)
  const isLeft = quiet && document.querySelector(`[data-bound^="${CSS.escape(name)}."]`) !== null
  if (!isLeft) desk.adopt(asked.place)
  const isBefore = figure.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING
  say(
    renderExplorable(output, {
      anchor: figure.id,
      figure: figure.querySelector(".ex-label b")?.textContent ?? "the explorable",
      where: isBefore ? "above" : "below",
      words: asked.words,
      link: isLeft ? `#${encode(name, desk.explorable.controls, asked.place)}` : undefined,
    }),
  )
}

function alive(figure: HTMLElement): Promise<Desk> {
  return new Promise((resolve) => {
    const look = (): void => {
      const desk = figure.dataset.live === undefined ? undefined : deskOf(figure)
      if (desk) resolve(desk)
    }
    look()
    figure.addEventListener("ex-live", look, { once: true })
    figure.dispatchEvent(new Event("ex-load"))
  })
}
