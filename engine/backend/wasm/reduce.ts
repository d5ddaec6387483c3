/**
 * @file Reductions: a body at every point of a shape, summed up (or multiplied, compared) over some of its dimensions.
 * Vectors lie either across what is reduced, and their lanes are brought together at the end, or along what is kept,
 * and make four results at once. Long ones are made in parts. Knows no element-wise loops.
 */
import { sizeOf } from "../../core/shape.ts"
import type { Reduce } from "../../fuse/plan.ts"
import { type Code, type Func, i32 } from "./assembler.ts"
import { type ReduceShape, shapeOf, strip } from "./reduce-shape.ts"
import { reduceWriter } from "./reduce-writer.ts"
import type { Scope } from "./scope.ts"

/** Reductions of more elements are made in parts of about half as many: see `loop.ts`. */
const longest = 32768

/** A function of the parameter block and of a range, with a writer for it. */
function partOf(scope: Scope, shape: ReduceShape, name: string) {
  const func = scope.module.function(`${name} part`, ["i32", "i32", "i32"], [])
  const [params, from, to] = func.params
  return { func, params, from, to, writer: reduceWriter(func, shape) }
}

/** One lot of results: parts of what is reduced, the accumulators kept in memory between them. */
function inPartsOfReduced(scope: Scope, shape: ReduceShape, name: string): Func {
  const { kept, reduced } = shape
  const { func, params, from, to, writer } = partOf(scope, shape, name)
  const state = scope.takeScratch(writer.stateBytes)
  const place = func.local("i32")
  func.emit(
    place.set(scope.scratch(params, state)),
    writer.begin(kept.length, from),
    writer.restore(place),
    writer.reducedRange(from, to),
    writer.save(place),
  )
  const whole = reduced[0] - (reduced[0] % writer.unit)
  const inside = (sizeOf(kept) * sizeOf(reduced)) / reduced[0]
  const units = Math.max(1, Math.floor(longest / 2 / inside / writer.unit))
  const rest = (kernel: Func): Code[] => {
    const end = reduceWriter(kernel, shape)
    return [
      end.begin(kept.length, i32.const(whole)),
      end.restore(scope.scratch(kernel.param(0), state)),
      end.finish(reduced[0] - whole),
    ]
  }
  return scope.inParts(name, func, whole, units * writer.unit, rest, (kernel) => {
    const start = reduceWriter(kernel, shape)
    return [start.clear, start.save(scope.scratch(kernel.param(0), state))]
  })
}

/** Vectors along the only kept dimension: parts of so many strips of it. */
function inPartsOfStrips(scope: Scope, shape: ReduceShape, name: string): Func {
  const { kept, reduced } = shape
  const { func, from, to, writer } = partOf(scope, shape, name)
  const count = 4 * strip
  func.emit(writer.begin(0, i32.mul(from, count)), writer.stripRange(from, to))
  const whole = Math.floor(kept[0] / count)
  const step = Math.max(1, Math.floor(longest / 2 / (sizeOf(reduced) * count)))
  return scope.inParts(name, func, whole, step, (kernel) => {
    if (kept[0] % count === 0) return []
    const rest = reduceWriter(kernel, shape)
    return [rest.begin(0, i32.const(whole * count)), rest.restOfStrips()]
  })
}

/** Parts of the first kept dimension. */
function inPartsOfKept(scope: Scope, shape: ReduceShape, name: string): Func {
  const { kept, reduced } = shape
  const { func, from, to, writer } = partOf(scope, shape, name)
  func.emit(writer.begin(0, from), writer.resultRange(from, to))
  const inside = sizeOf(kept.slice(1)) * sizeOf(reduced)
  return scope.inParts(name, func, kept[0], Math.max(1, Math.floor(longest / 2 / inside)))
}

/** Writes a reduction as a kernel: a function of the parameter block. */
export function emitReduce(scope: Scope, reduce: Reduce, name: string): Func {
  const shape = shapeOf(scope, reduce)
  const { kept, reduced, along } = shape
  if (sizeOf(kept) * sizeOf(reduced) > longest) {
    if (kept.length === 0 || (along && kept.length === 1 && kept[0] <= 4 * strip))
      return inPartsOfReduced(scope, shape, name)
    return along && kept.length === 1
      ? inPartsOfStrips(scope, shape, name)
      : inPartsOfKept(scope, shape, name)
  }
  const kernel = scope.kernel(name)
  if (sizeOf(kept) === 0) return kernel
  const writer = reduceWriter(kernel, shape)
  kernel.emit(writer.begin(), writer.results())
  return kernel
}
