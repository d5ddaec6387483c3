/**
 * @file Which nodes of a graph become one kernel. Element-wise nodes of one shape share a loop; a loop that only
 * feeds a reduction becomes its prologue. Knows no backend.
 *
 * Groups run in the order of their numbers. A node may join any group that does not come before what it reads, so
 * no circle can arise. An array that is made and read in one group must be read element by element.
 */
import { arrayInfo, type Graph, type Node } from "../backend/graph.ts"
import { type Shape, sameShape, sizeOf } from "../core/shape.ts"
import { arithmeticOf } from "./lower.ts"
import { isWholeArray, orderIn, squeezed, squeezedShape } from "./views.ts"

export interface Group {
  readonly kind: "loop" | "reduce" | "matmul" | "single"
  /** Of a loop, without dimensions of size 1. */
  readonly shape: Shape
  /** Is it computed in double? */
  readonly double: boolean
  /** Numbers of the arrays that its nodes make; of a reduction, the prologue's first and its own last. */
  readonly arrays: number[]
}

/** Loops longer than this are not joined for having nothing in common but their shape. */
const small = 4096
/** Nodes in one loop. Longer bodies run out of registers. */
const mostNodes = 64

/** Groups in the order in which they run. */
export function groupsOf(graph: Graph): Group[] {
  const first = graph.inputs.length + graph.scalars.length
  const nodeOf = (array: number): Node | undefined => graph.nodes[array - first]
  const groups: Group[] = []
  /** The group that makes each array. */
  const maker = new Map<number, number>()
  const readers = new Map<number, number[]>()
  graph.nodes.forEach((node, i) => {
    for (const { array } of node.reads) readers.set(array, [...(readers.get(array) ?? []), first + i])
  })
  const outputs = new Set(graph.outputs)

  const isDouble = (node: Node): boolean => {
    const types = node.reads.map(({ array }) => arrayInfo(graph, array).dtype)
    return node.kernel.kind === "map"
      ? arithmeticOf(node.kernel.expr, types, node.dtype) === "float64"
      : node.dtype === "float64" || types.includes("float64")
  }

  const shares = (node: Node, group: Group): boolean =>
    node.reads.some(({ array }) =>
      group.arrays.some((member) => nodeOf(member)?.reads.some((read) => read.array === array)),
    )

  const fits = (node: Node, shape: Shape, double: boolean, at: number): boolean => {
    const group = groups[at]
    if (group.kind !== "loop" || group.double !== double || group.arrays.length >= mostNodes) return false
    if (!sameShape(group.shape, shape)) return false
    const inside = node.reads.filter(({ array }) => maker.get(array) === at)
    if (inside.length === 0) return sizeOf(shape) <= small || shares(node, group)
    return inside.every(({ array, view }) => isWholeArray(view, arrayInfo(graph, array).size))
  }

  /** The group whose only fruit is the array that this reduction reads, or −1. */
  const prologue = (node: Node): number => {
    const [{ array, view }] = node.reads
    const at = maker.get(array) ?? -1
    const made = nodeOf(array)
    if (at < 0 || !made || groups[at].kind !== "loop" || groups[at].double !== isDouble(node)) return -1
    if (orderIn(squeezed(view), squeezedShape(made.shape)) === undefined) return -1
    const needed = (member: number): boolean =>
      outputs.has(member) || (readers.get(member) ?? []).some((reader) => !groups[at].arrays.includes(reader))
    const alone = groups[at].arrays.every((member) => member === array || !needed(member))
    return alone && !outputs.has(array) && readers.get(array)?.length === 1 ? at : -1
  }

  /**
   * Moves the nodes of an earlier loop into a later one that reads what it makes, so that it need not be stored.
   * Nothing between the two may read it, and the later loop only element by element.
   */
  const pull = (from: number, to: number, reader: Node): void => {
    const early = groups[from]
    const late = groups[to]
    if (early.kind !== "loop" || early.double !== late.double || !sameShape(early.shape, late.shape)) return
    if (early.arrays.length + late.arrays.length >= mostNodes) return
    const whole = ({ reads }: Node): boolean =>
      reads.every(
        ({ array, view }) => maker.get(array) !== from || isWholeArray(view, arrayInfo(graph, array).size),
      )
    const waits = early.arrays.every((array) =>
      (readers.get(array) ?? []).every((each) => {
        const at = maker.get(each)
        return at === undefined || at === from || at >= to
      }),
    )
    if (!waits || !whole(reader) || !late.arrays.every((array) => whole(graph.nodes[array - first]))) return
    for (const array of early.arrays) maker.set(array, to)
    late.arrays.unshift(...early.arrays.splice(0))
  }

  graph.nodes.forEach((node, i) => {
    const array = first + i
    const { kind } = node.kernel
    const after = Math.max(-1, ...node.reads.map((read) => maker.get(read.array) ?? -1))
    const double = isDouble(node)
    if (kind === "map") {
      const shape = squeezedShape(node.shape)
      let at = Math.max(after, 0)
      while (at < groups.length && !fits(node, shape, double, at)) at++
      if (at === groups.length) groups.push({ kind: "loop", shape, double, arrays: [] })
      for (const read of node.reads) {
        const from = maker.get(read.array)
        if (from !== undefined && from !== at) pull(from, at, node)
      }
      groups[at].arrays.push(array)
      maker.set(array, at)
      return
    }
    const at = kind === "reduce" ? prologue(node) : -1
    if (at >= 0) {
      groups[at] = { ...groups[at], kind: "reduce", arrays: [...groups[at].arrays, array] }
      maker.set(array, at)
    } else {
      const group = kind === "reduce" || kind === "matmul" ? kind : "single"
      maker.set(array, groups.length)
      groups.push({ kind: group, shape: node.shape, double, arrays: [array] })
    }
  })
  return groups.filter(({ arrays }) => arrays.length > 0)
}
