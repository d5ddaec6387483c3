/**
 * @file The strip of pictures where they stand side by side: a stop of Tab, so that arrow keys bring the next one, as long
 * as it has more pictures than it shows. Knows no picture.
 */
import type { Desk } from "./explorable-desk.ts"

export function strip(desk: Desk): void {
  const pictures = desk.find(".ex-pictures")
  const body = pictures?.parentElement
  if (!pictures || !body) return
  const seen = new ResizeObserver(() => {
    const scrolls = pictures.scrollWidth > pictures.clientWidth + 1
    if (scrolls === pictures.hasAttribute("tabindex")) return
    if (!scrolls) return void ["tabindex", "role", "aria-label"].map((name) => pictures.removeAttribute(name))
    pictures.tabIndex = 0
    pictures.role = "group"
    pictures.ariaLabel = "Pictures, side by side"
  })
  seen.observe(body)
  desk.signal.addEventListener("abort", () => seen.disconnect())
}
