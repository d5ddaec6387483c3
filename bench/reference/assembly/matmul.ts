/**
 * @file AssemblyScript. The matrix product of the reference programs: tiles of 6 × 8 numbers in registers, panels packed
 * so that one pointer walks through each.
 */

/** @inline */
export function madd(a: v128, b: v128, c: v128): v128 {
  return v128.relaxed_madd<f32>(a, b, c)
}

/** Eight numbers of C. @inline */
function put(c: usize, low: v128, high: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(low, v128.load(c)) : low)
  v128.store(c, add ? f32x4.add(high, v128.load(c, 16)) : high, 16)
}

/**
 * A tile of C from a panel of A, `k` times six numbers, and one of B, `k` times eight.
 * @inline
 */
function packedTile(k: i32, a: usize, b: usize, c: usize, ldc: usize, add: bool): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00
  let c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00
  for (; k > 0; k--) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16)
    let s = v128.load32_splat(a)
    c00 = madd(s, b0, c00)
    c01 = madd(s, b1, c01)
    s = v128.load32_splat(a, 4)
    c10 = madd(s, b0, c10)
    c11 = madd(s, b1, c11)
    s = v128.load32_splat(a, 8)
    c20 = madd(s, b0, c20)
    c21 = madd(s, b1, c21)
    s = v128.load32_splat(a, 12)
    c30 = madd(s, b0, c30)
    c31 = madd(s, b1, c31)
    s = v128.load32_splat(a, 16)
    c40 = madd(s, b0, c40)
    c41 = madd(s, b1, c41)
    s = v128.load32_splat(a, 20)
    c50 = madd(s, b0, c50)
    c51 = madd(s, b1, c51)
    a += 24
    b += 32
  }
  put(c, c00, c01, add)
  put(c + ldc, c10, c11, add)
  put(c + 2 * ldc, c20, c21, add)
  put(c + 3 * ldc, c30, c31, add)
  put(c + 4 * ldc, c40, c41, add)
  put(c + 5 * ldc, c50, c51, add)
}

/** The same from arrays as they lie: for small ones packing would cost more than it brings. @inline */
function directTile(
  k: i32,
  a: usize,
  rsa: usize,
  csa: usize,
  b: usize,
  rsb: usize,
  c: usize,
  ldc: usize,
  add: bool,
): void {
  let a1 = a + rsa,
    a2 = a1 + rsa,
    a3 = a2 + rsa,
    a4 = a3 + rsa,
    a5 = a4 + rsa
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00
  let c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00
  for (; k > 0; k--) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16)
    let s = v128.load32_splat(a)
    c00 = madd(s, b0, c00)
    c01 = madd(s, b1, c01)
    s = v128.load32_splat(a1)
    c10 = madd(s, b0, c10)
    c11 = madd(s, b1, c11)
    s = v128.load32_splat(a2)
    c20 = madd(s, b0, c20)
    c21 = madd(s, b1, c21)
    s = v128.load32_splat(a3)
    c30 = madd(s, b0, c30)
    c31 = madd(s, b1, c31)
    s = v128.load32_splat(a4)
    c40 = madd(s, b0, c40)
    c41 = madd(s, b1, c41)
    s = v128.load32_splat(a5)
    c50 = madd(s, b0, c50)
    c51 = madd(s, b1, c51)
    a += csa
    a1 += csa
    a2 += csa
    a3 += csa
    a4 += csa
    a5 += csa
    b += rsb
  }
  put(c, c00, c01, add)
  put(c + ldc, c10, c11, add)
  put(c + 2 * ldc, c20, c21, add)
  put(c + 3 * ldc, c30, c31, add)
  put(c + 4 * ldc, c40, c41, add)
  put(c + 5 * ldc, c50, c51, add)
}

/** B [k, n] → panels of 8 columns, filled up with zeros. */
function packB(k: i32, n: i32, b: usize, rsb: usize, csb: usize, d: usize): void {
  for (let j = 0; j < n; j += 8) {
    const width = min(8, n - j)
    let p = b + <usize>j * csb
    for (let q = 0; q < k; q++, d += 32, p += rsb) {
      if (width === 8 && csb === 4) {
        v128.store(d, v128.load(p))
        v128.store(d, v128.load(p, 16), 16)
      } else {
        for (let t = 0; t < 8; t++) f32.store(d + t * 4, t < width ? f32.load(p + <usize>t * csb) : 0)
      }
    }
  }
}

/** A [m, k] → panels of 6 rows, filled up with zeros. */
function packA(m: i32, k: i32, a: usize, rsa: usize, csa: usize, d: usize): void {
  for (let i = 0; i < m; i += 6) {
    const height = min(6, m - i)
    let p = a + <usize>i * rsa
    for (let q = 0; q < k; q++, d += 24, p += csa) {
      if (height === 6) {
        f32.store(d, f32.load(p))
        f32.store(d + 4, f32.load(p + rsa))
        f32.store(d + 8, f32.load(p + 2 * rsa))
        f32.store(d + 12, f32.load(p + 3 * rsa))
        f32.store(d + 16, f32.load(p + 4 * rsa))
        f32.store(d + 20, f32.load(p + 5 * rsa))
      } else {
        for (let t = 0; t < 6; t++) f32.store(d + t * 4, t < height ? f32.load(p + <usize>t * rsa) : 0)
      }
    }
  }
}

/** Up to this many numbers of B are read as they lie. */
const small: i64 = 4096
/** Rows of B, and rows of A, that are packed at a time: a panel of B stays in the first cache, A's in the second. */
const depth: i32 = 256
const rows: i32 = 120

/**
 * C [m, n] = A B, C row-major; all strides in bytes, of A and B along both dimensions, so that a transpose is free.
 * `room` has space for the packed panels: 128 kB for A, then 4 MB for B, then one tile.
 */
export function matmul(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  rsa: usize,
  csa: usize,
  b: usize,
  rsb: usize,
  csb: usize,
  c: usize,
  room: usize,
): void {
  const ldc = <usize>n * 4
  const panelB = room + (1 << 17)
  const tile = panelB + (1 << 22)
  const direct = csb === 4 && (n & 7) === 0 && (<i64>n * k <= small || m < 24)
  for (let k0 = 0; k0 < k; k0 += depth) {
    const kc = min(depth, k - k0)
    const add = k0 > 0
    const bk = b + <usize>k0 * rsb
    if (!direct) packB(kc, n, bk, rsb, csb, panelB)
    for (let i0 = 0; i0 < m; i0 += rows) {
      const mc = min(rows, m - i0)
      const ai = a + <usize>i0 * rsa + <usize>k0 * csa
      const packs = n > 32 && !(direct && rsa < 2048)
      if (packs) packA(mc, kc, ai, rsa, csa, room)
      for (let j = 0; j < n; j += 8) {
        const bp = direct ? bk + <usize>j * 4 : panelB + <usize>(j * kc) * 4
        const rb: usize = direct ? rsb : 32
        for (let i = 0; i < mc; i += 6) {
          const ap = packs ? room + <usize>(i * kc) * 4 : ai + <usize>i * rsa
          const ra: usize = packs ? 4 : rsa
          const ca: usize = packs ? 24 : csa
          const cp = c + <usize>(i0 + i) * ldc + <usize>j * 4
          const height = min(6, mc - i)
          const width = min(8, n - j)
          if (height === 6 && width === 8) {
            if (packs && !direct) packedTile(kc, ap, bp, cp, ldc, add)
            else directTile(kc, ap, ra, ca, bp, rb, cp, ldc, add)
          } else {
            // The edge: a whole tile beside C (it may read past the last rows of A, which is inside the memory), of which a part counts.
            directTile(kc, ap, ra, ca, bp, rb, tile, 32, false)
            for (let y = 0; y < height; y++) {
              for (let x = 0; x < width; x++) {
                const at = cp + <usize>y * ldc + <usize>x * 4
                const value = f32.load(tile + <usize>(y * 8 + x) * 4)
                f32.store(at, add ? f32.load(at) + value : value)
              }
            }
          }
        }
      }
    }
  }
}
