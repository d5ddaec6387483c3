/**
 * @file The code of a reduction inside one function: its accumulators, the loops over what is reduced and over what is
 * kept. Knows no parts and no kernels.
 */
import { type Code, type Func, i32, i32x4, type Local, move, type Value } from "./assembler.ts"
import { cursorOf } from "./cursor.ts"
import { lanes } from "./lanes.ts"
import { block, type ReduceShape, strip } from "./reduce-shape.ts"
import { type Accumulator, laneAccumulator, savedBytes, scalarAccumulator } from "./reduction.ts"
import { isWhole } from "./scalar64.ts"
import { type Walked, walk, walkRange } from "./walk.ts"

const iota = i32x4.const(0, 1, 2, 3)

/** What writes a reduction into one function. */
export function reduceWriter(func: Func, shape: ReduceShape) {
  const { op, dtype, dialect, along, kept, reduced, inner, vectors, blocks } = shape
  const { width } = dialect
  const { streams, begin, hoist, compute, store, advance } = cursorOf(func, shape)
  const accumulators = Array.from({ length: vectors }, () =>
    dialect === lanes
      ? laneAccumulator(func, op, dtype, blocks)
      : scalarAccumulator(func, op, isWhole(dtype)),
  )
  const [first, ...others] = accumulators
  /** argmax and argmin: the position within what is reduced. */
  const position = func.local("i32")
  /** Kept dimensions outside the vectors, and all whose loops go around the innermost reduced one. */
  const outer = along ? kept.slice(0, -1) : kept
  const around = [...kept, ...reduced.slice(0, -1)]
  const [lastKept, lastReduced] = [kept.length - 1, kept.length + reduced.length - 1]
  const width4 = 4 * vectors

  /** The body for `count` elements goes into an accumulator. */
  const put = (accumulator: Accumulator, index: number, count: number): Code => {
    const { before, values } = compute(index, count)
    const at = i32.add(position, along ? 0 : index)
    const where = width === 1 ? at : along ? i32x4.splat(at) : i32x4.add(i32x4.splat(at), iota)
    return [before, accumulator.put(values[0], where, along ? 4 : count)]
  }

  const count = (elements: number): Code => (op.startsWith("arg") ? move(position, elements) : [])
  const flush = (): Code => (blocks ? accumulators.map((accumulator) => accumulator.flush()) : [])
  const clear: Code = [position.set(0), accumulators.map((accumulator) => accumulator.clear())]

  /** The next `n` elements of the innermost reduced dimension, across vectors. */
  const across = (n: number): Walked => {
    const round = vectors * width
    const rounds = n <= strip * width ? 0 : Math.floor(n / round)
    const run = (times: number): Code =>
      func.repeat(times, () => [
        accumulators.map((accumulator, u) => put(accumulator, u * width, width)),
        count(round),
        advance(round),
      ])
    const whole = blocks ? Math.floor(rounds / block) : 0
    const code: Code[] = [func.repeat(whole, () => [run(block), flush()]), run(rounds - whole * block)]
    const rest = n - rounds * round
    for (let index = 0; index < rest; index += width)
      code.push(put(first, index, Math.min(width, rest - index)))
    if (rounds > whole * block || rest > 0) code.push(count(rest), flush())
    return { code, moved: streams.map(({ steps }) => steps[inner] * rounds * round) }
  }

  /** `code` for as many of `results` results side by side as make a vector, one vector after the other. */
  const sideBySide = (results: number, code: (accumulator: Accumulator, index: number, n: number) => Code) =>
    accumulators
      .slice(0, Math.ceil(results / 4))
      .map((accumulator, i) => code(accumulator, 4 * i, Math.min(4, results - 4 * i)))

  /** The next `n` steps of the innermost reduced dimension for `results` results side by side. */
  const alongside = (n: number, results: number): Walked => {
    const rows = streams.map(({ pointer, steps }) => ({ pointer, steps: [steps[lastReduced]] }))
    const run = (times: number): Walked =>
      walk(func, rows, [times], 0, () => ({
        code: [sideBySide(results, put), count(1)],
        moved: streams.map(() => 0),
      }))
    if (!blocks) return run(n)
    const whole = Math.floor(n / block)
    const some = (times: number): Code[] => {
      const { code, moved } = run(times)
      return [code, rows.map(({ pointer, steps }, s) => move(pointer, steps[0] * times - moved[s])), flush()]
    }
    const code = [func.repeat(whole, () => some(block)), n % block > 0 ? some(n % block) : []]
    return { code, moved: rows.map(({ steps }) => steps[0] * n) }
  }

  /** The next `n` elements of the innermost reduced dimension, for results of which there are `results`. */
  const stretch = (n: number, results: number): Walked => (along ? alongside(n, results) : across(n))

  const stored = (results: number): Code => {
    const one = (accumulator: Accumulator, index: number, n: number): Code =>
      store(0, index, n, accumulator.result(!along), true)
    return along ? sideBySide(results, one) : [first.fold(others), one(first, 0, 1)]
  }

  /** One result across vectors, or `results` results along them. */
  const some = (results: number): Walked => {
    const hoisted = along ? [] : hoist(1)
    const { code, moved } = walk(func, streams, around, kept.length, () =>
      stretch(reduced[reduced.length - 1], results),
    )
    return { code: [hoisted, clear, code, stored(results)], moved }
  }

  /** Strips number from … to − 1. */
  const stripRange = (from: Value, to: Value): Code => {
    const i = func.local("i32")
    const { code, moved } = some(width4)
    return func.loop(i, from, to, 1, () => [
      code,
      streams.map(({ pointer, steps }, s) => move(pointer, steps[lastKept] * width4 - moved[s])),
    ])
  }

  /** All results along the last kept dimension. */
  const strips = (): Walked => {
    const n = kept[lastKept]
    const whole = n <= width4 ? 0 : Math.floor(n / width4)
    const rest = n - whole * width4
    const range = whole > 0 ? stripRange(0, whole) : []
    const { code, moved } = rest > 0 ? some(rest) : { code: [], moved: streams.map(() => 0) }
    return {
      code: [range, code],
      moved: streams.map(({ steps }, s) => steps[lastKept] * whole * width4 + moved[s]),
    }
  }

  /** The loops over kept dimensions from `dim` on. */
  const results = (dim: number): Walked => walk(func, streams, outer, dim, () => (along ? strips() : some(1)))

  /** Of the first reduced dimension, as many indices as are taken at once by `reducedRange`. */
  const unit = reduced.length > 1 ? 1 : along ? block : block * vectors * width

  return {
    begin,
    clear,
    unit,
    stripRange,
    stateBytes: 64 + savedBytes * vectors,
    save: (address: Code): Code => [
      i32.store(address, position),
      accumulators.map((accumulator, i) => accumulator.save(address, 64 + savedBytes * i)),
    ],
    restore: (address: Code): Code => [
      position.set(i32.load(address)),
      accumulators.map((accumulator, i) => accumulator.restore(address, 64 + savedBytes * i)),
    ],
    /** Everything. */
    results: (): Code[] => results(0).code,
    /** Results for indices from … to − 1 of the first kept dimension. */
    resultRange: (from: Local, to: Local): Code[] => walkRange(func, streams, 0, from, to, results(1)),
    /** The results of what is left after whole strips. */
    restOfStrips: (): Code[] => {
      const rest = kept[lastKept] % width4
      return rest === 0 ? [] : some(rest).code
    },
    /** Indices from … to − 1 of the first reduced dimension go in; there is but one lot of results. */
    reducedRange: (from: Local, to: Local): Code => {
      const n = reduced.length > 1 ? reduced[reduced.length - 1] : unit
      const { code, moved } = walk(func, streams, around, kept.length + 1, () => stretch(n, kept[0] ?? 1))
      return func.loop(func.local("i32"), from, to, unit, () => [
        code,
        streams.map(({ pointer, steps }, s) => move(pointer, steps[kept.length] * unit - moved[s])),
      ])
    },
    /** The last `rest` elements of the only reduced dimension, and the results. */
    finish: (rest: number): Code[] => {
      const n = kept[0] ?? 1
      return [rest > 0 ? stretch(rest, n).code : [], stored(n)]
    },
  }
}
