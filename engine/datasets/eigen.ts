/** @file Eigenvalues of symmetric matrices, for PCA. Plain numbers in float64; knows no tensor. */

/**
 * Eigenvalues, largest first, and eigenvectors, one a row, of a symmetric matrix [n, n]: A = Σₖ λₖ vₖ vₖᵀ, by Jacobi's
 * rotations. Each turns two coordinates so that the entry they share becomes 0; swept over all pairs, what is left
 * off the diagonal shrinks quadratically. Reference: Jacobi 1846; Golub and Van Loan 2013, §8.5.
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice()
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  const total = a.reduce((sum, entry) => sum + entry * entry, 0)
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2
    if (off <= 1e-30 * total) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q)
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i])
  const vectors = new Float64Array(n * n)
  order.forEach((k, row) => {
    vectors.set(v.subarray(k * n, (k + 1) * n), row * n)
  })
  return { values: Float64Array.from(order, (k) => a[k * n + k]), vectors }
}

/** Turns coordinates p and q so that a[p, q] becomes 0. Rows of v follow. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]
  if (apq === 0) return
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq)
  // The smaller of the two angles: t = tan φ.
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  turn(a, p * n, q * n, 1, n, c, s)
  turn(a, p, q, n, n, c, s)
  turn(v, p * n, q * n, 1, n, c, s)
  a[p * n + q] = 0
  a[q * n + p] = 0
}

/** x ← c x − s y, y ← s x + c y, for two rows or columns x and y that begin at i and j. */
function turn(m: Float64Array, i: number, j: number, step: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k++, i += step, j += step) {
    const x = m[i]
    const y = m[j]
    m[i] = c * x - s * y
    m[j] = s * x + c * y
  }
}
