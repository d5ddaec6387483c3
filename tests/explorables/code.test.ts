/** @file The code that an explorable gives for its state is a cell that runs: as the reader finds it in a scratchpad. */
import { describe, expect, it } from "vitest"
import type { Params } from "../../src/explorables/lib/explorable.ts"
import { firstPlace } from "../../src/explorables/lib/still.ts"
import { record } from "../notebook/record.ts"
import { explorables } from "./every-explorable.ts"

describe.each(explorables)("the code of %s", (_, explorable) => {
  it("runs as a cell, and shows something, for the first state and for presets", async () => {
    const first = firstPlace(explorable)
    const presets = explorable.presets.filter(
      (__, i, { length }) => i === 0 || i === length >> 1 || i === length - 1,
    )
    const settings: [string, Params, number][] = [
      ["the first state", first.params, first.step],
      ...presets.map(({ name, params }): [string, Params, number] => {
        const all = { ...first.params, ...params } as Params
        return [name, all, Math.min(first.step, explorable.steps?.(all, 1) ?? 0)]
      }),
    ]
    for (const [name, params, step] of settings) {
      const { notebook, error, outputs } = record({ c1: explorable.code(params, 1, step) })
      await notebook.run(["c1"])
      expect(error("c1")?.message, name).toBe(undefined)
      expect(outputs("c1").length, name).toBeGreaterThan(0)
    }
  })
})
