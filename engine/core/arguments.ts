/**
 * @file Arguments as a reader gives them: numbers, options, shapes. Says in words what TypeScript would have marked.
 * Knows no tensor.
 */
import { ShapeError, ValueError } from "./errors.ts"

/** Any value as messages show it. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "function") return "a function"
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`
  if (typeof value !== "object" || value === null) return String(value)
  if ("ndim" in value) return "a tensor"
  return `{${Object.keys(value).join(", ")}}`
}

/** A name without case and underscores: label_smoothing is meant to be labelSmoothing. */
const plain = (name: string): string => name.replaceAll("_", "").toLowerCase()

/** Throws: ValueError unless `given` is an object whose names are all options of `op`. */
export function checkOptions<T extends object>(
  op: string,
  given: T,
  names: readonly (keyof T & string)[],
): void {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new ValueError(
      `${op}: the options are one object, such as {${names[0]}: …}, not ${show(given)}; ` +
        `${op} knows ${names.join(", ")}.`,
    )
  for (const name in given)
    if (!names.includes(name)) {
      const near = names.find((known) => plain(known) === plain(name))
      throw new ValueError(
        `${op}: there is no option "${name}"; ${near ? `did you mean ${near}?` : `${op} knows ${names.join(", ")}.`}`,
      )
    }
}

/** The number itself. Throws: ValueError unless it is a number from low to high, and not `except`, which is one of them. */
export function checkNumber(
  op: string,
  what: string,
  value: number | undefined,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
  except?: number,
): number {
  if (typeof value === "number" && value >= low && value <= high && value !== except) return value
  const range =
    except === low
      ? ` above ${low}`
      : high < Number.POSITIVE_INFINITY
        ? ` from ${low} ${except === high ? "up to, not including," : "to"} ${high}`
        : low > Number.NEGATIVE_INFINITY
          ? `, ${low} or more`
          : ""
  throw new ValueError(`${op}: ${what} is ${show(value)}; use a number${range}.`)
}

/** The number itself. Throws: ValueError unless it is a whole number, `least` or more. */
export function checkCount(op: string, what: string, value: number, least = 0): number {
  if (!Number.isSafeInteger(value) || value < least)
    throw new ValueError(`${op}: ${what} is ${show(value)}; use a whole number, ${least} or more.`)
  return value
}

/** Throws: ValueError unless it is a function. */
export function checkFunction(op: string, f: unknown): void {
  if (typeof f !== "function")
    throw new ValueError(
      `${op}: ${show(f)} is not a function; write ${op}((x) => …), with the function itself.`,
    )
}

/**
 * A shape as it was given: a list of sizes, or one number for a vector. `next` is what follows it in the call, where
 * a second size may stand; `call` shows the right call. Throws: ShapeError for anything else.
 */
export function shapeFrom(
  op: string,
  shape: number | readonly number[],
  next?: unknown,
  call = (sizes: string): string => `${op}(${sizes})`,
): readonly number[] {
  if (typeof shape === "number" && typeof next !== "number") return [shape]
  if (Array.isArray(shape)) return shape
  const several = typeof shape === "number"
  throw new ShapeError(
    `${op}: a shape is one list of sizes, not ${show(shape)}${several ? ` and ${next}` : ""}; ` +
      `write ${call(several ? `[${shape}, ${next}]` : "[2, 3]")}.`,
  )
}
