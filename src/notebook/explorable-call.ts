/**
 * @file `explorable(name, params)` as a cell sees it: settings for an explorable of the page, as plain data. Knows no
 * explorable.
 */
import { Tensor, ValueError } from "../../engine/index.ts"
import { nestedOf, valuesOf } from "./late-values.ts"
import type { ExplorableOutput } from "./output.ts"

/** Throws where it is no name, no record, or no whole number. */
export function explorableOutput(
  name: unknown,
  params: unknown,
  { seed, step }: { seed?: unknown; step?: unknown } = {},
): ExplorableOutput {
  const example = 'write explorable("downhill", { lr: 0.2 }).'
  if (typeof name !== "string") throw new ValueError(`explorable: the first argument is a name; ${example}`)
  if (typeof params !== "object" || params === null || Array.isArray(params))
    throw new ValueError(`explorable: the second argument is a record of controls and values; ${example}`)
  for (const [what, n] of Object.entries({ seed, step }))
    if (n !== undefined && !(Number.isInteger(n) && (n as number) >= 0))
      throw new ValueError(`explorable: ${what} is ${String(n)}; give a whole number from 0.`)
  return {
    kind: "explorable",
    name,
    params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, plain(value)])),
    ...(seed !== undefined && { seed: seed as number }),
    ...(step !== undefined && { step: step as number }),
  }
}

/** What can be sent to the page; what cannot is null there, which no control allows. */
function plain(value: unknown): unknown {
  const data =
    value instanceof Tensor ? (value.size === 1 ? Number(valuesOf(value)[0]) : nestedOf(value)) : value
  return JSON.parse(JSON.stringify(ArrayBuffer.isView(data) ? [...(data as Float64Array)] : data) ?? "null")
}
