/**
 * @file Bodies without float64, which GPUs do not have. Plans put it into the middle of whole-number arithmetic that
 * leaves whole numbers, such as a power: those are computed in float32 here, and powers that become whole numbers
 * again in int32, exactly. Whole numbers beyond 2²⁴ lose their last digits in the rest. Knows no WGSL.
 */
import type { Body, Loop, Reduce, Step } from "../../fuse/plan.ts"

type Call = Extract<Step, { readonly args: readonly number[] }>
const isCall = (step: Step): step is Call => "args" in step

/** Does value number `at` of a body go nowhere but into whole numbers? */
function becomesWhole(body: Body, at: number): boolean {
  const users = body.filter((step) => isCall(step) && (step.args as readonly number[]).includes(at))
  return users.length > 0 && users.every(({ op, dtype }) => op === "convert" && dtype === "int32")
}

/** The body with float32 in place of float64, and where in it every value of the old one is. */
function narrowed(body: Body): { body: Body; places: readonly number[] } {
  const steps: Step[] = []
  /** Where the value of a step of `body` is among `steps`. */
  const places: number[] = []
  const whole = (at: number): number | undefined => {
    const step = body[at]
    if (step.op === "const" && Number.isInteger(step.value))
      return steps.push({ op: "const", value: step.value, dtype: "int32" }) - 1
    if (step.op !== "convert" || body[step.args[0]].dtype === "float64") return undefined
    const from = places[step.args[0]]
    return steps[from].dtype === "int32"
      ? from
      : steps.push({ op: "convert", args: [from], dtype: "int32" }) - 1
  }
  body.forEach((step, at) => {
    if (step.op === "pow" && step.dtype === "float64" && becomesWhole(body, at)) {
      const args = step.args.map(whole)
      if (args.every((arg) => arg !== undefined)) {
        places.push(steps.push({ op: "pow", args, dtype: "int32" }) - 1)
        return
      }
    }
    const dtype = step.dtype === "float64" ? "float32" : step.dtype
    if (!isCall(step)) places.push(steps.push({ ...step, dtype }) - 1)
    else {
      const args = step.args.map((arg) => places[arg])
      const same = step.op === "convert" && steps[args[0]].dtype === dtype
      places.push(same ? args[0] : steps.push({ ...step, args, dtype } as Step) - 1)
    }
  })
  return { body: steps, places }
}

/** The kernel with float32 in place of float64. */
export function narrow<K extends Loop | Reduce>(kernel: K): K {
  if (kernel.body.every(({ dtype }) => dtype !== "float64")) return kernel
  const { body, places } = narrowed(kernel.body)
  if (kernel.kind === "reduce") return { ...kernel, body, value: places[kernel.value] }
  return {
    ...kernel,
    body,
    stores: kernel.stores.map(({ array, value }) => ({ array, value: places[value] })),
  }
}
