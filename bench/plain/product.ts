/** @file Matrix product in plain JavaScript, in blocks of 4 × 4 registers: about four times as fast as three naive loops. */

/**
 * c [m, n] = A B, where A has its entry (i, k) at a[i·ra + k·ca] and B its entry (k, j) at b[k·rb + j·cb], so that a
 * transpose costs nothing.
 */
export function product(
  [m, n, inner]: readonly [number, number, number],
  a: Float32Array,
  [ra, ca]: readonly [number, number],
  b: Float32Array,
  [rb, cb]: readonly [number, number],
  c: Float32Array,
): void {
  const m4 = m & ~3
  const n4 = n & ~3
  for (let i = 0; i < m4; i += 4) {
    for (let j = 0; j < n4; j += 4) {
      let c00 = 0
      let c01 = 0
      let c02 = 0
      let c03 = 0
      let c10 = 0
      let c11 = 0
      let c12 = 0
      let c13 = 0
      let c20 = 0
      let c21 = 0
      let c22 = 0
      let c23 = 0
      let c30 = 0
      let c31 = 0
      let c32 = 0
      let c33 = 0
      let p0 = i * ra
      let p1 = p0 + ra
      let p2 = p1 + ra
      let p3 = p2 + ra
      let q = j * cb
      for (let k = 0; k < inner; k++) {
        const b0 = b[q]
        const b1 = b[q + cb]
        const b2 = b[q + 2 * cb]
        const b3 = b[q + 3 * cb]
        q += rb
        const x0 = a[p0]
        p0 += ca
        c00 += x0 * b0
        c01 += x0 * b1
        c02 += x0 * b2
        c03 += x0 * b3
        const x1 = a[p1]
        p1 += ca
        c10 += x1 * b0
        c11 += x1 * b1
        c12 += x1 * b2
        c13 += x1 * b3
        const x2 = a[p2]
        p2 += ca
        c20 += x2 * b0
        c21 += x2 * b1
        c22 += x2 * b2
        c23 += x2 * b3
        const x3 = a[p3]
        p3 += ca
        c30 += x3 * b0
        c31 += x3 * b1
        c32 += x3 * b2
        c33 += x3 * b3
      }
      let o = i * n + j
      c[o] = c00
      c[o + 1] = c01
      c[o + 2] = c02
      c[o + 3] = c03
      o += n
      c[o] = c10
      c[o + 1] = c11
      c[o + 2] = c12
      c[o + 3] = c13
      o += n
      c[o] = c20
      c[o + 1] = c21
      c[o + 2] = c22
      c[o + 3] = c23
      o += n
      c[o] = c30
      c[o + 1] = c31
      c[o + 2] = c32
      c[o + 3] = c33
    }
  }
  const rest = (i0: number, i1: number, j0: number, j1: number): void => {
    for (let i = i0; i < i1; i++) {
      for (let j = j0; j < j1; j++) {
        let sum = 0
        let p = i * ra
        let q = j * cb
        for (let k = 0; k < inner; k++, p += ca, q += rb) sum += a[p] * b[q]
        c[i * n + j] = sum
      }
    }
  }
  rest(0, m4, n4, n)
  rest(m4, m, 0, n)
}
