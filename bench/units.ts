/** @file Times, sizes and ratios as people read them. The same in the terminal and on the page. */

/** Three of them. */
export function digits(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0)
}

/** Milliseconds in ns, µs, ms or s, with three digits. */
export function time(ms: number): string {
  if (ms < 1e-3) return `${digits(ms * 1e6)} ns`
  if (ms < 1) return `${digits(ms * 1e3)} µs`
  return ms < 1e3 ? `${digits(ms)} ms` : `${digits(ms / 1e3)} s`
}

/** A share: 0 %, 0.4 %, 12 %. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`
}

/** 10³ bytes. */
export function kilobytes(count: number): string {
  return `${(count / 1e3).toFixed(count < 1e5 ? 1 : 0)} kB`
}

/** 10⁶ bytes. */
export function megabytes(count: number): string {
  return `${digits(count / 1e6)} MB`
}

export function gigaflops(flops: number, ms: number): string {
  return digits(flops / ms / 1e6)
}

/** How many times as long: 0.0047×, 0.74×, 15.2×, 3,400×. */
export function ratio(value: number): string {
  if (value < 0.0995) return `${Number(value.toPrecision(2))}×`
  return `${value < 999.5 ? digits(value) : Number(value.toPrecision(2)).toLocaleString("en")}×`
}
