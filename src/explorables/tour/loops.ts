/** @file The kernels of a plan as loops in words that a programmer reads: what the machine code below does. */
import type { Body, Explanation, KernelNote, Read, View } from "../../../engine/inside.ts"
import { apply, constant, nameOf, type Term } from "./names.ts"

const letters = ["i", "j", "k", "l", "m", "n"]

/** Where a view looks at these positions: `4·i + j`. */
function indexText({ strides, offset }: View, names: readonly string[]): string {
  const terms = strides.flatMap((stride, d) => {
    if (stride === 0) return []
    return [stride === 1 ? names[d] : `${stride}·${names[d]}`]
  })
  if (offset !== 0 || terms.length === 0) terms.push(String(offset))
  return terms.join(" + ")
}

function rowMajorIndex(shape: readonly number[], names: readonly string[]): string {
  let stride = 1
  const strides = [...shape].reverse().map((size) => {
    const own = stride
    stride *= size
    return own
  })
  return indexText({ shape, strides: strides.reverse(), offset: 0 }, names)
}

/** The values of a body as terms. What is used more than once gets a name of its own, in a line before. */
function bodyTerms(
  body: Body,
  read: (read: Read) => string,
  results: readonly number[],
): { lines: string[]; terms: Term[] } {
  const uses = body.map((_, i) => results.filter((value) => value === i).length)
  for (const step of body) if ("args" in step) for (const arg of step.args) uses[arg]++
  const lines: string[] = []
  const terms: Term[] = []
  body.forEach((step, i) => {
    if (step.op === "read") terms.push({ text: read(step.read) })
    else if (step.op === "const") terms.push(constant(step.value))
    else if (step.op === "convert") terms.push({ text: `${step.dtype}(${terms[step.args[0]].text})` })
    else
      terms.push(
        apply(
          step.op,
          step.args.map((arg) => terms[arg]),
        ),
      )
    if (uses[i] > 1 && step.op !== "const") {
      const name = `v${lines.length + 1}`
      lines.push(`${name} = ${terms[i].text}`)
      terms[i] = { text: name }
    }
  })
  return { lines, terms }
}

const loopHead = (names: readonly string[], shape: readonly number[]): string =>
  shape.length === 0 ? "once:" : `for ${names.map((name, d) => `${name} < ${shape[d]}`).join(", ")}:`

const indent = (lines: readonly string[]): string[] => lines.map((text) => `  ${text}`)

const starts: Record<string, string> = { sum: "0", prod: "1", max: "−∞", min: "∞", argmax: "−∞", argmin: "∞" }

/** One kernel, line by line. */
export function loopText(explanation: Explanation, { fused }: KernelNote): string {
  const name = (array: number): string => nameOf(explanation, array)
  const element = (names: readonly string[]) => (read: Read) =>
    read.array >= explanation.graph.inputs.length &&
    read.array < explanation.graph.inputs.length + explanation.scalars.length
      ? name(read.array)
      : `${name(read.array)}[${indexText(read.view, names)}]`
  switch (fused.kind) {
    case "loop": {
      const names = letters.slice(0, fused.shape.length)
      const values = fused.stores.map(({ value }) => value)
      const { lines, terms } = bodyTerms(fused.body, element(names), values)
      const at = rowMajorIndex(fused.shape, names)
      const stores = fused.stores.map(({ array, value }) => `${name(array)}[${at}] = ${terms[value].text}`)
      return [loopHead(names, fused.shape), ...indent([...lines, ...stores])].join("\n")
    }
    case "reduce": {
      const names = letters.slice(0, fused.kept.length + fused.reduced.length)
      const outer = names.slice(0, fused.kept.length)
      const inner = names.slice(fused.kept.length)
      const { lines, terms } = bodyTerms(fused.body, element(names), [fused.value])
      const value = terms[fused.value].text
      const step = fused.op === "sum" ? `best + ${value}` : fused.op === "prod" ? `best · ${value}` : ""
      const into = (step || `${fused.op}(best, ${value})`).replaceAll("best", "r")
      const body = [
        `r = ${starts[fused.op]}`,
        loopHead(inner, fused.reduced),
        ...indent([...lines, `r = ${into}`]),
        fused.kept.length === 0
          ? `${name(fused.array)} = r`
          : `${name(fused.array)}[${rowMajorIndex(fused.kept, outer)}] = r`,
      ]
      return fused.kept.length === 0
        ? body.join("\n")
        : [loopHead(outer, fused.kept), ...indent(body)].join("\n")
    }
    case "matmul": {
      const batch = letters.slice(3, 3 + fused.batch.length)
      const [i, j, p] = ["i", "j", "p"]
      const outer = [...batch, i, j]
      const a = `${name(fused.a.array)}[${indexText(fused.a.view, [...batch, i, p])}]`
      const b = `${name(fused.b.array)}[${indexText(fused.b.view, [...batch, p, j])}]`
      const shape = [...fused.batch, fused.m, fused.n]
      return [
        loopHead(outer, shape),
        "  r = 0",
        `  for ${p} < ${fused.k}:`,
        `    r = r + ${a} · ${b}`,
        `  ${name(fused.array)}[${rowMajorIndex(shape, outer)}] = r`,
      ].join("\n")
    }
    case "single":
      return `${name(fused.array)} = ${fused.kernel.kind}(${fused.reads.map(({ array }) => name(array)).join(", ")})`
  }
}
