/** @file What the engine weighs when a page loads it: minified, gzip -9. */
import { expect, it } from "vitest"
import { ourSizes } from "../../bench/bundles.ts"

it("is small enough to be loaded while nobody notices: within the budgets, with WebGPU and without", async () => {
  const sizes = await ourSizes()
  for (const { title, bytes, budget } of sizes)
    console.log(`${title}: ${(bytes / 1000).toFixed(1)} kB${budget ? ` of at most ${budget / 1000} kB` : ""}`)
  const within = sizes.filter(({ budget }) => budget !== undefined)
  expect(within).toHaveLength(2)
  // What loads on demand is weighed, too.
  expect(within[1].bytes).toBeGreaterThan(within[0].bytes)
  for (const { bytes, budget = 0 } of within) expect(bytes).toBeLessThanOrEqual(budget)
}, 60_000)
