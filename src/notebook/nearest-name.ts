/** @file Which known name a mistyped one was probably meant to be. Knows nothing of what the names stand for. */

/** The name of `names` that `name` was probably meant to be: at most `most` letters apart, or only in capitals. */
export function nearestName(
  name: string,
  names: Iterable<string>,
  most = name.length <= 3 ? 1 : 2,
): string | undefined {
  let best: string | undefined
  let least = most
  for (const candidate of names) {
    if (candidate.toLowerCase() === name.toLowerCase()) return candidate
    if (Math.abs(candidate.length - name.length) > least) continue
    const distance = editDistance(name, candidate)
    if (distance < least || (distance === least && best === undefined)) {
      best = candidate
      least = distance
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]
}
