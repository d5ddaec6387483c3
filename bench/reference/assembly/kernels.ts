/**
 * @file AssemblyScript. What the reference programs export: whole tasks in single passes, optimizers over one flat
 * vector, and the ceilings of the machine.
 */
import { all, flushed, relu, sigmoid, tanh, total } from "./functions"
import { madd } from "./matmul"

export { convPool, convPoolGradient } from "./convolution"
export {
  batchNorm,
  batchNormGradient,
  biasActivation,
  biasActivationGradient,
  crossEntropy,
  squaredError,
} from "./layers"
export { matmul } from "./matmul"

/** Sums are kept in float32 for this many numbers, then in float64. */
const block: i32 = 4096

/** Σ tanh(2x + 1) σ(x) − relu(x). */
export function chain(x: usize, n: i32): f64 {
  let sum: f64 = 0
  for (let i = 0; i < n; ) {
    const end = min(n, i + block)
    let s = all(0)
    for (; i < end; i += 4, x += 16) {
      const v = v128.load(x)
      s = f32x4.add(s, madd(tanh(madd(v, all(2), all(1))), sigmoid(v), f32x4.neg(relu(v))))
    }
    sum += <f64>total(s)
  }
  return sum
}

/** x ← tanh x; its sum and the sum of its squares go to `out`. */
export function tanhSums(x: usize, n: i32, out: usize): void {
  let sum: f64 = 0
  let squares: f64 = 0
  for (let i = 0; i < n; ) {
    const end = min(n, i + block)
    let s = all(0)
    let q = s
    for (; i < end; i += 4, x += 16) {
      const v = tanh(v128.load(x))
      v128.store(x, v)
      s = f32x4.add(s, v)
      q = madd(v, v, q)
    }
    sum += <f64>total(s)
    squares += <f64>total(q)
  }
  f64.store(out, sum)
  f64.store(out, squares, 8)
}

export function sgd(p: usize, g: usize, n: i32, lr: f32): void {
  for (let i = 0; i < n; i += 4, p += 16, g += 16) v128.store(p, madd(v128.load(g), all(-lr), v128.load(p)))
}

/** v ← ρ v + g, p ← p − η v. What lies below 1e-30 is nothing beside any parameter, and would become subnormal. */
export function momentum(p: usize, g: usize, v: usize, n: i32, lr: f32, rho: f32): void {
  const least = reinterpret<i32>(<f32>1e-30)
  for (let i = 0; i < n; i += 4, p += 16, g += 16, v += 16) {
    const next = flushed(madd(v128.load(v), all(rho), v128.load(g)), least)
    v128.store(v, next)
    v128.store(p, madd(next, all(-lr), v128.load(p)))
  }
}

/**
 * A step of Adam, `rate` = η / (1 − β₁ᵗ), `correction` = 1 / (1 − β₂ᵗ); gives Σ p g with p as it was before. Gradients
 * below 1e-18 are nothing beside ε and their squares would be subnormal; so are means below 1e-30.
 */
export function adam(p: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, correction: f32): f64 {
  const leastGradient = reinterpret<i32>(<f32>1e-18)
  const least = reinterpret<i32>(<f32>1e-30)
  let loss: f64 = 0
  for (let i = 0; i < n; ) {
    const end = min(n, i + block)
    let s = all(0)
    for (; i < end; i += 4, p += 16, g += 16, m += 16, v += 16) {
      const gradient = flushed(v128.load(g), leastGradient)
      const value = v128.load(p)
      s = madd(gradient, value, s)
      const mean = flushed(madd(v128.load(m), all(0.9), f32x4.mul(gradient, all(0.1))), least)
      const square = f32x4.mul(f32x4.mul(gradient, gradient), all(0.001))
      const squares = flushed(madd(v128.load(v), all(0.999), square), least)
      v128.store(m, mean)
      v128.store(v, squares)
      const scale = f32x4.add(f32x4.sqrt(f32x4.mul(squares, all(correction))), all(1e-8))
      v128.store(p, f32x4.sub(value, f32x4.div(f32x4.mul(mean, all(rate)), scale)))
    }
    loss += <f64>total(s)
  }
  return loss
}

/** 96 n floating-point operations in twelve independent chains of multiply-adds: as many as the machine has to offer. */
export function peak(n: i32, p: usize): f32 {
  const x = v128.load(p)
  const y = v128.load(p, 16)
  let c0 = x,
    c1 = y,
    c2 = x,
    c3 = y,
    c4 = x,
    c5 = y,
    c6 = x,
    c7 = y,
    c8 = x,
    c9 = y,
    ca = x,
    cb = y
  for (; n > 0; n--) {
    c0 = madd(c0, x, y)
    c1 = madd(c1, x, y)
    c2 = madd(c2, x, y)
    c3 = madd(c3, x, y)
    c4 = madd(c4, x, y)
    c5 = madd(c5, x, y)
    c6 = madd(c6, x, y)
    c7 = madd(c7, x, y)
    c8 = madd(c8, x, y)
    c9 = madd(c9, x, y)
    ca = madd(ca, x, y)
    cb = madd(cb, x, y)
  }
  const low = f32x4.add(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), f32x4.add(c4, c5))
  const high = f32x4.add(f32x4.add(f32x4.add(c6, c7), f32x4.add(c8, c9)), f32x4.add(ca, cb))
  return total(f32x4.add(low, high))
}

/** Copies n bytes. */
export function copy(to: usize, from: usize, n: usize): void {
  memory.copy(to, from, n)
}
