/** @file Differences, links and archives: what goes in comes out again, whatever it is. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { crc32 } from "../../src/notebook/crc32.ts"
import { zip } from "../../src/notebook/export-zip.ts"
import { countChanges, diffLines, sides } from "../../src/notebook/line-diff.ts"
import { packCells, SHARED, ShareError, unpackCells } from "../../src/notebook/shared-cells.ts"

/** Texts of few different lines, so that many are equal. */
const lines = fc.array(fc.constantFrom("a", "b", "c", "", "  d"), { maxLength: 30 }).map((l) => l.join("\n"))

/** The length of the longest common subsequence, by the textbook's table. */
function commonLines(a: string[], b: string[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const line of a) {
    const next = [0]
    b.forEach((other, j) => {
      next.push(line === other ? row[j] + 1 : Math.max(row[j + 1], next[j]))
    })
    row = next
  }
  return row[b.length]
}

describe("the difference of two texts", () => {
  it("leads from the one to the other and back", () => {
    const text = fc.oneof(lines, fc.string({ unit: "binary" }))
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(sides(diffLines(before, after))).toEqual({ before, after })
      }),
      { numRuns: 1000 },
    )
  })

  it("is the shortest there is", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const same = diffLines(before, after).filter(({ kind }) => kind === "same").length
        expect(same).toBe(commonLines(before.split("\n"), after.split("\n")))
      }),
      { numRuns: 1000 },
    )
  })

  it("shows in a stretch of changes what is gone before what came", () => {
    expect(diffLines("a\nb\nc\nd", "a\nx\ny\nd").map(({ kind, line }) => `${kind[0]} ${line}`)).toEqual([
      "s a",
      "r b",
      "r c",
      "a x",
      "a y",
      "s d",
    ])
    expect(countChanges(diffLines("a\nb", "a\nb\nc"))).toEqual({ added: 1, removed: 0 })
  })

  it("of two long texts without a common line is theirs, at once", () => {
    const text = (name: string) => Array.from({ length: 5000 }, (_, i) => `${name}${i}`).join("\n")
    const began = performance.now()
    expect(sides(diffLines(text("a"), text("b")))).toEqual({ before: text("a"), after: text("b") })
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe("a link", () => {
  const shared = fc.record({
    lesson: fc.string(),
    cells: fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: "grapheme" }), { maxKeys: 5 }),
  })

  it("holds any text of any cells", async () => {
    await fc.assert(
      fc.asyncProperty(shared, async (one) => {
        const fragment = await packCells(one)
        expect(fragment).toMatch(/^shared=[\w-]+$/)
        const { lesson, cells } = await unpackCells(`#${fragment}`)
        expect(lesson).toBe(one.lesson)
        expect(Object.entries(cells)).toEqual(Object.entries(one.cells))
      }),
    )
  })

  it("holds what inputs are set to, and says to older books that they cannot read it", async () => {
    const key = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__")
    const value = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant([{ x: 0.5, y: -1, label: 1 }]),
    )
    const inputs = fc.dictionary(key, fc.dictionary(key, value, { minKeys: 1 }), { minKeys: 1, maxKeys: 3 })
    await fc.assert(
      fc.asyncProperty(shared, inputs, async (one, set) => {
        const back = await unpackCells(await packCells({ ...one, inputs: set }))
        expect(back.inputs).toEqual(set)
        expect(Object.entries(back.cells)).toEqual(Object.entries(one.cells))
      }),
    )
    const empty = { lesson: "a", cells: { b: "1" } }
    expect(await packCells({ ...empty, inputs: {} })).toBe(await packCells(empty))
    expect(await unpackCells(await packCells(empty))).toEqual(empty)
  })

  it("that was damaged on its way is refused in words, whatever happened to it", async () => {
    const sent = { lesson: "perceptron", cells: { hebb: "const w = [1, 2, 3]\nw" } }
    const fragment = await packCells(sent)
    const body = fragment.slice(SHARED.length)
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.constantFrom(..."AZaz09-_!%"), async (at, sign) => {
        // The last sign holds bits that nobody reads.
        fc.pre(body[at] !== sign && at < body.length - 1)
        const bad = SHARED + body.slice(0, at) + sign + body.slice(at + 1)
        // Bits after the end of the compressed text mean nothing: then it is what was sent.
        const got = await unpackCells(bad).catch((error: unknown) => error)
        if (!(got instanceof ShareError)) expect(got).toEqual(sent)
        await expect(unpackCells(SHARED + body.slice(0, at))).rejects.toThrow(/damaged/)
      }),
    )
    await expect(unpackCells(SHARED + "A".repeat(300_000))).rejects.toThrow(/too long/)
  })

  it("is not made if it would be cut on its way", async () => {
    const source = Array.from({ length: 30_000 }, () => Math.random().toString(36).slice(2, 8)).join("")
    await expect(packCells({ lesson: "a", cells: { b: source } })).rejects.toThrow(/too long for a link/)
  })
})

describe("a zip archive", () => {
  it("is read by Python's zipfile, names and bytes and checksums", async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251)
    const files = [
      { name: "lesson.ts", content: "const ŷ = 1 // “Σ” 🙂\n".repeat(50) },
      { name: "data/números.bin", content: bytes },
      { name: "empty.txt", content: "" },
    ]
    const folder = mkdtempSync(join(tmpdir(), "descent-zip-"))
    writeFileSync(join(folder, "a.zip"), await zip(files, new Date(2026, 10, 21, 13, 14, 16)))
    const script = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
z.extractall(sys.argv[2])
print(json.dumps([[i.filename, i.date_time] for i in z.infolist()]))`
    const listed = JSON.parse(
      execFileSync("python3", ["-c", script, join(folder, "a.zip"), folder]).toString(),
    )
    const date = [2026, 11, 21, 13, 14, 16]
    expect(listed).toEqual(files.map(({ name }) => [name, date]))
    expect(readFileSync(join(folder, "lesson.ts"), "utf8")).toBe(files[0].content)
    expect(new Uint8Array(readFileSync(join(folder, "data/números.bin")))).toEqual(bytes)
  })

  it("has the checksum of the standard's check value", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926)
  })
})
