/**
 * @file The places where an answer is given: code, a box, options, a grid. Reads and writes answers; knows nothing of
 * checking or saving.
 */
import type { Answer, Kind } from "../../exercises/lib/exercise.ts"
import { CellCode } from "./cell-code.ts"

export interface AnswerForm {
  read(): Answer
  /** Shows an answer that was not given here just now; without one, what the book starts from. */
  write(answer?: Answer): void
  /** Marks a line of code as the place of an error; nothing marked without arguments. */
  mark(line?: number, message?: string): void
  focus(): void
}

interface Wishes {
  id: string
  title: string
  onChange(): void
  onCheck(): void
  onLeave(): void
}

export function answerForm(kind: Kind, host: HTMLElement, wishes: Wishes): AnswerForm {
  if (kind === "function" || kind === "debug") return codeForm(kind, host, wishes)
  if (kind === "choice") return choiceForm(host, wishes)
  if (kind === "table") return tableForm(host, wishes)
  return boxForm(kind, host, wishes)
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

function boxForm(kind: "number" | "predict", host: HTMLElement, { onChange, onCheck }: Wishes): AnswerForm {
  const box = host.querySelector<HTMLInputElement>(".exercise-number input")!
  box.addEventListener("input", onChange)
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") onCheck()
  })
  return {
    read: () => ({ kind, text: box.value }),
    write: (answer) => {
      box.value = answer && "text" in answer ? answer.text : ""
    },
    mark: () => undefined,
    focus: () => box.focus(),
  }
}

function choiceForm(host: HTMLElement, { onChange, onCheck }: Wishes): AnswerForm {
  const boxes = [...host.querySelectorAll<HTMLInputElement>(".exercise-option input")]
  for (const box of boxes) {
    box.addEventListener("change", onChange)
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") onCheck()
    })
  }
  return {
    read: () => ({ kind: "choice", chosen: boxes.filter((box) => box.checked).map((box) => box.value) }),
    write: (answer) => {
      const chosen = answer && "chosen" in answer ? answer.chosen : []
      for (const box of boxes) box.checked = chosen.includes(box.value)
    },
    mark: () => undefined,
    focus: () => boxes[0]?.focus(),
  }
}

/** Arrow keys and Enter walk through the grid as in a spreadsheet; within a number left and right move the caret. */
function tableForm(host: HTMLElement, { onChange, onCheck }: Wishes): AnswerForm {
  const boxes = [...host.querySelectorAll<HTMLInputElement>(".exercise-table input")]
  const at = (row: number, column: number) =>
    boxes.find((box) => Number(box.dataset.row) === row && Number(box.dataset.column) === column)
  const rows = host.querySelectorAll(".exercise-table tbody tr").length
  const columns = host.querySelectorAll(".exercise-table thead th").length
  /** The next box in this direction, over filled cells. */
  const from = (box: HTMLInputElement, down: number, right: number): HTMLInputElement | undefined => {
    let [row, column] = [Number(box.dataset.row) + down, Number(box.dataset.column) + right]
    for (; row >= 0 && row < rows && column >= 0 && column < columns; row += down, column += right) {
      const next = at(row, column)
      if (next) return next
    }
    return undefined
  }
  host.addEventListener("input", onChange)
  host.addEventListener("keydown", (event) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || event.altKey || event.shiftKey) return
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return onCheck()
    const { selectionStart: caret, selectionEnd: end, value } = box
    const moves: Record<string, [boolean, number, number]> = {
      ArrowUp: [true, -1, 0],
      ArrowDown: [true, 1, 0],
      Enter: [true, 1, 0],
      ArrowLeft: [caret === 0 && end === 0, 0, -1],
      ArrowRight: [caret === value.length, 0, 1],
    }
    const [may, down, right] = moves[event.key] ?? [false, 0, 0]
    const next = may ? from(box, down, right) : undefined
    if (!next) return
    event.preventDefault()
    next.focus()
    next.select()
  })
  return {
    read: () => ({
      kind: "table",
      cells: Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_, j) => at(i, j)?.value ?? ""),
      ),
    }),
    write: (answer) => {
      const cells = answer && "cells" in answer ? answer.cells : []
      for (const box of boxes) box.value = cells[Number(box.dataset.row)]?.[Number(box.dataset.column)] ?? ""
    },
    mark: () => undefined,
    focus: () => boxes[0]?.focus(),
  }
}
