/**
 * @file The panel about devices: what this browser has, where the page's cells compute, the memory they have taken, and
 * a comparison of CPU and GPU. Knows neither sandboxes nor WebGPU.
 */
import type { DeviceName, DeviceNews, Measurement, SeenDevice } from "../notebook/device.ts"
import { deviceTests } from "../notebook/device-tests.ts"
import css from "../styles/device.css?inline"
import { addStyle } from "./added-style.ts"
import { button, element } from "./cell-head.ts"
import { memoryView, usedElsewhere } from "./device-memory.ts"
import { tryDevices } from "./device-trial.ts"
import {
  outcomeOf,
  outcomeText,
  resultText,
  seenInWords,
  timesOn,
  toleranceInWords,
  verdict,
} from "./device-words.ts"
import { type PageDevice, pageDevice } from "./page-device.ts"
import { pageSession, type Session } from "./session.ts"

const COMPARE = "Compare CPU and GPU (2 seconds)"
const names: Record<DeviceName, string> = { cpu: "CPU", webgpu: "GPU" }

class DevicePanel {
  readonly #session: Session
  readonly #device: PageDevice
  readonly #changed: (name: DeviceName) => void
  readonly #dialog = document.createElement("dialog")
  readonly #chosen = element("p", "devices-said")
  readonly #said = element("div", "devices-said")
  readonly #seenPlaces: Record<DeviceName, HTMLElement> = { cpu: element("dd"), webgpu: element("dd") }
  readonly #radios: Record<DeviceName, HTMLInputElement>
  readonly #used = element("div")
  readonly #compare = button(COMPARE, () => (this.#comparing ? this.#stop() : this.#begin()))
  readonly #results = element("div", "devices-results")
  #stopTrial = (): void => {}
  #comparing = false
  #seen: readonly SeenDevice[] = []
  #measured: Measurement[] = []

  constructor(lesson: string, changed: (name: DeviceName) => void) {
    addStyle("device", css)
    this.#session = pageSession(lesson)
    this.#device = pageDevice(lesson)
    this.#changed = changed
    this.#radios = { cpu: this.#radio("cpu"), webgpu: this.#radio("webgpu") }
    this.#device.listen(() => this.#showUse())
    for (const place of [this.#chosen, this.#said]) place.setAttribute("role", "status")
    this.#build()
    document.body.append(this.#dialog)
  }

  open(): void {
    if (this.#dialog.open) return
    this.#showUse()
    this.#chosen.textContent = ""
    this.#dialog.showModal()
    this.#look()
  }

  #build(): void {
    const title = element("h2", "", "Where the cells compute")
    title.id = "devices-title"
    const list = element("dl")
    for (const name of ["cpu", "webgpu"] as const)
      list.append(element("dt", "", names[name]), this.#seenPlaces[name])
    const choice = element("fieldset")
    choice.append(element("legend", "", "The cells of this page compute on"))
    for (const name of ["cpu", "webgpu"] as const) {
      const label = element("label")
      label.append(this.#radios[name], `the ${names[name]}`)
      choice.append(label)
    }
    const close = button("Close", () => this.#dialog.close())
    this.#dialog.className = "devices"
    this.#dialog.setAttribute("aria-labelledby", title.id)
    this.#dialog.append(
      title,
      element("h3", "", "What this browser has"),
      list,
      choice,
      this.#chosen,
      element(
        "p",
        "",
        "A change starts the cells’ worker anew, and what they computed before is marked as out of date. A cell that " +
          "says setDevice(…) computes where it says, to its own end.",
      ),
      element("p", "", toleranceInWords()),
      element("h3", "", "Memory of the last run"),
      this.#used,
      element("h3", "", "CPU against GPU"),
      element(
        "p",
        "",
        "Small and large work, measured for a second on each device, in a worker of its own: your cells keep their values.",
      ),
      this.#compare,
      this.#said,
      this.#results,
      close,
    )
    close.className = "devices-close"
    this.#dialog.addEventListener("close", () => {
      this.#stopTrial()
      if (this.#comparing) this.#end()
    })
  }

  #radio(name: DeviceName): HTMLInputElement {
    const radio = document.createElement("input")
    radio.type = "radio"
    radio.name = "device"
    radio.addEventListener("change", () => this.#choose(name))
    return radio
  }

  #choose(name: DeviceName): void {
    this.#device.choose(name)
    this.#session.move()
    this.#changed(name)
    this.#chosen.textContent = `The cells of this page compute on the ${names[name]} from now on.`
  }

  /** Next to the button, and to a screen reader. */
  #say(...sentences: string[]): void {
    this.#said.replaceChildren(...sentences.map((sentence) => element("p", "", sentence)))
  }

  /** Asks what there is, each time the panel is opened. */
  #look(): void {
    for (const place of Object.values(this.#seenPlaces)) place.textContent ||= "Looking…"
    for (const name of ["cpu", "webgpu"] as const) this.#radios[name].checked = this.#device.name === name
    // What is compared must be known.
    this.#compare.disabled = this.#seen.length === 0
    this.#stopTrial = tryDevices(false, (news) => {
      this.#compare.disabled = false
      if (news.kind === "seen") this.#showSeen(news.devices)
      if (news.kind === "failed")
        for (const place of Object.values(this.#seenPlaces))
          place.textContent = `It could not be found out: ${news.message}`
    })
  }

  #showSeen(devices: readonly SeenDevice[]): void {
    this.#seen = devices
    for (const seen of devices) {
      this.#seenPlaces[seen.name].textContent = seenInWords(seen)
      // A device that was chosen can be left even if it is gone.
      this.#radios[seen.name].disabled = !seen.available && seen.name !== "cpu"
    }
  }

  #showUse(): void {
    const { use, name } = this.#device
    const cells = usedElsewhere(use, (id) => this.#session.views.get(id)?.cell.title ?? id)
    this.#used.replaceChildren(...memoryView(use, name), ...cells)
  }

  #begin(): void {
    this.#stopTrial()
    this.#comparing = true
    this.#compare.textContent = "Stop comparing"
    this.#measured = []
    this.#results.replaceChildren()
    this.#say("Starting…")
    this.#stopTrial = tryDevices(true, (news) => this.#hear(news))
  }

  #hear(news: DeviceNews): void {
    if (news.kind === "begins") this.#say(`Measuring the ${names[news.device]}…`)
    if (news.kind === "measured") {
      this.#measured.push(news.measurement)
      this.#showTable()
    }
    if (news.kind === "failed") {
      this.#end()
      this.#say(`The comparison ended early: ${news.message}`)
    }
    if (news.kind === "compared") {
      this.#end()
      this.#say(...verdict(this.#measured))
    }
  }

  #stop(): void {
    this.#stopTrial()
    this.#end()
    this.#say("Stopped. What was measured so far stays.")
  }

  #end(): void {
    this.#comparing = false
    this.#compare.textContent = COMPARE
  }

  #showTable(): void {
    const [cpu, gpu] = [timesOn("cpu", this.#measured), timesOn("webgpu", this.#measured)]
    const hasGpu = this.#seen.some(({ name, available }) => name === "webgpu" && available)
    const table = document.createElement("table")
    table.append(
      element("caption", "", "Measured just now in this browser; a dash: there was no time left for it"),
    )
    const head = table.createTHead().insertRow()
    for (const text of hasGpu ? ["", "CPU", "GPU", "Faster"] : ["", "CPU"]) {
      const cell = element(text === "" ? "td" : "th", "", text)
      if (text !== "") cell.setAttribute("scope", "col")
      head.append(cell)
    }
    const body = table.createTBody()
    const tried = (id: string, device: DeviceName): boolean =>
      this.#measured.some((one) => one.test === id && one.device === device)
    for (const test of deviceTests) {
      const { id, title } = test
      const row = body.insertRow()
      const name = element("th", "", title)
      name.setAttribute("scope", "row")
      row.append(name, element("td", "", tried(id, "cpu") ? resultText(test, cpu.get(id)) : "…"))
      if (!hasGpu) continue
      row.append(
        element("td", "", tried(id, "webgpu") ? resultText(test, gpu.get(id)) : "…"),
        element("td", "", outcomeText(outcomeOf(cpu.get(id), gpu.get(id)))),
      )
    }
    this.#results.replaceChildren(table)
  }
}

let panel: DevicePanel | undefined

/** `changed` hears what the reader chooses. */
export function openDevicePanel(lesson: string, changed: (name: DeviceName) => void): void {
  panel ??= new DevicePanel(lesson, changed)
  panel.open()
}
