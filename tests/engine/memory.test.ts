/** @file Training in one synchronous loop, where no finalizer runs, needs no more memory at the end than after a tenth. */
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"

interface Held {
  readonly loss: number
  /** Resident bytes of the process. */
  readonly rss: number
  /** Bytes of the engine. */
  readonly live: number
  readonly peak: number
}

const program = fileURLToPath(new URL("memory-loop.ts", import.meta.url))

/** Trains in a process of its own. Its young generation has a fixed size, as in a browser; Node's would grow. */
async function trained(
  kind: "jit" | "eager",
  steps: number,
): Promise<{ early: Held; late: Held; reason?: string }> {
  const flags = ["--min-semi-space-size=32", "--max-semi-space-size=32"]
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, kind, String(steps)])
  return JSON.parse(stdout)
}

describe("the XOR net", () => {
  it.each([
    ["jit", 1_000_000, 5],
    // V8's own heap comes and goes by some megabytes; a leak of a hundred bytes a step would be 27 MB.
    ["eager", 300_000, 10],
  ] as const)(
    "trained by %s for %i steps holds within %i % what it held after a tenth",
    async (kind, steps, percent) => {
      const { early, late, reason } = await trained(kind, steps)
      console.log(
        `memory: ${steps} steps, ${kind}: ${(early.rss / 1e6).toFixed(0)} MB resident after a tenth, ` +
          `${(late.rss / 1e6).toFixed(0)} MB at the end; the engine holds ${late.live} bytes, ${late.peak} at most`,
      )
      expect(reason).toBeUndefined()
      expect(late.loss).toBeLessThan(early.loss)
      expect(late.rss).toBeLessThanOrEqual(early.rss * (1 + percent / 100))
      expect(late.live).toBeLessThanOrEqual(early.live * 1.05)
      expect(late.peak).toBeLessThanOrEqual(early.peak * 1.05)
      expect(late.live).toBeGreaterThan(0)
    },
    120_000,
  )
})
