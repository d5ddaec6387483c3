/** @file What a lesson's passes do, and that each mistake of an author stops the build with file and line. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { type MdastPluginEntry, mdxToJs } from "satteri"
import { describe, expect, it } from "vitest"
import { bookMap } from "../../src/build/book-map.ts"
import { cellResults, type RunCells } from "../../src/build/cell-results.ts"
import { cellsPlugin } from "../../src/build/cells.ts"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { mathPlugin } from "../../src/build/math.ts"
import { mdxFeatures } from "../../src/build/mdx-features.ts"
import { notesPlugin } from "../../src/build/notes.ts"
import { type NumberedLesson, numberLesson } from "../../src/build/numbering.ts"
import { type Known, referencesPlugin } from "../../src/build/references.ts"
import { valuesPlugin } from "../../src/build/values.ts"
import { waysPlugin } from "../../src/build/ways.ts"

const file = "content/04-gradients/17-gradient-descent.mdx"
const path = lessonPath(file)!

function known(lesson: NumberedLesson): Known {
  return {
    lessons: new Map([[lesson.path.id, lesson]]),
    citations: new Set(["cauchy1847"]),
    exercises: new Set(["step-by-hand"]),
    explorables: new Set(["downhill"]),
  }
}

/** Every cell prints 1; every value is −0.25. */
const quiet: RunCells = async (_, cells, values) => ({
  outputs: Object.fromEntries(cells.map(({ id }) => [id, [{ kind: "text", text: "1" }]])),
  values: Object.fromEntries(values.map((of) => [of, -0.25])),
})

async function compile(source: string, run: RunCells = quiet): Promise<string> {
  const lesson = numberLesson(path, source)
  const results = cellResults(lesson, run)
  const mdastPlugins: MdastPluginEntry[] = [
    waysPlugin(file),
    notesPlugin(),
    referencesPlugin(lesson, known(lesson)),
    valuesPlugin(lesson, results),
    cellsPlugin(lesson, known(lesson), results),
    mathPlugin(file),
  ]
  return (await mdxToJs(source, { features: mdxFeatures, mdastPlugins })).code
}

const head = "---\ntitle: Downhill\n---\n\n"
const cell = (id: string, code = "1", more = ""): string =>
  `\`\`\`ts cell id="${id}"${more}\n${code}\n\`\`\`\n\n`

const way = (by: string, text = "Text."): string => `<Way by="${by}">\n${text}\n</Way>\n`

describe("a mistake in a lesson stops the build with file and line", () => {
  const wrong: [what: string, source: string, line: number, says: RegExp][] = [
    [
      "a cell id used twice",
      cell("a") + cell("b") + cell("a"),
      13,
      /duplicate cell id "a": line 5 has it already/,
    ],
    [
      "an equation id used twice",
      '<Equation id="a">\n$$\nx\n$$\n</Equation>\n\n<Equation id="a">\n$$\ny\n$$\n</Equation>',
      11,
      /duplicate equation id "a"/,
    ],
    [
      "an unknown cross-reference",
      'Text.\n\nSee <Ref to="gradeint" />.',
      7,
      /unknown cross-reference "gradeint"/,
    ],
    [
      "a missing citation",
      'As <Cite k="cauchy1874" /> says.',
      5,
      /missing citation "cauchy1874".*cauchy1847/,
    ],
    ["a citation without a key", "As <Cite /> says.", 5, /names no work/],
    [
      "an unknown exercise",
      'One.\n\n<Exercise id="step-by-hnad" />',
      7,
      /unknown exercise "step-by-hnad".*step-by-hand/,
    ],
    ["an unknown explorable", '<Explorable name="uphill" />', 5, /unknown explorable "uphill"/],
    ["an explorable without a name", "<Explorable />", 5, /<Explorable> has no name/],
    ["wrong TeX in the text", "One.\n\nTwo $\\frac{1}$ three.", 7, /TeX: /],
    ["wrong TeX in a display", "One.\n\n$$\n\\nosuchcommand\n$$", 7, /TeX: .*nosuchcommand/],
    [
      "a formula over several lines that begins behind its dollars",
      "One.\n\n$$x +\ny$$",
      7,
      /alone on its line/,
    ],
    ["an unknown option of a cell", cell("a", "1", " hiden"), 5, /unknown option "hiden"/],
    ["a cell without an id", "```ts cell hidden\n1\n```", 5, /it has no id/],
    [
      "a value of an unknown cell",
      `${cell("loss")}It is <Value of="los.x" />.`,
      9,
      /no cell has the id "los".*"loss"/,
    ],
    [
      "a value without an expression",
      `${cell("loss")}It is <Value of="loss" />.`,
      9,
      /needs of="cell.expression"/,
    ],
    ["a box without an id", '<SlidesSay claim="So.">No.</SlidesSay>', 5, /<SlidesSay> has no id/],
    [
      "two boxes with one id",
      '<SlidesSay id="so" claim="So.">No.</SlidesSay>\n\n<SlidesSay id="so" claim="So.">No.</SlidesSay>',
      7,
      /duplicate id "so" of <SlidesSay>/,
    ],
    ["a link that breaks under another base", "See [there](/softmax).", 5, /would break under another base/],
    [
      "a way that there is not",
      `<Ways of="A">\n${way("mathematics")}${way("scrach")}</Ways>`,
      9,
      /no such way.*"scratch"/,
    ],
    [
      "a group with one way",
      `One.\n\n<Ways of="A">\n${way("engine")}</Ways>`,
      7,
      /"A"> needs at least two ways/,
    ],
    [
      "a way that comes twice",
      `<Ways of="A">\n${way("engine")}${way("engine")}</Ways>`,
      9,
      /the way "engine" twice/,
    ],
    [
      "ways out of order",
      `<Ways of="A">\n${way("engine")}${way("scratch")}</Ways>`,
      9,
      /"scratch"> comes too late/,
    ],
    ["a way outside of a group", `One.\n\n${way("engine")}`, 7, /outside of a group/],
    [
      "a text between ways",
      `<Ways of="A">\n${way("scratch")}Well.\n\n${way("engine")}</Ways>`,
      9,
      /outside of its ways/,
    ],
    [
      "a group that does not say what it shows",
      `<Ways>\n${way("engine")}</Ways>`,
      5,
      /does not say what it shows/,
    ],
    ["MDX that cannot be read", "One.\n\n<Note>\nnever closed", 7, /Note/],
  ]
  it.each(wrong)("%s", async (_, source, line, says) => {
    const message = await compile(head + source).then(
      () => "it compiled",
      (error: Error) => error.message,
    )
    expect(message).toMatch(says)
    expect(message).toMatch(new RegExp(`${file.replaceAll(".", "\\.")}:${line}:\\d+`))
  })

  it("a cell that throws, at the line inside the cell", async () => {
    const throwing: RunCells = async () => ({
      outputs: { a: [{ kind: "error", name: "ShapeError", message: "matmul: [2] and [3]", line: 2 }] },
      values: {},
    })
    const source = `${head}One.\n\n${cell("a", "const x = 1\nx.y()")}`
    await expect(compile(source, throwing)).rejects.toThrow(
      /17-gradient-descent\.mdx:9:1: cell "a" throws ShapeError: matmul/,
    )
    await expect(compile(source.replace('id="a"', 'id="a" error'), throwing)).resolves.toContain("ShapeError")
  })

  it("a cell that is expected to throw and does not", async () => {
    await expect(compile(head + cell("a", "1", " error"))).rejects.toThrow(/:5:1: .*does not throw/)
  })

  it("a cell that is to be stepped through and records no step", async () => {
    await expect(compile(head + cell("a", "1", " steps"))).rejects.toThrow(
      /:5:1: .*cell "a" has the option steps but records none/,
    )
    await expect(compile(head + cell("a", "1", " steps static"))).resolves.toContain("steps")
  })

  it("a value that is no number", async () => {
    const run: RunCells = async () => ({ outputs: {}, values: { "a.x": { shape: [2] } } })
    await expect(compile(`${head}${cell("a")}<Value of="a.x" />`, run)).rejects.toThrow(
      /:9:1: .*neither a number/,
    )
  })

  it("a lesson id or number used twice in the book", () => {
    const root = mkdtempSync(join(tmpdir(), "descent-book-"))
    const write = (name: string): void => {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), "---\ntitle: One\n---\n\nText.\n")
    }
    write("01-first/01-same.mdx")
    write("02-second/02-other.mdx")
    expect([...bookMap(root).keys()]).toEqual(["same", "other"])
    write("02-second/03-same.mdx")
    expect(() => bookMap(root)).toThrow(/02-second\/03-same\.mdx:1:1: duplicate lesson id "same"/)
  })

  it("a lesson whose file name does not say where it belongs", () => {
    const root = mkdtempSync(join(tmpdir(), "descent-book-"))
    mkdirSync(join(root, "01-first"))
    writeFileSync(join(root, "01-first/Perceptron.mdx"), "Text.")
    expect(() => bookMap(root)).toThrow(/Perceptron\.mdx:1:1: a lesson is NN-part\/NN-slug\.mdx/)
  })
})

describe("numbers", () => {
  const lesson = numberLesson(
    path,
    `${head}<Equation id="rule">\n$$\nx\n$$\n</Equation>\n\n${cell("plain")}${cell("walk", "1", ' caption="A walk."')}<Explorable name="downhill" />\n\n<Exercise id="step-by-hand" />\n\n<Equation id="second">\n$$\ny\n$$\n</Equation>\n`,
  )

  it("count each kind in order of appearance; a captioned cell and an explorable are figures", () => {
    const numbers = [...lesson.targets.values()].map(
      ({ kind, id, number }) => `${kind} ${id} ${number ?? "–"}`,
    )
    expect(numbers).toEqual([
      "equation rule 17.1",
      "cell plain –",
      "figure walk 17.1",
      "figure downhill 17.2",
      "exercise step-by-hand 17.1",
      "equation second 17.2",
    ])
  })

  it("may share an id between sorts; a reference means the equation first", async () => {
    const code = await compile(
      `${head}<Equation id="a">\n$$\nx\n$$\n</Equation>\n\n${cell("a")}See <Ref to="a" />.\n`,
    )
    expect(code).toMatch(/Ref, \{\s*to: "a",\s*kind: "equation"/)
  })

  it("reach the components", async () => {
    const code = await compile(`${head}<Exercise id="step-by-hand" />\n\nSee <Ref to="step-by-hand" />.\n`)
    expect(code).toMatch(
      /Exercise, \{\s*id: "step-by-hand",\s*number: "17\.1",\s*anchor: "ex-step-by-hand",\s*lesson: "gradient-descent"/,
    )
    expect(code).toMatch(/Ref, \{\s*to: "step-by-hand",\s*kind: "exercise",\s*number: "17\.1"/)
  })
})

describe("what a lesson's text becomes", () => {
  it("mathematics is HTML with MathML and the TeX source", async () => {
    const code = await compile(`${head}Let $x\\in\\R$.`)
    expect(code).toContain("<math>")
    expect(code).toContain('application/x-tex\\">x\\\\in\\\\R</annotation>')
  })

  it("ways hold what a lesson holds, and the group knows which there are", async () => {
    const ways = `<Ways of="The rule">\n${way("mathematics", '\n<Equation id="rule">\n$$\nx\n$$\n</Equation>\n')}${way("scratch", `\n${cell("walk")}`)}</Ways>\n`
    const code = await compile(`${head}${ways}`)
    expect(code).toMatch(/Ways, \{\s*of: "The rule",\s*ways: \["mathematics", "scratch"\]/)
    expect(code).toMatch(/Equation, \{\s*id: "rule",\s*number: "17\.1"/)
    expect(code).toMatch(/Cell, \{\s*lesson: "gradient-descent",\s*anchor: "cell-walk"/)
  })

  it("two dollars on one line are a display formula", async () => {
    expect(await compile(`${head}$$x^2$$`)).toContain("katex-display")
  })

  it("a note after a paragraph leaves its number there, one inside a paragraph moves behind it", async () => {
    const code = await compile(
      `${head}First.\n\n<Note>\nAfter.\n</Note>\n\nSecond<Note>Inside.</Note> goes on.\n`,
    )
    expect(code).toMatch(/"First\.",\s*_jsx\(NoteMark, \{ number: "1" \}\)/)
    expect(code).toMatch(/"Second",\s*_jsx\(NoteMark, \{ number: "2" \}\),\s*" goes on\."/)
    expect(code.indexOf('"Inside."')).toBeGreaterThan(code.indexOf('" goes on."'))
  })

  it("a value is text with a true minus", async () => {
    expect(await compile(`${head}${cell("a")}It is <Value of="a.x" digits={3} />.`)).toContain(
      'text: "−0.250"',
    )
  })

  it("outputs keep numbers that JSON does not know", async () => {
    const rows = [[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]]
    const run: RunCells = async () => ({
      outputs: { a: [{ kind: "table", columns: ["a", "b", "c", "d"], rows, total: 1 }] },
      values: {},
    })
    const built = (await compile(head + cell("a"), run)).replace(/\s/g, "")
    expect(built).toMatch(/"rows":\[\[NaN,Infinity,-Infinity,-0\]\]/)
  })

  it("the runner sees cells and values once, in the order of the page", async () => {
    const seen: unknown[] = []
    const run: RunCells = async (lesson, cells, values) => {
      seen.push([lesson, cells.map(({ id, source, hidden }) => [id, source, hidden]), values])
      return quiet(lesson, cells, values)
    }
    await compile(
      `${head}${cell("a", "1", " hidden")}${cell("b", "2")}<Value of="a.x" /> <Value of="a.x" digits={2} />`,
      run,
    )
    expect(seen).toEqual([
      [
        "gradient-descent",
        [
          ["a", "1", true],
          ["b", "2", undefined],
        ],
        ["a.x"],
      ],
    ])
  })
})
