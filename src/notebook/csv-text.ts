/** @file Rows as CSV text (RFC 4180), with numbers as code writes them. Knows no table on a page. */

export type CsvValue = string | number | boolean | null

/** Header and rows, in lines that end with CR LF. */
export function csvText(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("")
}

function field(value: CsvValue): string {
  const text = value === null ? "" : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The number that a cell of a table on the page shows, with its typographic minus and its groups; else the text. */
export function shownValue(text: string): CsvValue {
  const plain = text
    .replace(/^−/, "-")
    .replace(/e−/, "e-")
    .replace(/^-?\d{1,3}(,\d{3})+(?=\.|$)/, (groups) => groups.replaceAll(",", ""))
    .replace(/^(-?)∞$/, "$1Infinity")
  if (plain === "") return null
  return /^-?(\d+\.?\d*(e[+-]?\d+)?|Infinity)$/.test(plain)
    ? Number(plain)
    : plain === "NaN"
      ? Number.NaN
      : text
}

/** Smaller first: numbers by size, then text by the alphabet with its numbers by size, then what is no value. */
export function compareValues(a: CsvValue, b: CsvValue): number {
  const rank = (value: CsvValue): number =>
    value === null || Number.isNaN(value) ? 2 : typeof value === "number" ? 0 : 1
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a < b ? -1 : 1
  return rank(a) === 2 ? 0 : String(a).localeCompare(String(b), "en", { numeric: true })
}

/** The points of several series by their x, each once. */
export function seriesRows(
  x: string,
  series: readonly { name: string; x: readonly number[]; y: readonly number[] }[],
): { columns: string[]; rows: CsvValue[][] } {
  const rows = new Map<number, CsvValue[]>()
  series.forEach((one, s) => {
    one.x.forEach((at, i) => {
      const row = rows.get(at) ?? [at, ...series.map(() => null)]
      row[s + 1] = one.y[i]
      rows.set(at, row)
    })
  })
  return {
    columns: [x || "x", ...series.map(({ name }) => name)],
    rows: [...rows.values()].sort((a, b) => Number(a[0]) - Number(b[0])),
  }
}
