/**
 * @file What a child process takes, as the system tells it: time and memory. Owns the two limits; ends nobody.
 *
 * On Linux a child's time is what it was given or slept, so that a machine with too much to do makes no answer late.
 * Elsewhere it is the clock's. Memory is known wherever there is `/proc` or `ps`; on Windows only the heap has a limit.
 */
import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"

/** Resident memory at which a child is ended. */
export const MOST_MEMORY = 768 * 2 ** 20
const EVERY = process.platform === "linux" ? 50 : 250
/** However little of the machine a child is given, it is ended after so many times its limit. */
const PATIENCE = 20
/** Of the clock that Linux counts processor time with. */
const TICK = 10

interface Use {
  memory: number
  /** Milliseconds of processor time; absent where only the clock is known. */
  cpu?: number
  /** It waits for something (a timer, a message), not for a processor. */
  sleeps?: boolean
}

export type Excess = "time" | "memory"

/** Calls `tell` once, when process `pid` has taken more than `limit` ms or too much memory. Returns what ends the watch. */
export function watch(pid: number, limit: number, tell: (excess: Excess) => void): () => void {
  const start = performance.now()
  let time = 0
  let before: { at: number; cpu: number } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const end = (): void => {
    isOver = true
    clearTimeout(timer)
  }
  const look = async (): Promise<void> => {
    const { memory, cpu, sleeps } = await useOf(pid)
    if (isOver) return
    const at = performance.now()
    if (cpu === undefined) time = at - start
    else {
      if (before) time += sleeps ? at - before.at : Math.min(at - before.at, cpu - before.cpu)
      before = { at, cpu }
    }
    const excess = memory > MOST_MEMORY ? "memory" : undefined
    if (excess || time >= limit || at - start >= PATIENCE * limit) {
      end()
      tell(excess ?? "time")
    } else timer = setTimeout(look, EVERY)
  }
  void look()
  return end
}

async function useOf(pid: number): Promise<Use> {
  try {
    if (process.platform === "linux") return readStat(await readFile(`/proc/${pid}/stat`, "utf8"))
    if (process.platform === "win32") return { memory: 0 }
    const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)])
    return { memory: Number(stdout) * 1024 }
  } catch {
    // It has just ended.
    return { memory: 0 }
  }
}

/** See proc_pid_stat(5); the second field is a name in parentheses, in which anything may stand. */
function readStat(stat: string): Use {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return {
    memory: Number(fields[21]) * PAGE,
    cpu: (Number(fields[11]) + Number(fields[12])) * TICK,
    sleeps: fields[0] !== "R",
  }
}

/** Most machines have pages of 4 kB, some with ARM processors 16 or 64. */
const PAGE = process.platform === "linux" ? await pageSize() : 4096

async function pageSize(): Promise<number> {
  const pages = Number((await readFile("/proc/self/statm", "utf8")).split(" ")[1])
  return 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages))
}
