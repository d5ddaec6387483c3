/** @file Every cell of every lesson runs unchanged on the CPU and shows the numbers that the interpreter shows. */
import { expect, it } from "vitest"
import { tolerance, worstDifference } from "./agree.ts"
import { shownOn } from "./on-device.ts"
import { lessons, readData } from "./tasks.ts"

it.each(lessons)(
  "the cells of $id show the same numbers on the CPU as on the interpreter",
  async (lesson) => {
    const want = await shownOn("reference", lesson, readData)
    const { worst, where } = worstDifference(await shownOn("cpu", lesson, readData), want)
    console.log(
      `lesson ${lesson.id}: cpu and reference differ by ${worst.toExponential(1)} at most (${where})`,
    )
    expect(Object.values(want).flatMap(({ numbers }) => numbers).length).toBeGreaterThan(100)
    expect(worst, where).toBeLessThan(tolerance)
  },
  120_000,
)
