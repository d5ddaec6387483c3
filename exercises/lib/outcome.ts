/** @file What running an answer gave: raw values, errors, console; and how a message that claims to be one is read. */
import { type Raw, readRaw } from "./raw.ts"

export interface AnswerError {
  name: string
  message: string
  /** In the answer as typed, from 1; absent where the error is not in it. */
  line?: number
  column?: number
}

export interface CallResult {
  value: Raw
  /** Arguments after the call, to see whether they were changed. */
  argsAfter: Raw[]
  /** One for each position asked for; `null` where no path leads from the result to that argument. */
  gradients?: Raw[]
  error?: AnswerError
  /** Operations that the engine computed, where they were to be counted. */
  work?: number
}

/** A slip that the text alone shows. It says something only about an answer that is wrong. */
export interface Slip {
  note: "js.xor" | "js.fill-alias"
  /** In the answer as typed, from 1. */
  line: number
}

const SLIPS: readonly unknown[] = ["js.xor", "js.fill-alias"] satisfies Slip["note"][]

export interface ProbeResult {
  id: number
  /** Syntax error, missing entry point, or an exception while the answer's top level ran. */
  error?: AnswerError & { stage: "syntax" | "load" }
  /** One for each call of the job; for a job without an entry, the one value. Empty after an `error`. */
  calls: CallResult[]
  /** What the answer printed, capped. */
  console: string[]
  slips?: Slip[]
}

/** The name of the error that a call of `TODO()` throws. */
export const TODO_ERROR = "TodoError"

/** The name of the error of an answer that uses an op which it was to do without; the message is the op's name. */
export const FORBIDDEN_ERROR = "ForbiddenOp"

const MAX_LINES = 100

/**
 * Reads what came out of a worker in which foreign code ran. Whatever has not the exact form is replaced by
 * something that cannot pass, or refused as a whole.
 */
export function readResult(from: unknown, calls: number): ProbeResult | undefined {
  if (!isRecord(from) || !Array.isArray(from.calls) || !Array.isArray(from.console)) return undefined
  const failure = readError(from.error)
  if (!failure && from.calls.length !== calls) return undefined
  return {
    id: typeof from.id === "number" ? from.id : 0,
    calls: failure ? [] : from.calls.map(readCall),
    console: from.console.slice(0, MAX_LINES).map((line) => String(line).slice(0, 1000)),
    slips: Array.isArray(from.slips) ? from.slips.slice(0, 10).filter(isSlip) : [],
    ...(failure ? { error: { ...failure, stage: isSyntax(from.error) ? "syntax" : "load" } } : {}),
  }
}

function readCall(from: unknown): CallResult {
  if (!isRecord(from)) return { value: { t: "other", v: "a damaged value" }, argsAfter: [] }
  const error = readError(from.error)
  return {
    value: readRaw(from.value),
    argsAfter: Array.isArray(from.argsAfter) ? from.argsAfter.map((item) => readRaw(item)) : [],
    ...(Array.isArray(from.gradients) ? { gradients: from.gradients.map((item) => readRaw(item)) } : {}),
    ...(error ? { error } : {}),
    ...(typeof from.work === "number" ? { work: from.work } : {}),
  }
}

function readError(from: unknown): AnswerError | undefined {
  if (from === undefined) return undefined
  if (!isRecord(from)) return { name: "Error", message: "" }
  const { name, message, line, column } = from
  return {
    name: typeof name === "string" ? name.slice(0, 60) : "Error",
    message: typeof message === "string" ? message.slice(0, 1000) : "",
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof column === "number" ? { column } : {}),
  }
}

function isSyntax(from: unknown): boolean {
  return isRecord(from) && from.stage === "syntax"
}

function isSlip(from: unknown): from is Slip {
  return isRecord(from) && SLIPS.includes(from.note) && typeof from.line === "number"
}

function isRecord(from: unknown): from is Record<string, unknown> {
  return typeof from === "object" && from !== null
}
