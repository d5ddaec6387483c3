/** @file A lesson whose cells do not fit its explorables stops the build; one whose cells do says where they stand. */
import { describe, expect, it } from "vitest"
import { placeExplorables } from "../../src/build/explorables-of-cells.ts"
import { lessonPath } from "../../src/build/lesson-path.ts"
import { numberLesson } from "../../src/build/numbering.ts"
import { explorableOutput } from "../../src/notebook/explorable-call.ts"
import { Answers, Inputs } from "../../src/notebook/input-calls.ts"
import type { Output } from "../../src/notebook/output.ts"
import { renderOutput } from "../../src/notebook/render.ts"
import { buildLimits, RunOutputs } from "../../src/notebook/run-outputs.ts"

const file = "content/04-gradients/17-gradient-descent.mdx"
const lesson = numberLesson(
  lessonPath(file)!,
  '---\ntitle: Downhill\n---\n\n```ts cell id="a"\n1\n```\n\n<Explorable name="downhill" />\n',
)

/** What the build makes of an output of the lesson's cell. */
async function placed(output: Output): Promise<Output> {
  const { a } = await placeExplorables(lesson, { a: [output] })
  return a[0]
}

function slider(options: Record<string, unknown>): Output {
  const outputs: Output[] = []
  new Inputs(new RunOutputs((_, output) => outputs.push(output), buildLimits), new Answers()).slider(
    "η",
    options,
  )
  return outputs[0]
}

const fits = { min: 0.005, max: 0.5, step: 0.005, value: 0.1, explorable: "downhill.lr" }

describe("an input that moves with an explorable", () => {
  it("passes where both are the same control, and says what it moves with", async () => {
    const html = renderOutput(await placed(slider(fits)))
    expect(html).toContain('data-bound="downhill.lr"')
    expect(html).toContain('moves with <a href="#downhill">the explorable</a>')
  })

  it("stops the build at its cell where they are not", async () => {
    const says = (options: Record<string, unknown>) => placed(slider({ ...fits, ...options }))
    const at = `${file}:5:1: cell "a": `
    await expect(says({ explorable: "downhil.lr" })).rejects.toThrow(
      `${at}there is no <Explorable name="downhil" /> in this lesson. Did you mean "downhill"?`,
    )
    await expect(says({ explorable: "downhill.eta" })).rejects.toThrow(
      `${at}the input "η" cannot move with downhill.eta: it has no control eta; its controls are lr, beta,`,
    )
    await expect(says({ max: 1 })).rejects.toThrow(
      "the control goes from 0.005 to 0.5; give the input that min and max.",
    )
    await expect(says({ value: 0.2 })).rejects.toThrow(
      "the input begins at 0.2 and the control at 0.1; give both the same value.",
    )
    expect(() => slider({ explorable: "downhill" })).toThrow(
      /name an explorable of this page and one of its controls/,
    )
  })
})

describe("a cell that sets an explorable", () => {
  it("says at build for which figure, in words, with a link that sets it", async () => {
    const html = renderOutput(await placed(explorableOutput("downhill", { lr: 0.2 }, { step: 3 })))
    expect(html).toContain('For <a href="#downhill">Figure 17.1</a> below: Step size η 0.2, step 3.')
    expect(html).toContain('<a href="#ex.downhill=1~lr:0.2~t:3">Show it there</a>')
  })

  it("stops the build where it cannot be set so", async () => {
    await expect(placed(explorableOutput("downhill", { lr: 2 }))).rejects.toThrow(
      'cell "a": it cannot set downhill: lr cannot be 2; it is a number from 0.005 to 0.5.',
    )
    await expect(placed(explorableOutput("loss-microscope", {}))).rejects.toThrow(
      'there is no <Explorable name="loss-microscope" /> in this lesson.',
    )
  })

  it("takes no word of a cell's for where it stands", () => {
    const forged = {
      anchor: "x",
      figure: "<b>",
      where: "above",
      words: "",
      link: "javascript:alert(1)",
    } as const
    const html = renderOutput({ kind: "explorable", name: "<i>", params: {}, placed: forged }, "page")
    expect(html).toBe('<div class="output output-explorable"><p>Sets the explorable &lt;i&gt;.</p></div>')
  })
})
