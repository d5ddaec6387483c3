/**
 * @file A formula of x and y as the reader types it, a condition such as `sin(3x) > y` or a value such as `sin(x) / 2`:
 * read into a function and into code, or the place where it cannot be followed. Never runs what was typed. Knows no data.
 */

interface Read<V> {
  of(x: number, y: number): V
  /** The same in TypeScript, of `x` and `y`. */
  code: string
}
/** Is the point of class +1? A number is when it is above 0. */
export type Formula = Read<boolean>
/** A number for each place; of a condition +1 where it holds, and −1 elsewhere. */
export type Height = Read<number>
export interface Fault {
  /** Where, from 0. */
  at: number
  says: string
}

type Kind = "number" | "truth"
interface Part {
  kind: Kind
  value(x: number, y: number): number
  code: string
  /** Has it to stand in brackets when something is done to it? */
  loose: boolean
}

type MathName = Extract<keyof Math, string>

/** What can be written before a bracket: how many numbers it takes, and its name in TypeScript. */
const FUNCTIONS: Readonly<Record<string, readonly [count: number, code: MathName]>> = {
  sin: [1, "sin"],
  cos: [1, "cos"],
  tan: [1, "tan"],
  atan: [1, "atan"],
  tanh: [1, "tanh"],
  exp: [1, "exp"],
  ln: [1, "log"],
  log: [1, "log"],
  sqrt: [1, "sqrt"],
  abs: [1, "abs"],
  sign: [1, "sign"],
  floor: [1, "floor"],
  round: [1, "round"],
  min: [2, "min"],
  max: [2, "max"],
  hypot: [2, "hypot"],
}
const NAMES: Readonly<Record<string, Part>> = {
  ...names(["x", "x1", "x₁"], "x", (x) => x),
  ...names(["y", "x2", "x₂"], "y", (_, y) => y),
  ...names(["r"], "Math.hypot(x, y)", (x, y) => Math.hypot(x, y)),
  ...names(["pi", "π"], "Math.PI", () => Math.PI),
  ...names(["e"], "Math.E", () => Math.E),
}

function names(all: readonly string[], code: string, value: Part["value"]): Record<string, Part> {
  return Object.fromEntries(all.map((name) => [name, { kind: "number", code, value, loose: false }]))
}

const KNOWN = `x, y, r, pi, e and ${Object.keys(FUNCTIONS).join(", ")}`
const COMPARISONS: Readonly<Record<string, string>> = {
  "<": "<",
  ">": ">",
  "<=": "<=",
  ">=": ">=",
  "≤": "<=",
  "≥": ">=",
  "=": "===",
  "==": "===",
  "!=": "!==",
  "≠": "!==",
}
const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
}

interface Token {
  at: number
  text: string
}
const TOKEN = /\s*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+|[a-zπ]+[12₁₂]?|\*\*|<=|>=|==|!=|&&|\|\||\S)/giy

export function readFormula(text: string): Formula | Fault {
  return read(text, (part) => {
    const { kind, value, code } = part
    return kind === "truth"
      ? { of: (x, y) => value(x, y) === 1, code }
      : { of: (x, y) => value(x, y) > 0, code: `${bracketed(part)} > 0` }
  })
}

export function readHeight(text: string): Height | Fault {
  return read(text, (part) => {
    const { kind, value, code } = part
    return kind === "number"
      ? { of: value, code }
      : { of: (x, y) => 2 * value(x, y) - 1, code: `${bracketed(part)} ? 1 : -1` }
  })
}

function read<V>(text: string, made: (part: Part) => Read<V>): Read<V> | Fault {
  try {
    return made(new Reader(text).all())
  } catch (fault) {
    if (fault instanceof Unreadable) return fault.where
    throw fault
  }
}

class Unreadable extends Error {
  readonly where: Fault
  constructor(at: number, says: string) {
    super(says)
    this.where = { at, says }
  }
}

/** Deepest nesting: what goes deeper is no condition but an accident. */
const DEEPEST = 40

class Reader {
  readonly #tokens: Token[]
  readonly #end: number
  #next = 0
  #depth = 0

  constructor(text: string) {
    // "label = …" is how one would say it.
    const said = /^\s*(?:label|class|value|z)\s*=(?!=)/i.exec(text)?.[0].length ?? 0
    this.#tokens = [...text.slice(said).matchAll(TOKEN)].map((match) => {
      const word = match[1]!
      return { at: said + match.index + match[0].length - word.length, text: word.replace("−", "-") }
    })
    this.#end = text.length
  }

  all(): Part {
    const part = this.#or()
    const left = this.#tokens[this.#next]
    if (left)
      this.#fail(left, left.text === ")" ? "this bracket closes nothing" : `“${left.text}” does not fit here`)
    return part
  }

  #fail(token: Token | undefined, says: string): never {
    throw new Unreadable(token?.at ?? this.#end, says)
  }

  #take(...texts: readonly string[]): Token | undefined {
    const token = this.#tokens[this.#next]
    if (!token || !texts.includes(token.text.toLowerCase())) return undefined
    this.#next++
    return token
  }

  /** Parts of one kind joined by words of one kind. */
  #joined(
    part: () => Part,
    words: readonly string[],
    sign: string,
    value: (a: number, b: number) => number,
  ): Part {
    let left = part()
    for (let word = this.#take(...words); word; word = this.#take(...words)) {
      const right = part()
      if (left.kind !== "truth" || right.kind !== "truth")
        this.#fail(word, `“${word.text}” joins comparisons, such as x > 0 ${word.text} y > 0`)
      const a = left
      left = {
        kind: "truth",
        value: (x, y) => value(a.value(x, y), right.value(x, y)),
        code: `${bracketed(a)} ${sign} ${bracketed(right)}`,
        loose: true,
      }
    }
    return left
  }

  #or(): Part {
    return this.#joined(() => this.#and(), ["or", "||"], "||", Math.max)
  }

  #and(): Part {
    return this.#joined(() => this.#not(), ["and", "&&"], "&&", Math.min)
  }

  #not(): Part {
    const word = this.#take("not", "!")
    if (!word) return this.#comparison()
    const part = this.#deeper(() => this.#not())
    if (part.kind !== "truth") this.#fail(word, `“${word.text}” turns a comparison round, such as not x > 0`)
    return { kind: "truth", value: (x, y) => 1 - part.value(x, y), code: `!(${part.code})`, loose: false }
  }

  /** a < b, or a < b < c: all of them. */
  #comparison(): Part {
    let left = this.#sum()
    let whole: Part | undefined
    for (
      let sign = this.#take(...Object.keys(COMPARISONS));
      sign;
      sign = this.#take(...Object.keys(COMPARISONS))
    ) {
      const right = this.#sum()
      const [a, b] = [this.#number(left, sign), this.#number(right, sign)]
      const code = COMPARISONS[sign.text]!
      const holds = compare[code]!
      const one: Part = {
        kind: "truth",
        value: (x, y) => (holds(a.value(x, y), b.value(x, y)) ? 1 : 0),
        code: `${bracketed(a)} ${code} ${bracketed(b)}`,
        loose: true,
      }
      const before = whole
      whole = before
        ? {
            ...one,
            value: (x, y) => Math.min(before.value(x, y), one.value(x, y)),
            code: `${before.code} && ${one.code}`,
          }
        : one
      left = right
    }
    return whole ?? left
  }

  #sum(): Part {
    let left = this.#product()
    for (let sign = this.#take("+", "-"); sign; sign = this.#take("+", "-"))
      left = this.#binary(left, sign, this.#product())
    return left
  }

  /** With the sign, or without: 3x, 2 sin(x), (x + 1)(y − 1). */
  #product(): Part {
    let left = this.#signed()
    for (;;) {
      const sign = this.#take("*", "·", "/")
      const next = this.#tokens[this.#next]
      const touches = next && /^[\d.a-zπ(]/i.test(next.text) && !/^(and|or|not)$/i.test(next.text)
      if (sign) left = this.#binary(left, sign, this.#signed())
      else if (touches) left = this.#binary(left, { at: next.at, text: "*" }, this.#power())
      else return left
    }
  }

  #signed(): Part {
    const sign = this.#take("-", "+")
    if (!sign) return this.#power()
    const part = this.#number(
      this.#deeper(() => this.#signed()),
      sign,
    )
    if (sign.text === "+") return part
    return { kind: "number", value: (x, y) => -part.value(x, y), code: `-${bracketed(part)}`, loose: true }
  }

  #power(): Part {
    const base = this.#single()
    const sign = this.#take("^", "**")
    return sign
      ? this.#binary(
          base,
          { at: sign.at, text: "**" },
          this.#deeper(() => this.#signed()),
        )
      : base
  }

  #binary(a: Part, sign: Token, b: Part): Part {
    const [left, right] = [this.#number(a, sign), this.#number(b, sign)]
    const does: Record<string, (p: number, q: number) => number> = {
      "+": (p, q) => p + q,
      "-": (p, q) => p - q,
      "*": (p, q) => p * q,
      "·": (p, q) => p * q,
      "/": (p, q) => p / q,
      "**": (p, q) => p ** q,
    }
    const act = does[sign.text]!
    return {
      kind: "number",
      value: (x, y) => act(left.value(x, y), right.value(x, y)),
      code: `${bracketed(left)} ${sign.text.replace("·", "*")} ${bracketed(right)}`,
      loose: true,
    }
  }

  #number(part: Part, near: Token): Part {
    return part.kind === "number"
      ? part
      : this.#fail(near, `beside “${near.text}” stands a comparison; a number is needed`)
  }

  #single(): Part {
    const token = this.#tokens[this.#next++]
    if (!token) this.#fail(undefined, "something is missing at the end")
    const word = token.text.toLowerCase()
    if (/^[\d.]/.test(word) && Number.isFinite(Number(word))) {
      const value = Number(word)
      return { kind: "number", value: () => value, code: String(value), loose: false }
    }
    if (word === "(") {
      const inside = this.#deeper(() => this.#or())
      this.#closed(token)
      return inside
    }
    const known = Object.hasOwn(FUNCTIONS, word) ? FUNCTIONS[word] : undefined
    if (known) return this.#call(token, known)
    const name = Object.hasOwn(NAMES, word) ? NAMES[word] : undefined
    if (name) return name
    return this.#fail(
      token,
      /^[a-zπ]/.test(word)
        ? `there is no “${token.text}”; there are ${KNOWN}`
        : `“${token.text}” does not fit here`,
    )
  }

  #call(token: Token, [count, code]: readonly [number, MathName]): Part {
    const open = this.#take("(")
    if (!open) this.#fail(this.#tokens[this.#next], `${token.text} needs brackets: ${token.text}(x)`)
    const parts = [this.#deeper(() => this.#or())]
    while (this.#take(",", ";")) parts.push(this.#deeper(() => this.#or()))
    this.#closed(open)
    const given = parts.map((part) => this.#number(part, token))
    if (given.length !== count)
      this.#fail(token, `${token.text} takes ${count === 1 ? "one number" : "two numbers"}`)
    const act = Math[code] as (...numbers: number[]) => number
    return {
      kind: "number",
      value: (x, y) => act(...given.map((part) => part.value(x, y))),
      code: `Math.${code}(${given.map((part) => part.code).join(", ")})`,
      loose: false,
    }
  }

  #closed(open: Token): void {
    if (!this.#take(")")) this.#fail(open, "this bracket is never closed")
  }

  #deeper(read: () => Part): Part {
    if (++this.#depth > DEEPEST) this.#fail(this.#tokens[this.#next], "this goes too deep")
    const part = read()
    this.#depth--
    return part
  }
}

const bracketed = ({ code, loose }: Part): string => (loose ? `(${code})` : code)
