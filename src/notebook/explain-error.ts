/**
 * @file What an engine of JavaScript or of tensors says, in a learner's words and with what to do. Knows the phrases of
 * V8, Gecko and JavaScriptCore.
 */
import { Tensor } from "../../engine/index.ts"
import { asMethod, isTensorOperand, memberAdvice, promiseText } from "./advice.ts"
import type { Analysis } from "./analyze.ts"
import { nearestName } from "./nearest-name.ts"
import { pythonMethod, pythonName, pythonSyntax } from "./python.ts"

/** `message` only where the original is hard to read. */
export interface InWords {
  message?: string
  hint?: string
}

export interface Situation {
  analysis: Analysis | undefined
  inputs: Readonly<Record<string, unknown>>
  /** The place of the error, if it lies in this cell; `text` is that line. */
  line: number | undefined
  text: string | undefined
}

/** Functions of the library that give a promise. */
const promising = ["digits", "iris", "setDevice", "devices", "itemAsync", "dataAsync"]

/** A mistake that was found before the cell ran; `unknown` is a name that nobody knows here. */
interface Mistake {
  name: string
  message: string
  line?: number
  unknown?: string
}

/** What another language has by that name, or what its syntax was meant to be. */
export function mistakeHint(mistake: Mistake, source: string): string | undefined {
  if (mistake.unknown !== undefined) return pythonName(mistake.unknown)
  return mistake.name === "SyntaxError" ? syntaxHint(mistake, source) : undefined
}

function syntaxHint({ message, line }: Mistake, source: string): string | undefined {
  // The parser may stop a line after the one that it could not make sense of.
  const lines = source.split(/\r\n|[\n\r]/)
  const python = [line ?? 1, (line ?? 1) - 1].map((n) => pythonSyntax(lines[n - 1] ?? "")).find(Boolean)
  if (/ends too early/.test(message)) return python ?? "Count the brackets: every ( [ { needs its partner."
  if (/Unterminated string/.test(message)) return python ?? "A text needs its closing quote on the same line."
  if (/Unterminated template/.test(message)) return "A text in backticks needs its closing backtick."
  if (/Unterminated comment/.test(message)) return "A comment that begins with /* ends with */."
  if (/already been declared/.test(message))
    return "Give one of the two another name, or assign without `const`."
  if (/Missing initializer/.test(message)) return "A `const` needs its value at once: `const x = 1`."
  if (/'return' outside|return/.test(message) && !python)
    return "`return` belongs into a function. A cell shows its last expression: write it alone on the last line."
  return python
}

type Rule = (name: string, message: string, at: Situation) => InWords | undefined

export function inWords(name: string, message: string, at: Situation): InWords {
  for (const rule of rules) {
    const words = rule(name, message, at)
    if (words) return words
  }
  return {}
}

const constant: Rule = (_, message) =>
  /Assignment to constant|invalid assignment to const|Attempted to assign to readonly/.test(message)
    ? { hint: "A `const` keeps its value. Declare it with `let` where it has to change." }
    : undefined

const memory: Rule = (name, message) =>
  name === "RangeError" &&
  /typed array length: \d|Array buffer allocation|buffer size|Out of memory|too large/i.test(message)
    ? {
        hint: "That is more memory than the page can have. Check the length, or the shape: its sizes are multiplied.",
      }
    : undefined

/** A length that is asked for and cannot be, and a list, text, set or map that has grown until it could not. */
const length: Rule = (_, message, { text = "" }) => {
  if (
    !/invalid (typed )?(array|string) length|array size is|size overflow|maximum size exceeded/i.test(message)
  )
    return undefined
  return /Array(\.from)?\(|\.length\s*=/.test(text)
    ? {
        hint: "A length is a whole number from 0 on, and has its limits. Look at what this one is computed from.",
      }
    : {
        hint: "Something is added again and again, until there is no room for more. Give the loop an end, or keep only what you need.",
      }
}

const recursion: Rule = (_, message) =>
  /call stack|too much recursion/i.test(message)
    ? {
        hint: "A function calls itself without end. It needs a case in which it returns without calling itself.",
      }
    : undefined

const early: Rule = (_, message) =>
  /before initialization|can't access lexical declaration|Cannot access uninitialized/.test(message)
    ? {
        hint: "This cell declares that name further down, so the one of an earlier cell is hidden here. Use two names.",
      }
    : undefined

/** The engine refuses `x * 2`: the text of the line says what it was. */
const operator: Rule = (_, message, { analysis, inputs, line }) => {
  if (!message.startsWith("operator:")) return undefined
  const signs =
    analysis?.signs.filter(
      ({ kind, at }) => kind === "operator" && (line === undefined || at.line === line),
    ) ?? []
  const sign =
    signs.find(({ left, right }) => isTensorOperand(left, inputs) || isTensorOperand(right, inputs)) ??
    (signs.length === 1 ? signs[0] : undefined)
  const written = sign && asMethod(sign)
  if (!written) return {}
  return {
    message: `\`${sign.text}\`: JavaScript’s operators work on numbers, not on tensors.`,
    hint: `Write \`${written}\`.${sign.operator === "^" ? " (And `^` is no power in JavaScript, but “exclusive or”.)" : ""}`,
  }
}

const caret: Rule = (name, message, { analysis }) =>
  analysis?.caret && /NaN|TypeError|Tensor/.test(`${name} ${message}`)
    ? {
        hint: `\`^\` in line ${analysis.caret.line} is “exclusive or”, not a power: write \`x ** 2\`, for a tensor \`x.pow(2)\`.`,
      }
    : undefined

const awaiting: Rule = (name, message, { analysis, inputs }) => {
  if (name !== "TypeError" && !/promise/i.test(message)) return undefined
  const fromAbove = Object.keys(inputs).find((key) => inputs[key] instanceof Promise)
  const call = fromAbove ?? promising.find((one) => analysis?.notAwaited.has(one))
  if (!call) return undefined
  const isName = call === fromAbove
  return { ...unread("", message, nowhere), hint: promiseText(isName ? call : `${call}()`) }
}

const nowhere: Situation = { analysis: undefined, inputs: {}, line: undefined, text: undefined }

/** Two lines that JavaScript takes for one. */
const joined: Rule = (name, message, { analysis, line }) => {
  if (!/TypeError|ReferenceError/.test(name) || line === undefined || line < 2) return undefined
  const lines = analysis?.code.split("\n") ?? []
  const before = lines[line - 2]?.replace(/\/\/.*/, "").trimEnd() ?? ""
  const opens = /^\s*([[(`])/.exec(lines[line - 1] ?? "")
  if (!opens || before === "" || /[;,{}([=+\-*/&|?:>]$/.test(before)) return undefined
  return {
    ...unread("", message, nowhere),
    hint: `JavaScript reads lines ${line - 1} and ${line} as one, because line ${line} begins with ${opens[1] === "`" ? "a backtick" : `\`${opens[1]}\``}. End line ${line - 1} with a semicolon.`,
  }
}

/** `x.foo is not a function`. */
const notAFunction: Rule = (_, message, { inputs, text }) => {
  const called = /^(.*?) is not a function/s.exec(message)?.[1]
  if (called === undefined) return undefined
  const member = /^(.*)\.([\w$]+)$/s.exec(called)
  if (!member) {
    const value = inputs[called]
    if (typeof value === "number")
      return {
        message: `\`${called}\` is the number ${value} and cannot be called like a function.`,
        hint: `For a product write \`${called} * (…)\`.`,
      }
    if (value instanceof Tensor)
      return {
        message: `\`${called}\` is a tensor and cannot be called like a function.`,
        hint: "Parts of it are cut with `slice`, single numbers read with `tolist()`.",
      }
    if (hasForward(value))
      return {
        message: `\`${called}\` is a layer and cannot be called like a function.`,
        hint: `Write \`${called}.forward(x)\`.`,
      }
    return { message: `\`${called}\` is not a function.` }
  }
  const [, owner, name] = member
  const value = inputs[owner]
  const isTensor = value instanceof Tensor
  const what = isTensor ? "A tensor" : Array.isArray(value) ? "A list" : `\`${owner}\``
  const isPlain = value === undefined || typeof value === "number" || Array.isArray(value)
  if (isPlain && tensorMethods().includes(name)) return onlyTensors(owner, name, value)
  const methods = isTensor || value === undefined ? tensorMethods() : membersOf(value)
  const meant = nearestName(name, methods)
  if (
    isTensor &&
    typeof Reflect.get(value, name) !== "undefined" &&
    typeof Reflect.get(value, name) !== "function"
  )
    return {
      message: `\`${name}\` of a tensor is a value, not a function.`,
      hint: pythonMethod(name) ?? `Write \`${called}\` without brackets.`,
    }
  return {
    message: `${what} has no method \`${name}\`.`,
    hint:
      (meant && meant.length > 3 && !(value === undefined && pythonMethod(name))
        ? `Did you mean \`${meant}\`?`
        : undefined) ??
      pythonMethod(name) ??
      (meant && meant.length > 2 ? `Did you mean \`${meant}\`?` : undefined) ??
      (/\.grad\b/.test(text ?? "") ? GRAD : undefined),
  }
}

/** A method of tensors is called on what is none: on a list, or on plain numbers that were read from a tensor. */
function onlyTensors(owner: string, name: string, value: unknown): InWords {
  const reader = /\.(item|tolist|data)\([^)]*\)$/.exec(owner)?.[1]
  const isName = /^[\w$]+$/.test(owner)
  return {
    message: `${Array.isArray(value) ? "A list" : `\`${owner}\``} has no method \`${name}\`: only tensors have it.`,
    hint: reader
      ? `\`${reader}()\` gives plain numbers; leave it out.`
      : name === "backward"
        ? "Call it on the tensor that was computed, before `item()` makes a plain number of it."
        : `Make a tensor of it: \`tensor(${isName ? owner : "…"}).${name}(…)\`.`,
  }
}

function hasForward(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "forward") === "function"
}

function tensorMethods(): string[] {
  return Object.getOwnPropertyNames(Tensor.prototype).filter((name) => name !== "constructor")
}

function membersOf(value: unknown): string[] {
  const names: string[] = []
  for (let at: unknown = Object(value); at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    names.push(...Object.getOwnPropertyNames(at))
  return names.slice(0, 500)
}

const GRAD =
  "`grad` is null until `backward()` has been called on a loss that the tensor is part of, and always for a tensor made without `{ requiresGrad: true }`."

/** Reading a property of undefined or null. */
function unread(_name: string, message: string, { text }: Situation): InWords | undefined {
  const v8 = /^Cannot (read|set) properties of (undefined|null) \((?:reading|setting) '(.*)'\)/.exec(message)
  const gecko = /^can't access property "?([^",]*)"?, (.*) is (undefined|null)/.exec(message)
  const core = /^(undefined|null) is not an object \(evaluating '(.*)'\)/s.exec(message)
  const plain = /^(.+) is (undefined|null)$/.exec(message)
  const nothing = v8?.[2] ?? gecko?.[3] ?? core?.[1] ?? plain?.[2]
  if (nothing === undefined) return undefined
  const property = v8?.[3] ?? gecko?.[1] ?? /\.([\w$]+)$/.exec(core?.[2] ?? "")?.[1]
  const asked = property === undefined ? "Something is asked" : `\`${property}\` is asked`
  const words: InWords = { message: `${asked} of ${nothing}: what stands before it has no value here.` }
  if (/\.grad\b/.test(text ?? "") && nothing === "null") return { ...words, hint: GRAD }
  if (property !== undefined && /^\d+$/.test(property))
    return {
      ...words,
      hint: "A tensor is not indexed with brackets. For one number write `x.tolist()[0][1]`, for a part `x.slice([0, 1], [1, 2])`.",
    }
  if (/\.T\b/.test(text ?? "")) return { ...words, hint: memberAdvice("T") }
  return { ...words, hint: "Look at what stands before the dot: show it alone, on the last line of a cell." }
}

const withoutNew: Rule = (_, message, { text }) => {
  const named = /Class constructor (\w+) cannot be invoked without 'new'/.exec(message)
  if (!named && !/class constructors? .*(without|with) .?new/i.test(message)) return undefined
  const written = new RegExp(`[\\w$.]*\\b${named?.[1] ?? "\\w+"}\\(`).exec(text ?? "")?.[0]
  return {
    message: `${named ? `\`${named[1]}\`` : "This"} is a class: it makes objects with \`new\`.`,
    hint: written && named ? `Write \`new ${written}…)\`.` : "Write `new` before the name.",
  }
}

const iterable: Rule = (_, message, { inputs }) => {
  const name = /^(\S+) is not iterable|^.*?spread.*?: ?(\S+)/.exec(message)?.[1]
  if (!/not iterable/.test(message)) return undefined
  if (name && inputs[name] instanceof Tensor)
    return {
      message: `\`${name}\` is a tensor and cannot be walked through with \`for … of\`, \`...\` or \`[a, b] = …\`.`,
      hint: `Its rows are \`${name}.tolist()\`.`,
    }
  return {
    hint: "`for … of` and `...` walk through lists. A tensor gives one with `tolist()`, a record with `Object.entries(…)`, a number n with `Array(n).keys()`.",
  }
}

/** Which leaves lack the gradient that `backward` asks for. */
const leaves: Rule = (name, message, { analysis, inputs }) => {
  if (name !== "GradientError" || !/^backward: nothing/.test(message)) return undefined
  const own = analysis?.signs.filter(({ kind }) => kind === "leaf") ?? []
  const given = Object.keys(inputs).filter((key) => {
    const value = inputs[key]
    return value instanceof Tensor && !value.requiresGrad && /^float/.test(value.dtype)
  })
  const names = [
    ...own.map(({ left, at }) => `\`${left.text}\` (line ${at.line})`),
    ...given.map((key) => `\`${key}\``),
  ]
  if (names.length === 0) return undefined
  const first = own[0]
  const example = first
    ? `const ${first.left.text} = ${first.operator}(…, { requiresGrad: true })`
    : "tensor(…, { requiresGrad: true })"
  return {
    hint: `${names.length === 1 ? "One tensor here was" : "These tensors were"} made without a gradient: ${names.slice(0, 6).join(", ")}. What is to be learnt is made so: \`${example}\`.`,
  }
}

/** Shapes that would fit after a small change, and what the names of the line are. */
const shapes: Rule = (name, message, { inputs, text }) => {
  if (name !== "ShapeError") return undefined
  const inner = /^matmul: .*?\[(\d+), (\d+)\] · \[(\d+), (\d+)\]/.exec(message)?.slice(1).map(Number)
  const pair = /^\w+: shapes \[([\d, ]*)\] and \[([\d, ]*)\]/.exec(message)
  let fits: string | undefined
  if (inner) {
    const [a, b, c, d] = inner
    if (b === d) fits = `The second one transposed would fit: \`.transpose()\` makes it [${d}, ${c}].`
    else if (a === c) fits = `The first one transposed would fit: \`.transpose()\` makes it [${b}, ${a}].`
  }
  if (pair) {
    const [a, b] = pair.slice(1).map((list) => list.split(", ").map(Number))
    const [short, long] = a.length < b.length ? [a, b] : [b, a]
    if (short.length === long.length - 1 && short.every((size, d) => size === long[d] || size === 1))
      fits = `One number for each row wants a column: \`.unsqueeze(${short.length})\` makes [${short.join(", ")}] into [${[...short, 1].join(", ")}].`
  }
  const known = Object.keys(inputs).filter(
    (key) =>
      inputs[key] instanceof Tensor &&
      new RegExp(`(?<![\\w$.])${key.replaceAll("$", "\\$")}(?![\\w$])`).test(text ?? ""),
  )
  const list = known.slice(0, 6).map((key) => `\`${key}\` is [${(inputs[key] as Tensor).shape.join(", ")}]`)
  const said = list.length > 0 ? `In this line ${list.join(", ")}.` : undefined
  const hint = [said, fits].filter(Boolean).join(" ")
  return hint === "" ? undefined : { hint }
}

const rules: readonly Rule[] = [
  constant,
  memory,
  length,
  recursion,
  joined,
  early,
  operator,
  leaves,
  shapes,
  awaiting,
  caret,
  withoutNew,
  iterable,
  notAFunction,
  unread,
]
