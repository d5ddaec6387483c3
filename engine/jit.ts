/**
 * @file jit: writes down what a function computes the first time it is called, and from then on replays it as one
 * program, without building a graph. Knows no op and no backend.
 */
import { backend, backendFor } from "./backend/registry.ts"
import { checkFunction } from "./core/arguments.ts"
import { isRowMajor } from "./core/view.ts"
import { Flattened, hasKey, keyOf, sameKey, tensorsIn } from "./flattened.ts"
import { Lazy, recordingNow, withRecordingOf } from "./lazy.ts"
import { Recorder } from "./recorder.ts"
import { Replay } from "./replay.ts"
import { bufferOn, realize } from "./schedule.ts"
import { Tensor } from "./tensor.ts"

/** After so many recordings of one function, recording costs more than it saves. */
const mostRecordings = 16

/** A function that `jit` has made. */
export interface Jitted<A extends unknown[], R> {
  (...args: A): R
  /** Why it is computed step by step like any other function; undefined if it is replayed. */
  readonly reason: string | undefined
}

/** The tensor as a computed array in row-major order. */
function settled(t: Tensor): Tensor {
  const { slot, view } = t.source
  // Most arguments are what a call before has seen.
  if (view === slot.view && slot.buffer) return t
  const plain = slot.number === undefined && view.offset === 0 && t.size === slot.size && isRowMajor(view)
  const own = plain ? t : new Tensor(t.flattenedCopy())
  realize([own.source.slot])
  return own
}

/** A tensor that stands for an argument while the function is recorded. */
function placeholder(t: Tensor, recorder: Recorder): Tensor {
  const { slot, view } = t.source
  const stand = new Lazy(slot.dtype, slot.view)
  stand.home = backendFor(slot.dtype)
  stand.buffer = bufferOn(stand.home, slot)
  stand.recording = recorder
  return new Tensor({ slot: stand, view })
}

/**
 * A faster version of a function that computes with tensors, such as a training step. The first call with arguments
 * of some shapes runs f and records it; later calls with the same shapes replay what was recorded, in one go, over
 * memory that is kept: no graph is built, nothing is allocated. Tensors that f uses from outside are read anew in
 * each call; parameters, states of optimizers and running means that it changes are changed by each call.
 *
 * What f does besides (pushing to a list, printing, drawing whole numbers with randint) happens in the first call
 * only: return what you need. A choice made by `if` on a number that is no argument is made once. If f reads values
 * inside, it cannot be recorded; it then runs as it stands, and `reason` says why.
 * Gradients do not flow through a jitted function: call backward or grad inside it. Throws: ValueError unless f is a
 * function.
 *
 * `const step = jit((x, y) => { const loss = crossEntropy(model.forward(x), y); loss.backward(); opt.step();
 * opt.zeroGrad(); return loss })`
 * @example
 * const w = tensor(4, { requiresGrad: true })
 * const opt = new SGD([w], { lr: 0.25 })
 * const train = jit(() => {
 *   const loss = w.sub(1).square()
 *   loss.backward()
 *   opt.step()
 *   opt.zeroGrad()
 *   return loss
 * })
 * Array.from({ length: 5 }, () => train().item())
 */
export function jit<A extends unknown[], R>(f: (...args: A) => R): Jitted<A, R> {
  checkFunction("jit", f)
  const replays: { key: readonly unknown[]; replay: Replay }[] = []
  let recordings = 0
  let reason: string | undefined

  const giveUp = (why: string): void => {
    reason = why
    console.warn(`jit: the function ${f.name ? `${f.name} ` : ""}runs step by step, since ${why}.`)
  }

  const record = (key: readonly unknown[], args: A): R => {
    const recorder = new Recorder()
    const given = new Flattened(args)
    const fixed = given.tensors.map((t) => t.requiresGrad)
    const stands = given.tensors.map((t, i) => (fixed[i] ? t : placeholder(settled(t), recorder)))
    const result = withRecordingOf(recorder, () => f(...(given.rebuilt(stands) as A)))
    const slots = stands.map((t, i) => (fixed[i] ? undefined : t.source.slot))
    const flat = new Flattened(result)
    const replay = recorder.reason === undefined ? new Replay(backend(), recorder, flat, slots) : undefined
    if (!replay || recorder.reason !== undefined) {
      giveUp(recorder.reason ?? "it cannot be recorded")
      realize([...recorder.assigned.keys(), ...flat.tensors].map((t) => t.source.slot))
      return result
    }
    recorder.over = true
    const at = replays.findIndex((entry) => sameKey(entry.key, key))
    if (at >= 0) replays.splice(at, 1)
    // What parameters were before they were gathered is not where later calls find them.
    if (!recorder.moved) replays.push({ key, replay })
    if (++recordings > mostRecordings)
      giveUp(
        `it was recorded ${recordings} times, for ${recorder.moved ? "parameters that are set outside again and again" : "arguments that are always new; pass numbers as tensors"}`,
      )
    replay.rewind()
    return replay.run(stands) as R
  }

  const jitted = (...args: A): R => {
    if (reason !== undefined || recordingNow()) return f(...args)
    for (const { key, replay } of replays)
      if (hasKey(args, key)) {
        const tensors = tensorsIn(args)
        for (let i = 0; i < tensors.length; i++)
          if (!tensors[i].requiresGrad) tensors[i] = settled(tensors[i])
        if (!replay.fits()) continue
        replay.prepare(tensors)
        return replay.run(tensors) as R
      }
    return record(keyOf(args), args)
  }
  return Object.defineProperty(jitted, "reason", { get: () => reason }) as Jitted<A, R>
}
