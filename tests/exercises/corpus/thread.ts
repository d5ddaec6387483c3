/**
 * @file Runs probe jobs of answers that are trusted but may not end: in one thread, which is ended and replaced when a job
 * takes too long. What the book's own programs gave is kept, since every answer to an exercise is held against the same.
 */
import { Worker } from "node:worker_threads"
import type { Run } from "../../../src/notebook/grade.ts"
import type { ProbeJob } from "../../../src/notebook/probe.ts"
import { runProbe } from "../../../src/notebook/run-probe.ts"

/** Milliseconds of work for one job. Work is counted, not time: on a busy machine a right answer is not slow. */
const LIMIT = 500
const WATCH_EVERY = 40
/** Milliseconds that pass before a job that neither works nor answers is given up. */
const IDLE = 2000

/** What runs the jobs of a bench, and forgets what it has kept. */
export interface Runner {
  run: Run
  forget(): void
}

export class Thread implements Runner {
  #worker: Worker | undefined
  #kept = new Map<string, unknown>()
  #turn: Promise<unknown> = Promise.resolve()
  readonly #limit: number

  constructor(limit = LIMIT) {
    this.#limit = limit
  }

  run = (job: ProbeJob): Promise<unknown> =>
    kept(this.#kept, job, () => {
      const result = this.#turn.then(() => this.#ask(job))
      this.#turn = result.catch(() => undefined)
      return result
    })

  /** Outcomes of the book's programs differ from seed to seed: forget them when a seed is done with. */
  forget(): void {
    this.#kept.clear()
  }

  close(): Promise<unknown> {
    return this.#worker?.terminate() ?? Promise.resolve()
  }

  async #ask(job: ProbeJob): Promise<unknown> {
    if (!this.#worker) {
      this.#worker = new Worker(new URL("./probe-thread.ts", import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: 512 },
      })
      this.#worker.setMaxListeners(0)
      // The first job pays for loading the engine; that is not the answer's time.
      await this.#send({ ...job, source: "0", entry: undefined, given: "", calls: [] }, 30_000)
    }
    return this.#send(job, this.#limit)
  }

  #send(job: ProbeJob, limit: number): Promise<unknown> {
    const worker = this.#worker!
    return new Promise((resolve, reject) => {
      const start = performance.now()
      let before: number | undefined
      let timer: NodeJS.Timeout
      let done = false
      const finish = (result: unknown, alive = true): void => {
        done = true
        clearTimeout(timer)
        worker.off("message", finish)
        worker.off("error", failed)
        if (!alive) {
          this.#worker = undefined
          void worker.terminate()
        }
        resolve(result)
      }
      // An answer that takes all memory ends its thread; elsewhere it would run into the limit of its process.
      const failed = (error: Error): void => {
        if (/memory/i.test(error.message)) finish("timeout", false)
        else reject(error)
      }
      const watch = async (): Promise<void> => {
        const used = await worked(worker)
        if (done) return
        before ??= used
        const idle = used - before < 1 && performance.now() - start > Math.max(limit, IDLE)
        if (used - before > limit || idle) finish("timeout", false)
        else timer = setTimeout(watch, WATCH_EVERY)
      }
      timer = setTimeout(watch, WATCH_EVERY)
      worker.on("message", finish)
      worker.on("error", failed)
      worker.postMessage(job)
    })
  }
}

/** Runs jobs right here: much quicker on a busy machine, and only for answers that are known to end. */
export class Here implements Runner {
  #kept = new Map<string, unknown>()

  run = (job: ProbeJob): Promise<unknown> => kept(this.#kept, job, () => runProbe(job))

  forget(): void {
    this.#kept.clear()
  }
}

async function kept(
  known: Map<string, unknown>,
  job: ProbeJob,
  run: () => Promise<unknown>,
): Promise<unknown> {
  if (job.from !== "book") return run()
  // The seed decides what a function is called with; a training is called with what the answer chose.
  const called = job.entry === "train" ? JSON.stringify(job.calls) : ""
  const key = `${job.dtype} ${job.seed} ${job.entry} ${called} ${job.source}`
  if (!known.has(key)) known.set(key, await run())
  return known.get(key)
}

/** Milliseconds that a thread has worked. Before Node 24.6 nobody tells, and time stands in for it. */
async function worked(worker: Worker): Promise<number> {
  if (!("cpuUsage" in worker)) return performance.now()
  try {
    const { user, system } = await worker.cpuUsage()
    return (user + system) / 1000
  } catch {
    // It has just ended.
    return 0
  }
}
