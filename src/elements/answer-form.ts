/**
 * @file The places where an answer is given: code, and the page's own inputs for numbers, options, cells, heights and
 * settings. What goes beyond typing is loaded when the reader comes near it. Knows nothing of checking or saving.
 */
import type { Answer, Kind } from "../../exercises/lib/exercise.ts"
import { CellCode } from "./cell-code.ts"
import { near } from "./near.ts"

export interface AnswerForm {
  read(): Answer
  /** Shows an answer that was not given here just now; without one, what the book starts from. */
  write(answer?: Answer): void
  /** Marks a line of code as the place of an error; nothing marked without arguments. */
  mark?(line?: number, message?: string): void
  focus(): void
}

export interface Wishes {
  id: string
  title: string
  onChange(): void
  onCheck(): void
  onLeave(): void
}

export function answerForm(kind: Kind, host: HTMLElement, wishes: Wishes): AnswerForm {
  if (kind === "function" || kind === "debug") return codeForm(kind, host, wishes)
  return kind === "parsons" ? blocksForm(host, wishes) : inputsForm(kind, host, wishes)
}

function codeForm(kind: "function" | "debug", host: HTMLElement, wishes: Wishes): AnswerForm {
  const place = host.querySelector<HTMLElement>(".exercise-code")!
  const text = place.querySelector("code")!
  const starter = text.textContent ?? ""
  const colours = text.innerHTML
  const given = host.querySelector(".exercise-given code")?.textContent
  let source = starter
  const code = new CellCode(place, () => ({
    source,
    label: `Your answer to ${wishes.title}`,
    scope: `exercise-${wishes.id}`,
    name: "answer",
    siblings: () => [...(given ? [{ name: "given", source: given }] : []), { name: "answer", source }],
    onChange: (changed) => {
      if (changed === source) return
      source = changed
      code.mark()
      wishes.onChange()
    },
    onRun: () => wishes.onCheck(),
    onLeave: () => wishes.onLeave(),
  }))
  return {
    read: () => ({ kind, source }),
    write: (answer) => {
      source = answer && "source" in answer ? answer.source : starter
      if (source === starter && !code.editing) code.restore(colours)
      else code.show(source)
    },
    mark: (line, message) => void code.mark(line, message),
    focus: () => code.focus(),
  }
}

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Answers that are the values of the page's own inputs. */
function inputsForm(
  kind: Exclude<Kind, "function" | "debug" | "parsons">,
  host: HTMLElement,
  { onChange, onCheck }: Wishes,
): AnswerForm {
  const inputs = [...host.querySelectorAll<Input>("input, select, textarea")]
  const boxes = inputs.filter((input): input is HTMLInputElement =>
    input.matches("[type=radio], [type=checkbox]"),
  )
  const start = inputs.map((input) => input.value)
  const chosen = (): string[] => boxes.filter((box) => box.checked).map((box) => box.value)
  const values = (): string[] => inputs.map((input) => input.value)
  const choose = (list: string[]): void => {
    for (const box of boxes) box.checked = list.includes(box.value)
  }
  const fill = (texts: (string | undefined)[], rest: string[] = []): void => {
    inputs.forEach((input, i) => {
      input.value = texts[i] ?? rest[i] ?? ""
    })
  }
  const hasLines = kind === "table" || inputs[0]?.matches("textarea")
  host.addEventListener("input", onChange)
  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (!hasLines || event.ctrlKey || event.metaKey)) onCheck()
  })
  if (kind === "table") near(host, async () => (await import("./table-keys.ts")).tableKeys(host))
  if (kind === "sketch")
    near(host, async () => (await import("./sketch-form.ts")).sketchForm(host, inputs as HTMLInputElement[]))
  return {
    read: () => {
      if (kind === "choice") return { kind, chosen: chosen() }
      if (kind === "sketch") return { kind, values: values() }
      if (kind === "tune")
        return {
          kind,
          settings: Object.fromEntries(inputs.map((input) => [input.dataset.knob, input.value])),
        }
      if (kind === "table") {
        const cells = [...host.querySelectorAll("tbody tr")].map((row) =>
          [...row.querySelectorAll("td")].map((cell) => cell.querySelector("input")?.value ?? ""),
        )
        return { kind, cells }
      }
      return { kind, text: inputs[0].value }
    },
    write: (answer) => {
      if (kind === "choice") choose(answer && "chosen" in answer ? answer.chosen : [])
      else if (answer && "text" in answer) fill([answer.text])
      else if (answer && "values" in answer) fill(answer.values)
      else if (answer && "settings" in answer)
        fill(
          inputs.map(({ dataset }) => answer.settings[dataset.knob!]),
          start,
        )
      else if (answer && "cells" in answer)
        fill(inputs.map(({ dataset }) => answer.cells[Number(dataset.row)]?.[Number(dataset.column)]))
      else fill(start)
      host.dispatchEvent(new Event("ex-written"))
    },
    focus: () => inputs[0]?.focus(),
  }
}

/** Blocks in order. They can be moved once their script is there; an answer that was kept waits for it. */
function blocksForm(host: HTMLElement, wishes: Wishes): AnswerForm {
  let form: AnswerForm | undefined
  let kept: Answer = { kind: "parsons", order: [] }
  near(host, async () => {
    form = (await import("./parsons-form.ts")).parsonsForm(host, wishes)
    form.write(kept)
  })
  return {
    read: () => form?.read() ?? kept,
    write: (answer) => {
      kept = answer ?? { kind: "parsons", order: [] }
      form?.write(kept)
    },
    focus: () => form?.focus(),
  }
}
