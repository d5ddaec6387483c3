/**
 * @file What the reader of the tour may choose, the code that says it, and the tensors that it is about. Knows neither
 * how it is computed nor how it is shown.
 */
import { Generator, randn, type Tensor, valueAndGrad, zeros } from "../../../engine/index.ts"

export const activations = ["relu", "tanh", "sigmoid", "gelu", "softmax"] as const
export type Activation = (typeof activations)[number]

export interface Choice {
  readonly batch: number
  readonly fanIn: number
  readonly fanOut: number
  readonly activation: Activation
  /** Is the loss differentiated too? */
  readonly gradient: boolean
}

/** Sizes go from 1 to this. */
export const largest = 256

export const start: Choice = { batch: 2, fanIn: 3, fanOut: 4, activation: "relu", gradient: false }

export const sizes = [
  { name: "batch", label: "Batch", of: "rows of x" },
  { name: "fanIn", label: "Fan-in", of: "columns of x, rows of w" },
  { name: "fanOut", label: "Fan-out", of: "columns of w" },
] as const

/** A choice from what stands in the fields; sizes that are no whole numbers within the bounds are undefined. */
export function choiceFrom(fields: Readonly<Record<string, string>>): Choice | undefined {
  const [batch, fanIn, fanOut] = sizes.map(({ name }) => Number(fields[name]))
  const activation = activations.find((name) => name === fields.activation)
  const fine = [batch, fanIn, fanOut].every((n) => Number.isInteger(n) && n >= 1 && n <= largest)
  if (!fine || !activation) return undefined
  return { batch, fanIn, fanOut, activation, gradient: fields.gradient === "on" }
}

/** The choice as the end of an address; "" for the one that the page begins with. */
export function queryOf({ gradient, ...choice }: Choice): string {
  const fields = Object.entries({ ...choice, ...(gradient && { gradient: "on" }) })
  const query = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]))
  const opening = new URLSearchParams(fields.map(([name]) => [name, String(start[name as keyof Choice])]))
  return String(query) === String(opening) ? "" : `?${query}`
}

const call = (activation: Activation): string => `x.matmul(w).add(b).${activation}()`

/** The code as a reader would write it. */
export function codeOf({ batch, fanIn, fanOut, activation, gradient }: Choice): string {
  const made = [
    `const x = randn([${batch}, ${fanIn}])`,
    `const w = randn([${fanIn}, ${fanOut}])`,
    `const b = randn([${fanOut}])`,
  ]
  const wanted = gradient
    ? [
        "const loss = (p) =>",
        `  x.matmul(p.w).add(p.b).${activation}().square().sum()`,
        "const [value, slope] = valueAndGrad(loss)({ w, b })",
      ]
    : [`const y = ${call(activation)}`]
  return [...made, ...wanted].join("\n")
}

type Args = Record<string, Tensor>

/** The tensors of the code. Another seed gives other numbers of the same shapes. */
export function argumentsOf({ batch, fanIn, fanOut }: Choice, seed = 1): Args {
  const generator = new Generator(seed)
  return {
    x: randn([batch, fanIn], { generator }),
    w: randn([fanIn, fanOut], { generator }),
    b: randn([fanOut], { generator }),
  }
}

/** The function of the code: what it returns has not been computed yet. */
export function functionOf({ activation, gradient }: Choice): (args: Args) => Tensor[] {
  const forward = (x: Tensor, w: Tensor, b: Tensor): Tensor => x.matmul(w).add(b)[activation]()
  if (!gradient) return ({ x, w, b }) => [forward(x, w, b)]
  return ({ x, w, b }) => {
    const loss = (p: Args): Tensor => forward(x, p.w, p.b).square().sum()
    const [value, slope] = valueAndGrad(loss)({ w, b })
    return [value, slope.w, slope.b]
  }
}

/** The error for a `w` with one row too many, as it is thrown. */
export function mistakeOf({ batch, fanIn, fanOut }: Choice): string {
  try {
    zeros([batch, fanIn]).matmul(zeros([fanIn + 1, fanOut]))
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
  throw new Error("bug: sizes that do not fit were taken")
}
