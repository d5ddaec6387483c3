/** @file Boxes that are too wide for the page scroll; those that do can be reached by keyboard. */

function mark(): void {
  for (const box of document.querySelectorAll<HTMLElement>(".scroll, .drawing:has([data-still])")) {
    if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) {
      box.removeAttribute("tabindex")
      continue
    }
    box.tabIndex = 0
    if (box.hasAttribute("aria-label")) continue
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", box.matches(".formula") ? "Formula, scrolls sideways" : "Scrolls")
  }
}

let pending = 0
function markSoon(): void {
  cancelAnimationFrame(pending)
  pending = requestAnimationFrame(mark)
}

addEventListener("resize", markSoon)
// Text grows or shrinks when its typeface arrives, which may be long after the page.
document.fonts.addEventListener("loadingdone", markSoon)
void document.fonts.ready.then(markSoon)
