/** @file Where the cells of a page compute: the reader's choice, kept, and what its runs have used. Runs nothing. */
import type { DeviceName, DeviceUse } from "../notebook/device.ts"
import { get, remove, set } from "./store.ts"

class PageDevice {
  readonly #key: string
  #name: DeviceName
  #use: DeviceUse | undefined
  readonly #listeners = new Set<() => void>()

  constructor(lesson: string) {
    this.#key = `device:${lesson}`
    this.#name = get(this.#key) === "webgpu" ? "webgpu" : "cpu"
  }

  get name(): DeviceName {
    return this.#name
  }

  /** Of the worker that ran last; undefined before anything has run on this device. */
  get use(): DeviceUse | undefined {
    return this.#use
  }

  choose(name: DeviceName): void {
    this.#name = name
    if (name === "cpu") remove(this.#key)
    else set(this.#key, name)
    this.report(undefined)
  }

  report(use: DeviceUse | undefined): void {
    this.#use = use
    for (const listener of this.#listeners) listener()
  }

  /** `listener` is called after each choice and each report. */
  listen(listener: () => void): void {
    this.#listeners.add(listener)
  }
}

export type { PageDevice }

let device: PageDevice | undefined

/** The device of this page. */
export function pageDevice(lesson: string): PageDevice {
  device ??= new PageDevice(lesson)
  return device
}
