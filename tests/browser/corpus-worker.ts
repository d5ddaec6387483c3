/**
 * @file Runs in a worker of a real browser: grades answers of the corpus as Node does, in one worker for all of them, with the
 * answers' own code on the device that is asked for. The exercises are handed in by whoever bundles this file.
 */
import { setDevice } from "../../engine/index.ts"
import type { Answer, Exercise, Report } from "../../exercises/lib/exercise.ts"
import { grade } from "../../src/notebook/grade.ts"
import type { ProbeJob } from "../../src/notebook/probe.ts"
import { runProbe } from "../../src/notebook/run-probe.ts"

export interface Asked {
  device: "cpu" | "webgpu"
  gradients: boolean
  cases: { exercise: string; answer: Answer; seed: number }[]
}

export type Said = Pick<Report, "verdict" | "note" | "score" | "message">

const said = ({ verdict, note, score, message }: Report): Said => ({ verdict, note, score, message })

/** Waits for the values of all tensors in a result: a browser without a screen reads none at once from its GPU. */
const WAIT = `
async function waited__(value) {
  if (value instanceof Tensor) {
    const data = Array.from(await value.dataAsync())
    const nest = (shape, from, size) =>
      shape.length === 0
        ? data[from]
        : Array.from({ length: shape[0] }, (_, i) => nest(shape.slice(1), from + (i * size) / shape[0], size / shape[0]))
    return nest(value.shape, 0, value.size)
  }
  if (!Array.isArray(value)) return value
  const parts = []
  // A Promise stays one: to leave it unawaited is the answer's own mistake.
  for (const part of value) parts.push(part instanceof Promise ? part : await waited__(part))
  return parts
}`

/** The answer's function on the GPU; the rest of the grading stays on the CPU, where the float64 references are. */
async function onGpu(job: ProbeJob): Promise<unknown> {
  const source = `${job.source}\n${WAIT}\nconst onGpu__ = async (...args) => waited__(await ${job.entry}(...args))`
  await setDevice("webgpu")
  try {
    return await runProbe({ ...job, source, entry: "onGpu__" })
  } finally {
    await setDevice("cpu")
  }
}

/** Gradients would be read at once. */
const withoutGradients = (exercise: Exercise): Exercise =>
  "probes" in exercise
    ? { ...exercise, probes: (random) => exercise.probes(random).map(({ args, note }) => ({ args, note })) }
    : exercise

export function listen(exercises: Record<string, Exercise>): void {
  addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
    const { device, gradients, cases } = data
    const kept = new Map<string, unknown>()
    const run = async (job: ProbeJob): Promise<unknown> => {
      const key = `${job.dtype} ${job.seed} ${job.entry} ${job.source} ${JSON.stringify(job.calls)}`
      if (job.from === "book" && kept.has(key)) return kept.get(key)
      const result = device === "webgpu" && job.from === "learner" ? await onGpu(job) : await runProbe(job)
      if (job.from === "book") kept.set(key, result)
      return result
    }
    const reports: Said[] = []
    for (const { exercise: id, answer, seed } of cases) {
      const exercise = gradients ? exercises[id] : withoutGradients(exercises[id])
      reports.push(said(await grade({ id, exercise, answer, seed }, run)))
    }
    postMessage(reports)
  })
}
