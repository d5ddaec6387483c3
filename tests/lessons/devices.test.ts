/** @file Every cell of every lesson runs unchanged on the CPU and shows the numbers that the interpreter shows. */
import { expect, it } from "vitest"
import { worstDifference } from "./agree.ts"
import { shownOn } from "./on-device.ts"
import { lessonsBut, readData } from "./tasks.ts"

it.each(lessonsBut("initialisation"))(
  "the cells of $id show the same numbers on the CPU as on the interpreter",
  async (lesson) => {
    const want = await shownOn("reference", lesson, readData)
    const { worst, where } = worstDifference(lesson.id, await shownOn("cpu", lesson, readData), want)
    console.log(
      `lesson ${lesson.id}: cpu and reference differ by ${worst.toPrecision(1)} of what they may (${where})`,
    )
    expect(Object.values(want).flatMap(({ numbers }) => numbers).length).toBeGreaterThan(100)
    expect(worst, where).toBeLessThan(1)
  },
  120_000,
)
