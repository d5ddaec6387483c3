/** @file What a run shows: in order, at the pace of a screen, with an end to every flood. */
import { describe, expect, it, vi } from "vitest"
import type { Output } from "../../src/notebook/output.ts"
import { pageLimits, RunOutputs } from "../../src/notebook/run-outputs.ts"
import { record } from "./record.ts"

const kinds = (outputs: Output[]) => outputs.map((o) => o.kind)

describe("the outputs of a run", () => {
  it("keep the order of console lines and displayed values", async () => {
    const r = record({ a: "console.log('a', 1)\nconsole.log('b')\ndisplay(2)\nconsole.warn('c')\n3" })
    await r.notebook.run(["a"])
    expect(r.outputs("a").map((o) => (o.kind === "console" ? `${o.level}: ${o.text}` : o.kind))).toEqual([
      "log: a 1\nb",
      "value",
      "warn: c",
      "value",
    ])
  })

  it("do not show the handle that display returns, nor an undefined value", async () => {
    const r = record({ a: "display(1)", b: "undefined", c: "table([{ a: 1 }])", d: "tex('x^2')" })
    await r.notebook.run(["a", "b", "c", "d"])
    expect(["a", "b", "c", "d"].map((id) => kinds(r.outputs(id)))).toEqual([
      ["value"],
      [],
      ["table"],
      ["tex"],
    ])
  })

  it("hold what a function of a cell above shows, in the cell that calls it", async () => {
    const r = record({
      tools:
        'const say = (x: number) => {\n  console.log("say", x)\n  display(x)\n  curve("c").push({ x })\n  progress(x, 9)\n}',
      a: "say(1)",
      b: "say(2)\nsay(3)",
    })
    await r.notebook.run(["a", "b"])
    expect(kinds(r.outputs("tools"))).toEqual([])
    expect(kinds(r.outputs("a"))).toEqual(["console", "value", "curve", "progress"])
    expect(kinds(r.outputs("b")).filter((kind) => kind === "curve")).toHaveLength(2)
    expect(r.outputs("a")[2]).toMatchObject({ live: false })
  })

  it("show tables from rows, columns and matrices", async () => {
    const r = record({
      a: "table({ x: [1, 2], y: tensor([3, 4]) })",
      b: "table([[1, 2], [3, 4]])",
    })
    await r.notebook.run(["a", "b"])
    expect(r.outputs("a")).toMatchObject([
      {
        kind: "table",
        columns: ["x", "y"],
        rows: [
          [1, 3],
          [2, 4],
        ],
      },
    ])
    expect(r.outputs("b")).toMatchObject([
      {
        kind: "table",
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
    ])
  })

  it("survive ten million console lines, and say how many are not shown", async () => {
    const r = record(
      { a: "for (let i = 0; i < 10_000_000; i++) console.log('line', i)" },
      { limits: pageLimits },
    )
    await r.notebook.run(["a"])
    expect(r.state("a")).toBe("ok")
    expect(r.messages.length).toBeLessThan(600)
    const text = r.outputs("a").map((o) => (o.kind === "console" ? o.text : ""))
    expect(text.at(-1)).toBe("… and 9\u202f999\u202f500 more lines that are not shown")
    expect(text.slice(0, -1).join("\n").split("\n")).toEqual(
      Array.from({ length: 500 }, (_, i) => `line ${i}`),
    )
  })

  it("survive a hundred thousand displayed values", async () => {
    const r = record({ a: "for (let i = 0; i < 100_000; i++) display(i)" }, { limits: pageLimits })
    await r.notebook.run(["a"])
    expect(r.messages).toHaveLength(201)
    expect(r.shown("a")).toBe("… and 99\u202f800 more outputs that are not shown")
  })

  it("show the error that ended a flood", async () => {
    const r = record(
      { a: "for (let i = 0; i < 1000; i++) { display(i); console.log(i) }\nnull.x" },
      { limits: pageLimits },
    )
    await r.notebook.run(["a"])
    expect(r.error("a")).toMatchObject({ name: "TypeError", line: 2 })
  })

  it("follow a loop at the pace of a screen, and always end with the last value", async () => {
    const source =
      "const d = display(0)\nconst end = performance.now() + 200\nlet n = 0\nwhile (performance.now() < end) d.update(++n)\nconsole.log(n)"
    const r = record({ a: source }, { limits: pageLimits })
    await r.notebook.run(["a"])
    const frames = r.messages.filter(({ slot }) => slot === 0)
    expect(frames.length).toBeGreaterThan(2)
    expect(frames.length).toBeLessThan(12)
    const [shown, printed] = r.outputs("a")
    expect(printed).toMatchObject({ kind: "console" })
    expect(shown).toMatchObject({ value: { text: printed.kind === "console" ? printed.text : "" } })
  })

  it("stay tables and formulas when a loop replaces them", async () => {
    const r = record({ a: 'table({ x: [1] }).update({ x: [1, 2] })\ntex("x").update("x^2")' })
    await r.notebook.run(["a"])
    expect(r.outputs("a")).toMatchObject([
      { kind: "table", columns: ["x"], rows: [[1], [2]] },
      { kind: "tex", tex: "x^2" },
    ])
  })

  it("have a tensor's values in JSON, and nothing of what it is made of", async () => {
    const r = record({ a: "JSON.stringify({ w: tensor([[1, 2], [3, NaN]]), b: tensor(5) })" })
    await r.notebook.run(["a"])
    expect(r.outputs("a")).toMatchObject([{ kind: "text", text: '{"w":[[1,2],[3,null]],"b":5}' }])
  })

  it.each([5, 12, 22, 30])("come thirty times a second from a loop whose turns take %d ms", (turn) => {
    let now = 0
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now)
    const sent: number[] = []
    const outputs = new RunOutputs(() => sent.push(now), pageLimits)
    const slot = outputs.live()
    for (; now < 10_000; now += turn) slot.update(() => ({ kind: "console", level: "log", text: "" }))
    outputs.close()
    clock.mockRestore()
    expect(sent.length).toBeGreaterThanOrEqual(295)
    expect(sent.length).toBeLessThanOrEqual(305)
  })

  it("never come faster for having come late, or at once", async () => {
    let now = 0
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now)
    const sent: number[] = []
    const outputs = new RunOutputs(() => sent.push(now), pageLimits)
    const slot = outputs.live()
    const update = (atOnce = false): void =>
      slot.update(() => ({ kind: "console", level: "log", text: "" }), atOnce)
    update()
    now = 1000
    for (let i = 0; i < 50; i++) update(true)
    for (; now < 2000; now++) update()
    outputs.close()
    clock.mockRestore()
    expect(sent.filter((at) => at > 1000).length).toBeLessThanOrEqual(31)
    expect(sent.filter((at) => at > 1000).length).toBeGreaterThanOrEqual(28)
  })

  it("show the last frame of a loop that pauses, without waiting for its end", async () => {
    const r = record(
      {
        a: "const d = display(0)\nd.update('half')\nawait new Promise((done) => setTimeout(done, 150))\nd.update('whole')",
      },
      { limits: pageLimits },
    )
    const run = r.notebook.run(["a"])
    await new Promise((done) => setTimeout(done, 100))
    expect(r.shown("a")).toBe("half")
    await run
    expect(r.shown("a")).toBe("whole")
  })

  it("call a function given to update only when a frame is drawn", async () => {
    const r = record({
      a: "let calls = 0\nconst d = display(0)\nfor (let i = 0; i < 1000; i++) d.update(() => ++calls)",
    })
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe("1")
  })

  it("draw a curve that grows, once more when the run ends", async () => {
    const r = record(
      {
        a: "const c = curve('Loss', { x: 'step', log: true })\nfor (let i = 0; i < 3; i++) c.push({ train: i, test: tensor(2 * i) })",
      },
      { limits: pageLimits },
    )
    await r.notebook.run(["a"])
    expect(r.messages[0].output).toMatchObject({ kind: "curve", live: true })
    expect(r.outputs("a")).toEqual([
      {
        kind: "curve",
        title: "Loss",
        x: "step",
        y: "",
        log: true,
        live: false,
        series: [
          { name: "train", x: [0, 1, 2], y: [0, 1, 2] },
          { name: "test", x: [0, 1, 2], y: [0, 2, 4] },
        ],
      },
    ])
  })

  it("settle the curve of a run that throws", async () => {
    const r = record({ a: "curve('Loss').push({ train: 1 })\nnull.x" })
    await r.notebook.run(["a"])
    expect(r.outputs("a")).toMatchObject([{ kind: "curve", live: false }, { kind: "error" }])
  })

  it("thin a long curve evenly and keep its ends", async () => {
    const r = record({ a: "const c = curve('Loss')\nfor (let i = 0; i < 100_000; i++) c.push({ loss: i })" })
    await r.notebook.run(["a"])
    const [curve] = r.outputs("a")
    const { x } = curve.kind === "curve" ? curve.series[0] : { x: [] }
    expect(x.length).toBeLessThan(4001)
    expect([x[0], x.at(-1)]).toEqual([0, 99_999])
  })

  it("show one bar for each label", async () => {
    const r = record({
      a: "for (let i = 1; i <= 5; i++) { progress(i, 5, 'epoch'); progress(i, 10, 'batch') }",
    })
    await r.notebook.run(["a"])
    expect(r.outputs("a")).toMatchObject([
      { kind: "progress", label: "epoch", value: 5, max: 5, done: true },
      { kind: "progress", label: "batch", value: 5, max: 10, done: false },
    ])
  })

  it("give the same twice", async () => {
    const r = record({
      a: "console.log(randn([3]))\nconst d = await iris()\ndisplay(d.x.mean(0))\ntable([{ n: d.species.length }])",
    })
    await r.notebook.run(["a"])
    const first = r.outputs("a")
    await r.notebook.run(["a"])
    expect(r.outputs("a")).toEqual(first)
  })

  it("show the digits and the flowers", async () => {
    const r = record({
      a: "const d = await digits()\nconst f = await iris();\n[...d.x.shape, ...d.y.shape, ...f.x.shape, d.x.max().item(), f.y.max().item(), f.species[2]].join()",
    })
    await r.notebook.run(["a"])
    expect(r.shown("a")).toBe("1797,64,1797,150,4,16,2,virginica")
  })
})
