/** @file Answers to `backprop-sweep`. */
import type { Corpus } from "./corpus.ts"

const f = (body: string) => `function sweep(tape: Entry[]): number[] {\n${body}\n}`

export default {
  right: {
    "a while loop": f(`  const g = new Array(tape.length).fill(0)
  g[g.length - 1] = 1
  let k = tape.length
  while (k-- > 0) {
    for (let i = 0; i < tape[k].inputs.length; i++) g[tape[k].inputs[i]] += tape[k].slopes[i] * g[k]
  }
  return g`),
    "the tape reversed": f(`  const g = tape.map((_, k) => (k === tape.length - 1 ? 1 : 0))
  const last = tape.length - 1
  for (const [back, { inputs, slopes }] of tape.toReversed().entries())
    inputs.forEach((input, i) => { g[input] = g[input] + g[last - back] * slopes[i] })
  return g`),
    "a typed array": f(`  const g = new Float64Array(tape.length)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k > 0; k--)
    tape[k].inputs.forEach((j, i) => (g[j] += g[k] * tape[k].slopes[i]))
  return Array.from(g)`),
    "a map of gradients": f(`  const g = new Map([[tape.length - 1, 1]])
  for (let k = tape.length - 1; k >= 0; k--) {
    const up = g.get(k) ?? 0
    tape[k].inputs.forEach((j, i) => g.set(j, (g.get(j) ?? 0) + up * tape[k].slopes[i]))
  }
  return tape.map((_, k) => g.get(k) ?? 0)`),
    "each entry asks those that use it": f(`  const last = tape.length - 1
  const memo = []
  const of = (k) => {
    if (memo[k] !== undefined) return memo[k]
    let sum = k === last ? 1 : 0
    for (let user = k + 1; user <= last; user++)
      tape[user].inputs.forEach((input, i) => { if (input === k) sum += tape[user].slopes[i] * of(user) })
    return (memo[k] = sum)
  }
  return tape.map((_, k) => of(k))`),
    "forward mode, one entry at a time": f(`  return tape.map((_, wanted) => {
    const moved = []
    tape.forEach(({ inputs, slopes }, k) => {
      moved[k] = k === wanted ? 1 : inputs.reduce((sum, j, i) => sum + slopes[i] * moved[j], 0)
    })
    return moved[tape.length - 1]
  })`),
    reduceRight: f(`  const g = tape.map(() => 0)
  g[g.length - 1] = 1
  return tape.reduceRight((all, entry, k) => {
    entry.inputs.forEach((j, i) => { all[j] += entry.slopes[i] * all[k] })
    return all
  }, g)`),
    "an arrow function with CRLF": `const sweep = (tape) => {
  const g = Array(tape.length).fill(0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k -= 1) {
    const e = tape[k]
    for (const i in e.inputs) g[e.inputs[i]] += e.slopes[i] * g[k]
  }
  return g
}`.replaceAll("\n", "\r\n"),
    "an async function": `async function sweep(tape) {
  const g = tape.map(() => 0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k--) tape[k].inputs.forEach((j, i) => { g[j] += tape[k].slopes[i] * g[k] })
  return g
}`,
  },
  wrong: {
    "only the first input": f(`  const g = tape.map(() => 0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k--)
    if (tape[k].inputs.length > 0) g[tape[k].inputs[0]] += tape[k].slopes[0] * g[k]
  return g`),
    "the leaves only": f(`  const g = tape.map(() => 0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k--) tape[k].inputs.forEach((j, i) => { g[j] += tape[k].slopes[i] * g[k] })
  return g.filter((_, k) => tape[k].inputs.length === 0)`),
    "reversed result": f(`  const g = tape.map(() => 0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k--) tape[k].inputs.forEach((j, i) => { g[j] += tape[k].slopes[i] * g[k] })
  return g.reverse()`),
    "divided by the number of paths": f(`  const g = tape.map(() => 0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k--)
    tape[k].inputs.forEach((j, i) => { g[j] += (tape[k].slopes[i] * g[k]) / tape[k].inputs.length })
  return g`),
    "cleared after use": f(`  const g = tape.map(() => 0)
  g[tape.length - 1] = 1
  for (let k = tape.length - 1; k >= 0; k--) {
    tape[k].inputs.forEach((j, i) => { g[j] += tape[k].slopes[i] * g[k] })
    if (tape[k].inputs.length > 0) g[k] = 0
  }
  return g`),
    "all zero": f("  return tape.map(() => 0)"),
    "nothing returned": f("  tape.map(() => 0)"),
  },
  equivalent: {
    "4:38 0 → 1": "the first entry of a tape is a leaf: it sends nothing",
    "4:33 k >= 0 → k > 0": "the first entry of a tape is a leaf: it sends nothing",
  },
} satisfies Corpus
