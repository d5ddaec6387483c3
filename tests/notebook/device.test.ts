/** @file Where cells compute: what a cell chooses is over with it, and where there is no GPU the run goes on and says so. */
import { afterEach, describe, expect, it } from "vitest"
import { devices, setDevice } from "../../engine/index.ts"
import { fallbackInWords } from "../../src/notebook/device.ts"
import { bookLibrary, type Library } from "../../src/notebook/library.ts"
import { record } from "./record.ts"

const active = `(await devices()).find((device) => device.active).name`
const library = (device?: string): Library =>
  bookLibrary(async () => {
    throw new Error("no files here")
  }, device)

afterEach(() => setDevice("cpu"))

describe("a cell's own device", () => {
  it("lasts to its end, so that the cells below give the same whatever ran before", async () => {
    const own = library()
    const { notebook, shown } = record(
      { own: `await setDevice("reference");\n${active}`, below: active },
      { library: own },
    )
    await notebook.run(["own", "below"])
    expect(shown("own")).toContain("reference")
    expect(shown("below")).toContain("cpu")
    expect(own.use().cells).toEqual({ own: "reference" })
  })

  it("is forgotten when the cell chooses none any more", async () => {
    const own = library()
    const { notebook } = record({ own: `await setDevice("reference")` }, { library: own })
    await notebook.run(["own"])
    notebook.edit("own", "1")
    await notebook.run(["own"])
    expect(own.use().cells).toEqual({})
  })

  it("that no build has is an error as ever", async () => {
    const { notebook, error } = record({ own: `await setDevice("tpu")` })
    await notebook.run(["own"])
    expect(error("own")?.message).toContain('this build has no device "tpu"')
  })
})

describe("without a GPU", () => {
  it("a cell that asks for one goes on on the CPU, and one sentence says so", async () => {
    const { notebook, shown, messages } = record({
      own: `await setDevice("webgpu")\ntensor([1, 2]).sum().item() + " on " + ${active}`,
    })
    await notebook.run(["own"])
    expect(shown("own")).toContain("3 on cpu")
    const advice = JSON.stringify(messages)
    expect(
      advice.match(
        /This cell asked for the GPU, and there is none to be had: this browser gives no access to a graphics processor/g,
      ),
    ).toHaveLength(1)
  })

  it("a page that is set to it computes on the CPU, and each run says so", async () => {
    const own = library("webgpu")
    const { notebook, shown, messages } = record({ one: active }, { library: own })
    await notebook.run(["one"])
    expect(shown("one")).toContain("cpu")
    expect(JSON.stringify(messages)).toContain("The cells of this page are set to the GPU, and")
    expect(own.use().fellBack).toBe(true)
    expect((await devices()).find((device) => device.active)?.name).toBe("cpu")
  })

  it("the sentence gives the reason and leaves out advice for those who write the code", () => {
    expect(fallbackInWords("webgpu: it is broken; stay on the CPU.", true)).toBe(
      "This cell asked for the GPU, and there is none to be had: it is broken. It ran on the CPU instead; the numbers are the same, " +
        "large arrays take longer.",
    )
  })
})

describe("what runs have used", () => {
  it("is told by device, in bytes, now and at most", async () => {
    const own = library()
    const { notebook } = record(
      { big: "const x = ones([1000, 250])\nx.add(1).sum().item()" },
      { library: own },
    )
    await notebook.run(["big"])
    const cpu = own.use().memory.find(({ device }) => device === "cpu")
    expect(cpu?.peak).toBeGreaterThanOrEqual(1000)
    expect(cpu?.live).toBeLessThanOrEqual(cpu?.peak ?? 0)
  })
})
