/** @file The lazy graph as a drawing and as a table: every array, what makes it, and which kernel computes it. */
import type { Explanation } from "../../../engine/inside.ts"
import { edgePath, edgeTip } from "../../drawing/edges.ts"
import { layOut } from "../../drawing/layers.ts"
import { count } from "../lib/number.ts"
import { element, escapeText, path, rect, text } from "../lib/svg.ts"
import { firstNode, formulaOf, kernelOf, nameOf, shapeOf } from "./names.ts"

const BOX = { width: 164, height: 44 }
/** What is given has no formula, so its box is small. */
const GIVEN = 84
const GAP = { x: 16, y: 30 }

const short = (words: string, most: number): string =>
  words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words

/** Arrays that are drawn: all but single numbers, which stand in the formulas. */
function drawn(explanation: Explanation): number[] {
  const { inputs, nodes } = explanation.graph
  return [...inputs.map((_, i) => i), ...nodes.map((_, i) => firstNode(explanation) + i)]
}

/** One sentence on the whole graph. */
export function graphSays(explanation: Explanation): string {
  const { inputs, nodes } = explanation.graph
  return `${count(nodes.length, "pending array")} over ${count(inputs.length, "known one")}.`
}

function box(explanation: Explanation, array: number, x: number, y: number): string {
  const { graph, plan } = explanation
  const kernel = kernelOf(explanation, array)
  const name = nameOf(explanation, array)
  const formula = formulaOf(explanation, array)
  const made = kernel !== undefined
  const gone = made && plan.homes[array].kind === "none"
  const kept = graph.outputs.includes(array)
  const kind = !made ? "given" : kept ? "kept" : gone ? "gone" : "work"
  const width = made ? BOX.width : GIVEN
  const left = x - width / 2
  const top = y - BOX.height / 2
  const tag = made
    ? rect(left, top, 6, BOX.height, { class: `tour-k tour-k${kernel % 5}`, rx: 3 }) +
      text(left + BOX.width - 8, top + 37, `k${kernel}`, { class: "tour-tag", "text-anchor": "end" })
    : ""
  return element(
    "g",
    { class: `tour-box tour-${kind}` },
    element("title", {}, escapeText(`${name}${formula && ` = ${formula}`}`)) +
      rect(left, top, width, BOX.height, { rx: 5 }) +
      tag +
      text(
        left + 14,
        top + 18,
        short(formula ? `${name} = ${formula.replace(/, \d+ at a time$/, "")}` : name, 19),
        {
          class: "tour-formula",
        },
      ) +
      text(left + 14, top + 37, shapeOf(explanation, array), { class: "tour-shape" }),
  )
}

/** The drawing, at its natural size: it scrolls where there is no room. */
export function drawGraph(explanation: Explanation): string {
  const arrays = drawn(explanation)
  const edges = arrays.flatMap((array, to) => {
    const node = explanation.graph.nodes[array - firstNode(explanation)]
    const from = new Set((node?.reads ?? []).map((read) => arrays.indexOf(read.array)))
    return [...from].filter((i) => i >= 0).map((i) => ({ from: i, to }))
  })
  const pitch = { x: BOX.width + GAP.x, y: BOX.height + GAP.y }
  const { boxes, routes, columns, layers } = layOut(
    arrays.map((array) => (array < explanation.graph.inputs.length ? GIVEN + GAP.x : pitch.x) / pitch.x),
    edges,
  )
  const width = Math.ceil(columns * pitch.x)
  const height = layers * pitch.y - GAP.y + 4
  const x = (column: number): number => column * pitch.x
  const y = (layer: number): number => layer * pitch.y + BOX.height / 2 + 2
  const lines = routes.map((route) => {
    const points = route.map((p) => ({ x: x(p.x), y: y(p.y) }))
    return (
      path(edgePath(points, BOX.height), { class: "tour-edge" }) +
      element("path", { class: "tour-tip", d: edgeTip(points, BOX.height) })
    )
  })
  const inner =
    lines.join("") + arrays.map((array, i) => box(explanation, array, x(boxes[i].x), y(boxes[i].y))).join("")
  const label = `The lazy graph: ${graphSays(explanation)} The table below lists them.`
  const svg = `<svg class="tour-graph" role="img" aria-label="${escapeText(label)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inner}</svg>`
  return `<div class="scroll tour-drawing">${svg}</div>`
}

const fate = {
  input: "given",
  scalar: "given",
  output: "kept",
  work: "only for the run",
  none: "never written",
} as const

/** The same as a table. */
export function graphTable(explanation: Explanation): string {
  const rows = drawn(explanation).map((array) => {
    const kernel = kernelOf(explanation, array)
    const cells = [
      formulaOf(explanation, array) || "–",
      shapeOf(explanation, array),
      kernel === undefined ? "–" : `k${kernel}`,
      fate[explanation.plan.homes[array].kind],
    ]
    return `<tr><th scope="row">${escapeText(nameOf(explanation, array))}</th>${cells.map((cell) => `<td>${escapeText(cell)}</td>`).join("")}</tr>`
  })
  const head = ["Array", "Made from", "Shape", "Kernel", "Its values are"]
  return `<div class="table-scroll scroll"><table class="tour-table"><caption class="visually-hidden">The arrays of the graph</caption><thead><tr>${head.map((words) => `<th scope="col">${words}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`
}
