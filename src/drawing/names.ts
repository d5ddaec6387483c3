/** @file Where the names of lines stand at the lines' ends, so that none lies over another. Pure geometry; knows no lines. */

/**
 * The height at which each name stands when it wants to stand at `wanted`: in the same order, at least `gap` apart, all
 * between `from` and `to`. A name that has room stays where it is; where there is not room for all they share it evenly.
 */
export function namesApart(
  wanted: readonly number[],
  [from, to]: readonly [from: number, to: number],
  gap: number,
): number[] {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i] - wanted[j])
  const apart = wanted.length < 2 ? gap : Math.min(gap, (to - from) / (wanted.length - 1))
  const placed = [...wanted]
  let next = from
  for (const i of order) {
    placed[i] = Math.max(placed[i], next)
    next = placed[i] + apart
  }
  // Whoever was pushed over the lower edge pushes back.
  let last = to
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i], last)
    last = placed[i] - apart
  }
  return placed
}
