/** @file What is known of the effects of a cell's code: its bodies, their calls, what holds what. Plain data. */
import type { Key } from "./roots.ts"

/** A call, with the keys whose objects go into it. */
export interface Call {
  /** A variable, `.method`, `new C`, a body, or `?` for anything else that is called. */
  callee: Key
  /** The name before the dot of `name.method(…)`. */
  base?: Key
  /** `a.b(c).method()`: the receiver is a result of `a` and `c`, not one of them. */
  onResult: boolean
  receiver: Key[]
  args: Key[][]
  /** Which argument goes where is not known. */
  mixed?: boolean
  /** `x.method` is handed on without a call; whether that matters depends on the method. */
  handed?: boolean
}

/** What running a body may change; calls are left open, since what they do depends on the callee. */
export interface Effects {
  /** The variables that each parameter binds. */
  params: Key[][]
  /** Its `this`. */
  self?: Key
  changes: Set<Key>
  /** Variables that are assigned as a whole. */
  assigns: Set<Key>
  calls: Call[]
  /** Every variable that is mentioned. */
  reads: Set<Key>
  /** A getter, a setter, `toString`…: it runs where no call is seen. */
  implicit?: boolean
}

export interface CellEffects {
  /** The statements of the cell itself. */
  top: Effects
  /** The functions of the cell. */
  bodies: Effects[]
  /** Bodies by the name that they are called by: `step`, `.step` for methods, `new C` for constructors. */
  functions: Map<Key, number[]>
  /** What a variable's value was called from: `const g = grad(loss)`. */
  made: Map<Key, Key>
  /** Receivers that are handed on as a whole, so that others may hold them. */
  escapes: Set<Key>
  /** Key → keys whose objects it may share or hold. */
  holds: Map<Key, Set<Key>>
}
