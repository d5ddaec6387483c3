/**
 * @file One expression on the engine's own tape: values on the way forward, messages on the way back, one at a time.
 * Every value, slope and gradient is the engine's. Draws and words nothing.
 */
import { grad, noGrad, type Tensor, tensor, trace } from "../../../engine/index.ts"
import { type Gate, GRAPHS, type Graph, type GraphName } from "./graphs.ts"

export interface Node {
  name: string
  /** Absent for a leaf. */
  gate?: Gate
  /** As the engine's tape calls it. */
  op: string
  value: number
  /** The whole gradient of f by this node, as the engine's backward pass leaves it. */
  grad: number
  /** The same by a central difference; leaves only. */
  check?: number
}

/** What one op sends to one of its inputs: upstream × local is added to what is there. */
export interface Message {
  /** Indices of nodes. */
  from: number
  to: number
  position: number
  upstream: number
  local: number
  sends: number
  /** The gradient of `to` before and after; before is undefined for the first message. */
  before?: number
  after: number
}

/** What happens at one position of the transport. */
export type Event =
  | { kind: "value"; node: number }
  | { kind: "seed"; node: number }
  | { kind: "message"; message: Message }

export interface State {
  graph: Graph
  nodes: readonly Node[]
  messages: readonly Message[]
  events: readonly Event[]
  step: number
  /** What has been written so far; undefined: not yet. */
  values: readonly (number | undefined)[]
  grads: readonly (number | undefined)[]
  /** The last event and the one to come. */
  last?: Event
  next?: Event
  /** The reader fills in, and what the reader typed. */
  fills: boolean
  guess: number
}

const number = (value: number): Tensor => tensor(value, { dtype: "float64", requiresGrad: true })

/** Runs the gates on the leaves; the result is by name. */
function forward(graph: Graph, leaves: Record<string, Tensor>): Record<string, Tensor> {
  const all = { ...leaves }
  for (const { name, inputs, apply } of graph.gates) all[name] = apply(...inputs.map((input) => all[input]!))
  return all
}

/** ∂f/∂leaf by (f(x + h) − f(x − h)) / 2h. */
function wiggle(graph: Graph, given: Readonly<Record<string, number>>, name: string): number {
  const h = 1e-5 * Math.max(1, Math.abs(given[name]!))
  const at = (value: number) =>
    noGrad(() => {
      const leaves = Object.entries({ ...given, [name]: value }).map(([key, v]) => [
        key,
        tensor(v, { dtype: "float64" }),
      ])
      return forward(graph, Object.fromEntries(leaves))[graph.gates.at(-1)!.name]!.item()
    })
  return (at(given[name]! + h) - at(given[name]! - h)) / (2 * h)
}

/** The slope of one gate by each of its inputs, at their values. */
function slopesOf({ apply }: Gate, values: readonly number[]): number[] {
  const slopes = grad((inputs: readonly Tensor[]) => apply(...inputs))(
    values.map((v) => tensor(v, { dtype: "float64" })),
  )
  return (slopes as readonly Tensor[]).map((slope) => slope.item())
}

/** Everything that the tape of this graph holds for these leaves, in the order of recording. */
function record(
  graph: Graph,
  given: Readonly<Record<string, number>>,
): { nodes: Node[]; messages: Message[] } {
  const leaves = Object.fromEntries(Object.entries(given).map(([name, v]) => [name, number(v)]))
  const tensors = forward(graph, leaves)
  const traced = trace(tensors[graph.gates.at(-1)!.name]!, tensors).nodes
  const nodes = Object.keys(tensors).map((name): Node => {
    const { op, value, grad } = traced.find((node) => node.label === name)!
    const gate = graph.gates.find((g) => g.name === name)
    return {
      name,
      gate,
      op,
      value: value.item(),
      grad: grad!.item(),
      check: gate ? undefined : wiggle(graph, given, name),
    }
  })
  const index = new Map(nodes.map(({ name }, i) => [name, i]))
  const sum = new Map([[nodes.length - 1, 1]])
  const messages: Message[] = []
  for (const gate of graph.gates.toReversed()) {
    const from = index.get(gate.name)!
    const inputs = gate.inputs.map((name) => index.get(name)!)
    const slopes = slopesOf(
      gate,
      inputs.map((i) => nodes[i]!.value),
    )
    inputs.forEach((to, position) => {
      const [upstream, local, before] = [sum.get(from)!, slopes[position]!, sum.get(to)]
      const sends = upstream * local
      const after = (before ?? 0) + sends
      sum.set(to, after)
      messages.push({ from, to, position, upstream, local, sends, before, after })
    })
  }
  return { nodes, messages }
}

/** The node that an event writes to. */
export const target = (event: Event): number => (event.kind === "message" ? event.message.to : event.node)

/**
 * Where the transport stands right after the next event that writes to this node, or after its first one when none is
 * left; right before it where the reader fills in.
 */
export function moment({ events, step, fills }: State, node: number): number {
  const writes = events.flatMap((event, i) => (target(event) === node ? [fills ? i : i + 1] : []))
  return writes.find((at) => (fills ? at >= step : at > step)) ?? writes[0] ?? step
}

/** Last position of the transport: every value, the 1 at the end, every message. */
export function lengthOf(name: GraphName): number {
  const { gates } = GRAPHS[name]
  return gates.length + 1 + gates.reduce((sum, { inputs }) => sum + inputs.length, 0)
}

export function state(
  name: GraphName,
  given: Readonly<Record<string, number>>,
  at: number,
  fills: boolean,
  guess: number,
): State {
  const graph: Graph = GRAPHS[name]
  const step = Math.min(at, lengthOf(name))
  const { nodes, messages } = record(graph, given)
  const events: Event[] = [
    ...nodes.flatMap((node, i): Event[] => (node.gate ? [{ kind: "value", node: i }] : [])),
    { kind: "seed", node: nodes.length - 1 },
    ...messages.map((message): Event => ({ kind: "message", message })),
  ]
  const values = nodes.map((node): number | undefined => (node.gate ? undefined : node.value))
  const grads: (number | undefined)[] = nodes.map(() => undefined)
  for (const event of events.slice(0, step)) {
    if (event.kind === "value") values[event.node] = nodes[event.node]!.value
    else if (event.kind === "seed") grads[event.node] = 1
    else grads[event.message.to] = event.message.after
  }
  const [last, next] = [events[step - 1], events[step]]
  return { graph, nodes, messages, events, step, values, grads, last, next, fills, guess }
}
