/** @file Answers to the exercises that are neither typed, chosen nor programmed: right ones, every known mistake, none. */

import type {
  Answer,
  Exercise,
  ParsonsExercise,
  Settings,
  SketchExercise,
  TuneExercise,
} from "../../exercises/lib/exercise.ts"
import { asked, spotsOf } from "../../exercises/lib/judge-sketch.ts"
import { valueJob } from "../../src/notebook/grade.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"

export type Handled = ParsonsExercise | SketchExercise | TuneExercise

export function isHandled(exercise: Exercise): exercise is Handled {
  return ["parsons", "sketch", "tune"].includes(exercise.kind)
}

/** `right`, `none`, and every misconception by its id. */
export async function handledAnswers(exercise: Handled): Promise<Record<string, Answer>> {
  if (exercise.kind === "parsons") return parsonsAnswers(exercise)
  if (exercise.kind === "sketch") return sketchAnswers(exercise)
  const { region, misconceptions } = exercise
  return {
    right: tuned(region.settings[0]),
    none: { kind: "tune", settings: {} },
    ...Object.fromEntries(misconceptions.map(({ id, settings }) => [id, tuned(settings)])),
  }
}

function parsonsAnswers({ blocks, misconceptions }: ParsonsExercise): Record<string, Answer> {
  const right = blocks.map(({ id }) => id)
  const order = (ids: string[]): Answer => ({ kind: "parsons", order: ids })
  const wrong = misconceptions.map((mistake) => {
    if ("code" in mistake)
      return [mistake.id, order(right.map((id) => (id === mistake.instead ? mistake.id : id)))]
    // The named blocks move up, in their wrong order, to where the first of them stood.
    const at = right.findIndex((id) => mistake.order.includes(id))
    const rest = right.filter((id) => !mistake.order.includes(id))
    return [mistake.id, order([...rest.slice(0, at), ...mistake.order, ...rest.slice(at)])]
  })
  return { right: order(right), none: order([]), ...Object.fromEntries(wrong) }
}

/** The values that a piece of code gives where the sketch asks for them. Throws: Error if it has none. */
export async function heightsOf(exercise: SketchExercise, code: string): Promise<number[]> {
  const { error, calls } = await runProbe(valueJob(code, 1))
  const heights = error ? undefined : asked(exercise, spotsOf(calls[0].value) ?? [])
  if (!heights) throw new Error(`${error?.message ?? "no curve over all places"}\n${code}`)
  return heights
}

async function sketchAnswers(exercise: SketchExercise): Promise<Record<string, Answer>> {
  const sketch = async (code: string): Promise<Answer> => ({
    kind: "sketch",
    values: (await heightsOf(exercise, code)).map(String),
  })
  const answers: Record<string, Answer> = {
    right: await sketch(exercise.truth),
    none: { kind: "sketch", values: [] },
  }
  for (const { id, code } of exercise.misconceptions) answers[id] = await sketch(code)
  return answers
}

export function tuned(settings: Settings): Answer {
  const typed = Object.entries(settings).map(([name, value]) => [name, String(value)])
  return { kind: "tune", settings: Object.fromEntries(typed) }
}
