/** @file AssemblyScript. Dense layers beyond their product, batch norm, losses: forward and backward, four numbers at a time. */
import { all, exp, relu, sigmoid, tanh } from "./functions"
import { madd } from "./matmul"

/** 0 none, 1 relu, 2 tanh, 3 sigmoid. @inline */
function activated(x: v128, activation: i32): v128 {
  if (activation === 1) return relu(x)
  if (activation === 2) return tanh(x)
  if (activation === 3) return sigmoid(x)
  return x
}

/** h ← activation(h + b), h [m, n]. */
export function biasActivation(h: usize, b: usize, m: i32, n: i32, activation: i32): void {
  for (let i = 0; i < m; i++) {
    let j = 0
    let p = b
    for (; j + 4 <= n; j += 4, h += 16, p += 16)
      v128.store(h, activated(f32x4.add(v128.load(h), v128.load(p)), activation))
    for (; j < n; j++, h += 4, p += 4)
      f32.store(h, f32x4.extract_lane(activated(all(f32.load(h) + f32.load(p)), activation), 0))
  }
}

/** @inline */
function slope(d: v128, h: v128, activation: i32): v128 {
  if (activation === 1) return v128.and(d, f32x4.gt(h, all(0)))
  if (activation === 2) return f32x4.mul(d, f32x4.sub(all(1), f32x4.mul(h, h)))
  return f32x4.mul(d, f32x4.mul(h, f32x4.sub(all(1), h)))
}

/** d ← d · activation′, from the activation's result h; and the gradient of the bias, the sums of the columns of d [m, n]. */
export function biasActivationGradient(d: usize, h: usize, db: usize, m: i32, n: i32, activation: i32): void {
  memory.fill(db, 0, <usize>n * 4)
  for (let i = 0; i < m; i++) {
    let j = 0
    let p = db
    for (; j + 4 <= n; j += 4, h += 16, d += 16, p += 16) {
      let v = v128.load(d)
      if (activation !== 0) {
        v = slope(v, v128.load(h), activation)
        v128.store(d, v)
      }
      v128.store(p, f32x4.add(v128.load(p), v))
    }
    for (; j < n; j++, h += 4, d += 4, p += 4) {
      let v = f32.load(d)
      if (activation !== 0) {
        v = f32x4.extract_lane(slope(all(v), all(f32.load(h)), activation), 0)
        f32.store(d, v)
      }
      f32.store(p, f32.load(p) + v)
    }
  }
}

/** Mean squared error of o [n], and d = ∂loss/∂o. */
export function squaredError(o: usize, y: usize, d: usize, n: i32): f32 {
  const share: f32 = 1 / <f32>n
  let loss: f32 = 0
  for (let i: usize = 0; i < <usize>n * 4; i += 4) {
    const error = f32.load(o + i) - f32.load(y + i)
    loss += error * error * share
    f32.store(d + i, 2 * error * share)
  }
  return loss
}

/** Mean cross-entropy of softmax(o), o [m, n], with one-hot rows y, and d = (softmax − y) / m. */
export function crossEntropy(o: usize, y: usize, d: usize, m: i32, n: i32): f32 {
  const share: f32 = 1 / <f32>m
  const row = <usize>n * 4
  let loss: f32 = 0
  for (let i = 0; i < m; i++, o += row, y += row, d += row) {
    let largest: f32 = -Infinity
    for (let j: usize = 0; j < row; j += 4) largest = max(largest, f32.load(o + j))
    let sum: f32 = 0
    let chosen: f32 = 0
    for (let j: usize = 0; j < row; j += 4) {
      const shifted = f32.load(o + j) - largest
      const e = f32x4.extract_lane(exp(all(shifted)), 0)
      sum += e
      chosen += f32.load(y + j) * shifted
      f32.store(d + j, e)
    }
    loss += (Mathf.log(sum) - chosen) * share
    const scale: f32 = 1 / sum
    for (let j: usize = 0; j < row; j += 4)
      f32.store(d + j, (f32.load(d + j) * scale - f32.load(y + j)) * share)
  }
  return loss
}

/**
 * Batch norm and ReLU of x [m, n] in place, n a multiple of 4. Keeps the normalized values and 1 / √(variance + ε) for the
 * gradient, and moves the running mean and variance.
 */
export function batchNorm(
  x: usize,
  normalized: usize,
  gamma: usize,
  beta: usize,
  scale: usize,
  running: usize,
  m: i32,
  n: i32,
): void {
  const row = <usize>n * 4
  const share = all(1 / <f32>m)
  for (let j: usize = 0; j < row; j += 16) {
    let sum = all(0)
    for (let i = 0, p = x + j; i < m; i++, p += row) sum = f32x4.add(sum, v128.load(p))
    const mean = f32x4.mul(sum, share)
    let squares = all(0)
    for (let i = 0, p = x + j; i < m; i++, p += row) {
      const v = f32x4.sub(v128.load(p), mean)
      squares = madd(v, v, squares)
    }
    const r = f32x4.div(all(1), f32x4.sqrt(madd(squares, share, all(1e-5))))
    v128.store(scale + j, r)
    const oldMean = v128.load(running + j)
    v128.store(running + j, madd(f32x4.sub(mean, oldMean), all(0.1), oldMean))
    const oldVariance = v128.load(running + row + j)
    const variance = f32x4.mul(squares, all(1 / <f32>(m - 1)))
    v128.store(running + row + j, madd(f32x4.sub(variance, oldVariance), all(0.1), oldVariance))
    const g = v128.load(gamma + j)
    const b = v128.load(beta + j)
    for (let i = 0, p = x + j, q = normalized + j; i < m; i++, p += row, q += row) {
      const v = f32x4.mul(f32x4.sub(v128.load(p), mean), r)
      v128.store(q, v)
      v128.store(p, relu(madd(v, g, b)))
    }
  }
}

/** The gradient of `batchNorm`: d ← ∂loss/∂x, from its result h. */
export function batchNormGradient(
  d: usize,
  h: usize,
  normalized: usize,
  gamma: usize,
  scale: usize,
  dgamma: usize,
  dbeta: usize,
  m: i32,
  n: i32,
): void {
  const row = <usize>n * 4
  for (let j: usize = 0; j < row; j += 16) {
    let sum = all(0)
    let along = all(0)
    for (let i = 0, p = d + j, q = h + j, r = normalized + j; i < m; i++, p += row, q += row, r += row) {
      const v = v128.and(v128.load(p), f32x4.gt(v128.load(q), all(0)))
      v128.store(p, v)
      sum = f32x4.add(sum, v)
      along = madd(v, v128.load(r), along)
    }
    v128.store(dbeta + j, sum)
    v128.store(dgamma + j, along)
    const factor = f32x4.mul(v128.load(gamma + j), v128.load(scale + j))
    const centre = f32x4.mul(sum, all(1 / <f32>m))
    const tilt = f32x4.mul(along, all(-1 / <f32>m))
    for (let i = 0, p = d + j, r = normalized + j; i < m; i++, p += row, r += row) {
      const v = madd(v128.load(r), tilt, f32x4.sub(v128.load(p), centre))
      v128.store(p, f32x4.mul(v, factor))
    }
  }
}
