/**
 * @file Makes the SVG text of a still picture smaller without moving a line by more than a twentieth of a unit:
 * polylines as short differences, which compress well. Knows nothing of what the picture shows.
 */

const round = (value: number): number => Math.round(value * 10) / 10
const short = (value: number): string =>
  String(round(value))
    .replace(/^(-?)0\./, "$1.")
    .replace(/^-0$/, "0")

/** Numbers in a row, without a space where a sign already separates them. */
const row = (numbers: number[]): string =>
  numbers
    .map(short)
    .reduce((text, number) => text + (text && !number.startsWith("-") ? " " : "") + number, "")

/** A path of absolute `M`, `L` and `Z` only, as differences; any other path as it is. */
export function compactPath(d: string): string {
  const parts = [...d.matchAll(/([MLZ])([-\d\s,.e]*)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== d) return d
  let path = ""
  let [x, y] = [0, 0]
  for (const [, command, rest] of parts) {
    const numbers = (rest.match(/-?[\d.]+(?:e[-+]?\d+)?/g) ?? []).map(Number)
    if (command === "Z") path += "z"
    if (command === "M" && numbers.length < 2) return d
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const next = [round(numbers[i]), round(numbers[i + 1])]
      if (command === "M" && i === 0) path += `M${row(next)}`
      else {
        const step = row([next[0] - x, next[1] - y])
        path += /[Mz][-\d. ]*$/.test(path) ? `l${step}` : step.startsWith("-") ? step : ` ${step}`
      }
      ;[x, y] = next
    }
  }
  return path
}

/** The same picture in fewer bytes. Sizes of type and the box of the picture stay as they are. */
export function compactSvg(svg: string): string {
  return svg
    .replace(/ d="([^"]+)"/g, (_, d: string) => ` d="${compactPath(d)}"`)
    .replace(
      / (transform|x|y|x1|x2|y1|y2|cx|cy|r)="([^"]*\.\d\d[^"]*)"/g,
      (_, name: string, value: string) =>
        ` ${name}="${value.replace(/-?\d*\.\d{2,}/g, (n) => short(Number(n)))}"`,
    )
}
