/** @file What the runs of a page have used, to look at: memory by device, cells with a device of their own. */
import type { DeviceName, DeviceUse } from "../notebook/device.ts"
import { element } from "./cell-head.ts"
import { bytesText } from "./device-words.ts"

const names: Readonly<Record<string, string>> = { cpu: "CPU", webgpu: "GPU" }

export function memoryView(use: DeviceUse | undefined, device: DeviceName): HTMLElement[] {
  if (!use) return [element("p", "", `No cell has run here on the ${names[device]} yet.`)]
  const table = document.createElement("table")
  table.append(element("caption", "", "Tensors of the cells, and working memory kept for them"))
  const head = table.createTHead().insertRow()
  for (const text of ["Device", "In use now", "At most so far"]) {
    const cell = element("th", "", text)
    cell.setAttribute("scope", "col")
    head.append(cell)
  }
  const body = table.createTBody()
  for (const { device, live, peak } of use.memory) {
    const name = element("th", "", names[device] ?? device)
    name.setAttribute("scope", "row")
    body.insertRow().append(name, element("td", "", bytesText(live)), element("td", "", bytesText(peak)))
  }
  return [table]
}

/** Cells that did not compute on the page's device, in words. */
export function usedElsewhere(use: DeviceUse | undefined, titleOf: (cell: string) => string): HTMLElement[] {
  if (!use) return []
  const list = Object.entries(use.cells).map(([cell, device]) => {
    const where = names[device] ? `the ${names[device]}` : `“${device}”`
    return element("p", "", `The cell “${titleOf(cell)}” chose ${where} itself.`)
  })
  if (!use.fellBack) return list
  return [element("p", "", "The GPU could not be opened: the last run was on the CPU."), ...list]
}
