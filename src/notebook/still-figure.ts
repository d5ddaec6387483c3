/** @file A drawing on the minimal document as markup that the page can hold: what the style sheet does is left to it. */
import type { MiniElement } from "./minidom.ts"

/** `tone`: the theme that it is for, or "both". */
export function stillMarkup(root: MiniElement, tone: string): string {
  for (const style of root.querySelectorAll("style")) style.remove()
  for (const name of ["h2", "h3"]) {
    for (const heading of root.querySelectorAll(name)) {
      heading.localName = "p"
      heading.className = name === "h2" ? "plot-title" : "plot-subtitle"
    }
  }
  for (const svg of [root, ...root.querySelectorAll("svg")]) {
    if (svg.localName !== "svg") continue
    for (const name of ["font-family", "font-size"]) svg.removeAttribute(name)
    if (svg.hasAttribute("viewBox") && svg.getAttribute("class") === "plot") svg.setAttribute("role", "img")
  }
  // Drawn for the text column: on a phone the style sheet keeps its type readable.
  root.setAttribute("data-still", "")
  // Of a figure drawn for each theme, the style sheet shows one.
  if (tone !== "both") root.setAttribute("data-tone", tone)
  return root.outerHTML
}
