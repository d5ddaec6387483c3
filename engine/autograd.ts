/**
 * @file Reverse-mode differentiation: the walk back along the tape. Undoes broadcasting and conversions in one
 * place, so that no vjp has to. Knows no particular op beyond add.
 */
import { checkFunction, checkOptions, show } from "./core/arguments.ts"
import { GradientError, ShapeError, showShape } from "./core/errors.ts"
import { sameShape } from "./core/shape.ts"
import { asTensor, repeated } from "./create.ts"
import { keep, nothing, onTheWay } from "./lazy.ts"
import { isRecording, record, withRecording } from "./op.ts"
import { add, to } from "./ops/arithmetic.ts"
import { sumTo } from "./ops/reduce.ts"
import { want } from "./schedule.ts"
import { type Nested, type Tape, Tensor } from "./tensor.ts"

/** A tensor on the tape. */
type Node = Tensor & { tape: Tape }

/** What lies behind a tensor: the nodes of the tape, results before inputs, and the leaves at its ends. */
interface Behind {
  readonly nodes: readonly Node[]
  readonly leaves: readonly Tensor[]
}

let walks = 0

/** Finds it, each once. */
function reach(root: Tensor): Behind {
  walks++
  const nodes: Node[] = []
  const leaves: Tensor[] = []
  const met = (t: Tensor): void => {
    if (t.met === walks) return
    t.met = walks
    // Of a walk that ended in an error.
    t.sent = undefined
    if (t.tape) nodes.push(t as Node)
    else leaves.push(t)
  }
  met(root)
  // The list grows while it is walked.
  for (let n = 0; n < nodes.length; n++) {
    const { inputs } = nodes[n].tape
    for (let i = 0; i < inputs.length; i++) if (inputs[i].requiresGrad) met(inputs[i])
  }
  nodes.sort((a, b) => b.tape.order - a.tape.order)
  return { nodes, leaves }
}

/** Sends the gradient of `root`, weighted by `ct`, to everything behind it, where `use` finds it as `sent`. */
function walk<T>(name: string, { nodes, leaves }: Behind, root: Tensor, ct: Tensor, use: () => T): T {
  root.sent = ct
  onTheWay(() => {
    for (const node of nodes) send(name, node)
  })
  const result = use()
  root.sent = undefined
  for (const node of nodes) node.sent = undefined
  for (const leaf of leaves) leaf.sent = undefined
  return result
}

/** Adds what the result of an op sends back to the gradients of its inputs. */
function send(name: string, { tape, sent: ct }: Node): void {
  if (!ct) return
  if (tape.freed)
    throw new GradientError(
      `${name}: this graph has been used by an earlier backward() and is freed; compute the loss again, ` +
        "or call backward(undefined, {retainGraph: true}) the first time.",
    )
  for (let i = 0; i < tape.inputs.length; i++) {
    const x = tape.inputs[i]
    const vjp = tape.vjps[i]
    if (!vjp || !x.requiresGrad) continue
    if (x.version !== tape.versions[i])
      throw new GradientError(
        `${name}: an input of ${tape.op}, shape ${showShape(x.shape)}, was changed in place (by assign or an ` +
          "optimizer) after it was used; compute the loss again before going back.",
      )
    const sent = vjp(ct)
    const grad = sumTo(sent.dtype === x.dtype ? sent : to(sent, x.dtype), x.source.view.shape)
    x.sent = x.sent ? add(x.sent, grad) : grad
  }
}

function cotangent(name: string, y: Tensor, ct: Tensor | undefined): Tensor {
  if (ct !== undefined && !(ct instanceof Tensor))
    throw new GradientError(
      `${name}: the cotangent is ${show(ct)}, not a tensor; without one write backward(), with options ` +
        "backward(undefined, {retainGraph: true}).",
    )
  if (!ct && y.size !== 1)
    throw new GradientError(
      `${name}: the result has shape ${showShape(y.shape)}, not one number; take its mean() or sum() first` +
        (name === "backward" ? ", or pass a cotangent of that shape: y.backward(ct)." : "."),
    )
  if (ct && !sameShape(ct.shape, y.shape))
    throw new ShapeError(
      `${name}: the cotangent ${showShape(ct.shape)} must have the shape of the result, ${showShape(y.shape)}.`,
    )
  return ct ?? repeated(1, y.dtype, y.source.view.shape)
}

/** What becomes of the graph. */
export interface BackwardOptions {
  /** Keep the graph for another backward. False by default: it is freed. */
  retainGraph?: boolean
  /** Record the gradients too, so that they can be differentiated again. Keeps the graph. */
  createGraph?: boolean
}

/**
 * Adds the gradient of x to the `.grad` of every leaf with `requiresGrad` that it was computed from, and frees the
 * graph. x is one number, or `ct` (shape of x) gives the weights of its elements.
 * Throws: GradientError for a freed graph, several numbers without `ct`, or if nothing requires a gradient.
 * @example
 * const w = tensor([1, 2, 3], { requiresGrad: true })
 * w.square().sum().backward()
 * w.grad
 */
export function backward(x: Tensor, ct?: Tensor, options: BackwardOptions = {}): void {
  checkOptions("backward", options, ["createGraph", "retainGraph"])
  const { createGraph = false, retainGraph = createGraph } = options
  if (!x.requiresGrad)
    throw new GradientError(
      "backward: nothing that this was computed from requires a gradient; make a parameter with " +
        "{requiresGrad: true}, and do not cut the graph with detach(), data(), item() or noGrad().",
    )
  const start = cotangent("backward", x, ct)
  const behind = reach(x)
  withRecording(createGraph, () => {
    walk("backward", behind, x, start, () => {
      for (const leaf of behind.leaves) {
        const { sent: grad } = leaf
        if (!grad) continue
        const { grad: before } = leaf
        const own = before ? add(before, grad) : createGraph ? grad : grad.detach()
        own.unseen = own !== grad
        leaf.grad = own
        keep(grad.source)
      }
    })
  })
  want(x.source.slot)
  if (!retainGraph)
    for (const { tape } of behind.nodes) {
      tape.inputs = tape.versions = tape.vjps = nothing
      tape.freed = true
    }
}

/** @internal The gradient of `root`, one number, by everything behind it. Accumulates nothing and frees nothing. */
export function gradientsBehind(root: Tensor): ReadonlyMap<Tensor, Tensor> {
  const behind = reach(root)
  const all = [...behind.nodes, ...behind.leaves]
  return withRecording(false, () =>
    walk("trace", behind, root, cotangent("trace", root, undefined), () => {
      return new Map(all.flatMap((t) => (t.sent ? [[t, t.sent]] : [])))
    }),
  )
}

/**
 * Calls `f` without recording: nothing in it can be differentiated, and no graph is kept. Throws: ValueError unless it is a function.
 * @example
 * const w = tensor([1, 2], { requiresGrad: true })
 * display(w.mul(3).requiresGrad)
 * noGrad(() => w.mul(3)).requiresGrad
 */
export function noGrad<T>(f: () => T): T {
  checkFunction("noGrad", f)
  return withRecording(false, f)
}

/** What a function may be differentiated by: a tensor, or an array or record of tensors. */
export type Differentiable = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor }

/** What may be given for it: numbers and nested numbers become tensors. */
export type Argument<X> = X extends Tensor ? Tensor | Nested : X

/** The gradient has the structure of the argument. */
export type GradientOf<X> = X extends Tensor ? Tensor : { [K in keyof X]: Tensor }

function isTensors(x: unknown): x is readonly Tensor[] {
  return Array.isArray(x) && x.length > 0 && x.every((item) => item instanceof Tensor)
}

/** The tensors of an argument, and how to put others in their place. */
function leavesOf(x: Differentiable | Nested): { list: Tensor[]; rebuild: (list: Tensor[]) => unknown } {
  if (x instanceof Tensor) return { list: [x], rebuild: ([t]) => t }
  if (isTensors(x)) return { list: [...x], rebuild: (list) => list }
  if (typeof x === "number" || Array.isArray(x))
    return { list: [asTensor("tensor", x as Nested)], rebuild: ([t]) => t }
  const names = typeof x === "object" && x !== null ? Object.keys(x) : []
  const record = x as { readonly [name: string]: Tensor }
  const wrong = names.find((name) => !(record[name] instanceof Tensor))
  if (names.length === 0 || wrong !== undefined)
    throw new GradientError(
      `grad: ${wrong === undefined ? `the argument is ${show(x)}` : `${wrong} is ${show(record[wrong])}`}; ` +
        "differentiate by a tensor, numbers, or an array or record of tensors.",
    )
  return {
    list: names.map((name) => record[name]),
    rebuild: (list) => Object.fromEntries(names.map((name, i) => [name, list[i]])),
  }
}

/** A tensor of its own to differentiate by; still tied to x if x itself is being differentiated outside. */
function variable(x: Tensor): Tensor {
  const own = new Tensor(x.source)
  const tied = record("grad", own, [x], [(ct) => ct])
  tied.requiresGrad = true
  return tied
}

/**
 * `valueAndGrad(f)(x, ...rest)` is `[f(x, ...rest), ∂f/∂x]`. f must return one number as a tensor; x is a tensor,
 * an array or a record of tensors, and the gradient has the same structure. May be nested for higher derivatives.
 * The gradient is 0 where f does not depend on x. Throws: GradientError if f returns anything else, or if the way from
 * x to its result is broken because values were read (data, item, tolist).
 * @example
 * const loss = (p: { w: Tensor; b: Tensor }) => p.w.mul(2).add(p.b).square()
 * const [value, slope] = valueAndGrad(loss)({ w: tensor(3), b: tensor(-1) })
 * display(value, slope.w, slope.b)
 */
export function valueAndGrad<X extends Differentiable, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Tensor,
): (x: Argument<X>, ...rest: Rest) => [value: Tensor, gradient: GradientOf<X>] {
  checkFunction("grad", f)
  return (x, ...rest) => {
    const { list, rebuild } = leavesOf(x as Differentiable | Nested)
    const outside = isRecording()
    const inputs = withRecording(outside, () => list.map(variable))
    const reads = Tensor.reads
    const y = withRecording(true, () => f(rebuild(inputs) as X, ...rest))
    if (!(y instanceof Tensor))
      throw new GradientError(
        `grad: the function returned ${(y as unknown) instanceof Promise ? "a promise" : show(y)}, not a tensor; return the loss itself, without item() or data().`,
      )
    const start = cotangent("grad", y, undefined)
    const behind = y.requiresGrad ? reach(y) : { nodes: [], leaves: [] }
    // The gradient is recorded only if something outside this call could ask for its derivative.
    const nested =
      outside && (inputs.some((t) => t.tape) || behind.leaves.some((leaf) => !inputs.includes(leaf)))
    const sent = withRecording(nested, () => walk("grad", behind, y, start, () => inputs.map((t) => t.sent)))
    if (Tensor.reads > reads && !sent.some((t) => t))
      throw new GradientError(
        "grad: the result does not depend on the argument through ops, since values were read on the way; " +
          "compute with the tensors themselves, without data(), item() or tolist().",
      )
    const gradients = inputs.map((t, i) => sent[i] ?? repeated(0, t.dtype, t.source.view.shape))
    for (const { source } of gradients) keep(source)
    const finish = (t: Tensor) => (nested ? t : t.detach())
    return [finish(y), rebuild(gradients.map(finish)) as GradientOf<X>]
  }
}

/**
 * `grad(f)(x, ...rest)` is ∂f/∂x, with the structure of x: see `valueAndGrad`. May be nested for higher
 * derivatives. Throws: as `valueAndGrad`.
 * @example
 * const slope = grad((x: Tensor) => x.pow(3))
 * display(slope(2))
 * grad((x: Tensor) => slope(x))(2)
 */
export function grad<X extends Differentiable, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Tensor,
): (x: Argument<X>, ...rest: Rest) => GradientOf<X> {
  const both = valueAndGrad<X, Rest>(f)
  return (x, ...rest) => both(x, ...rest)[1]
}
