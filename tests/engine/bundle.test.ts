/** @file What the engine weighs when a page loads it: minified, gzip -9. */
import { expect, it } from "vitest"
import { ourSizes } from "../../bench/bundles.ts"

it("is small enough to be loaded while nobody notices: within the budgets, with WebGPU and without", async () => {
  const sizes = await ourSizes()
  for (const { title, bytes, budget } of sizes)
    console.log(`${title}: ${(bytes / 1000).toFixed(1)} kB${budget ? ` of at most ${budget / 1000} kB` : ""}`)
  const within = sizes.filter(({ budget }) => budget !== undefined)
  expect(within.map(({ id }) => id)).toEqual(["ours-step", "ours-step-webgpu", "ours-webgpu"])
  // What loads on demand is weighed, too.
  const bytes = sizes.map((size) => size.bytes)
  expect(bytes[1]).toBeGreaterThan(bytes[0])
  expect(bytes.slice(2)).toEqual(bytes.slice(2).toSorted((a, b) => a - b))
  for (const { bytes, budget = 0 } of within) expect(bytes).toBeLessThanOrEqual(budget)
}, 60_000)
