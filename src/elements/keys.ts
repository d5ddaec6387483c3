/** @file <key-shortcuts> and the page's keys: ← → turn pages, ? lists them. Silent while somebody types or steers. */

const busy =
  "input, textarea, select, [contenteditable], [role=slider], [role=application], .monaco-editor, .cm-editor"

class KeyShortcuts extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", (event) => this.press(event))
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest(busy) || document.querySelector("dialog[open]")) return
    if (event.key === "?") this.querySelector("dialog")?.showModal()
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      if (event.shiftKey || target.closest("explorable-figure, figure, .scroll, pre, [tabindex='0']:not(a)"))
        return
      document
        .querySelector<HTMLAnchorElement>(`a[rel=${event.key === "ArrowLeft" ? "prev" : "next"}]`)
        ?.click()
    } else return
    event.preventDefault()
  }
}

customElements.define("key-shortcuts", KeyShortcuts)
