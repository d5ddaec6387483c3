/**
 * @file AssemblyScript. Convolution of one-channel images with 3 × 3 filters, bias, ReLU and 2 × 2 max pooling in one
 * pass, and its gradient.
 */
import { all, relu } from "./functions"
import { madd } from "./matmul"

/** Four results of a filter, whose first pixel is at x; `row` is the length of the image's rows in bytes. @inline */
function window(
  x: usize,
  row: usize,
  w0: v128,
  w1: v128,
  w2: v128,
  w3: v128,
  w4: v128,
  w5: v128,
  w6: v128,
  w7: v128,
  w8: v128,
): v128 {
  let s = f32x4.mul(v128.load(x), w0)
  s = madd(v128.load(x, 4), w1, s)
  s = madd(v128.load(x, 8), w2, s)
  x += row
  s = madd(v128.load(x), w3, s)
  s = madd(v128.load(x, 4), w4, s)
  s = madd(v128.load(x, 8), w5, s)
  x += row
  s = madd(v128.load(x), w6, s)
  s = madd(v128.load(x, 4), w7, s)
  return madd(v128.load(x, 8), w8, s)
}

/** @inline */
function even(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6)
}

/** @inline */
function odd(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7)
}

/**
 * x [m, height, width] → h [m, filters, (height − 2) / 2, (width − 2) / 2], at least four columns wide; `from` takes
 * the place in the image, in bytes, of the corner whose window gave the largest.
 */
export function convPool(
  x: usize,
  w: usize,
  b: usize,
  h: usize,
  from: usize,
  m: i32,
  filters: i32,
  height: i32,
  width: i32,
): void {
  const row = <usize>width * 4
  const rows = (height - 2) >> 1
  const columns = (width - 2) >> 1
  for (let image = 0; image < m; image++, x += <usize>height * row) {
    for (let filter = 0; filter < filters; filter++) {
      const at = w + <usize>filter * 36
      const w0 = v128.load32_splat(at),
        w1 = v128.load32_splat(at, 4),
        w2 = v128.load32_splat(at, 8)
      const w3 = v128.load32_splat(at, 12),
        w4 = v128.load32_splat(at, 16),
        w5 = v128.load32_splat(at, 20)
      const w6 = v128.load32_splat(at, 24),
        w7 = v128.load32_splat(at, 28),
        w8 = v128.load32_splat(at, 32)
      const bias = v128.load32_splat(b + <usize>filter * 4)
      for (let r = 0; r < rows; r++, h += <usize>columns * 4, from += <usize>columns * 4) {
        for (let c = 0; c < columns; c += 4) {
          // The last four columns overlap with those before.
          const first = min(c, columns - 4)
          const offset = <usize>(2 * r) * row + <usize>first * 8
          const top = x + offset
          const t0 = window(top, row, w0, w1, w2, w3, w4, w5, w6, w7, w8)
          const t1 = window(top + 16, row, w0, w1, w2, w3, w4, w5, w6, w7, w8)
          const b0 = window(top + row, row, w0, w1, w2, w3, w4, w5, w6, w7, w8)
          const b1 = window(top + row + 16, row, w0, w1, w2, w3, w4, w5, w6, w7, w8)
          let best = even(t0, t1)
          let place = i32x4.splat(0)
          let other = odd(t0, t1)
          let larger = f32x4.gt(other, best)
          best = v128.bitselect(other, best, larger)
          place = v128.bitselect(i32x4.splat(4), place, larger)
          other = even(b0, b1)
          larger = f32x4.gt(other, best)
          best = v128.bitselect(other, best, larger)
          place = v128.bitselect(i32x4.splat(<i32>row), place, larger)
          other = odd(b0, b1)
          larger = f32x4.gt(other, best)
          best = v128.bitselect(other, best, larger)
          place = v128.bitselect(i32x4.splat(<i32>row + 4), place, larger)
          const out = <usize>first * 4
          v128.store(h + out, relu(f32x4.add(best, bias)))
          const corners = i32x4.add(i32x4.splat(<i32>offset), i32x4(0, 8, 16, 24))
          v128.store(from + out, i32x4.add(corners, place))
        }
      }
    }
  }
}

/** The gradients of weights and biases, from d = ∂loss/∂h and what `convPool` left: a patch of the image for each d. */
export function convPoolGradient(
  x: usize,
  d: usize,
  h: usize,
  from: usize,
  dw: usize,
  db: usize,
  m: i32,
  filters: i32,
  height: i32,
  width: i32,
): void {
  const row = <usize>width * 4
  const count = <usize>((height - 2) >> 1) * <usize>((width - 2) >> 1) * 4
  for (let filter = 0; filter < filters; filter++) {
    let s0 = all(0),
      s1 = s0,
      s2 = s0
    let sum: f32 = 0
    for (let image = 0; image < m; image++) {
      const pixels = x + <usize>(image * height) * row
      const start = <usize>(image * filters + filter) * count
      for (let o = start; o < start + count; o += 4) {
        const g: f32 = f32.load(h + o) > 0 ? f32.load(d + o) : 0
        const patch = pixels + <usize>i32.load(from + o)
        const factor = all(g)
        sum += g
        s0 = madd(factor, v128.load(patch), s0)
        s1 = madd(factor, v128.load(patch + row), s1)
        s2 = madd(factor, v128.load(patch + 2 * row), s2)
      }
    }
    const at = dw + <usize>filter * 36
    // In this order: the fourth number of a row is none of the filter's and is written over by the next row.
    v128.store(at, s0)
    v128.store(at + 12, s1)
    f32.store(at + 24, f32x4.extract_lane(s2, 0))
    f32.store(at + 28, f32x4.extract_lane(s2, 1))
    f32.store(at + 32, f32x4.extract_lane(s2, 2))
    f32.store(db + <usize>filter * 4, sum)
  }
}
