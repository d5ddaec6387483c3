/** @file The seed of a cell's generator: a hash of lesson and cell, so that a re-run repeats. */

/** FNV-1a over code points, 32 bits; the slash keeps ("a", "b") apart from ("ab", ""). */
export function cellSeed(lesson: string, cell: string): number {
  let hash = 0x811c9dc5
  for (const character of `${lesson}/${cell}`) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  return hash
}
