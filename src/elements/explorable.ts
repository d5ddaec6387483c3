/**
 * @file <nn-explorable>: waits until its figure is near the screen, touched, focused or named in the link, and
 * only then loads the kit and its explorable. Knows nothing of either.
 */

class ExplorableElement extends HTMLElement {
  #near: IntersectionObserver | undefined
  #end: AbortController | undefined
  #loading = false

  connectedCallback(): void {
    this.#end = new AbortController()
    const { signal } = this.#end
    const load = () => void this.#load(signal)
    this.#near = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && load(), {
      rootMargin: "100% 0px",
    })
    this.#near.observe(this)
    for (const event of ["focusin", "pointerdown", "ex-load"]) this.addEventListener(event, load, { signal })
    const linked = () => location.hash.includes(`ex.${this.dataset.name}=`)
    addEventListener("hashchange", () => linked() && load(), { signal })
    if (linked()) load()
  }

  disconnectedCallback(): void {
    this.#near?.disconnect()
    this.#end?.abort()
    this.#loading = false
    if (this.dataset.live === undefined) return
    // Back to a still without listeners, so that a figure put back into the page comes alive once.
    delete this.dataset.live
    for (const over of this.querySelectorAll(".ex-handle, .ex-pad, .ex-targets")) over.remove()
    this.replaceChildren(...[...this.children].map((child) => child.cloneNode(true)))
  }

  async #load(signal: AbortSignal): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    this.#near?.disconnect()
    const name = this.dataset.name ?? ""
    try {
      const [{ play }, explorable] = await Promise.all([
        import("./explorable-player.ts"),
        import("./explorable-files.ts").then(({ loadExplorable }) => loadExplorable(name)),
      ])
      if (!signal.aborted) play(this, name, explorable, signal)
    } catch (error) {
      // Offline before the first visit, say. The still stays readable, and the next touch tries again.
      this.#loading = false
      console.error(error)
    }
  }
}

if (!customElements.get("nn-explorable")) customElements.define("nn-explorable", ExplorableElement)
