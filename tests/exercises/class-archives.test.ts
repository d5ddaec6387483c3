/** @file Files of a class as they really arrive: in zip archives, saved again by other programs, from other books. */
import { deflateRawSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { FORMAT } from "../../exercises/lib/submission.ts"
import { openArchives } from "../../src/notebook/class-archives.ts"
import { type ClassFile, callRoll, ofOtherBooks } from "../../src/notebook/class-files.ts"
import { readGrades } from "../../src/notebook/class-grades.ts"

type Bytes = Uint8Array<ArrayBuffer>
const utf8 = (text: string): Bytes => new Uint8Array(Buffer.from(text))
const file = (name: string, content: Bytes, bytes = content.length): ClassFile => ({
  name,
  bytes,
  read: async () => content,
})
const submission = (name: string, book = "1"): string =>
  JSON.stringify({
    format: FORMAT,
    book,
    learner: { name, id: "" },
    made: "",
    attempts: [{ exercise: "x", revision: 1, seed: 1, answer: { kind: "number", text: "1" }, at: "" }],
  })

/** A zip archive, packed by Node; `flags` and `claimed` as a damaged or hostile one has them. */
function zip(
  entries: { name: string; content: Bytes; method?: 0 | 8; flags?: number; claimed?: number }[],
): Bytes {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, content, method = 8, flags = 0, claimed = content.length } of entries) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(claimed, 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(name), packed)
    central.push(entry, Buffer.from(name))
    at += 30 + Buffer.byteLength(name) + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...locals, ...central, end]))
}

const rollOf = async (...files: ClassFile[]) => {
  const { files: all, others } = await openArchives({ files, others: 0 })
  const { handedIn, rows } = await callRoll(all)
  return {
    learners: handedIn.map(({ name, learner }) => `${name}: ${learner.name}`),
    damaged: rows.map(({ file: name, message }) => `${name}: ${message}`),
    others,
  }
}

describe("a zip archive", () => {
  it("is read as the folder that it was, in folders and with files that are none", async () => {
    const archive = zip([
      { name: "class/", content: utf8(""), method: 0 },
      { name: "class/ada.json", content: utf8(submission("Ada")) },
      { name: "class\\bo.json", content: utf8(submission("Bo")), method: 0 },
      { name: "class/essay.pdf", content: utf8("%PDF") },
      { name: "__MACOSX/class/._ada.json", content: utf8("x") },
      { name: "class/inner.zip", content: zip([]) },
    ])
    expect(await rollOf(file("all.ZIP", archive), file("eve.json", utf8(submission("Eve"))))).toEqual({
      learners: ["all.ZIP/class/ada.json: Ada", "all.ZIP/class/bo.json: Bo", "eve.json: Eve"],
      damaged: [],
      others: 2,
    })
  })

  it("that is cut off, no archive, encrypted or packed to burst costs the others nothing", async () => {
    const good = zip([{ name: "a.json", content: utf8(submission("Ada")) }])
    const zeros = new Uint8Array(30 * 2 ** 20)
    const found = await rollOf(
      file("cut.zip", good.slice(0, -30)),
      file("no.zip", utf8("PK but no archive")),
      file("empty.zip", new Uint8Array()),
      file("locked.zip", zip([{ name: "b.json", content: utf8(submission("Bo")), flags: 1 }])),
      file("bomb.zip", zip([{ name: "c.json", content: zeros, claimed: 100 }])),
      file(
        "torn.zip",
        good.map((byte, i) => (i > 40 && i < 60 ? byte ^ 255 : byte)),
      ),
      file("huge.zip", good, 2 ** 40),
      file("good.zip", good),
    )
    expect(found.learners).toEqual(["good.zip/a.json: Ada"])
    expect(found.damaged).toEqual([
      "bomb.zip/c.json: it is larger than 5 MB",
      "cut.zip: the file is no zip archive, or it was cut off",
      "empty.zip: the file is no zip archive, or it was cut off",
      "huge.zip: the archive is larger than 200 MB",
      "locked.zip/b.json: it is encrypted in its archive",
      "no.zip: the file is no zip archive, or it was cut off",
      "torn.zip/a.json: it is damaged in its archive",
    ])
  })
})

describe("a file that another program has saved again", () => {
  const text = submission("Zoë Żak €")
  const utf16 = (from: string, swap: boolean): Bytes => {
    const bytes = Buffer.from(`\ufeff${from}`, "utf16le")
    return new Uint8Array(swap ? bytes.swap16() : bytes)
  }
  it.each([
    ["UTF-8 with its mark", utf8(`\ufeff${text}`)],
    ["UTF-16", utf16(text, false)],
    ["UTF-16, the other way round", utf16(text, true)],
  ])("as %s is the same file", async (_, content) => {
    expect((await rollOf(file("z.json", content))).learners).toEqual(["z.json: Zoë Żak €"])
  })

  it("as western Windows keeps its letters", async () => {
    const content = new Uint8Array(Buffer.from(submission("Zoë Müller"), "latin1"))
    expect((await rollOf(file("z.json", content))).learners).toEqual(["z.json: Zoë Müller"])
  })

  it("and is an archive under another name says so", async () => {
    expect((await rollOf(file("z.json", zip([{ name: "a.json", content: utf8(text) }])))).damaged).toEqual([
      "z.json: it is a zip archive under another name; call it .zip",
    ])
  })

  it("and is no text at all is damaged", async () => {
    const content = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2])
    expect((await rollOf(file("z.json", content))).damaged).toEqual([
      "z.json: the file is not JSON; it may have been cut off or edited",
    ])
  })
})

describe("a file of another version of the book", () => {
  it("is told, once for each version", async () => {
    const files = ["0.9.0", "0.9.0", "1.0.0", ""].map((book, i) =>
      file(`${i}.json`, utf8(submission(`${i}`, book))),
    )
    const { handedIn } = await callRoll(files)
    expect(ofOtherBooks(handedIn, "1.0.0").map((line) => line.split(";")[0])).toEqual([
      "2 files were saved with version 0.9.0 of the book",
      "1 file was saved with an unknown version of the book",
    ])
  })

  it("in a format to come says who can grade it", async () => {
    const content = utf8(submission("Ada").replace("submission/1", "submission/2"))
    expect((await rollOf(file("a.json", content))).damaged).toEqual([
      "a.json: a newer version of the book has saved it (descent-submission/2); grade it with that one",
    ])
  })
})

describe("earlier grades to compare with", () => {
  it.each([{ verdict: 7 }, { score: "1" }, { file: null }, { answer: undefined }])(
    "with a row like %j are refused",
    (part) => {
      const row = {
        file: "a",
        learner: "",
        id: "",
        exercise: "x",
        verdict: "wrong",
        answer: "",
        score: 0,
        graded: 1,
        seed: 1,
      }
      const grades = (one: object) => JSON.stringify({ format: "descent-grades/1", grader: "1", rows: [one] })
      expect(readGrades(grades(row)).rows).toHaveLength(1)
      expect(() => readGrades(grades({ ...row, ...part }))).toThrow("the file’s rows are damaged")
    },
  )
})
