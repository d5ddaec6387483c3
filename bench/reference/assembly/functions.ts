/** @file AssemblyScript. Functions of four numbers at a time, good to about two units in the last place. */
import { madd } from "./matmul"

/** @inline */
export function all(value: f32): v128 {
  return f32x4.splat(value)
}

/** @inline */
export function total(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3)
  )
}

/** eˣ: x = n ln 2 + r, a polynomial for eʳ, n into the exponent. Source: Cephes, Moshier 1992. @inline */
export function exp(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, all(-87.33)), all(88.37))
  const n = f32x4.nearest(f32x4.mul(x, all(<f32>Math.LOG2E)))
  const r = madd(n, all(2.1219444e-4), madd(n, all(-0.693359375), x))
  let p = madd(all(1.98756915e-4), r, all(1.3981999507e-3))
  p = madd(p, r, all(8.3334519073e-3))
  p = madd(p, r, all(4.1665795894e-2))
  p = madd(p, r, all(1.6666665459e-1))
  p = madd(p, r, all(5.0000001201e-1))
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), all(1))
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23))
}

/** tanh x as a ratio of polynomials on [−7.9, 7.9], beyond which it is ±1. Source: Eigen's float kernel. @inline */
export function tanh(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, all(-7.905311)), all(7.905311))
  const y = f32x4.mul(x, x)
  let p = madd(all(-2.76076847742355e-16), y, all(2.00018790482477e-13))
  p = madd(p, y, all(-8.60467152213735e-11))
  p = madd(p, y, all(5.12229709037114e-8))
  p = madd(p, y, all(1.48572235717979e-5))
  p = madd(p, y, all(6.37261928875436e-4))
  p = madd(p, y, all(4.89352455891786e-3))
  let q = madd(all(1.19825839466702e-6), y, all(1.18534705686654e-4))
  q = madd(q, y, all(2.268434632439e-3))
  q = madd(q, y, all(4.89352518554385e-3))
  return f32x4.div(f32x4.mul(p, x), q)
}

/** σ(x) = 1 / (1 + e⁻ˣ). @inline */
export function sigmoid(x: v128): v128 {
  return f32x4.div(all(1), f32x4.add(all(1), exp(f32x4.neg(x))))
}

/** relu, as maximum with 0. @inline */
export function relu(x: v128): v128 {
  return f32x4.max(x, all(0))
}

/** 0 where |x| is below the number with these bits: compared as integers, which subnormal numbers do not slow down. @inline */
export function flushed(x: v128, leastBits: i32): v128 {
  const magnitude = v128.and(x, i32x4.splat(0x7fffffff))
  return v128.and(x, i32x4.ge_s(magnitude, i32x4.splat(leastBits)))
}
