/** @file A reader's text of a cell: saved, borrowed, overtaken by another tab, reset. Without a page. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Edits, ERASED, type SavedEdit } from "../../src/elements/edits.ts"
import { versionsOf } from "../../src/elements/history.ts"
import * as store from "../../src/elements/store.ts"

const AUTHOR = "const a = 1"
/** Each test has a cell of its own: a text listens as long as its page is there. */
let cell = 0
const key = () => `edit:lesson/${cell}`
const told: string[] = []
const open = (author = AUTHOR): Edits =>
  new Edits("lesson", `${cell}`, author, {
    paused: (source) => told.push(`paused ${source}`),
    replaced: (before) => told.push(`replaced ${before}`),
    overtook: () => told.push("overtook"),
  })
const saved = () => store.get<SavedEdit>(key())
/** As another tab does it: the same store, without this tab's knowledge. */
const elsewhere = (source: string) => store.set(key(), { source, base: AUTHOR, at: Date.now() })
const sources = () => versionsOf(`lesson/${cell}`).map(({ source }) => source)

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) })
  for (const key of store.keys()) store.remove(key)
  told.length = 0
  cell++
})
afterEach(() => {
  vi.useRealTimers()
})

describe("a reader's text", () => {
  it("is saved a quarter of a second after the last key, and becomes a version after a pause", () => {
    const edits = open()
    edits.change("const a = 2")
    vi.advanceTimersByTime(200)
    edits.change("const a = 3")
    vi.advanceTimersByTime(249)
    expect(saved()).toBe(undefined)
    vi.advanceTimersByTime(1)
    expect(saved()).toMatchObject({ source: "const a = 3", base: AUTHOR })
    expect(told).toEqual(["paused const a = 3"])
    expect(sources()).toEqual([])
    vi.advanceTimersByTime(3000)
    expect(sources()).toEqual(["const a = 3"])
  })

  it("is saved at once when the page is left, version and all", () => {
    const edits = open()
    edits.change("const a = 2")
    edits.leave()
    expect(saved()?.source).toBe("const a = 2")
    expect(sources()).toEqual(["const a = 2"])
    expect(open().source).toBe("const a = 2")
  })

  it("is not kept when it is the author's again", () => {
    const edits = open()
    edits.change("const a = 2")
    edits.save()
    edits.change(AUTHOR)
    edits.save()
    expect(saved()).toBe(undefined)
    expect(edits.edited).toBe(false)
  })

  it("is brought back after a reset, and is among the versions either way", () => {
    const edits = open()
    edits.change("const a = 2")
    edits.reset()
    expect([edits.source, edits.undoable]).toEqual([AUTHOR, "const a = 2"])
    expect(sources()).toEqual(["const a = 2"])
    open().undoReset()
    expect(open().source).toBe("const a = 2")
  })

  it("knows which text of the author it was based on, until it is kept over the new one", () => {
    const edits = open()
    edits.change("const a = 2")
    edits.save()
    const later = open("const b = 1")
    expect([later.conflict, later.base, later.source]).toEqual([true, AUTHOR, "const a = 2"])
    later.change("const a = 3")
    later.save()
    expect(saved()?.base).toBe(AUTHOR)
    later.keep()
    expect([saved()?.base, open("const b = 1").conflict]).toEqual(["const b = 1", false])
  })
})

describe("a borrowed text", () => {
  it("is not saved, whatever runs or is left, and can be given back", () => {
    const edits = open()
    edits.change("mine")
    edits.borrow("theirs")
    edits.remember("run")
    edits.leave()
    expect([edits.source, saved()?.source, sources()]).toEqual(["theirs", "mine", []])
    edits.giveBack()
    expect([edits.source, edits.borrowed]).toEqual(["mine", false])
  })

  it("is the reader's when it is changed or kept; the reader's own is a version then", () => {
    const edits = open()
    edits.change("mine")
    edits.borrow("theirs")
    edits.change("theirs, changed")
    edits.save()
    expect([saved()?.source, sources()]).toEqual(["theirs, changed", ["mine"]])
    edits.borrow("theirs again")
    edits.put("theirs again", "shared")
    expect([saved()?.source, sources()]).toEqual(["theirs again", ["mine", "theirs, changed"]])
  })

  it("is thrown away by a reset, which brings back the reader's own", () => {
    const edits = open()
    edits.change("mine")
    edits.borrow("theirs")
    edits.reset()
    expect([edits.source, edits.undoable, sources()]).toEqual([AUTHOR, "mine", ["mine"]])
  })
})

describe("another tab", () => {
  it("that wrote later wins, and what stood here is a version", () => {
    const edits = open()
    edits.change("mine")
    edits.save()
    elsewhere("theirs")
    expect([edits.source, told, sources()]).toEqual(["theirs", ["replaced mine"], ["mine"]])
  })

  it("that wrote while somebody types here loses, and its text is a version", () => {
    const edits = open()
    edits.change("mine")
    elsewhere("theirs")
    expect([edits.source, told, sources()]).toEqual(["mine", ["overtook"], ["theirs"]])
    vi.advanceTimersByTime(250)
    expect(saved()?.source).toBe("mine")
  })

  it("that reset the cell resets it here", () => {
    const edits = open()
    edits.change("mine")
    edits.save()
    store.remove(key())
    expect([edits.source, edits.edited, sources()]).toEqual([AUTHOR, false, ["mine"]])
  })

  it("that erased everything leaves nothing behind here", () => {
    const edits = open()
    edits.change("mine")
    edits.save()
    store.set(ERASED, Date.now())
    store.remove(key())
    expect([edits.source, told, sources()]).toEqual([AUTHOR, ["replaced undefined"], []])
  })

  it("does not touch what is only borrowed here", () => {
    const edits = open()
    edits.borrow("shared")
    elsewhere("theirs")
    expect([edits.source, told]).toEqual(["shared", []])
    edits.put("shared", "shared")
    expect(sources()).toEqual(["theirs"])
  })
})

describe("a store that is full", () => {
  it("asks for room as long as there is some, then keeps in memory and says so", () => {
    const room = vi.fn().mockReturnValueOnce(true).mockReturnValueOnce(true).mockReturnValue(false)
    const refused = vi.fn()
    vi.stubGlobal("localStorage", {
      length: 0,
      key: () => null,
      getItem: () => null,
      removeItem: () => {},
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError")
      },
    })
    store.whenFull(room)
    store.whenRefused(refused)
    expect(store.set("x", 1)).toBe(false)
    expect([room.mock.calls.length, refused.mock.calls.length]).toEqual([3, 1])
    expect([store.get("x"), store.keys("x")]).toEqual([1, ["x"]])
    vi.unstubAllGlobals()
    store.whenFull(() => false)
    store.whenRefused(() => {})
    store.remove("x")
  })
})
