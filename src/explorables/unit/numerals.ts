/** @file A number where there is little room. */
import { format } from "../lib/number.ts"

/** At most two decimals: "1.2", "−0.14". */
export function short(v: number): string {
  return format(Number(v.toFixed(2)), 4)
}
