/**
 * @file <nn-device>: a button that names the device of the page's cells, or of those that it stands among, and opens
 * the panel about it. Loads nothing before.
 */
import type { DeviceName } from "../notebook/device.ts"
import { get } from "./store.ts"

class DeviceElement extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button")!
    const lesson = (): string =>
      (this.closest<HTMLElement>("[data-lesson]") ?? document.querySelector<HTMLElement>("[data-lesson]"))
        ?.dataset.lesson ?? ""
    const show = (name?: DeviceName): void => {
      button.textContent = `Device: ${name === "webgpu" ? "GPU" : "CPU"}`
    }
    const open = (): void => {
      import("./device-panel.ts").then(
        ({ openDevicePanel }) => openDevicePanel(lesson(), show),
        // Most likely there is no network; the button stays a button.
        () => (button.textContent = "Device: could not be loaded, try again"),
      )
    }
    // A scratchpad says which one it is when its own element has begun.
    queueMicrotask(() => show(get(`device:${lesson()}`)))
    button.addEventListener("click", open)
    // A cell's menu asks for it, too.
    document.addEventListener("devices", open)
  }
}

customElements.define("nn-device", DeviceElement)
