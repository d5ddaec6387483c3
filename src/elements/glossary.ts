/** @file The field that finds a term in the glossary. Without a script all terms are there anyway. */

class GlossaryElement extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input")!
    const status = this.querySelector("[role=status]")!
    const sections = [...document.querySelectorAll<HTMLElement>(".glossary section")]
    const entries = [...document.querySelectorAll<HTMLElement>(".glossary dl > div")]
    const plain = (text = "") =>
      text
        .normalize("NFKD")
        .replace(/[\u0300-\u036f]/g, "")
        .replace(/[-–’']/g, " ")
        .toLowerCase()
    const names = entries.map((entry) =>
      plain([...entry.querySelectorAll("dfn, small")].map(({ textContent }) => textContent).join(" ")),
    )
    const find = (): void => {
      const wanted = plain(input.value).trim()
      let found = 0
      for (const [i, entry] of entries.entries()) {
        entry.hidden = !names[i].includes(wanted)
        if (!entry.hidden) found++
      }
      for (const section of sections)
        section.hidden = ![...section.querySelectorAll<HTMLElement>("dl > div")].some(({ hidden }) => !hidden)
      status.textContent = wanted ? `${found} ${found === 1 ? "term" : "terms"}` : ""
    }
    const clear = (): void => {
      input.value = ""
      find()
    }
    input.addEventListener("input", find)
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") clear()
    })
    // A link within the page leads to a letter or a term that may be hidden.
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
      if (!target?.closest("[hidden]")) return
      clear()
      target.scrollIntoView()
    })
    this.hidden = false
    find()
  }
}

if (!customElements.get("nn-glossary")) customElements.define("nn-glossary", GlossaryElement)
