/**
 * @file Grades an answer in the page: loads the one exercise, runs its code in sandboxes. Loaded on the first Check; knows
 * nothing of how a report is shown.
 */
import type { Answer, Exercise, Report } from "../../exercises/lib/exercise.ts"
import { exerciseId } from "../../exercises/lib/wording.ts"
import { grade } from "../notebook/grade.ts"
import type { ProbeJob } from "../notebook/probe.ts"
import { openSandbox, type Sandbox } from "./sandbox.ts"

const files = import.meta.glob<{ default: Exercise }>("/exercises/*-*/*.ts")
const loaders = new Map(Object.entries(files).map(([path, load]) => [exerciseId(path), load]))

/** Rejects if the exercise's code cannot be loaded. */
export async function gradeInPage(id: string, answer: Answer, seed: number): Promise<Report> {
  const load = loaders.get(id)
  if (!load) throw new Error(`there is no exercise ${id}`)
  const { default: exercise } = await load()
  let book: Promise<Sandbox> | undefined
  const run = async (job: ProbeJob): Promise<unknown> => {
    // Every job needs the parser; its way here does not count as time of the answer.
    await import("../notebook/parser.ts?bundle-text")
    if (job.from === "book") {
      book ??= openSandbox()
      return ask(await book, job)
    }
    const sandbox = await openSandbox()
    return ask(sandbox, job).finally(() => sandbox.stop())
  }
  try {
    return await grade({ id, exercise, answer, seed }, run)
  } finally {
    await book?.then((sandbox) => sandbox.stop())
  }
}

function ask(sandbox: Sandbox, job: ProbeJob): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish("timeout"), job.limit)
    const finish = (result: unknown): void => {
      clearTimeout(timer)
      sandbox.onreply = undefined
      sandbox.ondeath = undefined
      resolve(result)
    }
    sandbox.onreply = (reply) => {
      if (reply.type === "probed") finish(reply.result)
    }
    sandbox.ondeath = (message) =>
      finish({ id: job.id, calls: [], console: [], error: { stage: "load", name: "Stopped", message } })
    sandbox.post({ type: "probe", job })
  })
}
