/** @file Words for kinds and verdicts, the same on the page and everywhere else. */
import type { Exercise, ExerciseTexts, Kind, Markdown, Verdict } from "./exercise.ts"

export { counts } from "./counts.ts"

export const kindWord: Record<Kind, string> = {
  function: "build",
  debug: "diagnose",
  number: "compute",
  table: "compute by hand",
  choice: "decide",
  predict: "predict",
  parsons: "put in order",
  sketch: "sketch",
  tune: "tune",
}

/** A star marks the hard ones. It stands here alone: no title has one. */
export const difficultyWord: Record<ExerciseTexts["difficulty"], string> = {
  "warm-up": "warm-up",
  core: "core",
  hard: "★ hard",
}

/** A sign, a word and how it is meant; never colour alone. */
export const verdictWord: Record<
  Verdict,
  { sign: string; word: string; tone: "good" | "bad" | "warn" | "plain" }
> = {
  correct: { sign: "✓", word: "Correct", tone: "good" },
  partial: { sign: "◐", word: "Partly right", tone: "bad" },
  wrong: { sign: "✗", word: "Not yet", tone: "bad" },
  invalid: { sign: "?", word: "Not checked", tone: "warn" },
  "not-attempted": { sign: "○", word: "Not attempted", tone: "plain" },
  timeout: { sign: "■", word: "Stopped: out of time", tone: "bad" },
  threw: { sign: "!", word: "Stopped with an error", tone: "bad" },
  "grader-error": { sign: "!", word: "Our mistake, not yours", tone: "warn" },
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
}

/** What the answer may rely on and what it must do without, as shown. */
export function conventionsOf(exercise: Exercise): Markdown[] {
  const without = "without" in exercise ? (exercise.without ?? []) : []
  const ban = without.length > 0 ? [`without ${listed(without.map((name) => `\`${name}\``))}`] : []
  return [...(exercise.conventions ?? []), ...ban]
}

/** `/exercises/03-part/softmax.ts` → `softmax`. */
export function exerciseId(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.ts$/, "")
}

/** What it says about each mistake that it knows, and about each option. */
export function notesOf(exercise: Exercise): { id: string; says: Markdown }[] {
  return "options" in exercise ? exercise.options : exercise.misconceptions
}

/** How many variants there are of an exercise that has some; number 0 is the exercise as it is written. */
export const VARIANTS = 12
