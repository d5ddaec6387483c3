/**
 * @file The tour once it is live: follows the fields, puts new parts in the place of old ones, measures on request.
 * What is shown comes from src/explorables/tour; this file only moves it into the page.
 */
import { onGpu } from "../../engine/inside.ts"
import { type Choice, choiceFrom, largest, queryOf, start } from "../explorables/tour/choice.ts"
import { parts, summary } from "../explorables/tour/parts.ts"
import { gpuResult, heldResult, timesResult } from "../explorables/tour/results.ts"
import { opening, type Study, studyOf } from "../explorables/tour/study.ts"
import { held, timesOf } from "../explorables/tour/times.ts"

/** Milliseconds without another key after which what stands in the fields counts. */
const quiet = 150

/** Lets the page draw and answer before it goes on. */
const pause = (): Promise<void> => new Promise((done) => setTimeout(done))

export class LiveTour {
  readonly #host: HTMLElement
  #choice: Choice = start
  #study: Promise<Study> = opening()
  #timer = 0
  #busy = false

  constructor(host: HTMLElement) {
    this.#host = host
    host.dataset.live = ""
  }

  /** The reader has changed a field. */
  choose(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#take(), quiet)
  }

  /** The reader has pressed a button. */
  async act(button: HTMLButtonElement): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    const kind = button.dataset.do ?? ""
    button.ariaDisabled = "true"
    this.#say(kind, "<p>One moment…</p>")
    await pause()
    const choice = this.#choice
    const text = await this.#result(kind)
    this.#busy = false
    button.ariaDisabled = null
    if (choice === this.#choice) this.#say(kind, text)
    else this.#forget()
  }

  async #result(kind: string): Promise<string> {
    try {
      const study = await this.#study
      if (kind === "times") return timesResult(await timesOf(study, pause))
      if (kind === "held") return heldResult(await held(study.choice, 10_000, 3000, pause))
      return await this.#onGpu(study)
    } catch (error) {
      return `<p>${(error as Error).message.replace(/[&<]/g, " ")}</p>`
    }
  }

  async #onGpu(study: Study): Promise<string> {
    const gpu = await onGpu(study.plain)
    try {
      const outputs = await gpu.outputs()
      const begin = performance.now()
      const rounds = 20
      for (let i = 0; i < rounds; i++) {
        gpu.run()
        await gpu.outputs()
      }
      const us = (1000 * (performance.now() - begin)) / rounds
      return gpuResult(gpu.device, us, study, outputs)
    } finally {
      gpu.close()
    }
  }

  #say(kind: string, html: string): void {
    const place = this.#host.querySelector(`[data-result="${kind}"]`)
    if (place) place.innerHTML = html
  }

  /** What was measured for another call is taken away. */
  #forget(): void {
    for (const place of this.#host.querySelectorAll("[data-result]"))
      place.innerHTML = place.innerHTML === "" ? "" : "<p>The call has changed since. Press again.</p>"
  }

  async #take(): Promise<void> {
    const form = this.#host.querySelector<HTMLFormElement>("form.tour-controls")
    const status = this.#host.querySelector("[data-status]")
    if (!form || !status) return
    const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    const choice = choiceFrom(fields)
    if (!choice) {
      status.textContent = `Sizes are whole numbers from 1 to ${largest}. The page shows the last call that was one.`
      return
    }
    const before = await this.#study
    this.#choice = choice
    this.#study = studyOf(choice)
    const study = await this.#study
    if (choice !== this.#choice) return
    const made = parts(study, before)
    for (const place of this.#host.querySelectorAll<HTMLElement>("[data-part]")) {
      const html = made[place.dataset.part as keyof typeof made]
      place.innerHTML = html
    }
    this.#forget()
    status.textContent = summary(study)
    // The address always leads to the call that is shown.
    history.replaceState(null, "", location.pathname + queryOf(choice) + location.hash)
    // Boxes that scroll are found anew.
    dispatchEvent(new Event("resize"))
  }
}
