/**
 * @file Runs one probe job: an answer's code on the given inputs, in the realm that it is called in, and brings back raw
 * values. Forms no verdict and knows none. What it needs after foreign code has run was captured before.
 */
import * as engine from "../../engine/index.ts"
import {
  type AnswerError,
  type CallResult,
  FORBIDDEN_ERROR,
  type ProbeResult,
  type Slip,
  TODO_ERROR,
} from "../../exercises/lib/outcome.ts"
import { decode, encode, type Raw } from "../../exercises/lib/raw.ts"
import { clip, show } from "../../exercises/lib/show.ts"
import type { Call, ProbeJob } from "./probe.ts"

const { eval: evaluate, Error: Failure, Promise: Task, String: text, Number: number } = globalThis
const { sin, fround } = Math

const RESERVED = ["var", "default"]
const MAX_LINES = 100
const MAX_LINE = 1000
const FILE = "answer.ts"

let parser: Promise<typeof import("./parser.ts")> | undefined

/** What every job needs first. A host that takes imports away from foreign code calls this before. */
export function loadParser(): Promise<typeof import("./parser.ts")> {
  parser ??= import("./parser.ts")
  return parser
}

/** The job's raw results. Never rejects because of the answer; may never settle if the answer never ends. */
export async function runProbe(job: ProbeJob): Promise<ProbeResult> {
  const lines: string[] = []
  let slips: Slip[] = []
  const fail = (stage: "syntax" | "load", error: AnswerError): ProbeResult => ({
    id: job.id,
    error: { ...error, stage },
    calls: [],
    console: lines,
  })
  const given = job.given === "" ? "" : `${job.given.trimEnd()}\n;\n`
  const above = given.split("\n").length - 1
  let make: (...library: unknown[]) => () => Promise<unknown>
  const library = libraryOf(lines)
  const { parseAnswer } = await loadParser()
  try {
    const parsed = parseAnswer(given + job.source, job.entry, job.without ?? [], given.length)
    if ("problem" in parsed) {
      const { message, line, column } = parsed.problem
      const error = { name: "SyntaxError", message: clip(message, 500) }
      return fail("syntax", line > above ? { ...error, line: line - above, column } : error)
    }
    const { body, declares, forbidden } = parsed
    slips = parsed.slips.map(({ note, line }) => ({ note, line: line - above }))
    if (forbidden) {
      const { name, line, column } = forbidden
      return fail("syntax", { name: FORBIDDEN_ERROR, message: name, line: line - above, column })
    }
    if (!declares)
      return fail("load", { name: "MissingEntry", message: `the answer declares no ${job.entry ?? "value"}` })
    make = evaluate(
      `(${Object.keys(library).join(",")}) => async () => {"use strict";${body}\n}\n//# sourceURL=${FILE}`,
    ) as typeof make
  } catch (error) {
    return fail("syntax", errorOf(error, above))
  }
  let value: unknown
  try {
    engine.random.seed(job.seed)
    value = await make(...Object.values(library))()
  } catch (error) {
    return fail("load", errorOf(error, above))
  }
  if (job.entry === undefined) {
    const calls = [{ value: encode(await settled(value)), argsAfter: [] }]
    return { id: job.id, calls, console: lines }
  }
  if (typeof value !== "function")
    return fail("load", { name: "MissingEntry", message: `${job.entry} is not a function` })
  const calls: CallResult[] = []
  for (let i = 0; i < job.calls.length; i++)
    calls[i] = await callOnce(value as (...args: unknown[]) => unknown, job, job.calls[i], above)
  return { id: job.id, calls, console: lines, slips }
}

async function callOnce(
  f: (...args: unknown[]) => unknown,
  job: ProbeJob,
  call: Call,
  above: number,
): Promise<CallResult> {
  const wanted = call.gradients ?? []
  const args: unknown[] = []
  try {
    for (let i = 0; i < call.args.length; i++) args[i] = decode(call.args[i], job.dtype)
    for (let i = 0; i < wanted.length; i++) {
      const arg = args[wanted[i]]
      if (arg instanceof engine.Tensor) arg.requiresGrad = true
    }
    engine.random.seed(job.seed)
    let value: unknown
    const result: CallResult = { value: { t: "undefined" }, argsAfter: [] }
    const compute = async (): Promise<void> => {
      value = await settled(f(...args))
      result.value = encode(value)
    }
    if (job.count) {
      const { kernels } = await engine.profile(compute)
      result.work = 0
      for (let i = 0; i < kernels.length; i++) result.work += kernels[i].calls
    } else await compute()
    result.argsAfter = encodeAll(args)
    if (call.gradients) result.gradients = gradientsOf(value, args, wanted)
    return result
  } catch (error) {
    return { value: { t: "undefined" }, argsAfter: encodeAll(args), error: errorOf(error, above) }
  }
}

/** Waits for a Promise of the language itself; other objects with a `then` are ordinary values. */
async function settled(value: unknown): Promise<unknown> {
  return value instanceof Task ? await value : value
}

function encodeAll(values: unknown[]): Raw[] {
  const raw: Raw[] = []
  for (let i = 0; i < values.length; i++) raw[i] = encode(values[i])
  return raw
}

/**
 * Gradients of Σ wᵢ·resultᵢ. The weights differ, so that an error in one element cannot cancel one in another; they
 * are the same in every precision.
 */
function gradientsOf(value: unknown, args: unknown[], positions: number[]): Raw[] {
  const gradients: Raw[] = []
  for (let i = 0; i < positions.length; i++) gradients[i] = { t: "null" }
  if (!(value instanceof engine.Tensor) || !value.requiresGrad) return gradients
  const weights = new Float64Array(value.size)
  for (let i = 0; i < weights.length; i++) weights[i] = fround(1 + 0.5 * sin(i + 1))
  const weight = engine.tensor(weights, { dtype: value.dtype }).reshape(value.shape)
  value.mul(weight).sum().backward()
  for (let i = 0; i < positions.length; i++) {
    const arg = args[positions[i]]
    if (arg instanceof engine.Tensor) gradients[i] = encode(arg.grad)
  }
  return gradients
}

/** What the answer sees by name: the engine, a console of its own, and `TODO`. */
function libraryOf(lines: string[]): Record<string, unknown> {
  const print = (...values: unknown[]): void => {
    if (lines.length > MAX_LINES) return
    if (lines.length === MAX_LINES) {
      lines[MAX_LINES] = "… (no more lines are kept)"
      return
    }
    let line = ""
    for (let i = 0; i < values.length; i++) {
      const value = values[i]
      line += (i > 0 ? " " : "") + (typeof value === "string" ? value : show(encode(value), MAX_LINE))
    }
    lines[lines.length] = clip(line, MAX_LINE)
  }
  const console = { log: print, info: print, warn: print, error: print, debug: print, table: print }
  const TODO = (): never => {
    const error = new Failure("this part is still to be written")
    error.name = TODO_ERROR
    throw error
  }
  const library: Record<string, unknown> = { ...engine, console, display: print, TODO }
  // An op may be called as a method by a name that the language keeps for itself.
  for (const name of RESERVED) delete library[name]
  return library
}

/** What was thrown, with the line in the answer where it can be told. */
function errorOf(thrown: unknown, above: number): AnswerError {
  try {
    if (!(thrown instanceof Failure))
      return { name: "Error", message: `thrown: ${show(encode(thrown), 200)}` }
    const error: AnswerError = { name: clip(text(thrown.name), 60), message: clip(text(thrown.message), 500) }
    const place = placeIn(thrown)
    if (place && place.line > above) {
      error.line = place.line - above
      error.column = place.column
    }
    return error
  } catch {
    // The thrown object defends itself against being read (a Proxy, a throwing getter).
    return { name: "Error", message: "an error that cannot be read" }
  }
}

function placeIn(thrown: Error): { line: number; column: number } | undefined {
  const { loc, line, column } = thrown as Error & {
    loc?: { line: number; column: number }
    line?: unknown
    column?: unknown
  }
  if (loc && typeof loc.line === "number") return { line: loc.line, column: loc.column + 1 }
  const frame = /answer\.ts:(\d+):(\d+)/.exec(text(thrown.stack))
  if (frame) return { line: number(frame[1]), column: number(frame[2]) }
  // Safari hides the frames of evaluated code, but tells the innermost position on the error itself.
  return typeof line === "number" && typeof column === "number" ? { line, column } : undefined
}
