/**
 * @file A computational graph as SVG and as a table: values on their way forward, gradients on their way back. Pure; the
 * same at build and in the page.
 */
import { edgePath, edgeTip } from "../drawing/edges.ts"
import { layOut } from "../drawing/layers.ts"
import type { GraphOutput } from "./graph-call.ts"
import { escapeHtml, fold, scrollBox } from "./markup.ts"

type Node = GraphOutput["nodes"][number]

const WIDTH = 164
const GAP = { x: 16, y: 24 }
const LINE = 17

const MOST = 24

const title = (node: Node): string => [node.name, node.op].filter(Boolean).join(" = ") || node.role

const short = (words: string, most = MOST): string =>
  words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words

export function renderGraph({ nodes, edges, left }: GraphOutput): string {
  const hasGrad = nodes.some(({ grad }) => grad !== "")
  const height = (hasGrad ? 3 : 2) * LINE + 10
  const pitch = { x: WIDTH + GAP.x, y: height + GAP.y }
  const unique = edges.filter(
    (edge, i) => edges.findIndex(({ from, to }) => from === edge.from && to === edge.to) === i,
  )
  const layout = layOut(
    nodes.map(() => 1),
    unique,
  )
  const at = ({ x, y }: { x: number; y: number }) => ({ x: x * pitch.x, y: y * pitch.y + height / 2 + 2 })
  const size = [Math.ceil(layout.columns * pitch.x), layout.layers * pitch.y - GAP.y + 4]
  const drawnEdges = layout.routes.map((route) => {
    const points = route.map(at)
    return `<path d="${edgePath(points, height)}" fill="none" stroke="var(--control)" stroke-width="1.25"/><path d="${edgeTip(points, height)}" fill="var(--control)"/>`
  })
  const boxes = nodes.map((node, i) => box(node, at(layout.boxes[i]), height))
  const words = `${says(nodes, hasGrad)}. The table below lists them.`
  const svg = `<svg role="img" aria-label="${escapeHtml(words)}" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size.join(" ")}" font-size="12.5">${drawnEdges.join("")}${boxes.join("")}</svg>`
  const note = left > 0 ? `<p class="output-note">… and ${left} earlier values that are not drawn.</p>` : ""
  const key = hasGrad ? `<p class="output-note">Values go down; gradients (∂) come back up.</p>` : ""
  return `<div data-graph>${scrollBox("Computational graph", svg)}</div>${key}${note}${fold("Data table", table(nodes, unique, hasGrad))}`
}

function says(nodes: Node[], hasGrad: boolean): string {
  const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`
  const parameters = nodes.filter(({ role }) => role === "parameter").length
  const result = nodes.at(-1)
  return `Computational graph: ${count(nodes.length, "value")}, ${count(parameters, "parameter")}, result ${result?.name || result?.op || "constant"} = ${result?.value}${hasGrad ? ", with gradients" : ""}`
}

const LOOKS: Record<Node["role"], string> = {
  parameter: 'fill="var(--surface)" stroke="var(--param)" stroke-width="2"',
  constant: 'fill="var(--sunken)" stroke="var(--ink-3)" stroke-dasharray="6 3"',
  op: 'fill="var(--surface)" stroke="var(--ink-3)"',
  result: 'fill="var(--surface)" stroke="var(--ink)" stroke-width="2.5"',
}

function box(node: Node, { x, y }: { x: number; y: number }, height: number): string {
  const left = x - WIDTH / 2
  const top = y - height / 2
  const line = (i: number, inner: string, look: string): string =>
    `<text x="${left + 10}" y="${top + LINE * i}" ${look}>${inner}</text>`
  const shape = node.shape === "[]" ? "" : ` ${node.shape}`
  const name = escapeHtml(short(title(node), MOST - shape.length))
  const texts = [
    line(1, `<tspan font-weight="600">${name}</tspan>${escapeHtml(shape)}`, 'fill="var(--ink)"'),
    line(2, escapeHtml(short(node.value)), 'fill="var(--ink-2)"'),
  ]
  if (node.grad) texts.push(line(3, escapeHtml(short(`∂ ${node.grad}`)), 'fill="var(--grad)"'))
  const look = LOOKS[node.role] ?? LOOKS.op
  return `<g><rect x="${left}" y="${top}" width="${WIDTH}" height="${height}" rx="5" ${look}/>${texts.join("")}</g>`
}

function table(nodes: Node[], edges: GraphOutput["edges"], hasGrad: boolean): string {
  const names = nodes.map((node, i) => node.name || `${node.op || node.role} ${i + 1}`)
  const head = ["value", "made by", "from", "shape", "is", ...(hasGrad ? ["gradient"] : [])]
  const rows = nodes.map((node, i) => {
    const from = edges.filter(({ to }) => to === i).map((edge) => names[edge.from])
    const cells = [
      node.op || node.role,
      from.join(", "),
      node.shape,
      node.value,
      ...(hasGrad ? [node.grad] : []),
    ]
    return `<tr><th scope="row">${escapeHtml(names[i])}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`
  })
  const inner = `<table><thead><tr>${head.map((words) => `<th scope="col">${words}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`
  return scrollBox("The values of the graph", inner)
}
