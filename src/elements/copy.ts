/** @file <copy-button>: copies the code before it. Selected formulas are copied as TeX. */

class CopyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button")
    button?.addEventListener("click", async () => {
      const text = this.parentElement?.querySelector("pre")?.textContent ?? ""
      const words = await navigator.clipboard.writeText(text).then(
        () => "Copied",
        () => "Not allowed",
      )
      button.textContent = words
      setTimeout(() => {
        button.textContent = "Copy"
      }, 1500)
    })
  }
}

customElements.define("copy-button", CopyButton)

document.addEventListener("copy", (event) => {
  const selection = getSelection()
  if (!event.clipboardData || !selection?.rangeCount) return
  const part = selection.getRangeAt(0).cloneContents()
  const formulas = part.querySelectorAll(".katex")
  if (formulas.length === 0) return
  for (const formula of formulas) {
    const source = formula.querySelector("annotation")?.textContent
    const sign = formula.parentElement?.matches(".katex-display") ? "$$" : "$"
    if (source) formula.replaceWith(`${sign}${source}${sign}`)
  }
  const holder = document.createElement("div")
  holder.append(part)
  event.clipboardData.setData("text/html", holder.innerHTML)
  event.clipboardData.setData("text/plain", holder.textContent ?? "")
  event.preventDefault()
})
