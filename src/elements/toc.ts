/** @file <section-contents> marks the section being read. Also folds contents and side notes where there is no margin. */

class SectionContents extends HTMLElement {
  connectedCallback(): void {
    fold(this, "(max-width: 79.99rem)")
    const links = new Map<Element, HTMLAnchorElement>()
    for (const link of this.querySelectorAll<HTMLAnchorElement>("nav a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
      if (heading) links.set(heading, link)
    }
    const update = (): void => {
      let current: HTMLAnchorElement | undefined
      for (const [heading, link] of links)
        if (heading.getBoundingClientRect().top < innerHeight / 3) current = link
      for (const link of links.values())
        if (link === current) link.setAttribute("aria-current", "location")
        else link.removeAttribute("aria-current")
    }
    // A jump may pass headings that never come into view, so it is the scrolling that counts.
    let frame = 0
    const soon = (): void => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(update)
    }
    addEventListener("scroll", soon, { passive: true })
    addEventListener("resize", soon)
    soon()
  }
}

/** The fold inside `host` is open where there is room, closed where there is not; then it is the reader's. */
function fold(host: Element, narrow: string): void {
  const details = host.querySelector("details")
  const query = matchMedia(narrow)
  const show = (): void => {
    if (details) details.open = !query.matches
  }
  query.addEventListener("change", show)
  show()
  host.classList.add("ready")
}

customElements.define("section-contents", SectionContents)
for (const note of document.querySelectorAll(".note")) fold(note, "(max-width: 59.99rem)")
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".note details, .predict details"))
    details.open = true
})
