/**
 * @file How tests try an op: its domain, where its gradient may be checked by differences, and calls. Types only: the
 * trials of a file's ops are its default export, which nothing in the engine imports, so that no page loads them.
 */

/** The numbers on which an op is defined and tested; "real" is −3 … 3. */
export type Domain = "real" | "positive" | "nonzero" | readonly [low: number, high: number]

/** A call: shapes of the tensor arguments (drawn from the domains), then the other arguments. */
export interface Example {
  readonly shapes: readonly (readonly number[])[]
  readonly rest?: readonly unknown[]
}

export interface Trial {
  /** It takes one tensor of any shape, or two of any shapes that broadcast. */
  readonly each?: "element" | "pair"
  /** The arguments after the tensor of an op on each element. */
  readonly rest?: readonly unknown[]
  /** Calls besides those. */
  readonly examples?: readonly Example[]
  /** One domain per tensor argument; "real" where none is given. */
  readonly domains?: readonly Domain[]
  /** Points where the op is not differentiable; differences keep away from them. */
  readonly kinks?: readonly number[]
  /** False for ops with integer or boolean results, and for those whose gradient is 0 or undefined. */
  readonly differentiable?: false
}

/** The trials of ops by their names. */
export type Trials = Readonly<Record<string, Trial>>
