/** @file Whether an answer is an attempt at all: neither empty nor the starter as it was. */
import type { Answer, Exercise } from "./exercise.ts"

/** Two programs that differ only in white space and byte order marks are the same to a reader. */
function squeeze(source: string): string {
  return source.replace(/[\s\ufeff]+/g, " ").trim()
}

export function attempted(exercise: Exercise, answer: Answer): boolean {
  switch (answer.kind) {
    case "function":
    case "debug": {
      const mine = squeeze(answer.source)
      return mine !== "" && !("starter" in exercise && mine === squeeze(exercise.starter))
    }
    case "number":
    case "predict":
      return answer.text.trim() !== ""
    case "choice":
      return answer.chosen.length > 0
    case "table":
      return answer.cells.some((row) => row.some((cell) => String(cell).trim() !== ""))
    case "parsons":
      return answer.order.length > 0
    case "sketch":
      return answer.values.some((value) => String(value).trim() !== "")
    case "tune":
      return Object.keys(answer.settings).length > 0
  }
}
