/**
 * @file What TypeScript says of a cell, in plain words. What it doubts does not keep a cell from running. Knows sentences
 * by their number; finds no mistakes itself.
 */

type Sentence = (parts: string[], message: string) => string

const GRAD = /\bgrad\b/

/** A type as it is spoken of. */
function spoken(type: string): string {
  const promise = /^Promise<(.*)>$/s.exec(type)
  if (promise) return `a promise of ${spoken(promise[1])}`
  if (/^typeof /.test(type)) return `the class \`${type.slice(7)}\``
  if (type === "Tensor") return "a tensor"
  if (type === "Tensor[]") return "a list of tensors"
  if (type === "number") return "a number"
  if (type === "string" || /^"/.test(type)) return "a text"
  if (type === "boolean" || type === "true" || type === "false") return "true or false"
  if (type === "number[]") return "a list of numbers"
  if (type === "string[]") return "a list of texts"
  if (type === "undefined" || type === "null") return `\`${type}\``
  if (/^\(.*\) => /.test(type)) return "a function"
  if (/^-?\d/.test(type)) return `the number ${type}`
  return `\`${type.length > 60 ? `${type.slice(0, 60)}…` : type}\``
}

const awaiting = (...types: (string | undefined)[]): string =>
  types.some((type) => type?.startsWith("Promise<"))
    ? " Write `await` before the call that makes the promise."
    : ""

const METHODS: Record<string, string> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "**": "pow",
  "<": "lt",
  ">": "gt",
  "<=": "le",
  ">=": "ge",
}

const notNumber: Sentence = () =>
  "`-`, `*`, `/` and `**` work on numbers only. For tensors write `a.sub(b)`, `a.mul(b)`, `a.div(b)`, `a.pow(b)`."

const perhapsNothing: Sentence = ([name = ""]) => {
  const which = name === "" ? "This" : `\`${name}\``
  return GRAD.test(name)
    ? `${which} is null until \`backward()\` has filled it. If it is there, write \`!\` behind it.`
    : `${which} may be nothing here. Ask first with \`if\`, or write \`!\` behind it if you know better.`
}

const missing: Sentence = ([name]) =>
  `\`${name}\` is declared neither in this cell, nor in one above it, nor by the book.`

/** The number of a sentence of TypeScript → its sentence here. `parts`: what it has in quotes. */
const sentences: Record<number, Sentence> = {
  1002: () => "A text needs its closing quote on the same line.",
  1005: ([mark]) => `\`${mark}\` is missing here.`,
  1109: () => "Something is missing here: a value, or what stands before it is one sign too much.",
  1128: () => "This is no beginning of a statement. Is there a bracket too many above?",
  1160: () => "A text in backticks needs its closing backtick.",
  2304: missing,
  2503: missing,
  18004: missing,
  2552: ([name, meant]) => `\`${name}\` is not declared. Did you mean \`${meant}\`?`,
  2339: ([name, type]) => `${capital(spoken(type))} has no \`${name}\`.${awaiting(type)}`,
  2551: ([name, type, meant]) => `${capital(spoken(type))} has no \`${name}\`. Did you mean \`${meant}\`?`,
  2322: ([given, wanted]) => `This is ${spoken(given)}, where ${spoken(wanted)} is wanted.${awaiting(given)}`,
  2345: ([given, wanted]) =>
    `What is given here is ${spoken(given)}, where ${spoken(wanted)} is wanted.${awaiting(given)}`,
  2353: ([name, type]) => `\`${name}\` is not among the options of ${spoken(type)}.`,
  2561: ([name, , meant]) => `There is no option \`${name}\`. Did you mean \`${meant}\`?`,
  2348: ([name]) => `${capital(spoken(name))} makes objects with \`new\`: write it before the name.`,
  2349: () => "This is no function, so it cannot be called.",
  2351: () => "This is no class, so `new` makes nothing of it: leave the word out.",
  2362: notNumber,
  2363: notNumber,
  2365: ([operator, a, b]) => {
    const method = METHODS[operator]
    return `\`${operator}\` does not go between ${spoken(a)} and ${spoken(b)}.${method ? ` For tensors write \`a.${method}(b)\`.` : ""}${awaiting(a, b)}`
  },
  2367: ([a, b]) =>
    `These two are never equal: one is ${spoken(a)}, the other ${spoken(b)}. The numbers of tensors are compared with \`a.eq(b)\`.`,
  2448: ([name]) => `\`${name}\` is used before the line that declares it.`,
  2454: ([name]) => `\`${name}\` is used before it has a value.`,
  2451: ([name]) => `\`${name}\` is declared twice. Give one another name, or assign without \`const\`.`,
  2488: ([type]) =>
    `${capital(spoken(type))} cannot be walked through with \`for … of\` or \`...\`. A tensor gives lists with \`tolist()\`.`,
  2461: ([type]) => `${capital(spoken(type))} is no list. A tensor gives one with \`tolist()\`.`,
  2531: () => perhapsNothing([], ""),
  2532: () => perhapsNothing([], ""),
  2533: () => perhapsNothing([], ""),
  18047: perhapsNothing,
  18048: perhapsNothing,
  18049: perhapsNothing,
  2554: (_, message) => arguments_(message),
  2555: (_, message) => arguments_(message),
  2588: ([name]) =>
    `\`${name}\` is declared with \`const\` and keeps its value. Declare it with \`let\` where it has to change.`,
  2540: ([name]) => `\`${name}\` can be read only.`,
  2739: ([given, wanted]) => `This is ${spoken(given)}, where ${spoken(wanted)} is wanted.${awaiting(given)}`,
  2740: ([given, wanted]) => `This is ${spoken(given)}, where ${spoken(wanted)} is wanted.${awaiting(given)}`,
  2741: ([name, given, wanted]) =>
    given.startsWith("Promise<")
      ? `This is ${spoken(given)}, where ${spoken(wanted)} is wanted.${awaiting(given)}`
      : `\`${name}\` is missing in ${spoken(given)}.`,
  2769: () => "None of the ways to call this function fits what is given here.",
  2774: () => "This condition is always true: it asks whether the function is there. Call it with `()`.",
  2801: () => "This condition is always true: a promise is there in any case. Write `await` before it.",
  2872: () => "This condition is always true.",
  2873: () => "This condition is never true.",
}

function arguments_(message: string): string {
  const [, wanted = "", given] = /Expected (.+) arguments?, but got (\d+)/.exec(message) ?? []
  const [least, most] = wanted.split("-")
  const number = most ? `${least} ${Number(most) - Number(least) > 1 ? "to" : "or"} ${most}` : wanted
  const values = wanted === "0" ? "nothing" : `${number} ${/\b1$/.test(wanted) ? "value" : "values"}`
  return `This function wants ${values} between its brackets and is given ${given === "0" ? "none" : given}.`
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}

/** Types by their names alone: the files in which the engine declares them are none of a reader's. */
export const withoutFiles = (text: string): string => text.replace(/import\("[^"]*"\)\./g, "")

/** What is said of a name in a cell: that it was imported there is none of a reader's either. */
export const asDeclared = (text: string): string =>
  withoutFiles(text).replace(/^\(alias\) (.*?)(\nimport [^\n]*)?$/s, "$1")

/** The plain words, and the original behind them; the original where there are none. */
export function inPlainWords(code: number, original: string): string {
  const message = withoutFiles(original)
  const [first] = message.split("\n")
  // What is in quotes may have quotes inside: types do.
  const parts = [...first.matchAll(/'((?:[^']|(?<=\w)'(?=\w))*)'/g)].map(([, part]) => part)
  let words: string | undefined
  try {
    words = sentences[code]?.(parts, first)
  } catch {
    // The sentence has other parts than this version of TypeScript writes.
    words = undefined
  }
  const isWhole = words && (!words.includes("undefined") || first.includes("undefined"))
  return isWhole ? `${words}\n\nTypeScript: ${message}` : message
}
