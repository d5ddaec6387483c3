/**
 * @file The code of a cell on the page: highlighted text until it is wanted for editing, an editor afterwards. Knows
 * nothing of running or saving.
 */
import { type Editor, type EditorOptions, openEditor, prepareEditor } from "./editor.ts"

export class CellCode {
  readonly #host: HTMLElement
  readonly #options: () => EditorOptions
  #editor: Promise<Editor> | undefined
  #errorLine: number | undefined

  /** `options` is asked for when the editor opens. */
  constructor(host: HTMLElement, options: () => EditorOptions) {
    this.#host = host
    this.#options = options
    if (options().readonly) return
    host.addEventListener("pointerenter", () => prepareEditor(), { once: true })
    host.addEventListener("click", (event) => {
      // A click that ends a selection is for copying.
      if (getSelection()?.isCollapsed !== false) this.edit({ x: event.clientX, y: event.clientY })
    })
    host.addEventListener("keydown", (event) => {
      if (this.#editor) return
      const { onRun } = this.#options()
      const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey
      if (event.key !== "Enter" || event.altKey) return
      event.preventDefault()
      if (plain) this.edit()
      else onRun(event.shiftKey ? "advance" : "stay")
    })
  }

  get editing(): boolean {
    return this.#editor !== undefined
  }

  /** Opens the editor, or puts the focus into it. */
  async edit(at?: { x: number; y: number }): Promise<Editor | undefined> {
    this.#unfold()
    if (this.#editor) {
      const editor = await this.#editor
      if (!at) editor.focus()
      return editor
    }
    this.#host.setAttribute("aria-busy", "true")
    this.#editor = openEditor(this.#host, { ...this.#options(), at })
    try {
      const editor = await this.#editor
      // What was typed elsewhere or reset while the editor was loading.
      editor.replace(this.#options().source)
      if (this.#errorLine !== undefined) editor.mark(this.#errorLine)
      return editor
    } catch (error) {
      this.#editor = undefined
      throw error
    } finally {
      this.#host.removeAttribute("aria-busy")
    }
  }

  /** Shows a text that was not typed here: a saved edit, a reset. */
  async show(source: string): Promise<void> {
    if (this.#editor) {
      const editor = await this.#editor
      editor.replace(source)
      return
    }
    const code = this.#host.querySelector("code")
    if (code && code.textContent !== source) code.textContent = source
  }

  /** Puts the static text with its colours back. */
  restore(html: string): void {
    const code = this.#host.querySelector("code")
    if (code) code.innerHTML = html
  }

  /** Highlights the line of an error, or none. */
  async mark(line?: number, message?: string): Promise<void> {
    this.#errorLine = line
    this.#host.querySelector(".code-error-line")?.classList.remove("code-error-line")
    if (this.#editor) (await this.#editor).mark(line, message)
    else if (line !== undefined) this.#line(line)?.classList.add("code-error-line")
  }

  /** Marks the line that recorded what the reader looks at. */
  async point(line: number): Promise<void> {
    if (this.#editor) {
      ;(await this.#editor).point(line)
      return
    }
    const element = this.#line(line)
    if (element?.classList.contains("code-step-line")) return
    this.#host.querySelector(".code-step-line")?.classList.remove("code-step-line")
    element?.classList.add("code-step-line")
  }

  /** Takes the reader to a line: into the editor if the cell can be edited. */
  async goTo(line: number, column?: number): Promise<void> {
    this.#unfold()
    if (this.#options().readonly) {
      this.#line(line)?.scrollIntoView({ block: "center" })
      this.#host.querySelector("pre")?.focus()
    } else (await this.edit())?.goTo(line, column)
  }

  focus(): void {
    this.#unfold()
    if (this.#editor) this.#editor.then((editor) => editor.focus())
    else this.#host.querySelector("pre")?.focus()
  }

  /** Set-up code is folded, and a way of seeing hidden, until somebody wants to see it. */
  #unfold(): void {
    this.#host.closest("[hidden]")?.dispatchEvent(new Event("beforematch"))
    const fold = this.#host.closest("details")
    if (fold) fold.open = true
  }

  /** A line of the static text, from now on in an element of its own. */
  #line(line: number): HTMLElement | undefined {
    const code = this.#host.querySelector("code")
    const own: ChildNode[] = []
    let current = 1
    for (let node = code?.firstChild; node && current <= line; node = node.nextSibling) {
      const end = node instanceof Text ? node.data.indexOf("\n") : -1
      if (node instanceof Text && end === 0) {
        current++
        if (node.length > 1) node.splitText(1)
      } else {
        if (node instanceof Text && end > 0) node.splitText(end)
        if (current === line) own.push(node)
      }
    }
    if (own.length === 0) return undefined
    if (own[0] instanceof HTMLElement && own[0].dataset.whole) return own[0]
    const element = document.createElement("span")
    element.dataset.whole = "line"
    own[0].before(element)
    element.append(...own)
    return element
  }
}
