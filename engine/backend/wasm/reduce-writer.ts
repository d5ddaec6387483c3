/**
 * @file The code of a reduction inside one function: its pointers, its accumulators, the loops over what is reduced and
 * over what is kept. Knows no parts and no kernels.
 */
import { type Code, type Func, i32, i32x4, type Local, move } from "./assembler.ts"
import { Evaluator, type Spot } from "./dialect.ts"
import { lanes } from "./lanes.ts"
import { block, type ReduceShape, strip } from "./reduce-shape.ts"
import { type Accumulator, LaneAccumulator, ScalarAccumulator, savedBytes } from "./reduction.ts"
import { isWhole } from "./scalar64.ts"
import { elementBytes } from "./scope.ts"
import { type Stream, skip, type Walked, walk, walkRange } from "./walk.ts"

const iota = i32x4.const(0, 1, 2, 3)

/** A reduction being written into one function. */
export class ReduceWriter {
  readonly func: Func
  readonly #shape: ReduceShape
  readonly #body: Evaluator
  readonly #streams: Stream[]
  readonly #accumulators: Accumulator[]
  /** argmax and argmin: the position within what is reduced. */
  readonly #position: Local
  readonly #stored: Local

  constructor(func: Func, shape: ReduceShape) {
    this.func = func
    this.#shape = shape
    const { reduce, dialect, accesses, strides } = shape
    this.#body = new Evaluator(func, reduce.body, dialect, shape.hot)
    this.#streams = accesses.map(({ dtype }, a) => ({
      pointer: func.local("i32"),
      steps: strides[a].map((stride) => stride * elementBytes(dtype)),
    }))
    const { dtype } = reduce.body[reduce.value]
    this.#accumulators = Array.from({ length: shape.along ? this.#vectors : shape.unroll }, () =>
      dialect === lanes
        ? new LaneAccumulator(func, reduce.op, dtype, shape.blocks)
        : new ScalarAccumulator(func, reduce.op, isWhole(dtype)),
    )
    this.#position = func.local("i32")
    this.#stored = func.local("v128")
  }

  /** Vectors of results at once. */
  get #vectors(): number {
    const { kept } = this.#shape
    return Math.min(strip, Math.ceil(kept[kept.length - 1] / 4))
  }

  /** Sets the pointers to index `from` of dimension `dim`, and computes what never changes. */
  begin(dim = 0, from?: Code): Code[] {
    const { scope, accesses, levels, reduce } = this.#shape
    return [
      ...this.#streams.map(({ pointer }, a) =>
        pointer.set(scope.address(this.func.param(0), accesses[a].array, accesses[a].offset)),
      ),
      from === undefined ? [] : skip(this.#streams, dim, from),
      this.#body.hoist([reduce.value], levels, 0, (step) => this.#load(step, 0, 1)),
    ]
  }

  /** The place `index` further along the dimension in which vectors lie. */
  #spot(access: number, index: number): Spot {
    const { along, kept, strides, accesses } = this.#shape
    const dim = along ? kept.length - 1 : strides[access].length - 1
    const { pointer } = this.#streams[access]
    return { pointer, dtype: accesses[access].dtype, stride: strides[access][dim], index }
  }

  #load(step: number, index: number, count: number): Code {
    return this.#shape.dialect.load(this.#spot(this.#shape.reads.indexOf(step), index), count)
  }

  /** The body for `count` elements goes into an accumulator. */
  #put(accumulator: Accumulator, index: number, count: number): Code {
    const { reduce, dialect, along } = this.#shape
    const { before, values } = this.#body.compute([reduce.value], (step) => this.#load(step, index, count))
    const at = i32.add(this.#position, along ? 0 : index)
    const position = dialect.width === 1 ? at : along ? i32x4.splat(at) : i32x4.add(i32x4.splat(at), iota)
    return [before, accumulator.put(values[0], position, along ? 4 : count)]
  }

  #advance(elements: number): Code {
    return this.#shape.reduce.op.startsWith("arg") ? move(this.#position, elements) : []
  }

  #each(code: (accumulator: Accumulator, i: number) => Code): Code[] {
    return this.#accumulators.map(code)
  }

  get clear(): Code[] {
    return [this.#position.set(0), ...this.#each((accumulator) => accumulator.clear())]
  }

  save(address: Code): Code[] {
    return [
      i32.store(address, this.#position),
      ...this.#each((accumulator, i) => accumulator.save(address, 64 + savedBytes * i)),
    ]
  }

  restore(address: Code): Code[] {
    return [
      this.#position.set(i32.load(address)),
      ...this.#each((accumulator, i) => accumulator.restore(address, 64 + savedBytes * i)),
    ]
  }

  get stateBytes(): number {
    return 64 + savedBytes * this.#accumulators.length
  }

  /** The next `n` elements of the innermost reduced dimension, across vectors. */
  #across(n: number): Walked {
    const { kept, reduced, dialect, unroll, blocks } = this.#shape
    const round = unroll * dialect.width
    const last = kept.length + reduced.length - 1
    const once = (): Code[] => [
      this.#each((accumulator, u) => this.#put(accumulator, u * dialect.width, dialect.width)),
      this.#advance(round),
      this.#streams.map(({ pointer, steps }) => move(pointer, steps[last] * round)),
    ]
    const rounds = n <= strip * dialect.width ? 0 : Math.floor(n / round)
    const run = (count: number): Code => this.func.repeat(count, once)
    const flush = blocks ? this.#each((accumulator) => accumulator.flush()) : []
    const whole = blocks ? Math.floor(rounds / block) : 0
    const code: Code[] = [this.func.repeat(whole, () => [run(block), flush]), run(rounds - whole * block)]
    const first = this.#accumulators[0]
    const rest = n - rounds * round
    for (let index = 0; index < rest; index += dialect.width)
      code.push(this.#put(first, index, Math.min(dialect.width, rest - index)))
    if (rounds > whole * block || rest > 0) code.push(this.#advance(rest), flush)
    return { code, moved: this.#streams.map(({ steps }) => steps[last] * rounds * round) }
  }

  /** One step of the innermost reduced dimension for `count` results side by side. */
  #pointAlong(count: number): Walked {
    const code: Code[] = []
    for (let index = 0; index < count; index += 4)
      code.push(this.#put(this.#accumulators[index / 4], index, Math.min(4, count - index)))
    return { code: [code, this.#advance(1)], moved: this.#streams.map(() => 0) }
  }

  /** The next `n` steps of the innermost reduced dimension for `count` results side by side. */
  #along(n: number, count: number): Walked {
    const { kept, reduced, blocks } = this.#shape
    const last = kept.length + reduced.length - 1
    const inner = this.#streams.map(({ pointer, steps }) => ({ pointer, steps: [steps[last]] }))
    const run = (rows: number): Walked => walk(this.func, inner, [rows], 0, () => this.#pointAlong(count))
    if (!blocks) return run(n)
    const flush = this.#each((accumulator) => accumulator.flush())
    const whole = Math.floor(n / block)
    const some = (rows: number): Code[] => {
      const { code, moved } = run(rows)
      return [code, inner.map(({ pointer, steps }, s) => move(pointer, steps[0] * rows - moved[s])), flush]
    }
    const code = [this.func.repeat(whole, () => some(block)), n % block > 0 ? some(n % block) : []]
    return { code, moved: inner.map(({ steps }) => steps[0] * n) }
  }

  /** The next `n` elements of the innermost reduced dimension, for results of which there are `count`. */
  #stretch(n: number, count: number): Walked {
    return this.#shape.along ? this.#along(n, count) : this.#across(n)
  }

  /** Everything that is reduced, from where the pointers stand, without `clear`. */
  #all(row: () => Walked): Walked {
    const { kept, reduced } = this.#shape
    return walk(this.func, this.#streams, [...kept, ...reduced.slice(0, -1)], kept.length, row)
  }

  #store(count: number): Code[] {
    const { dialect, reads, along } = this.#shape
    const store = (accumulator: Accumulator, index: number, elements: number): Code =>
      dialect.store(
        this.#spot(reads.length, index),
        elements,
        accumulator.result(!along),
        () => this.#stored,
        true,
      )
    const [first, ...others] = this.#accumulators
    if (!along) return [first.fold(others), store(first, 0, 1)]
    const code: Code[] = []
    for (let index = 0; index < count; index += 4)
      code.push(store(this.#accumulators[index / 4], index, Math.min(4, count - index)))
    return code
  }

  /** One result across vectors, or `count` results along them. */
  #results(count: number): Walked {
    const { along, reduce, levels, reduced } = this.#shape
    const hoisted = along ? [] : this.#body.hoist([reduce.value], levels, 1, (step) => this.#load(step, 0, 1))
    const { code, moved } = this.#all(() => this.#stretch(reduced[reduced.length - 1], count))
    return { code: [hoisted, this.clear, code, this.#store(count)], moved }
  }

  /** All results along the last kept dimension. */
  #strips(): Walked {
    const { kept } = this.#shape
    const last = kept.length - 1
    const n = kept[last]
    const count = 4 * this.#vectors
    const whole = n <= count ? 0 : Math.floor(n / count)
    const code: Code[] = []
    if (whole > 0) code.push(this.stripRange(i32.const(0), i32.const(whole)))
    const rest = n - whole * count
    const { code: end, moved } =
      rest > 0 ? this.#results(rest) : { code: [], moved: this.#streams.map(() => 0) }
    code.push(end)
    return { code, moved: this.#streams.map(({ steps }, s) => steps[last] * whole * count + moved[s]) }
  }

  /** Strips number from … to − 1. */
  stripRange(from: Code, to: Code): Code {
    const last = this.#shape.kept.length - 1
    const count = 4 * this.#vectors
    const i = this.func.local("i32")
    const { code, moved } = this.#results(count)
    return this.func.loop(i, from, to, 1, () => [
      code,
      this.#streams.map(({ pointer, steps }, s) => move(pointer, steps[last] * count - moved[s])),
    ])
  }

  /** The results of what is left after whole strips. */
  restOfStrips(): Code[] {
    const { kept } = this.#shape
    const rest = kept[kept.length - 1] % (4 * this.#vectors)
    return rest === 0 ? [] : this.#results(rest).code
  }

  /** The loops over kept dimensions from `dim` on. */
  results(dim: number): Walked {
    const { kept, along } = this.#shape
    const outer = along ? kept.slice(0, -1) : kept
    return walk(this.func, this.#streams, outer, dim, () => (along ? this.#strips() : this.#results(1)))
  }

  /** Results for indices from … to − 1 of the first kept dimension. */
  resultRange(from: Local, to: Local): Code[] {
    return walkRange(this.func, this.#streams, 0, from, to, this.results(1))
  }

  /** Of the first reduced dimension, as many indices as are taken at once by `reducedRange`. */
  get unit(): number {
    const { along, reduced, unroll, dialect } = this.#shape
    return reduced.length > 1 ? 1 : along ? block : block * unroll * dialect.width
  }

  /** Indices from … to − 1 of the first reduced dimension go in; there is but one lot of results. */
  reducedRange(from: Local, to: Local): Code[] {
    const { kept, reduced } = this.#shape
    const dim = kept.length
    const n = reduced.length > 1 ? reduced[reduced.length - 1] : this.unit
    const sizes = [...kept, ...reduced.slice(0, -1)]
    const { code, moved } = walk(this.func, this.#streams, sizes, dim + 1, () =>
      this.#stretch(n, kept[0] ?? 1),
    )
    const i = this.func.local("i32")
    return [
      this.func.loop(i, from, to, this.unit, () => [
        code,
        this.#streams.map(({ pointer, steps }, s) => move(pointer, steps[dim] * this.unit - moved[s])),
      ]),
    ]
  }

  /** The last `rest` elements of the only reduced dimension, and the results. */
  finish(rest: number): Code[] {
    const count = this.#shape.kept[0] ?? 1
    return [rest > 0 ? this.#stretch(rest, count).code : [], this.#store(count)]
  }
}
