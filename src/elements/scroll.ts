/** @file Boxes that are too wide for the page scroll; those that do can be reached by keyboard. */

function mark(): void {
  for (const box of document.querySelectorAll<HTMLElement>(".scroll"))
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0
      box.setAttribute("role", "group")
      box.setAttribute(
        "aria-label",
        box.matches(".formula") ? "Formula, scrolls sideways" : "Table, scrolls sideways",
      )
    } else {
      box.removeAttribute("tabindex")
      box.removeAttribute("role")
      box.removeAttribute("aria-label")
    }
}

let pending = 0
addEventListener("resize", () => {
  cancelAnimationFrame(pending)
  pending = requestAnimationFrame(mark)
})
void document.fonts.ready.then(mark)
