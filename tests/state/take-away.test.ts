/** @file Lessons that are taken away: as programs that run in Node, and as notebooks of the standard format. */
import { execFileSync } from "node:child_process"
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { bookMap } from "../../src/build/book-map.ts"
import { contentRoot } from "../../src/build/content-root.ts"
import { libraryNames, programModule } from "../../src/build/program-module.ts"
import { runCells } from "../../src/build/run-cells.ts"
import type { Cell } from "../../src/notebook/cell.ts"
import { ipynb } from "../../src/notebook/export-ipynb.ts"
import type { LessonPart, TakenLesson } from "../../src/notebook/export-lesson.ts"
import { programText } from "../../src/notebook/export-program.ts"
import { outputText } from "../../src/notebook/export-text.ts"

const names = new Set(libraryNames())
const folder = mkdtempSync(join(tmpdir(), "descent-program-"))
beforeAll(async () => {
  writeFileSync(join(folder, "descent.js"), await programModule())
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  for (const file of ["digits.bin", "iris.csv"])
    copyFileSync(join(contentRoot, "data", file), join(folder, file))
}, 60_000)

const lesson = (cells: (Cell | string)[], id = "gradient-descent"): TakenLesson => ({
  what: "lesson",
  id,
  title: "A lesson, *really* /* it is */",
  address: "https://example.org/lesson/",
  parts: cells.map((cell, i): LessonPart => {
    if (typeof cell !== "string") return { kind: "cell", cell, edited: false, outputs: [] }
    if (cell.startsWith("#")) return { kind: "prose", markdown: cell }
    return { kind: "cell", cell: { id: `c${i}`, source: cell }, edited: true, outputs: [] }
  }),
})

function run(taken: TakenLesson): string {
  writeFileSync(join(folder, `${taken.id}.ts`), programText(taken, names))
  const options = { cwd: folder, stdio: "pipe", encoding: "utf8" } as const
  const flags = process.features.typescript ? [] : ["--experimental-strip-types", "--no-warnings"]
  return execFileSync(process.execPath, [...flags, `${taken.id}.ts`], options)
}

/** A third of the lessons, unless all are asked for. */
const some = [...bookMap(contentRoot).keys()].filter((_, i) => process.env.FULL || i % 3 === 0)

describe.each(some)("the lesson %s as a program", (id) => {
  it("runs in Node beside the book's module and prints what the book shows", async () => {
    const cells = (bookMap(contentRoot).get(id)?.cells ?? []).map(
      ({ source, fence }): Cell => ({ ...fence, source }),
    )
    const { outputs } = await runCells(id, cells)
    const printed = run(lesson(cells, id))
    for (const cell of cells) {
      expect(printed).toContain(`── ${cell.title ?? cell.id} ──`)
      for (const output of outputs[cell.id]) {
        // What takes a different time each time cannot be compared.
        if (output.kind !== "input" && output.kind !== "error" && !/\bms\b/.test(outputText(output)))
          expect(printed).toContain(outputText(output))
      }
    }
  }, 120_000)
})

describe("a program", () => {
  it("shows last values, tables, console lines, curves and figures as text, in order", () => {
    const printed = run(
      lesson([
        "# One heading",
        "const t: Tensor = tensor([[1, 2.5], [3, 4]])\nt.mul(2) // twice",
        'console.log("a line", tensor([1, 2]))\ntable([{ a: 1, b: "x" }])',
        'const c = curve("Loss", { x: "step" })\nfor (let i = 0; i < 3; i++) c.push({ loss: 3 - i })\n"after the loop"',
        "Plot.lineY([1, 2, 3]).plot()",
        "await new Promise((done) => setTimeout(done, 1))\nconst d = await iris()\nd.x.shape",
      ]),
    )
    expect(printed).toContain("Tensor [2, 2] float32\n  2  5\n  6  8\n")
    expect(printed).toMatch(/a line Tensor \[2\] \(1, 2\)\na {2}b\n1 {2}x\n/)
    expect(printed).toMatch(/after the loop\n\[curve\] Loss\n {2}loss: 3 at step 0, 1 at step 2, 3 points/)
    expect(printed).toMatch(/\[figure\] /)
    expect(printed).toContain("[150, 4]")
  })

  it("prints a line for each recorded step, when it is recorded", () => {
    const printed = run(
      lesson([
        'for (let i = 0; i < 3; i++) {\n  step("pass " + i, { i, w: [i, -i] }, Plot.dot([[i, i]]))\n  console.log("then")\n}',
      ]),
    )
    expect(printed).toMatch(
      /Step 1, pass 0: i = 0, w = \[0, −?0\]\nthen\nStep 2, pass 1: i = 1, w = \[1, −1\]\nthen\nStep 3/,
    )
  })

  it("gives inputs the values that the reader has set, as near as they allow, and the others their own", () => {
    const taken = lesson([
      `const rate = input.slider("step size", { min: 0, max: 1, step: 0.01, value: 0.1 })
const kind = input.select("optimizer", { plain: 0, momentum: 9 })
const points = input.points("data", { value: [{ x: 0, y: 0 }] })
const n = input.number("epochs", { max: 50, value: 5 })
const file = input.file("your table")
;[rate, kind, points.length, n, input.toggle("on"), input.text("name", { value: "net" }), file].join(" | ")`,
      "rate * 2",
    ])
    const run1 = run(taken)
    expect(run1).toContain("0.1 | 0 | 1 | 5 | false | net | ")
    const [part] = taken.parts
    if (part.kind === "cell")
      part.inputs = {
        "step size": 0.25,
        optimizer: "momentum",
        data: [{ x: 1, y: 2, label: -1 }, { x: 0, y: 0, label: 1 }, "no point"],
        epochs: 99,
        on: true,
        "no longer there": 1,
      }
    const text = programText(taken, names)
    expect(text).toContain('cell.begin("gradient-descent/c0", "c0", {"step size":0.25,')
    expect(text).toContain(" * Inputs have the values that you set")
    expect(run(taken)).toMatch(/0\.25 \| 9 \| 2 \| 50 \| true \| net \| \n[\s\S]*\n0\.5\n/)
    const [, , cell] = ipynb(taken, names, "./descent.js").cells
    expect(cell.source[0]).toMatch(/^cell\.begin\("gradient-descent\/c0", undefined, \{"step size":0\.25,/)
  })

  it("writes a graph as a line for each value, with gradients", () => {
    const printed = run(
      lesson([
        `const w = tensor(3, { requiresGrad: true })
const loss = w.mul(w).add(1)
loss.backward(undefined, { retainGraph: true })
graph(loss, { w, loss })`,
      ]),
    )
    expect(printed).toMatch(
      /\[graph\] 4 values\n {2}w \(parameter\): 3, gradient 6\n {2}.*\n {2}.*\n {2}loss \(add of .*\): 10, gradient 1\n/,
    )
  })

  it("draws the random numbers that the cell draws in the book", async () => {
    const cell: Cell = { id: "noise", source: "randn([3])" }
    const { outputs } = await runCells("gradient-descent", [cell])
    expect(run(lesson([cell]))).toContain(outputText(outputs.noise[0]))
  })

  it("keeps apart what two cells, the library and JavaScript call by one name", () => {
    const taken = lesson([
      "const before = relu(tensor([-1, 2]))\nbefore",
      "const a = 1\na",
      "function relu(x: number) { return x * 100 }\nrelu(3)",
      'const a = "second"\nrelu(4) + a',
      "let cell = a + cell1\nvar cell1 = 1\ncell",
      "const Map = 7\nMap",
    ])
    const printed = run(taken)
    expect(printed).toContain("Tensor [2] float32\n  0  2")
    expect(printed).toMatch(/\n300\n[\s\S]*\n400second\n[\s\S]*secondundefined\n[\s\S]*\n7\n/)
    expect(programText(taken, names)).toContain("cell as cell_")
  })

  it("goes on after a cell that is meant to fail, and leaves out one that cannot be read", () => {
    const printed = run(
      lesson([
        { id: "fails", source: "matmul(ones([2, 3]), ones([2, 3]))", error: true },
        "const broken = ;",
        { id: "shown", source: "not run at all */", static: true },
        "1 + 1",
      ]),
    )
    expect(printed).toMatch(/matmul: [\s\S]*\n2\n$/)
  })

  it("without cells is a program all the same", () => {
    expect(run(lesson([]))).toBe("")
  })
})

/** What the schema of nbformat 4.5 demands of what we write. */
function checkNotebook(notebook: ReturnType<typeof ipynb>): void {
  expect(Object.keys(notebook).sort()).toEqual(["cells", "metadata", "nbformat", "nbformat_minor"])
  expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5])
  const { kernelspec, language_info } = notebook.metadata as Record<string, Record<string, unknown>>
  expect(kernelspec).toMatchObject({ name: expect.any(String), display_name: expect.any(String) })
  expect(language_info.name).toBe("typescript")
  const ids = notebook.cells.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const isText = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.every((line, i) => typeof line === "string" && (i === value.length - 1 || line.endsWith("\n")))
  for (const cell of notebook.cells) {
    expect(cell.id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/)
    expect(isText(cell.source)).toBe(true)
    expect(typeof cell.metadata).toBe("object")
    const keys = ["cell_type", "id", "metadata", "source"]
    if (cell.cell_type === "markdown") expect(Object.keys(cell).sort()).toEqual(keys)
    else {
      expect(Object.keys(cell).sort()).toEqual([...keys, "execution_count", "outputs"].sort())
      expect(cell.execution_count === null || Number.isInteger(cell.execution_count)).toBe(true)
      for (const output of cell.outputs) {
        expect(Object.keys(output).sort()).toEqual(["data", "metadata", "output_type"])
        for (const [type, text] of Object.entries(output.data)) {
          expect(type).toMatch(/^[\w.+-]+\/[\w.+-]+$/)
          expect(isText(text)).toBe(true)
        }
      }
    }
  }
}

describe("a notebook", () => {
  it("has the standard's form, prose between the cells, the reader's texts and what they showed", () => {
    const taken = lesson([
      "# Heading\n\nSome *prose*.",
      "const mine = 1\nmine",
      "const broken = ;",
      { id: "x", source: "```", static: true },
    ])
    const [, cell] = taken.parts
    if (cell.kind === "cell") cell.outputs = [{ "text/plain": "1" }]
    const made = ipynb(taken, names, "./descent.js")
    checkNotebook(made)
    expect(JSON.parse(JSON.stringify(made))).toEqual(made)
    expect(made.cells.map(({ cell_type, source }) => [cell_type[0], source.join("").split("\n")[0]])).toEqual(
      [
        ["m", "# A lesson, *really* /* it is */"],
        ["c", 'import { cell } from "./descent.js"'],
        ["m", "# Heading"],
        ["c", 'cell.begin("gradient-descent/c1");'],
        ["m", "It cannot be read (line 1: `;` is not expected here)."],
        ["m", "Shown in the lesson, not run."],
      ],
    )
    expect(made.cells[3]).toMatchObject({
      source: [
        'cell.begin("gradient-descent/c1");\n',
        "const mine = 1\n",
        "cell.show(mine)\n",
        "cell.end();",
      ],
      execution_count: 1,
      outputs: [{ output_type: "display_data", data: { "text/plain": ["1"] }, metadata: {} }],
      metadata: { descent: { cell: "c1", edited: true } },
    })
  })

  it.each([...bookMap(contentRoot).keys()])("of the lesson %s has the standard's form", (id) => {
    const cells = (bookMap(contentRoot).get(id)?.cells ?? []).map(
      ({ source, fence }): Cell => ({ ...fence, source }),
    )
    checkNotebook(ipynb(lesson(cells, id), names, "https://example.org/download/descent.js"))
  })
})
