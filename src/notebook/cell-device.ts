/**
 * @file The device of each run: the page's at its start, whatever the cell chooses until its end, the CPU where there is
 * no GPU. Knows neither pages nor workers.
 */
import * as engine from "../../engine/index.ts"
import { type DeviceUse, fallbackInWords } from "./device.ts"

type Tell = (sentence: string) => void

export class CellDevices {
  readonly #preferred: string
  readonly #chosen = new Map<string, string>()
  #fellBack = false
  #cell = ""

  constructor(preferred: string) {
    this.#preferred = preferred
  }

  /** A run begins: what an earlier one chose is over, so that a cell computes on the same device whenever it runs. */
  async begin(cell: string, tell: Tell): Promise<void> {
    this.#cell = cell
    this.#chosen.delete(cell)
    this.#fellBack = await this.#open(this.#preferred, false, tell)
  }

  /** `setDevice` as cells have it. */
  async choose(name: string, tell: Tell): Promise<void> {
    const cell = this.#cell
    const used = (await this.#open(name, true, tell)) ? "cpu" : name
    this.#chosen.set(cell, used)
  }

  /** Opens the device, or the CPU where there is no GPU. Returns whether it had to. */
  async #open(name: string, asked: boolean, tell: Tell): Promise<boolean> {
    try {
      await engine.setDevice(name)
      return false
    } catch (error) {
      if (!(error instanceof engine.BackendError)) throw error
      // Without vector instructions there is no CPU either, and the first tensor says so.
      if (name === "cpu" && !asked) return false
      if (name !== "webgpu") throw error
      await engine.setDevice("cpu")
      tell(fallbackInWords(error.message, asked))
      return true
    }
  }

  /** What the runs have used so far. */
  use(): DeviceUse {
    const cells: Record<string, string> = {}
    for (const [cell, device] of this.#chosen) if (device !== this.#preferred) cells[cell] = device
    const memory = Object.entries(engine.memory()).map(([device, { live, peak }]) => ({ device, live, peak }))
    return { cells, fellBack: this.#fellBack, memory }
  }
}
