/** @file The XOR problem, and how a page says that its first training step is done. */

export const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]
export const targets = [[0], [1], [1], [0]]

export function done(loss: number): void {
  window.started = { ms: performance.now(), loss }
}
