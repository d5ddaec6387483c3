/** @file Scratchpads as they are kept: names that differ, cells that keep their ids, what is deleted and forgotten. */
import { beforeEach, describe, expect, it } from "vitest"
import {
  allPads,
  asPad,
  createPad,
  filledCells,
  freeName,
  lastPad,
  nextCellId,
  readPad,
  rememberLast,
  writePad,
} from "../../src/elements/scratch-store.ts"
import { sweep } from "../../src/elements/scratch-upkeep.ts"
import * as store from "../../src/elements/store.ts"

const DAY = 86_400_000

beforeEach(() => {
  for (const key of store.keys()) store.remove(key)
})

describe("a scratchpad", () => {
  it("is kept with the texts and the inputs of its cells", () => {
    const cells = [
      { id: "c1", title: "Data", source: "const x = 1", inputs: { rate: 0.1 } },
      { id: "c2", source: "" },
    ]
    const id = createPad("Trials", cells)
    expect(filledCells(id, readPad(id)?.cells ?? [])).toEqual(cells)
  })

  it("gets a name that no other one has", () => {
    const [first] = ["Scratchpad", "Scratchpad 2"].map((name) => createPad(name, []))
    expect(freeName("Scratchpad")).toBe("Scratchpad 3")
    expect(freeName("Scratchpad 2")).toBe("Scratchpad 3")
    expect(freeName("Other")).toBe("Other")
    writePad(first, { ...readPad(first)!, deleted: 1 })
    expect(freeName("Scratchpad")).toBe("Scratchpad")
  })

  it("never gives a cell the id of one that was deleted", () => {
    expect(nextCellId({ cells: [{ id: "c1" }, { id: "walks" }], gone: [{ id: "c7" }] })).toBe("c8")
    expect(nextCellId({ cells: [], gone: [] })).toBe("c1")
  })

  it("is the one that was open last, unless that was deleted", () => {
    expect(lastPad()).toBeUndefined()
    const a = createPad("A", [])
    const b = createPad("B", [])
    rememberLast(a)
    expect(lastPad()).toBe(a)
    writePad(a, { ...readPad(a)!, deleted: 1 })
    expect(lastPad()).toBe(b)
  })

  it("that is damaged is read as far as it can be", () => {
    expect(asPad("text")).toBeUndefined()
    expect(asPad({ name: 5, cells: [{ id: "c1" }, null, { title: "none" }] })).toEqual({
      name: "Scratchpad",
      at: 0,
      cells: [{ id: "c1" }],
      gone: [],
    })
  })
})

describe("what is deleted", () => {
  it("is forgotten after thirty days, with its texts, and nothing else is", () => {
    const old = createPad("Old", [{ id: "c1", source: "1" }])
    const young = createPad("Young", [{ id: "c1", source: "2" }])
    const now = Date.now()
    writePad(old, { ...readPad(old)!, deleted: now - 31 * DAY })
    writePad(young, { ...readPad(young)!, deleted: now - 29 * DAY })
    sweep(now)
    expect(allPads().map(({ id }) => id)).toEqual([young])
    expect(store.keys("edit:")).toEqual([`edit:scratchpad/${young}/c1`])
  })

  it("of a scratchpad's cells are the newest thirty: the texts of the others go, those of no other cell", () => {
    const cells = Array.from({ length: 40 }, (_, i) => ({ id: `c${i + 1}`, source: `${i}` }))
    const id = createPad("Many", cells)
    const pad = readPad(id)!
    writePad(id, { ...pad, cells: pad.cells.slice(35), gone: pad.cells.slice(0, 35) })
    sweep()
    const forgotten = cells.filter((cell) => !store.get(`edit:scratchpad/${id}/${cell.id}`))
    expect(forgotten.map((cell) => cell.id)).toEqual(["c1", "c2", "c3", "c4", "c5"])
    expect(readPad(id)?.gone.length).toBe(30)
  })
})
