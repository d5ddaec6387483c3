/** @file Recorded figures: drawn as Plot draws them directly, small, sendable, and closed to what is not a figure. */
import { readFileSync } from "node:fs"
import * as Direct from "@observablehq/plot"
import { describe, expect, test } from "vitest"
import { tensor } from "../../engine/index.ts"
import { drawFigure, drawOutput } from "../../src/build/draw-figure.ts"
import { pngDataUrl } from "../../src/build/png.ts"
import { curveSpec, thin } from "../../src/notebook/curve-spec.ts"
import { colours } from "../../src/notebook/figure-theme.ts"
import { MiniDocument, type MiniElement } from "../../src/notebook/minidom.ts"
import type { Output } from "../../src/notebook/output.ts"
import { isPlotCall, REFUSED } from "../../src/notebook/plot-names.ts"
import { Plot, type PlotFigure } from "../../src/notebook/plot-record.ts"
import { replay } from "../../src/notebook/plot-replay.ts"

type Library = Record<string, (...args: unknown[]) => unknown>
type Options = Record<string, unknown>
const recorded = Plot as unknown as Library
const direct = Direct as unknown as Library

/** A recorder has no document to draw on; the direct library gets one. */
const markup = (node: unknown): string => (node as MiniElement).outerHTML.replace(/plot-clip-\d+/g, "clip")
const withDocument = (options: Options): Options => ({ ...options, document: new MiniDocument(pngDataUrl) })

const rows = Array.from({ length: 60 }, (_, i) => ({
  x: Math.sin(i),
  y: Math.cos(3 * i),
  kind: "abc"[i % 3],
  i,
}))
type Row = (typeof rows)[number]
const field = (x: number, y: number) => x * x - y
const plots: Record<string, (plot: Library) => Options> = {
  "dots with accessors": (plot) => ({
    marks: [plot.dot(rows, { x: (d: Row) => d.x * 2, y: "y", fill: (d: Row) => d.kind, r: 3 })],
  }),
  "a line over numbers": (plot) => ({ marks: [plot.lineY(rows.map((d) => d.y)), plot.ruleY([0])] }),
  "a line by index and identity": (plot) => ({
    marks: [plot.line([3, 1, 2], { x: plot.indexOf, y: plot.identity })],
  }),
  "a histogram": (plot) => ({
    marks: [plot.rectY(rows, plot.binX({ y: "count" }, { x: (d: Row) => d.x, fill: "kind" }))],
  }),
  "grouped and stacked bars": (plot) => ({
    marks: [plot.barX(rows, plot.groupY({ x: "count" }, { y: "kind", sort: { y: "-x" } }))],
  }),
  "facets with a regression and a clip": (plot) => ({
    marks: [
      plot.frame(),
      plot.dot(rows, { x: "x", y: "y", fx: "kind" }),
      plot.linearRegressionY(rows, { x: "x", y: "y", fx: (d: Row) => d.kind, clip: true }),
    ],
  }),
  "plot-level facets of shared data": (plot) => ({
    facet: { data: rows, y: (d: Row) => d.kind },
    marks: [plot.dot(rows, { x: "x", y: "y" })],
  }),
  "filter, sort and select": (plot) => ({
    marks: [
      plot.dot(
        rows,
        plot.filter((d: Row) => d.y > 0, { x: "x", y: "y" }),
      ),
      plot.line(
        rows,
        plot.sort((d: Row) => d.x, { x: "x", y: "y" }),
      ),
      plot.line(rows, { x: "x", y: "y", sort: (a: Row, b: Row) => a.y - b.y }),
      plot.text(rows, plot.selectMaxY({ x: "x", y: "y", text: (d: Row) => `row ${d.i}` })),
    ],
  }),
  "cells with text and a legend": (plot) => ({
    color: { scheme: "blues", legend: true },
    marks: [
      plot.cell(rows.slice(0, 9), { x: "kind", y: "i", fill: "x" }),
      plot.text(rows.slice(0, 9), { x: "kind", y: "i", text: "i" }),
    ],
  }),
  "moving averages and windows": (plot) => ({
    marks: [plot.lineY(rows, plot.windowY(5, { x: "i", y: (d: Row) => d.y }))],
  }),
  "a dense raster and contours": (plot) => ({
    color: { scheme: "viridis" },
    marks: [
      plot.raster(
        rows.map((d) => d.x),
        { width: 10, height: 6 },
      ),
      plot.contour(
        rows.map((d) => d.x),
        { width: 10, height: 6, stroke: "black" },
      ),
    ],
  }),
  "nested marks and tips": (plot) => ({
    marks: [
      [
        plot.frame(),
        null,
        [plot.dot(rows, { x: "x", y: "y", tip: true, channels: { kind: (d: Row) => d.kind } })],
      ],
      plot.tip(rows, plot.pointerX({ x: "x", y: "y" })),
    ],
  }),
}

describe("the recorder", () => {
  for (const [name, make] of Object.entries(plots)) {
    test(`draws ${name} as the library itself does`, () => {
      const figure = recorded.plot(make(recorded)) as PlotFigure
      const sent = structuredClone(figure.spec)
      const want = markup(direct.plot(withDocument(make(direct))))
      expect(markup(replay(direct, sent, withDocument))).toBe(want)
    })
  }

  test("samples a function of (x, y) on the field that the figure shows", () => {
    const sampled = recorded.contour({ fill: field, x1: -2, x2: 2, y1: -1, y2: 3, width: 8, height: 4 }) as {
      plot(): PlotFigure
    }
    const { spec } = sampled.plot() as { spec: { args: [{ marks: { args: [Float64Array, Options] }[] }] } }
    const [values, options] = spec.args[0].marks[0].args
    expect(values[0]).toBe(field(-1.75, -0.5))
    expect(values[31]).toBe(field(1.75, 2.5))
    expect(options).toMatchObject({ width: 8, height: 4, fill: values })
    expect(() => (recorded.raster({ fill: field }) as { plot(): unknown }).plot()).toThrow(/x1 and x2/)
  })

  test("takes tensors as data and as channels", () => {
    const figure = recorded.plot({
      marks: [
        recorded.lineY(tensor([1, 2, 4])),
        recorded.dot([1, 2, 3], { x: tensor([5, 6, 7]), y: (d: number) => tensor(d) }),
      ],
    }) as PlotFigure
    expect(figure.spec).toMatchObject({
      args: [
        {
          marks: [
            { args: [Float32Array.of(1, 2, 4), {}] },
            { args: [[1, 2, 3], { x: Float32Array.of(5, 6, 7), y: [1, 2, 3] }] },
          ],
        },
      ],
    })
  })

  test("copies the data: what changes afterwards does not change the figure", () => {
    const data = [1, 2, 3]
    const figure = recorded.plot({ marks: [recorded.lineY(data), recorded.dotY(data)] }) as PlotFigure
    data[0] = 99
    const [line, dots] = (figure.spec as { args: [{ marks: { args: unknown[] }[] }] }).args[0].marks
    expect(line.args[0]).toEqual([1, 2, 3])
    expect(line.args[0]).toBe(dots.args[0])
  })

  test("says what to do about a function that cannot be recorded", () => {
    const mark = recorded.dot(rows, { x: "x" })
    expect(() => recorded.plot({ marks: [() => null] })).toThrow(/marks/)
    expect(() => recorded.plot({ marks: [recorded.dot(rows, { x: "x", render: () => null })] })).toThrow(
      /render/,
    )
    expect(() => recorded.plot({ marks: [mark] })).not.toThrow()
  })

  test("refuses more data than a page can draw, and data that never ends", () => {
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield 1
      },
    }
    expect(() => recorded.plot({ marks: [recorded.dot(new Float64Array(600_000))] })).toThrow(/too many/)
    expect(() => recorded.plot({ marks: [recorded.lineY(endless)] })).toThrow(/does not end/)
  })

  test("knows every name of the library, and the library knows every name that it records", () => {
    const names = Object.keys(Direct).filter((name) => /^[a-z]/.test(name))
    expect(names.filter((name) => !isPlotCall(name) && !REFUSED.has(name))).toEqual([])
    expect(names.filter((name) => isPlotCall(name)).every((name) => name in Plot)).toBe(true)
    expect("transform" in Plot || "then" in Plot || "nonsense" in Plot).toBe(false)
  })
})

describe("the replay", () => {
  const draw = (mark: unknown) =>
    markup(replay(direct, { $plot: "plot", args: [{ marks: [mark] }] }, withDocument))
  const dot = (options: Options) => ({ $plot: "dot", args: [[{ a: 1 }], { x: "a", ...options }] })

  test("refuses names that are not marks or transforms", () => {
    for (const name of [
      "constructor",
      "__proto__",
      "toString",
      "scale",
      "transform",
      "initializer",
      "Mark",
      "Dot",
      "nonsense",
    ]) {
      expect(() => draw({ $plot: name, args: [] }), name).toThrow(/no such mark/)
    }
    expect(() => replay(direct, { $plot: "dot", args: [] }, withDocument)).toThrow(/not a recorded figure/)
    expect(() => replay(direct, null, withDocument)).toThrow(/not a recorded figure/)
  })

  test("drops links, class names and everything that is not data", () => {
    const html = draw(
      dot({ href: "a", target: "_blank", className: "own", render: 1, initializer: 2, title: "t" }),
    )
    expect(html).not.toMatch(/href|_blank|own/)
    expect(() => draw({ $plot: "image", args: [[1], { src: "https://example.org/x.png" }] })).toThrow(
      /data:image/,
    )
  })

  test("refuses a figure nested without end", () => {
    let options: unknown = { x: "a" }
    for (let i = 0; i < 100; i++) options = { $plot: "pointer", args: [options] }
    expect(() => draw({ $plot: "dot", args: [[1], options] })).toThrow(/nested too deeply/)
  })
})

describe("a figure at build", () => {
  const dots = (
    recorded.plot({ marks: [recorded.dot(rows, { x: "x", y: "y", fill: "kind" })] }) as PlotFigure
  ).spec

  test("is one image with a name, in CSS variables, without a style sheet", () => {
    const svg = drawFigure(dots, "Three <kinds>")
    expect(svg).toMatch(/^<svg class="plot"[^>]*aria-label="Three &lt;kinds&gt;"[^>]*role="img"/)
    expect(svg).toContain("var(--class-3)")
    expect(svg).not.toContain("<style")
    expect(svg.length).toBeLessThan(10_000)
  })

  test("colours sizes by the sequential ramp and signs by the diverging one", () => {
    const make = (color: Options) =>
      drawFigure(
        (recorded.plot({ color, marks: [recorded.dot(rows, { x: "x", y: "y", fill: "x" })] }) as PlotFigure)
          .spec,
      )
    expect(make({})).toMatch(/fill="var\(--seq-0\)"/)
    expect(make({})).toContain("color-mix(in srgb,var(--seq-")
    expect(make({ type: "diverging" })).toContain("var(--div-")
    expect(make({ scheme: "viridis" })).not.toContain("var(--seq")
  })

  test("made of pixels comes once for each theme", () => {
    const raster = (
      recorded.plot({ marks: [recorded.raster({ fill: field, x1: 0, x2: 1, y1: 0, y2: 1 })] }) as PlotFigure
    ).spec
    const html = drawFigure(raster)
    expect(html.match(/<svg[^>]*data-tone="(light|dark)"/g)?.length).toBe(2)
    const pictures = [...html.matchAll(/href="(data:image\/png;base64,[^"]+)"/g)].map((match) => match[1])
    expect(new Set(pictures).size).toBe(2)
    expect(html.length).toBeLessThan(60_000)
  })

  test("made of pixels has the colours of the tokens", () => {
    const css = readFileSync(new URL("../../src/styles/tokens.css", import.meta.url), "utf8")
    const tones = { light: 0, dark: 1 }
    for (const [tone, occurrence] of Object.entries(tones)) {
      for (const [ramp, steps, type] of [
        ["seq", 9, "linear"],
        ["div", 11, "diverging"],
      ] as const) {
        const colour = colours({ type, domain: [0, 1] }, tone as "light" | "dark")?.interpolate as (
          t: number,
        ) => string
        for (let step = 0; step < steps; step++) {
          const values = [...css.matchAll(new RegExp(`--${ramp}-${step}:\\s*#([0-9a-f]{6})`, "gi"))].map(
            (m) => m[1],
          )
          const hex = values[occurrence]
          const want = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(",")
          expect(colour(step / (steps - 1)), `${tone} ${ramp} ${step}`).toBe(`rgb(${want})`)
        }
      }
    }
  })

  test("has ids of its own", () => {
    const clipped = (r: number) =>
      (recorded.plot({ marks: [recorded.dot(rows, { x: "x", y: "y", r, clip: true })] }) as PlotFigure).spec
    const id = (svg: string) => / id="([^"]+)"/.exec(svg)?.[1] ?? ""
    const [one, two] = [drawFigure(clipped(1)), drawFigure(clipped(2))]
    expect(id(one)).not.toBe(id(two))
    expect(one).toContain(`url(#${id(one)})`)
    expect(drawFigure(clipped(1)).replace(/f[0-9a-f]{8}-/g, "")).toBe(one.replace(/f[0-9a-f]{8}-/g, ""))
  })

  test("has its title as a paragraph, outside the page's outline", () => {
    const html = drawFigure((recorded.plot({ title: "Mine", marks: [recorded.frame()] }) as PlotFigure).spec)
    expect(html).toContain('<p class="plot-title">Mine</p>')
    expect(html).not.toMatch(/<h[1-6]/)
  })
})

describe("a curve", () => {
  const steps = Array.from({ length: 5000 }, (_, i) => i)
  const curve: Extract<Output, { kind: "curve" }> = {
    kind: "curve",
    title: "Training",
    x: "step",
    y: "loss",
    log: true,
    live: true,
    series: [
      { name: "train", x: steps, y: steps.map((i) => (i === 2501 ? 50 : 1 / (1 + i))) },
      { name: "validation", x: [0, 1, 2], y: [1, 0, 0.5] },
    ],
  }

  test("is thinned to a few hundred points and keeps its ends and its spikes", () => {
    const line = thin(curve.series[0])
    expect(line.x.length).toBeLessThanOrEqual(402)
    expect([line.x[0], line.x.at(-1), line.y.includes(50)]).toEqual([0, 4999, true])
    expect(line.x).toEqual([...line.x].sort((a, b) => a - b))
  })

  test("is drawn with validation dashed, names at the ends, and gaps where a log axis has no place", () => {
    const drawn = drawOutput(curve)
    const svg = (drawn.kind === "curve" && drawn.svg) || ""
    expect(drawn).toMatchObject({ live: false })
    expect(svg).toMatch(/stroke-dasharray="6 4"/)
    expect(svg).toMatch(/>validation</)
    expect(svg).toContain("loss (log scale)")
    expect(svg).not.toContain("NaN")
    expect(svg.length).toBeLessThan(16_000)
  })

  test("whose values have no name has no arrow that points at nothing", () => {
    const series = curve.series.slice(0, 1)
    const svg = drawFigure(curveSpec({ ...curve, y: "", log: false, series }))
    expect(svg).toContain("step")
    expect(svg).not.toContain("↑")
  })

  test.each([2, 5, 12])(
    "of %i lines that end together has names that do not overlap, and stay in the figure",
    (n) => {
      const series = Array.from({ length: n }, (_, i) => ({
        name: `run ${i}`,
        x: [0, 1],
        y: [2 - i, 1 + i * 1e-3],
      }))
      const svg = drawFigure(curveSpec({ ...curve, log: false, series }))
      const height = Number(/ height="(\d+)"/.exec(svg)?.[1])
      const ends = [...svg.matchAll(/<text[^>]*transform="translate\([^,]+,([-\d.]+)\)"[^>]*>run \d+/g)]
      const groups = [...svg.matchAll(/translate\([-\d.]+,([-\d.]+)\)[^>]*><text[^>]*>run/g)]
      const places = ends.map(([, y], i) => Number(y) + Number(groups[i][1])).sort((a, b) => a - b)
      expect(places.length).toBe(n)
      expect(Math.min(...places.slice(1).map((place, i) => place - places[i]))).toBeGreaterThanOrEqual(15)
      expect(places[0]).toBeGreaterThanOrEqual(30)
      expect(places.at(-1)).toBeLessThanOrEqual(height - 38)
    },
  )

  test("without a single point is still a figure", () => {
    const empty = { ...curve, series: [{ name: "train", x: [], y: [] }] }
    expect(drawFigure(curveSpec(empty))).toContain("<svg")
    expect(drawOutput({ ...curve, series: [] }).kind).toBe("curve")
  })
})
