/**
 * @file What the cells of a lesson have to do with its explorables: inputs that move with a control, settings that a cell
 * makes. Finds what does not fit, and says where the explorable stands. Knows neither cells' code nor pages.
 */

import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { bindingFault } from "../explorables/lib/binding.ts"
import type { Explorable } from "../explorables/lib/explorable.ts"
import { encode } from "../explorables/lib/link.ts"
import { granted } from "../explorables/lib/setting.ts"
import { firstPlace } from "../explorables/lib/still.ts"
import type { ExplorableOutput, Output } from "../notebook/output.ts"
import { ContentError, type Place, suggestion } from "./content-error.ts"
import { projectRoot } from "./content-root.ts"
import type { NumberedLesson, Target } from "./numbering.ts"

type Outputs = Record<string, Output[]>

/** The same outputs, in which settings know their figure. Throws {@link ContentError} at the cell that does not fit. */
export async function placeExplorables(lesson: NumberedLesson, outputs: Outputs): Promise<Outputs> {
  const placed: Outputs = { ...outputs }
  for (const { fence, place } of lesson.cells) {
    const at = new AtCell(lesson, fence.id, place)
    const all = outputs[fence.id] ?? []
    placed[fence.id] = await Promise.all(all.map((output) => at.place(output)))
  }
  return placed
}

class AtCell {
  readonly #lesson: NumberedLesson
  readonly #id: string
  readonly #place: Place

  constructor(lesson: NumberedLesson, id: string, place: Place) {
    this.#lesson = lesson
    this.#id = id
    this.#place = place
  }

  async place(output: Output): Promise<Output> {
    if (output.kind === "explorable") return this.#settings(output)
    const binding = output.kind === "input" && "explorable" in output.control && output.control.explorable
    if (!binding || output.kind !== "input") return output
    const name = binding.split(".")[0]
    const { explorable } = await this.#find(name)
    const { params } = firstPlace(explorable)
    const fault = bindingFault(explorable, binding, params, output.control, output.initial)
    if (fault) this.#fail(`the input "${output.key}" cannot move with ${binding}: ${fault}.`)
    return output
  }

  async #settings(output: ExplorableOutput): Promise<ExplorableOutput> {
    const { name } = output
    const { explorable, target } = await this.#find(name)
    const asked = granted(explorable, firstPlace(explorable), output)
    if ("fault" in asked) return this.#fail(`it cannot set ${name}: ${asked.fault}.`)
    return {
      ...output,
      placed: {
        anchor: target.anchor ?? name,
        figure: `Figure ${target.number}`,
        where: target.place.line < this.#place.line ? "above" : "below",
        words: asked.words,
        link: `#${encode(name, explorable.controls, asked.place)}`,
      },
    }
  }

  async #find(name: string): Promise<{ explorable: Explorable; target: Target }> {
    const target = this.#lesson.targets.get(`explorable ${name}`)
    if (!target) {
      const here = [...this.#lesson.targets].flatMap(([key, { id }]) =>
        key.startsWith("explorable ") ? [id] : [],
      )
      return this.#fail(`there is no <Explorable name="${name}" /> in this lesson.${suggestion(name, here)}`)
    }
    const file = pathToFileURL(join(projectRoot, `src/explorables/${name}.ts`)).href
    return { target, explorable: ((await import(file)) as { default: Explorable }).default }
  }

  #fail(message: string): never {
    throw new ContentError(this.#lesson.path.file, this.#place, `cell "${this.#id}": ${message}`)
  }
}
