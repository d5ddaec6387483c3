/** @file What the panel about devices says: reasons in words, numbers in units, verdicts that follow from measurements. */
import { describe, expect, it } from "vitest"
import {
  bytesText,
  outcomeOf,
  outcomeText,
  resultText,
  seenInWords,
  timeText,
  toleranceInWords,
  verdict,
} from "../../src/elements/device-words.ts"
import { deviceTolerance, type Measurement, type SeenDevice } from "../../src/notebook/device.ts"
import { deviceTests, operations } from "../../src/notebook/device-tests.ts"

const none = (absence: SeenDevice["absence"], description = "webgpu: no."): SeenDevice => ({
  name: "webgpu",
  available: false,
  description,
  absence,
})
const gpu = {
  vendor: "maker",
  architecture: "arch-7",
  name: "",
  software: false,
  largest: 2 ** 31,
  sharedBytes: 32768,
  threads: 1024,
  readsAtOnce: true,
}
const test = (id: string) => deviceTests.find((one) => one.id === id)!
const measured = (cpu: Record<string, number>, other: Record<string, number>): Measurement[] => [
  ...Object.entries(cpu).map(([id, ms]): Measurement => ({ test: id, device: "cpu", ms })),
  ...Object.entries(other).map(([id, ms]): Measurement => ({ test: id, device: "webgpu", ms })),
]

describe("what there is", () => {
  it("is named, with its limits", () => {
    const words = seenInWords({ name: "webgpu", available: true, description: "", gpu })
    expect(words).toBe(
      "maker arch-7, by WebGPU. Arrays of up to 2 GiB; groups of up to 1024 threads share 32 KiB.",
    )
  })

  it("is called a program where it is one", () => {
    const words = seenInWords({
      name: "webgpu",
      available: true,
      description: "",
      gpu: { ...gpu, software: true },
    })
    expect(words).toContain("It is no graphics processor")
  })

  it("is told to give no number at once where nobody can wait for it", () => {
    const alone = { ...gpu, readsAtOnce: false }
    const words = seenInWords({ name: "webgpu", available: true, description: "", gpu: alone })
    expect(words).toMatch(/What a cell shows comes.*ends with an error there.*await t\.itemAsync\(\)/)
  })

  it("is missing for a reason, each with a sentence of its own", () => {
    const sentences = (["insecure", "unsupported", "no-adapter"] as const).map((why) =>
      seenInWords(none(why)),
    )
    expect(sentences[0]).toContain("https")
    expect(sentences[1]).toContain("no WebGPU")
    expect(sentences[2]).toMatch(/distrust its driver.*turned off/)
    expect(seenInWords({ ...none("refused", "webgpu: it would not open."), gpu })).toBe(
      "None: it would not open.",
    )
  })
})

describe("numbers", () => {
  it("have two digits and the unit that fits", () => {
    expect([0.00234, 0.0999, 0.1, 34.56, 1234].map(timeText)).toEqual([
      "2.3 µs",
      "100 µs",
      "0.1 ms",
      "35 ms",
      "1.2 s",
    ])
    expect([950, 1024, 65536, 1.5 * 2 ** 20, 2 ** 31].map(bytesText)).toEqual([
      "950 bytes",
      "1 KiB",
      "64 KiB",
      "1.5 MiB",
      "2 GiB",
    ])
  })

  it("are rates where work is large: operations, steps, numbers in a second", () => {
    expect(resultText(test("matmul-1024"), 2)).toBe("1,100 GFLOP/s")
    expect(resultText(test("small-net"), 0.05)).toBe("20,000 steps/s")
    expect(resultText(test("chain"), 5)).toBe("200 million/s")
    expect(resultText(test("read"), 0.3)).toBe("0.3 ms")
    expect(resultText(test("read"), undefined)).toBe("–")
  })

  it("that are close are even", () => {
    expect(outcomeText(outcomeOf(1, 1.1))).toBe("even")
    expect(outcomeText(outcomeOf(1, 3))).toBe("CPU, 3×")
    expect(outcomeText(outcomeOf(10, 0.5))).toBe("GPU, 20×")
    expect(outcomeText(outcomeOf(1, undefined))).toBe("–")
  })

  it("of the tolerance are those that the lessons are tested with", () => {
    expect(deviceTolerance).toBe(1e-5)
    expect(toleranceInWords()).toContain("10⁻⁵")
  })

  it("count operations: 2n³ of a product, six for each weight and example of a step", () => {
    expect(operations({ kind: "matmul", n: 10 })).toBe(2000)
    expect(operations({ kind: "net", sizes: [4, 16, 3], batch: 32 })).toBe(6 * (64 + 48) * 32)
  })
})

describe("the verdict", () => {
  const cpu = {
    add: 0.001,
    read: 0.002,
    "small-net": 0.02,
    "digits-net": 0.1,
    "large-net": 20,
    "matmul-64": 0.03,
  }

  it("sends small nets to the CPU and large ones to the GPU where that is what was measured", () => {
    const sentences = verdict(
      measured(
        { ...cpu, "matmul-256": 2, "matmul-1024": 100 },
        {
          add: 0.05,
          read: 1.5,
          "small-net": 0.5,
          "digits-net": 0.11,
          "large-net": 1,
          "matmul-64": 0.06,
          "matmul-256": 0.2,
          "matmul-1024": 1,
        },
      ),
    )
    expect(sentences).toEqual([
      "A net as small as those for the irises (4–16–3) belongs on the CPU: 50,000 steps a second on the CPU, 2,000 on " +
        "the GPU; the CPU is through with a step before the GPU has made a single addition.",
      "A net for the book’s digits (64–128–10) takes as long on both.",
      "A net larger than the book’s (784–512–512–10) belongs on the GPU: 50 steps a second on the CPU, 1,000 on the GPU.",
      "Asking the GPU for one addition takes 50 µs, and 1.5 ms if the result is read (on the CPU: 2 µs). A loop that " +
        "looks at its loss after each step makes at most 670 steps a second there, however small the net.",
      "Matrix products are faster on the GPU from 256 × 256 on, of the sizes that were tried.",
    ])
  })

  it("claims nothing that was not measured", () => {
    expect(verdict(measured(cpu, { add: 3, read: 4 }))).toEqual([
      expect.stringMatching(/^Asking the GPU for one addition takes 3 ms/),
    ])
    expect(verdict(measured(cpu, { add: 900 }))).toEqual([expect.stringContaining("no time to compare")])
    expect(verdict(measured(cpu, { "matmul-64": 3 }))).toEqual([
      "For matrix products the GPU does not pay up to 64 × 64.",
    ])
  })

  it("without a GPU says that the CPU was measured alone", () => {
    expect(verdict(measured(cpu, {}))).toEqual([
      "Only the CPU was measured, since there is no GPU here. A thousand steps of a net of the size for the book’s " +
        "digits take it 100 ms.",
    ])
    expect(verdict([])).toEqual(["Only the CPU was measured, since there is no GPU here."])
  })
})
