/** @file What was measured in the reader's browser, as HTML text. Measures nothing. */
import type { TypedArray } from "../../../engine/inside.ts"
import { count, format } from "../lib/number.ts"
import { escapeText } from "../lib/svg.ts"
import type { Study } from "./study.ts"
import type { Held, Time } from "./times.ts"

const duration = (us: number): string => (us < 1000 ? `${format(us, 3)} µs` : `${format(us / 1000, 3)} ms`)

/** A bar for each way, as long as its time. */
export function timesResult(times: readonly Time[]): string {
  const longest = Math.max(...times.map(({ us }) => us))
  const rows = times.map(
    ({ name, us }) =>
      `<tr><th scope="row">${escapeText(name)}</th><td class="tour-time">${duration(us)}</td><td class="tour-bar" aria-hidden="true"><span class="tour-length" style="width:${Math.max(0.5, (100 * us) / longest).toFixed(1)}%"></span></td></tr>`,
  )
  return (
    `<div class="table-scroll scroll"><table class="tour-table"><caption class="visually-hidden">Times in this browser</caption><thead><tr><th scope="col">One call</th><th scope="col" colspan="2">Takes</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>` +
    "<p>Each is the median of five short measurements, just now, in this tab.</p>"
  )
}

export function heldResult({ calls, before, after }: Held): string {
  const change = after - before
  const says =
    change === 0
      ? "not one more"
      : `${count(Math.abs(change), "byte")} ${change > 0 ? "more: a cache that fills up to its limit" : "fewer"}`
  return `<p>After one call the engine held ${count(before, "byte")} on the CPU. After ${count(calls, "more call")} it holds ${says}.</p>`
}

export function gpuResult(
  device: string,
  us: number,
  { values }: Study,
  outputs: readonly TypedArray[],
): string {
  let worst = 0
  values.forEach(({ want }, o) => {
    for (let i = 0; i < want.length; i++)
      if (want[i] !== outputs[o][i]) worst = Math.max(worst, Math.abs(want[i] - outputs[o][i]))
  })
  const apart =
    worst === 0
      ? "agree with the interpreter’s to the last bit"
      : `differ from the interpreter’s by at most ${format(worst, 2)}`
  return `<p>On ${escapeText(device)}, the values ${apart}. One run with its answer read back took ${duration(us)}.</p>`
}
