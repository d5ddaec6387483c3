/**
 * @file Everything on the tour's page that depends on the choice, as HTML text by name: written once at build, and again
 * in the page when the reader chooses something else. Knows no DOM and runs nothing.
 */
import { arrayInfo, type Explanation, type KernelNote } from "../../../engine/inside.ts"
import { count, fixed, format } from "../lib/number.ts"
import { escapeText } from "../lib/svg.ts"
import { codeOf } from "./choice.ts"
import { drawGraph, graphSays, graphTable } from "./graph-picture.ts"
import { hexadecimal, listing } from "./listing.ts"
import { loopText } from "./loops.ts"
import { formulaOf, nameOf, shapeOf } from "./names.ts"
import type { Study } from "./study.ts"

const words = (n: number): string => fixed(n, 0)
const paragraph = (text: string): string => `<p>${text}</p>`
const code = (text: string): string => `<code>${escapeText(text)}</code>`
const plural = (n: number, one: string, many: string): string => `${words(n)} ${n === 1 ? one : many}`

/** "a", "a and b", "a, b and c". */
function listed(items: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(items)
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = ([first, ...rest]: readonly string[]): string =>
    `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join("")}</tr>`
  return `<div class="table-scroll scroll"><table class="tour-table"><caption class="visually-hidden">${caption}</caption><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead><tbody>${rows.map(line).join("")}</tbody></table></div>`
}

function fold(summary: string, inner: string): string {
  return `<details class="tour-fold"><summary>${summary}</summary>${inner}</details>`
}

const moved = (explanation: Explanation): number =>
  explanation.kernels.reduce((sum, { bytes }) => sum + bytes, 0)

function graph({ plain }: Study): string {
  const key =
    "A box with a broken line is given. A thick line: the engine keeps the values. A thin one: they are there for the run only. A dotted one: they are never written. The bar and the number say which kernel makes them."
  return (
    paragraph(graphSays(plain)) +
    `<figure class="figure tour-figure">${drawGraph(plain)}<figcaption>${key}</figcaption></figure>` +
    fold("The graph as a table", graphTable(plain))
  )
}

/** The numbers of the form; those that another choice did not have are marked. */
function form({ plain }: Study, before?: Study): string {
  const old = before?.plain.formParts.map(({ numbers }) => numbers) ?? []
  // Of another expression all is new: nothing would stand out.
  const same = old.length === plain.formParts.length
  const rows = plain.formParts.map(({ array, numbers }, part) => {
    const what = array < 0 ? "to return" : nameOf(plain, array)
    const formula = array < 0 ? "" : formulaOf(plain, array)
    const shown = numbers.map((n, i) => {
      const text = String(n).replace("-", "−")
      return same && old[part][i] !== n ? `<mark>${text}</mark>` : text
    })
    return `<tr><th scope="row">${escapeText(what)}</th><td>${escapeText(formula)}</td><td class="tour-numbers">${shown.join(" ")}</td></tr>`
  })
  return (
    paragraph(
      `This one is ${words(plain.form.length)} numbers long. The row of a given array says its type and shape. That of another begins with its kernel and its shape; then comes a number for each array that it reads. After an even one stands the view through which it is read; an odd one says that it is read as it lies.`,
    ) +
    `<div class="table-scroll scroll"><table class="tour-table"><caption class="visually-hidden">The form of the graph</caption><thead><tr><th scope="col">Array</th><th scope="col">Made from</th><th scope="col">Numbers of the form</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`
  )
}

function cache({ compiled: { first, second } }: Study): string {
  const before =
    first === 0
      ? "The form was known from before, so the first call compiled nothing."
      : `The first call compiled ${plural(first, "program", "programs")}.`
  return paragraph(
    `${before} The second call, with other random numbers in ${code("x")}, ${code("w")} and ${code("b")}, compiled ${second === 0 ? "none" : words(second)}.`,
  )
}

const kinds: Record<KernelNote["fused"]["kind"], string> = {
  loop: "a loop",
  reduce: "a reduction",
  matmul: "a matrix product",
  single: "a kernel of its own",
}

function title(explanation: Explanation, kernel: KernelNote): string {
  const nodes = kernel.nodes.map((array) => nameOf(explanation, array))
  const prologue = kernel.fused.kind === "reduce" ? nodes.splice(0, nodes.length - 1) : []
  const after = prologue.length > 0 ? `, with ${listed(prologue)} as its prologue` : ""
  return `<b>${kernel.name}</b>, ${kinds[kernel.fused.kind]}: ${listed(nodes)}${after}`
}

function fusionSays({ graph, kernels, plan }: Explanation): string {
  const gone = plan.homes.filter(({ kind }) => kind === "none").length
  const became = `${plural(graph.nodes.length, "node", "nodes")} became ${plural(kernels.length, "kernel", "kernels")}.`
  const written =
    gone === 0
      ? "Every array is written."
      : gone === 1
        ? "One array is never written: its numbers exist only in a register."
        : `${words(gone)} arrays are never written: their numbers exist only in a register.`
  return `${became} ${written}`
}

function plan({ plain }: Study): string {
  const blocks = plain.kernels.map(
    (kernel, k) =>
      `<div class="tour-kernel tour-k${k % 5}"><p class="tour-kernel-title">${title(plain, kernel)}</p>${listing(loopText(plain, kernel), "loop", `Kernel ${kernel.name}`)}</div>`,
  )
  return paragraph(fusionSays(plain)) + blocks.join("")
}

function traffic({ plain }: Study): string {
  const fused = moved(plain)
  const ratio = plain.bytesUnfused / fused
  const says =
    ratio > 1.005
      ? `Without fusion, ${format(ratio, 3)} times as many bytes go to memory and back.`
      : "Here fusion saves no byte."
  const rows = [
    ["Every node by itself", words(plain.graph.nodes.length), words(plain.bytesUnfused)],
    ["Fused", words(plain.kernels.length), words(fused)],
  ]
  return paragraph(says) + table("Bytes moved", ["How", "Kernels", "Bytes read and written"], rows)
}

const instructionsIn = (text: string): string[] =>
  text.split("\n").filter((line) => /^ {2,}[a-z]/.test(line) && !/^\s*(?:end|else|block|loop)\b/.test(line))

function machine({ plain: { wasm, kernels } }: Study): string {
  const all = instructionsIn(wasm.text)
  const four = all.filter((line) => /\b(?:v128|[if]\d+x\d+)\b/.test(line)).length
  const says = `The module has ${words(wasm.bytes.length)} bytes: ${plural(wasm.functions.length, "function", "functions")} and ${plural(all.length, "instruction", "instructions")}, of which ${words(four)} work on several numbers at once.`
  const functions = [...wasm.functions].sort((a, b) => Number(b.name === "run") - Number(a.name === "run"))
  const first = kernels.find(({ fused }) => fused.kind === "loop")
  const folds = functions.map((f) => {
    const kernel = kernels.find(({ name }) => name === f.kernel)
    const what =
      f.name === "run"
        ? "calls the kernels in order"
        : kernel
          ? kinds[kernel.fused.kind]
          : "shared by the kernels"
    const k = kernel ? ` tour-k${kernels.indexOf(kernel) % 5}` : ""
    return `<details class="tour-function${k}"${f.name === "run" || f.name === first?.name ? " open" : ""}><summary><b>${escapeText(f.name)}</b>, ${what}: ${plural(instructionsIn(f.text).length, "instruction", "instructions")}</summary>${listing(f.text, "wat", `Function ${f.name}`)}</details>`
  })
  const hex = `<pre class="code tour-code" tabindex="0" role="group" aria-label="Bytes of the module"><code>${hexadecimal(wasm.bytes)}</code></pre>`
  return paragraph(says) + folds.join("") + fold("The module, byte by byte", hex)
}

/** The greatest difference between two arrays of numbers. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) most = Math.max(most, Math.abs(a[i] - b[i]))
  return most
}

const shownValues = 8

function values({ plain, values: outputs }: Study): string {
  const rows = plain.graph.outputs.map((array, o) => {
    const { want, got } = outputs[o]
    const texts = [want, got].map((numbers) =>
      Array.from(numbers.subarray(0, shownValues), (value) => fixed(value, 4)),
    )
    const width = Math.max(...texts.flat().map((text) => text.length))
    const show = (numbers: readonly string[]): string =>
      numbers.map((text) => text.padStart(width)).join("  ") + (want.length > shownValues ? " …" : "")
    return [
      `${escapeText(nameOf(plain, array))} ${shapeOf(plain, array)}`,
      `<span class="tour-numbers tour-values">${texts.map(show).join("\n")}</span>`,
      apart(want, got) === 0 ? "0" : format(apart(want, got), 2),
    ]
  })
  const worst = Math.max(...outputs.map(({ want, got }) => apart(want, got)))
  const elements = outputs.reduce((sum, { want }) => sum + want.length, 0)
  const says =
    worst === 0
      ? `All ${words(elements)} values that are kept agree to the last bit.`
      : `The ${words(elements)} values that are kept differ by at most ${format(worst, 2)}: the interpreter adds in double precision, the machine code in single.`
  return (
    paragraph(says) + table("Values", ["Array", "Interpreter, then machine code", "Largest difference"], rows)
  )
}

function memory({ plain, jitted }: Study): string {
  const where = (explanation: Explanation, array: number): string => {
    const home = explanation.plan.homes[array]
    const bytes = `${words(4 * arrayInfo(explanation.graph, array).size)} bytes`
    if (home.kind === "none") return "in registers, never in memory"
    if (home.kind === "work") return `work space, ${bytes} from ${words(home.offset)} on`
    return home.kind === "output" ? `a block of its own, ${bytes}` : "given"
  }
  const first = plain.graph.inputs.length + plain.graph.scalars.length
  const rows = plain.graph.nodes.map((_, i) => {
    const array = first + i
    return [escapeText(nameOf(plain, array)), where(plain, array), where(jitted, array)]
  })
  return table("Where arrays live", ["Array", "In a plain call", "In a replay by jit"], rows)
}

function slope({ slope: whole, choice }: Study): string {
  const first = whole.graph.inputs.length + whole.graph.scalars.length
  const both = whole.kernels.filter(({ nodes, fused }) => fused.kind === "loop" && nodes.length > 2)
  const widest = both.sort((a, b) => b.nodes.length - a.nodes.length)[0]
  const says = `With the gradient, the graph of ${code(`${choice.activation}`)} has ${words(whole.graph.nodes.length)} nodes, and they become ${plural(whole.kernels.length, "kernel", "kernels")}.`
  const shared = widest
    ? ` ${code(widest.name)} alone computes ${words(widest.nodes.length)} of them, from ${nameOf(whole, widest.nodes[0])} to ${nameOf(whole, widest.nodes[widest.nodes.length - 1])}, forward and backward in one loop:`
    : ""
  const last = nameOf(whole, first + whole.graph.nodes.length - 1)
  const shownLoop = widest ? listing(loopText(whole, widest), "loop", `Kernel ${widest.name}`) : ""
  return (
    paragraph(says + shared) + shownLoop + fold(`The whole graph, from the call to ${last}`, drawGraph(whole))
  )
}

function jit({ plain, jitted }: Study): string {
  const row = (name: string, of: (explanation: Explanation) => number): string[] => [
    name,
    words(of(plain)),
    words(of(jitted)),
  ]
  const rows = [
    row("Arrays kept", ({ graph: { outputs } }) => outputs.length),
    row("Kernels", ({ kernels }) => kernels.length),
    row("Bytes of work space", ({ plan: { workBytes } }) => workBytes),
    row("Bytes of the module", ({ wasm }) => wasm.bytes.length),
  ]
  return table("A plain call and a replay", ["What it takes", "Plain call", "Replay by jit"], rows)
}

function shaders({ plain: { wgsl } }: Study): string {
  const lines = wgsl.reduce((sum, { code: text }) => sum + text.split("\n").length, 0)
  const says = `The same plan makes ${plural(wgsl.length, "shader", "shaders")} of ${words(lines)} lines.`
  const folds = wgsl.map(({ name, code: text, groups }, i) => {
    const invocations = groups.reduce((a, b) => a * b, 1)
    return `<details class="tour-function"${i === wgsl.length - 1 ? " open" : ""}><summary><b>${escapeText(name)}</b>: ${plural(invocations, "workgroup", "workgroups")}</summary>${listing(text, "wgsl", `Shader ${name}`)}</details>`
  })
  return paragraph(says) + folds.join("")
}

/** What a reader hears after a choice. */
export function summary({ plain, values: outputs }: Study): string {
  const worst = Math.max(...outputs.map(({ want, got }) => apart(want, got)))
  return `${count(plain.graph.nodes.length, "node")}, ${count(plain.kernels.length, "kernel")}, ${words(plain.wasm.bytes.length)} bytes of machine code; largest difference from the interpreter: ${worst === 0 ? "none" : format(worst, 2)}.`
}

const makers = {
  code: ({ choice }: Study) => listing(codeOf(choice), "ts", "The code of the call"),
  mistake: ({ mistake }: Study) => listing(mistake, "loop", "The error"),
  graph,
  form,
  cache,
  plan,
  traffic,
  machine,
  values,
  memory,
  slope,
  jit,
  shaders,
} satisfies Record<string, (study: Study, before?: Study) => string>

export type PartName = keyof typeof makers

/** All parts of the page for a choice. `before`: the choice from which the reader comes. */
export function parts(study: Study, before?: Study): Record<PartName, string> {
  return Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, make(study, before)]),
  ) as Record<PartName, string>
}
