/** @file Which words of a lesson become links to the glossary, and which do not. */
import { mdxToJs } from "satteri"
import { describe, expect, it } from "vitest"
import { parseGlossary } from "../../src/build/glossary.ts"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { mdxFeatures } from "../../src/build/mdx-features.ts"
import { notesPlugin } from "../../src/build/notes.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import { termLinksPlugin } from "../../src/build/term-links.ts"

const path = lessonPath("content/04-gradients/17-gradient-descent.mdx")!
const words = parseGlossary(
  `## gradient
in: elsewhere

Up.

## gradient descent
in: elsewhere
also: steepest descent

Down.

## entropy
in: elsewhere
Disorder.

## cross-entropy
in: elsewhere
A price.

## bias
in: elsewhere
Minus the threshold.

## Hebb's rule
in: elsewhere
Fire together.

## Adam
in: elsewhere
An optimizer.

## saturation
in: elsewhere
forms: saturated
Flat.

## unit
in: elsewhere
link: no
A sum.

## margin
in: elsewhere
Room.

## step size
in: gradient-descent/rule
also: learning rate
How far.

## delta
in: elsewhere
also: δ
An error.
`,
  "glossary.md",
)

async function compile(text: string): Promise<string> {
  const source = `---\ntitle: T\n---\n\n${text}\n`
  const mdastPlugins = [notesPlugin(), termLinksPlugin(numberLesson(path, source), words)]
  return (await mdxToJs(source, { features: mdxFeatures, mdastPlugins })).code
}

/** What is linked, in order: "bias: Biases" is the entry and the words of the lesson. */
async function links(text: string): Promise<string[]> {
  const code = await compile(text)
  return [...code.matchAll(/\(Term, \{\s*to: "([^"]*)",\s*children: "([^"]*)"/g)].map(
    ([, to, shown]) => `${to}: ${shown}`,
  )
}

describe("the first use of a term", () => {
  it("is a link, later ones are not", async () => {
    expect(await links("The bias here.\n\nThe bias again, and a bias.")).toEqual(["bias: bias"])
  })
  it("leaves the words around it as they were", async () => {
    expect(await compile("See the bias, then go.")).toMatch(
      /"See the ",\s*_jsx\(Term, \{\s*to: "bias",\s*children: "bias"\s*\}\),\s*", then go\."/,
    )
  })
  it("is found under another name, in the plural, at the beginning of a sentence and with a printer's apostrophe", async () => {
    expect(await links("Biases. Gradients by steepest descent. Entropies. Hebb’s rule.")).toEqual([
      "bias: Biases",
      "gradient: Gradients",
      "gradient-descent: steepest descent",
      "entropy: Entropies",
      "hebbs-rule: Hebb’s rule",
    ])
  })
  it("is found in a form that is listed", async () => {
    expect(await links("A saturated one.")).toEqual(["saturation: saturated"])
  })
  it("is the longest term that fits, and only whole words", async () => {
    expect(await links("The gradient descent of cross-entropy, ungradiented, gradient-free.")).toEqual([
      "gradient-descent: gradient descent",
      "cross-entropy: cross-entropy",
    ])
    expect(await links("By gradient descent, by gradient descent; the gradient.")).toEqual([
      "gradient-descent: gradient descent",
      "gradient: gradient",
    ])
  })
  it("is a name where the term is one", async () => {
    expect(await links("The word adam is not Adam.")).toEqual(["adam: Adam"])
  })
  it("may stand in emphasis, a list, a note or a box", async () => {
    expect(
      await links(
        "A *bias* of it.<Note>A margin.</Note>\n\n- the gradient\n\n<PredictFirst question='Entropy?'>\nEntropy.\n</PredictFirst>",
      ),
    ).toEqual(["bias: bias", "margin: margin", "gradient: gradient", "entropy: Entropy"])
  })
})

describe("what is never a link", () => {
  it("headings, links, references, code, formulas and tables", async () => {
    expect(
      await links(
        '# The bias\n\n[bias](https://example.org) <Ref to="x">the bias</Ref> `bias` $bias$\n\n```ts\nbias\n```\n\n| bias |\n| --- |\n| bias |',
      ),
    ).toEqual([])
    expect(await links("# The bias\n\nA bias.")).toEqual(["bias: bias"])
  })
  it("a term that the lesson introduces itself, under any name", async () => {
    expect(await links("The step size, or learning rate.")).toEqual([])
  })
  it("a term that a definition of the lesson has explained, in the definition and after it", async () => {
    const box = '<Definition term="Margin">The margin, with a bias.</Definition>'
    expect(await links(`${box}\n\nA margin.`)).toEqual(["bias: bias"])
    expect(await links(`A margin.\n\n${box}`)).toEqual(["margin: margin", "bias: bias"])
    expect(await links('<Definition term="δ (delta)">The δ.</Definition>\n\nThis delta.')).toEqual([])
  })
  it("a word that is too common, the summary and the reading list", async () => {
    expect(await links("A unit.")).toEqual([])
    expect(await links("<Summary>\n\n- bias\n\n</Summary>\n\n<Reading>\n\n- bias\n\n</Reading>")).toEqual([])
  })
})

describe("a mistake in the glossary stops the build with its line", () => {
  const wrong: [what: string, source: string, says: RegExp][] = [
    ["no lesson", "## a\n\nText.", /g\.md:1:1: .*where it is introduced/],
    ["no text", "## a\nin: x\n\n## b\nin: x\n\nText.", /g\.md:1:1: .*no text/],
    ["an unknown field", "## a\nin: x\nsea: b\n\nText.", /g\.md:3:1: .*"sea".*"see"/],
    ["a term twice", "## a\nin: x\n\nOne.\n\n## A\nin: x\n\nTwo.", /g\.md:6:1: .*line 1/],
    [
      "a name that stands for two terms",
      "## a\nin: x\nalso: c\n\nOne.\n\n## b\nin: x\nalso: c\n\nTwo.",
      /g\.md:7:1: "c" stands for "a" already, in line 1/,
    ],
    [
      "a way to a term that is not there",
      "## alpha\nin: x\nsee: alpho\n\nOne.",
      /g\.md:1:1: .*"alpho".*"alpha"/,
    ],
  ]
  it.each(wrong)("%s", (_, source, says) => {
    expect(() => parseGlossary(source, "g.md")).toThrow(says)
    expect(() => parseGlossary(`<!-- one\ntwo -->\n\n${source}`, "g.md")).toThrow(/g\.md:\d+:1/)
  })
  it("counts the lines of the comment at its head", () => {
    expect(() => parseGlossary("<!-- one\ntwo -->\n\n## a\n\nText.", "g.md")).toThrow(/g\.md:4:1/)
  })
  it("or a definition of a term that has no entry", async () => {
    await expect(compile('Text.\n\n<Definition term="Mergin">It.</Definition>')).rejects.toThrow(
      /17-gradient-descent\.mdx:7:1: "Mergin" is defined here and has no entry in glossary\.md/,
    )
  })
})
