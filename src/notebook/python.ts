/**
 * @file What a hand that knows Python writes, and what TypeScript has in its place: names, methods, syntax. Sentences
 * only; finds no places.
 */

/** Names that Python or its libraries have. */
const NAMES: Record<string, string> = {
  print: "Write `console.log(…)`, or `display(…)` for tensors and tables.",
  len: "Write `list.length`; for a tensor `x.shape[0]` or `x.size`.",
  range: "Write `for (let i = 0; i < n; i++)`; a tensor of numbers is `arange(n)`.",
  enumerate: "Write `for (const [i, value] of list.entries())`.",
  zip: "Write `a.map((value, i) => [value, b[i]])`.",
  np: "There is no NumPy here: `tensor`, `zeros`, `exp`, … stand by themselves.",
  numpy: "There is no NumPy here: `tensor`, `zeros`, `exp`, … stand by themselves.",
  torch: "There is no PyTorch here; its words are: `tensor(…)`, `nn.Linear`, `optim.SGD` without `torch.`.",
  F: "The functions stand by themselves: `relu(x)`, `softmax(x)`, `crossEntropy(logits, y)`.",
  plt: "Figures are drawn with `Plot`: `Plot.lineY(values).plot()`.",
  math: "Write `Math` with a capital: `Math.exp(1)`.",
  None: "Write `null`.",
  True: "Write `true`.",
  False: "Write `false`.",
  str: `Write \`String(x)\` or \`\` \`\${x}\` \`\`.`,
  int: "Write `Math.trunc(x)`.",
  float: "Write `Number(x)`; for a tensor `x.item()`.",
  abs: "Write `Math.abs(x)`.",
  sorted: "Write `list.toSorted((a, b) => a - b)`.",
  pass: "Write nothing: `{}` may be empty.",
  self: "Write `this`.",
  Float32Tensor: "Write `tensor(…)`.",
}

/** Methods that lists and tensors have there. */
const METHODS: Record<string, string> = {
  append: "Write `push(…)`.",
  extend: "Write `push(...list)`.",
  view: "Write `reshape([…])`.",
  numpy: "Write `tolist()` for nested arrays, `data()` for a flat one.",
  cpu: "Where tensors live is chosen for all with `await setDevice(…)`.",
  cuda: 'Write `await setDevice("webgpu")` at the top of the cell, for all its tensors.',
  astype: 'Write `to("float32")`.',
  float: 'Write `to("float32")`.',
  long: 'Write `to("int32")`.',
  int: 'Write `to("int32")`.',
  size: "`size` is the number of elements, without brackets; `shape` has the sizes.",
  shape: "`shape` is a list, without brackets after it: `x.shape[0]`.",
  zero_grad: "Write `zeroGrad()`.",
  requires_grad_: "Give it when the tensor is made: `{ requiresGrad: true }`.",
  requires_grad: "Write `requiresGrad`.",
  mm: "Write `matmul(…)`.",
  multiply: "Write `mul(…)`.",
  divide: "Write `div(…)`.",
  subtract: "Write `sub(…)`.",
  plus: "Write `add(…)`.",
  minus: "Write `sub(…)`.",
  times: "Write `mul(…)`.",
  power: "Write `pow(…)`.",
  t: "Write `transpose()`.",
  backwards: "Write `backward()`.",
  map: "For every number at once use ops such as `x.mul(2)`; for a list `x.tolist().map(…)`.",
  forEach: "For a list write `x.tolist().forEach(…)`.",
  filter: "For a list write `x.tolist().filter(…)`.",
  at: "For one number write `x.tolist()[0]`, for a part `x.slice(0, 1)`.",
  reduce: "For a list write `x.tolist().reduce(…)`; sums and products are `x.sum()` and `x.prod()`.",
  join: 'A list has `join`: `x.tolist().join(", ")`.',
  items: "Write `Object.entries(…)`.",
  keys: "Write `Object.keys(…)`.",
  format: `Write \`\` \`loss \${loss}\` \`\`.`,
  lower: "Write `toLowerCase()`.",
  upper: "Write `toUpperCase()`.",
  strip: "Write `trim()`.",
  contains: "Write `includes(…)`.",
}

export function pythonName(name: string): string | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined
}

export function pythonMethod(name: string): string | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
}

/** A line of the text → what is written instead. The first that fits is said. */
const SYNTAX: readonly [RegExp, string][] = [
  [/[“”„‘’]/, "These are quotes for print. Code wants straight ones: \" or '."],
  [/[−–—](?=\s*[\w.(])/, "This dash is no minus sign for code. Type `-`."],
  [/[×·÷≤≥≠²³]/, "Signs of mathematics are written with others: `*`, `/`, `<=`, `>=`, `!==`, `x ** 2`."],
  [/^\s*(?:async\s+)?def\s+\w+/, "A function is `function f(x) { return … }` or `const f = (x) => …`."],
  [/\blambda\b/, "A short function is `(x) => …`."],
  [
    /^\s*import\b|^\s*from\s+\w+\s+import\b/,
    "Nothing is imported: every name of the book is there. Delete this line.",
  ],
  [/\belif\b/, "Write `else if (…) { … }`."],
  [/\bnot\s+[\w$(]/, "Write `!`: `if (!done)`."],
  [/[\w$)\]]\s+(?:and|or)\s+[\w$(!]/, "Write `&&` for “and”, `||` for “or”."],
  [
    /^\s*for\s+\w+(?:\s*,\s*\w+)*\s+in\b/,
    "A loop is `for (let i = 0; i < n; i++) { … }` or `for (const x of list) { … }`.",
  ],
  [
    /^\s*(?:if|while|else|for|try|class|with)\b.*:\s*(?:#.*)?$/,
    "Conditions stand in brackets and blocks in braces: `if (x > 0) { … }`.",
  ],
  [
    /\[[^\]?]*:[^\]]*\]/,
    "Parts of a tensor are cut with `slice`: the first column is `x.slice([0, 0], [x.shape[0], 1])`.",
  ],
  [/^\s*#|\s#\s/, "A comment begins with `//`."],
  [/\bprint\s+["'\w]/, "Write `console.log(…)`."],
  [/\b[fr]["']/, `Text with values in it stands in backticks: \`\` \`loss \${loss}\` \`\`.`],
  [/"""|'''/, "Text of several lines stands in backticks."],
  [/\bis\s+(?:not\s+)?\w/, "Write `===`, or `!==` for “is not”."],
  [/:=/, "A name is declared with `const x = …`."],
  [/-\s*[\w.]+\s*\*\*/, "Before `**` a minus needs brackets: `-(2 ** 2)` or `(-2) ** 2`."],
  [/\b(?:int|float|double)\s+\w+\s*=/, "A name is declared with `const x = …` or `let x = …`."],
  [/\bif\s*\([^=!<>]*[^=!<>]=[^=>]/, "To compare write `===`; one `=` assigns."],
  [/\belse\s+if\s+[^(]|\b(?:if|while)\s+[^(\s]/, "A condition stands in brackets: `if (x > 0) { … }`."],
]

/** What a line that cannot be parsed was probably meant to be. */
export function pythonSyntax(line: string): string | undefined {
  // What stands in a text or behind a comment's marks is no syntax.
  const bare = line.replace(/"[^"]*"|'[^']*'/g, (text) => text[0] + text[0]).replace(/\/\/.*$/, "")
  return SYNTAX.find(([pattern]) => pattern.test(bare))?.[1]
}
