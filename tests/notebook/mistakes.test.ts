/** @file What learners do wrong and what they are told: every row is a cell, the sentence it must show, and where. */
import { describe, expect, it } from "vitest"
import type { Output } from "../../src/notebook/output.ts"
import { record } from "./record.ts"

const above = `const x = tensor([[1, 2], [3, 4]])
const w = tensor([[1], [2]])
const n = 3
const model = new nn.Linear(2, 1)
const later = digits()
const row = { a: 1 }`

/** What stands in the cell, what is said of it, and the line that is pointed at. */
type Row = [source: string, said: RegExp, line?: number]

const operators: Row[] = [
  ["x + x", /writes tensors one behind the other as text.*`x\.add\(x\)`/, 1],
  ["const y = x + 1\ny.length", /as text\. To add them write `x\.add\(1\)`/, 1],
  ["x.matmul(w) + 1", /`x\.matmul\(w\)\.add\(1\)`/, 1],
  ["1 + x", /`add\(1, x\)`/, 1],
  ["x * 2", /`x \* 2`: JavaScript’s operators work on numbers.*`x\.mul\(2\)`/, 1],
  ["const y = 1\nx - y", /`x\.sub\(y\)`/, 2],
  ["2 / x", /`div\(2, x\)`/, 1],
  ["x ** 2", /`x\.pow\(2\)`/, 1],
  ["-x", /`x\.neg\(\)`/, 1],
  ["x < 3", /`x\.lt\(3\)`/, 1],
  ["x >= 3", /`x\.ge\(3\)`/, 1],
  [
    "const f = (v) => v * 2\nf(x)",
    /operator: -, \*, \/, \*\* and < work on numbers, not on a tensor of shape \[2, 2\]/,
    1,
  ],
  ["x == x.clone()", /whether both are the same object.*`x\.eq\(x\.clone\(\)\)`/, 1],
  ["x === 1", /whether the tensor itself is that value.*`x\.eq\(1\)`/, 1],
  ["if (x.gt(2)) display(1)", /counts as true whatever its numbers are.*`x\.gt\(2\)\.item\(\)`/, 1],
  ["const y = x ? 1 : 2", /counts as true/, 1],
  [
    "let total = 0\nfor (let i = 0; i < 2; i++) {\n  const loss = x.mean()\n  total += loss\n}",
    /`total` has become text.*`total \+= loss\.item\(\)`/,
    4,
  ],
  ["2 ^ 3", /“exclusive or” of the bits, not a power.*`x \*\* 2`/, 1],
  ["x ^ 2", /`x\.pow\(2\)`.*“exclusive or”/, 1],
]

const promises: Row[] = [
  ["digits()", /a promise, not yet a value: write `await digits\(\)`/, 1],
  ["const data = iris()\n1", /`data` is a promise, not yet a value\. Write `await`/, 1],
  ["const data = digits()\ndata.x.shape", /`shape` is asked of undefined.*`digits\(\)` is a promise/, 2],
  ["later.x.shape", /`later` is a promise, not yet a value/, 1],
  ["async function f() { return 1 }\nf() + 1", /There is a promise in this text/, 2],
  ["x.sum().itemAsync().toFixed(2)", /`itemAsync\(\)` is a promise|has no method `toFixed`/, 1],
]

const shapes: Row[] = [
  [
    "x.matmul(tensor([[1, 2, 3]]))",
    /matmul: inner sizes differ, \[2, 2\] · \[1, 3\].*In this line `x` is \[2, 2\]/,
    1,
  ],
  ["w.matmul(x)", /\[2, 1\] · \[2, 2\].*The first one transposed would fit/, 1],
  [
    "tensor([[1, 2, 3]]).matmul(zeros([5, 3]))",
    /The second one transposed would fit: `\.transpose\(\)` makes it \[3, 5\]/,
    1,
  ],
  ["x.add(tensor([1, 2, 3]))", /add: shapes \[2, 2\] and \[3\] do not broadcast/, 1],
  ["zeros([4, 3]).sub(zeros([4]))", /`\.unsqueeze\(1\)` makes \[4\] into \[4, 1\]/, 1],
  ["x.reshape([3, 3])", /reshape: .*\[2, 2\].*\[3, 3\]/, 1],
  ["x.item()", /item: shape \[2, 2\] has 4 elements, not one/, 1],
  ["model.forward(w)", /Linear: the input \[2, 1\] must end in 2.*`w` is \[2, 1\]/, 1],
  ["crossEntropy(x, tensor([0, 5], { dtype: 'int32' }))", /index 5 at position 1 is not one of 0 … 1/, 1],
]

const gradients: Row[] = [
  [
    "const v = tensor([1, 2])\nv.sum().backward()",
    /made without a gradient: `v` \(line 1\).*`const v = tensor\(…, \{ requiresGrad: true \}\)`/,
    2,
  ],
  ["x.matmul(w).mean().backward()", /made without a gradient: `x`, `w`/, 1],
  [
    "const p = tensor([1], { requiresGrad: true })\np.grad.tolist()",
    /`tolist` is asked of null.*`grad` is null until `backward\(\)`/,
    2,
  ],
  [
    "const p = tensor([1], { requiresGrad: true })\nconst l = p.sum()\nl.backward()\nl.backward()",
    /freed; compute the loss again/,
    4,
  ],
  [
    "const p = tensor([1, 2], { requiresGrad: true })\np.mul(2).backward()",
    /take its mean\(\) or sum\(\) first/,
    2,
  ],
  ["new optim.SGD([x], { lr: 0.1 })", /make it with \{requiresGrad: true\}/, 1],
]

const names: Row[] = [
  ["below + 1", /`below` is not declared yet: cell “The one below”, further down, declares it/, 1],
  ["consle.log(1)", /Did you mean `console`\?/, 1],
  ["x.matmull(w)", /A tensor has no method `matmull`\. Did you mean `matmul`\?/, 1],
  ["x.view(4)", /A tensor has no method `view`\. Write `reshape/, 1],
  ["const l = []\nl.append(1)", /`l` has no method `append`\. Write `push/, 2],
  [
    "const l = [1, 2]\nl.mean()",
    /`l` has no method `mean`: only tensors have it\. Make a tensor of it: `tensor\(l\)\.mean/,
    2,
  ],
  ["x.sum().item().backward()", /only tensors have it\. `item\(\)` gives plain numbers; leave it out/, 1],
  ["x.at(1)", /A tensor has no method `at`\. For one number/, 1],
  ["const l = [1, 2\nl", /`l` is not expected here; perhaps a comma, an operator or a bracket is missing/, 2],
  ["x.map((v) => v)", /A tensor has no method `map`\..*`x\.tolist\(\)\.map/, 1],
  ["x.shape()", /`shape` of a tensor is a value, not a function/, 1],
  ["x.length", /A tensor has no `length`/, 1],
  ["x.T", /A tensor has no `T`\. Write `transpose\(\)`/, 1],
  ["x[0]", /not indexed with brackets/, 1],
  ["x[0][1]", /not indexed with brackets/, 1],
  ["model(x)", /`model` is a layer and cannot be called.*`model\.forward\(x\)`/, 1],
  ["n(2)", /`n` is the number 3 and cannot be called/, 1],
  ["x.sum", /`x\.sum` is the function itself\. To call it write `x\.sum\(\)`/, 1],
  ["nn.Linear(2, 3)", /`Linear` is a class.*`new nn\.Linear\(…\)`/, 1],
  ["for (const r of x) r", /`x` is a tensor and cannot be walked through.*`x\.tolist\(\)`/, 1],
  ["n = 4", /`n` belongs to cell “above” and cannot be assigned here/, 1],
  ["total = 0", /not declared.*`let total = …`/, 1],
  ["const a = 1\na = 2", /A `const` keeps its value/, 2],
  ["row.b.c", /`c` is asked of undefined/, 1],
  ["print(x)", /Write `console\.log/, 1],
  ["len(x)", /`list\.length`/, 1],
  ["np.array([1])", /no NumPy here/, 1],
  ["const a = None", /Write `null`/, 1],
  ["math.exp(1)", /`Math` with a capital/, 1],
]

const lengths: Row[] = [
  ["const a = new Array(n - 4)", /A length is a whole number from 0 on/, 1],
  ["const a = []\na.length = n / 2", /A length is a whole number from 0 on/, 2],
  ["new Float32Array(-n)", /A length is a whole number from 0 on/, 1],
  ["const a = []\na.length = 2 ** 32 - 1\na.push(1)", /Something is added again and again/, 3],
  ["let s = 'x'\nwhile (true)\n  s += s", /Something is added again and again/, 3],
  ["const f = (k) => f(k + 1)\nf(0)", /A function calls itself without end/, 1],
]

const syntax: Row[] = [
  ["def f(v):\n  return v", /A function is `function f\(x\)/, 1],
  ["const f = lambda v: v", /A short function is/, 1],
  ["import numpy as np", /Nothing is imported/, 1],
  ["if (n) {} elif (n) {}", /`else if/, 1],
  ["if (n and n) {}", /`&&` for “and”/, 1],
  ["for i in range(3):\n  n", /A loop is `for \(let i = 0/, 1],
  ["if n > 2:\n  n", /in brackets/, 1],
  ["x[:, 0]", /cut with `slice`/, 1],
  ["n # three", /A comment begins with/, 1],
  ["-2 ** 2", /a minus needs brackets/, 1],
  ["const s = “abc”", /quotes for print/, 1],
  ["x.sum(", /Count the brackets/, 1],
  ["const s = 'abc", /closing quote/, 1],
  ["const a = 1\nconst a = 2", /Give one of the two another name/, 2],
  ["return n", /belongs into a function/, 1],
  ["const y = x.sum()\n`sum ` + y", /reads lines 1 and 2 as one.*a backtick/, 2],
  ["x.sum()\n[1, 2].map((k) => k)", /reads lines 1 and 2 as one.*End line 1 with a semicolon/, 2],
]

/** All that the outputs say, in the order in which it is read. */
function words(outputs: Output[]): string {
  return outputs
    .map((o) => (o.kind === "error" ? `${o.message} ${o.hint ?? ""}` : o.kind === "advice" ? o.text : ""))
    .join(" ")
}

function lineOf(outputs: Output[]): number | undefined {
  const said = outputs.find((o) => o.kind === "error") ?? outputs.find((o) => o.kind === "advice")
  return said?.line
}

async function outputsOf(here: string): Promise<Output[]> {
  const r = record({ above, here, last: { title: "The one below", source: "const below = 1" } })
  await r.notebook.run(["here"])
  return r.outputs("here")
}

const table = Object.entries({ operators, promises, shapes, gradients, names, lengths, syntax })

describe.each(table)("mistakes with %s are named", (_, rows) => {
  it.each(rows)("%j", async (source, said, line) => {
    const outputs = await outputsOf(source)
    expect(words(outputs)).toMatch(said)
    expect(lineOf(outputs)).toBe(line)
  })
})

describe("what is right", () => {
  it.each([
    "x.add(1).sum().item() * 2",
    `const loss = x.mean();\n\`loss \${loss}\``,
    "'loss ' + x.mean()",
    "let total = 0\nfor (let i = 0; i < 2; i++) total += x.mean().item()\ntotal",
    "let sum = x\nfor (let i = 0; i < 2; i++) sum = sum.add(1)\nsum",
    "x.grad === null",
    "if (x !== undefined && x.sum().item() > 2) n",
    "const data = await digits()\ndata.x.shape",
    "const loading = iris()\nconst data = await loading\ndata.x.shape",
    "(n ^ 2) | 1",
    "n ? x : w",
    "const f = (v) => v.mul(2)\nf",
    "row.b",
    "model.parameters().length",
    // A name of the engine's that the cell gives to something of its own.
    "const sum = (v) => v.reduce((a, b) => a + b, 0)\nsum([1, 2]) + n",
  ])("is not commented on: %j", async (source) => {
    expect(words(await outputsOf(source))).toBe("")
  })

  it("stays behind the words that were found for it", async () => {
    const [error] = await outputsOf("x.matmull(w)")
    expect(error).toMatchObject({ original: "TypeError: x.matmull is not a function" })
  })

  it("is not disturbed by values that throw when they are looked at", async () => {
    const hostile =
      "const trap = new Proxy({}, { get() { throw 1 }, getOwnPropertyDescriptor() { throw 2 }, getPrototypeOf() { throw 3 } })\ntrap + 1 === trap.a"
    const outputs = await outputsOf(`const use = () => { ${hostile} }\n${hostile.split("\n")[0]}\n1`)
    expect(words(outputs)).toBe("")
  })
})
