/**
 * @file Element-wise loops: a body at every point of a shape, its values stored through views. Dimensions are
 * collapsed, the innermost one goes four elements at a time. Knows no reductions.
 *
 * V8 compiles a function in a hurry when it is first called and well when it has run for a while, but does not change
 * over in the middle of a call. So long loops are made in parts, a call each.
 */
import { type Shape, sizeOf } from "../../core/shape.ts"
import { collapse, rowMajor, type View } from "../../core/view.ts"
import type { Body, Loop } from "../../fuse/plan.ts"
import { type Code, type Func, i32, type Local } from "./assembler.ts"
import { cursorOf, type Layout, readsOf } from "./cursor.ts"
import { argsOf, type Level } from "./dialect.ts"
import { fitsLanes, isElementary, lanes, mayBeSubnormal } from "./lanes.ts"
import { scalar64 } from "./scalar64.ts"
import type { Scope } from "./scope.ts"
import { type Walked, walk, walkRange } from "./walk.ts"

/** A loop of a plan whose stores go through views. */
export interface ViewLoop {
  readonly shape: Shape
  readonly body: Body
  readonly stores: readonly { readonly array: number; readonly view: View; readonly value: number }[]
}

/** Loops over more elements are made in parts of about half as many. */
const longest = 32768
/** From so many elements on, speed is worth more code. */
const hotFrom = 512

/** How much work a body is: its operations, where an elementary function counts as many. */
export function weightOf(body: Body): number {
  let weight = 0
  for (const { op } of body) weight += op === "read" || op === "const" ? 0 : isElementary(op) ? 12 : 1
  return weight
}

/** How often every step changes, given how often the reads do. */
export function levelsOf(body: Body, ofRead: (step: number) => Level): Level[] {
  const levels: Level[] = []
  body.forEach((step, s) => {
    let level: Level = step.op === "read" ? ofRead(s) : 0
    for (const arg of argsOf(step)) if (levels[arg] > level) level = levels[arg]
    levels.push(level)
  })
  return levels
}

/** A loop with its dimensions collapsed, before any code is written. */
interface LoopLayout extends Layout {
  readonly sizes: readonly number[]
  /** Vectors, and elements, in one round of the innermost loop. */
  readonly unroll: number
  readonly round: number
}

/** What writes a loop into one function. */
function loopWriter(func: Func, layout: LoopLayout) {
  const { body, wanted, dialect, inner, sizes, unroll, round } = layout
  const { width } = dialect
  const { streams, begin, hoist, compute, store, advance } = cursorOf(func, layout)
  const outer = sizes.slice(0, -1)

  /** The body and its stores for `count` elements, at most a vector, from the one `index` places on. */
  const at = (index: number, count: number): Code[] => {
    const { before, values } = compute(index, count)
    return [before, values.map((value, s) => store(s, index, count, value, mayBeSubnormal(body, wanted[s])))]
  }

  /** Whole vectors, `unroll` of them, and the pointers moved past them. */
  const once = (): Code[] => [Array.from({ length: unroll }, (_, u) => at(u * width, width)), advance(round)]

  /** `count` elements without a loop, from the pointers on. */
  const straight = (count: number): Code[] => {
    const code: Code[] = []
    for (let index = 0; index < count; index += width) code.push(at(index, Math.min(width, count - index)))
    return code
  }

  /** A whole row: the innermost dimension. */
  const row = (): Walked => {
    const n = sizes[inner]
    const rounds = n <= 4 * width ? 0 : Math.floor(n / round)
    return {
      code: [hoist(1), func.repeat(rounds, once), straight(n - rounds * round)],
      moved: streams.map(({ steps }) => steps[inner] * rounds * round),
    }
  }

  return {
    begin,
    straight,
    /** Elements from … to − 1 of the innermost dimension, a multiple of a round. */
    range: (from: Local, to: Local): Code => func.loop(func.local("i32"), from, to, round, once),
    /** All rows. */
    rows: (): Code[] => walk(func, streams, outer, 0, row).code,
    /** The rows at from … to − 1 of the outermost dimension. */
    rowRange: (from: Local, to: Local): Code[] =>
      walkRange(func, streams, 0, from, to, walk(func, streams, outer, 1, row)),
  }
}

function layoutOf(scope: Scope, loop: ViewLoop): LoopLayout {
  const { body, stores } = loop
  const dialect = fitsLanes(body) ? lanes : scalar64
  const { reads, accesses, views } = readsOf(body)
  for (const { array, view } of stores) {
    views.push(view)
    accesses.push({ array, dtype: scope.dtypeOf(array), offset: view.offset })
  }
  const { shape: sizes, strides } = collapse(loop.shape, views)
  if (sizes.length === 0) {
    sizes.push(1)
    for (const list of strides) list.push(0)
  }
  const total = sizeOf(sizes)
  const inner = sizes.length - 1
  const once = sizes.length === 1 && total <= dialect.width
  const levels = levelsOf(body, (step) => {
    const list = strides[reads.indexOf(step)]
    return list[inner] !== 0 ? 2 : list.some((stride) => stride !== 0) ? 1 : 0
  })
  const weight = weightOf(body)
  const unroll = dialect.width === 1 || sizes[inner] < 64 ? 1 : weight <= 8 ? 4 : weight <= 24 ? 2 : 1
  return {
    scope,
    body,
    wanted: stores.map(({ value }) => value),
    dialect,
    sizes,
    reads,
    accesses,
    strides,
    inner,
    levels: once ? levels.map(() => 2) : levels,
    unroll,
    round: unroll * dialect.width,
    hot: total >= hotFrom,
  }
}

/** Writes a loop as a kernel: a function of the parameter block. */
export function emitLoop(scope: Scope, loop: ViewLoop, name: string): Func {
  const layout = layoutOf(scope, loop)
  const { sizes, round } = layout
  const total = sizeOf(sizes)
  if (total <= longest) {
    const func = scope.kernel(name)
    if (total === 0) return func
    const writer = loopWriter(func, layout)
    func.emit(...writer.begin(), ...writer.rows())
    return func
  }
  const part = scope.module.function(`${name} part`, ["i32", "i32", "i32"], [])
  const [, from, to] = part.params
  const writer = loopWriter(part, layout)
  if (sizes.length > 1) {
    part.emit(...writer.begin(0, from), ...writer.rowRange(from, to))
    const rows = Math.max(1, Math.floor(longest / 2 / (total / sizes[0])))
    return scope.inParts(name, part, sizes[0], rows)
  }
  part.emit(...writer.begin(0, from), writer.range(from, to))
  const whole = total - (total % round)
  return scope.inParts(name, part, whole, longest / 2, (kernel) => {
    if (whole === total) return []
    const rest = loopWriter(kernel, layout)
    return [rest.begin(0, i32.const(whole)), rest.straight(total - whole)]
  })
}

/** The loop of a plan, whose stores are row-major. */
export function planLoop({ shape, body, stores }: Loop): ViewLoop {
  const view = rowMajor(shape)
  return { shape, body, stores: stores.map((store) => ({ ...store, view })) }
}
