/** @file Boxes that are too wide for the page scroll; those that do can be reached by keyboard, and have a name. */

const BOXES = ".scroll, pre.astro-code, .drawing:has([data-still])"

function whatIs(box: HTMLElement): string {
  if (box.matches(".formula")) return "Formula"
  if (box.matches("pre")) return "Code"
  const table = box.querySelector("table")
  const heading = document.getElementById(table?.getAttribute("aria-labelledby") ?? "")
  return (table?.caption ?? heading)?.textContent || (table ? "Table" : "Figure")
}

function mark(): void {
  for (const box of document.querySelectorAll<HTMLElement>(BOXES)) {
    // What is folded away has no size yet.
    if (box.clientWidth === 0) continue
    if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) {
      // Whether one of a run will scroll later is not watched: it stays within reach.
      if (ofPage.has(box)) box.removeAttribute("tabindex")
      continue
    }
    box.tabIndex = 0
    if (box.hasAttribute("aria-label")) continue
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", `${whatIs(box)}, scrolls`)
  }
}

let pending = 0
function markSoon(): void {
  cancelAnimationFrame(pending)
  pending = requestAnimationFrame(mark)
}

const sizes = new ResizeObserver(markSoon)
const ofPage = new Set(document.querySelectorAll(BOXES))
for (const box of ofPage) sizes.observe(box)
// Text grows or shrinks when its typeface arrives, which may be long after the page.
document.fonts.addEventListener("loadingdone", markSoon)
void document.fonts.ready.then(markSoon)
