/**
 * @file One check of an answer: grades it with fresh inputs, keeps the attempt, shows the report. Loaded with the first
 * Check. Knows no buttons.
 */
import type { Answer, Report } from "../../exercises/lib/exercise.ts"
import { counts } from "../../exercises/lib/wording.ts"
import { addAttempt } from "./attempts.ts"
import { drawReport } from "./exercise-report.ts"
import { gradeInPage } from "./grade-in-page.ts"

/** Texts of notes with their formulas set, by the address that they come from. */
const notes = new Map<string, Promise<Record<string, string>>>()

/** Rejects if what it needs cannot be loaded. `kept`: the attempt will outlive the page. */
export async function checkAnswer(
  exercise: HTMLElement,
  answer: Answer,
): Promise<{ report: Report; kept: boolean }> {
  const id = exercise.dataset.exercise!
  const seed = crypto.getRandomValues(new Uint32Array(1))[0]
  const mine = exercise.dataset.variants ? await import("./exercise-variant.ts") : undefined
  const report = await gradeInPage(id, answer, seed, mine?.variantOfReader(id))
  const kept = addAttempt(id, answer, report)
  const result = exercise.querySelector<HTMLElement>(".exercise-result")!
  const note = await noteFor(report, exercise.dataset.notes ?? "")
  if (note) mine?.fill(exercise, note)
  // Loaded before anything is drawn, so that the report is one piece to whoever hears it.
  const more = report.shown ? await import("./exercise-shown.ts") : undefined
  drawReport(result, report, note)
  const box = result.querySelector<HTMLElement>(".exercise-verdict")!
  if (report.shown) more?.drawShown(exercise, box, report.shown, report.verdict === "correct")
  const solution = exercise.querySelector<HTMLDetailsElement>(".exercise-solution")
  if (counts(report.verdict) && solution)
    (await import("./exercise-solution.ts")).standBeside(solution, answer)
  return { report, kept }
}

/** What the exercise says about this mistake, as markup; the report's plain text stands in for it. */
async function noteFor({ note, verdict }: Report, address: string): Promise<DocumentFragment | undefined> {
  if (verdict === "correct" || note === "ok" || note.startsWith("generic.")) return undefined
  try {
    if (!notes.has(address))
      notes.set(
        address,
        fetch(address).then((response) => response.json()),
      )
    const markup = (await notes.get(address)!)[note]
    return markup ? document.createRange().createContextualFragment(markup) : undefined
  } catch {
    notes.delete(address)
    return undefined
  }
}
