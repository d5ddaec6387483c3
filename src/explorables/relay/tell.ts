/** @file The relay in words: headline, description, table, prediction and code. Every number is the state's. */
import type { Point } from "../lib/explorable.ts"
import { count, format } from "../lib/number.ts"
import { corrections, DECAY, EPS, learningRates, METHODS, type Method } from "./rules.ts"
import { NOISE, type RelayParams, rateOf, STEPS, type State } from "./run.ts"

export const NAMES: Readonly<Record<Method, string>> = {
  sgd: "SGD",
  momentum: "momentum",
  nesterov: "Nesterov",
  rmsprop: "RMSProp",
  adam: "Adam",
  adamw: "AdamW",
}
/** The height at which a run counts as arrived. */
export const ARRIVED = 1e-3

const spot = ([x, y]: Point): string => `(${format(x)}, ${format(y)})`
const upper = (words: string): string => words[0]!.toUpperCase() + words.slice(1)

/** The first step at which a run is under the mark, if it ever is. */
export const arrival = (state: State, method: Method): number | undefined => {
  const t = state.runs[method].findIndex(({ f }) => f < ARRIVED)
  return t < 0 ? undefined : t
}

export function takeaway(state: State): string {
  const { step, ranking, runs } = state
  if (step === 0) return "Six optimizers at the same start: none has moved yet."
  const [first, second] = [ranking[0]!, ranking[1]!]
  const last = ranking.at(-1)!
  if (runs[first][step]!.f === runs[second][step]!.f)
    return `After ${count(step, "step")} ${NAMES[first]} and ${NAMES[second]} share the lead.`
  return `After ${count(step, "step")} ${NAMES[first]} is lowest, f = ${format(runs[first][step]!.f)}; ${NAMES[last]} is highest, ${format(runs[last][step]!.f)}.`
}

/** What the method in focus remembers, in numbers. */
export function memoryOf({ focus, params, runs, step }: State): string {
  const [a, b] = runs[focus][step]!.memory
  if (focus === "sgd") return "It remembers nothing."
  if (step === 0) return "It remembers nothing yet."
  if (focus === "momentum" || focus === "nesterov")
    return `Its velocity is ${spot([a.first, b.first])}, a sum of gradients.`
  const scale = `(${format(Math.sqrt(a.second))}, ${format(Math.sqrt(b.second))})`
  if (focus === "rmsprop")
    return `The root of its mean of squares is ${scale}: the size of the gradient along each axis.`
  const [up, upSquared] = corrections({ ...params, lr: params.scaled }, step)
  return `Its mean gradient is ${spot([a.first, b.first])}, the root of its mean of squares ${scale}; age ${step} corrects them by ${format(up)} and ${format(Math.sqrt(upSquared))}.`
}

export function describe(state: State): string {
  const { focus, runs, step, ranking, params } = state
  const here = runs[focus][step]!
  const order = ranking.map((m) => `${NAMES[m]} ${format(runs[m][step]!.f)}`).join(", ")
  const when = arrival(state, focus)
  const moved =
    step === 0
      ? ""
      : ` Its last step was ${spot(here.move)}, ${format(Math.hypot(...here.move))} long, for a gradient of ${spot(here.gradient)}.`
  const [alongX, alongY] = learningRates(focus, params, here.memory, step)
  const own =
    step > 0 && alongX !== alongY
      ? `Now it multiplies a gradient by ${format(alongX)} along x and by ${format(alongY)} along y.`
      : ""
  return [
    `${upper(NAMES[focus])} after ${count(step, "step")} from ${spot(params.start)}: at ${spot(here.at)}, f = ${format(here.f)}.${moved}`,
    memoryOf(state),
    own,
    `From the lowest: ${order}.`,
    when === undefined
      ? `${upper(NAMES[focus])} does not come under ${format(ARRIVED)} within ${STEPS} steps.`
      : `${upper(NAMES[focus])} comes under ${format(ARRIVED)} at step ${when}.`,
  ]
    .filter(Boolean)
    .join(" ")
}

export function table(state: State): { columns: string[]; rows: (string | number)[][] } {
  const { runs, ranking, step, params } = state
  return {
    columns: ["place", "method", "η", `f at step ${step}`, "x", "y", `under ${format(ARRIVED)} at step`],
    rows: ranking.map((m, i) => {
      const { f, at } = runs[m][step]!
      return [
        i + 1,
        NAMES[m],
        format(rateOf(m, params)),
        format(f),
        format(at[0]),
        format(at[1]),
        arrival(state, m) ?? "never",
      ]
    }),
  }
}

export function reveal({ runs, ranking, step }: State): { id: string; says: string } {
  const order = ranking.map((m) => `${NAMES[m]} ${format(runs[m][step]!.f)}`).join(", ")
  return {
    id: ranking[0]!,
    says: `After ${step} steps, from the lowest: ${order}. Change the two learning rates: the order changes with them.`,
  }
}

/** The update rule of the method, as it is applied. */
export const RULES: Readonly<Record<Method, readonly string[]>> = {
  sgd: ["x ← x − η g"],
  momentum: ["v ← ρ v + g", "x ← x − η v"],
  nesterov: ["v ← ρ v + g", "x ← x − η (g + ρ v)"],
  rmsprop: ["s ← β₂ s + (1 − β₂) g²", "x ← x − η g / (√s + ε)"],
  adam: ["m ← β₁ m + (1 − β₁) g,  v likewise of g²", "x ← x − η m̂ / (√v̂ + ε)"],
  adamw: [`as Adam, and x shrinks by η λ x,  λ = ${DECAY}`, "x ← x − η m̂ / (√v̂ + ε) − η λ x"],
}

const LOSS: Readonly<Record<string, string>> = {
  ravine: "(x: Tensor, y: Tensor) =>\n  x.square().add(y.square().mul(20)).mul(0.5)",
  bend: "(x: Tensor, y: Tensor) => {\n  const off = y.sub(x.square().div(4))\n  return x.sub(1).square().mul(0.5).add(off.square().mul(2))\n}",
  saddle:
    "(x: Tensor, y: Tensor) =>\n  y.square().mul(2).add(x.pow(4).div(4)).sub(x.square().div(2)).add(0.25)",
}

export function code(params: RelayParams, seed: number, step: number): string {
  const method = params.focus as Method
  const lr = rateOf(method, params)
  const options: Record<Method, string> = {
    sgd: `SGD(p, { lr: ${lr} })`,
    momentum: `SGD(p, { lr: ${lr}, momentum: ${params.rho} })`,
    // Without momentum there is nothing to look ahead along.
    nesterov: `SGD(p, { lr: ${lr}, momentum: ${params.rho}, nesterov: ${params.rho > 0} })`,
    rmsprop: `RMSprop(p, { lr: ${lr}, alpha: ${params.beta}, eps: ${EPS} })`,
    adam: `Adam(p, { lr: ${lr}, betas: [${params.rho}, ${params.beta}], eps: ${EPS} })`,
    adamw: `AdamW(p, {\n  lr: ${lr}, betas: [${params.rho}, ${params.beta}], eps: ${EPS}, weightDecay: ${DECAY},\n})`,
  }
  const noisy = params.noise
  return `const f = ${LOSS[params.surface]}
const p = ${JSON.stringify([...params.start])}.map((value) =>
  tensor(value, { dtype: "float64", requiresGrad: true }),
)
const optimizer = new optim.${options[method]}
${noisy ? `const noise = new Generator(${seed})\n` : ""}for (let step = 1; step <= ${step}; step++) {
  optimizer.zeroGrad()
  f(p[0], p[1]).backward()
${noisy ? `  for (const each of p) each.grad = each.grad!.add(${NOISE} * noise.normal())\n` : ""}  optimizer.step()
}
display(p.map((each) => each.item()), f(p[0], p[1]).item())`
}

export const OPTIONS = METHODS.map((id) => ({ id, text: NAMES[id] }))
