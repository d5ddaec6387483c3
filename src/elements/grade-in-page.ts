/**
 * @file Grades answers in the page: loads an exercise, runs its code in sandboxes. Loaded on the first Check; knows
 * nothing of how a report is shown.
 */
import type { Answer, Exercise, Report } from "../../exercises/lib/exercise.ts"
import { exerciseId } from "../../exercises/lib/wording.ts"
import { grade } from "../notebook/grade.ts"
import type { ProbeJob } from "../notebook/probe.ts"
import { openSandbox, type Sandbox } from "./sandbox.ts"

const files = import.meta.glob<{ default: Exercise }>("/exercises/*-*/*.ts")
const loaders = new Map(Object.entries(files).map(([path, load]) => [exerciseId(path), load]))

/** Nothing if the book has no such exercise. Rejects if its code cannot be loaded. */
export async function loadExercise(id: string): Promise<Exercise | undefined> {
  return (await loaders.get(id)?.())?.default
}

/** Whatever is asked for afterwards is there. */
export async function loadAllExercises(): Promise<void> {
  await Promise.all([...loaders.values()].map((load) => load()))
}

/** Rejects if the exercise's code cannot be loaded. */
export async function gradeInPage(
  id: string,
  answer: Answer,
  seed: number,
  variant?: number,
): Promise<Report> {
  const exercise = await loadExercise(id)
  if (!exercise) throw new Error(`there is no exercise ${id}`)
  const lane = new PageLane()
  try {
    return await grade({ id, exercise, answer, seed, variant }, lane.run)
  } finally {
    lane.close()
  }
}

/** One sandbox for the book's own code, and a fresh one for each answer. */
export class PageLane {
  #book: Promise<Sandbox> | undefined

  /** Raw results, or "timeout". Rejects only if no sandbox can be had. */
  run = async (job: ProbeJob): Promise<unknown> => {
    // What every job needs; its way here does not count as time of the answer.
    await Promise.all([
      import("../notebook/run-probe.ts?bundle-part"),
      import("../notebook/parser.ts?bundle-part"),
    ])
    if (job.from === "book") return this.#runBook(job)
    const sandbox = await openSandbox()
    return ask(sandbox, job)
      .then(({ result }) => result)
      .finally(() => sandbox.stop())
  }

  close(): void {
    void this.#book?.then((sandbox) => sandbox.stop())
    this.#book = undefined
  }

  /** An answer that takes all memory ends what runs beside it, too; the book's code is then run once more. */
  async #runBook(job: ProbeJob): Promise<unknown> {
    const first = await this.#tryBook(job)
    return (first.died ? await this.#tryBook(job) : first).result
  }

  async #tryBook(job: ProbeJob): Promise<Asked> {
    this.#book ??= this.#openBook()
    const book = await this.#book
    const asked = await ask(book, job)
    if (asked.result === "timeout") {
      book.stop()
      this.#book = undefined
    }
    return asked
  }

  async #openBook(): Promise<Sandbox> {
    const sandbox = await openSandbox()
    sandbox.ondeath = () => {
      this.#book = undefined
    }
    return sandbox
  }
}

interface Asked {
  result: unknown
  /** The sandbox ended without having answered. */
  died: boolean
}

function ask(sandbox: Sandbox, job: ProbeJob): Promise<Asked> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish({ result: "timeout", died: false }), job.limit)
    const { ondeath } = sandbox
    const finish = (asked: Asked): void => {
      clearTimeout(timer)
      sandbox.onreply = undefined
      sandbox.ondeath = ondeath
      resolve(asked)
    }
    sandbox.onreply = (reply) => {
      if (reply.type === "probed") finish({ result: reply.result, died: false })
    }
    sandbox.ondeath = (message) => {
      const error = { stage: "load", name: "Stopped", message }
      finish({ result: { id: job.id, calls: [], console: [], error }, died: true })
      ondeath?.(message)
    }
    sandbox.post({ type: "probe", job })
  })
}
