/** @file What CPU and GPU are compared by: small work, large work, work of the book's size. Data; measures nothing. */

/** `add`: one sum of two numbers; `read`: its result is waited for each time. Sizes are square or in numbers. */
export type DeviceWork =
  | { kind: "add"; read: boolean }
  | { kind: "matmul"; n: number }
  | { kind: "chain"; n: number }
  | { kind: "net"; sizes: readonly number[]; batch: number }

export interface DeviceTest {
  id: string
  title: string
  work: DeviceWork
}

const net = (sizes: readonly number[], batch: number): DeviceWork => ({ kind: "net", sizes, batch })

/** Smaller work first: it tells how long the larger will take, and whether there is time for it. */
export const deviceTests: readonly DeviceTest[] = [
  { id: "add", title: "One addition of two numbers", work: { kind: "add", read: false } },
  { id: "read", title: "The same, and reading the result", work: { kind: "add", read: true } },
  { id: "small-net", title: "Training step, 4–16–3, batch of 32", work: net([4, 16, 3], 32) },
  { id: "matmul-64", title: "Matrix product, 64 × 64", work: { kind: "matmul", n: 64 } },
  { id: "digits-net", title: "Training step, 64–128–10, batch of 32", work: net([64, 128, 10], 32) },
  { id: "matmul-256", title: "Matrix product, 256 × 256", work: { kind: "matmul", n: 256 } },
  {
    id: "chain",
    title: "tanh(2x + 1), averaged over a million numbers",
    work: { kind: "chain", n: 1_000_000 },
  },
  {
    id: "large-net",
    title: "Training step, 784–512–512–10, batch of 128",
    work: net([784, 512, 512, 10], 128),
  },
  { id: "matmul-1024", title: "Matrix product, 1024 × 1024", work: { kind: "matmul", n: 1024 } },
]

/** Operations on numbers in one round: 2n³ for a product; 6 for each weight and example of a training step. */
export function operations(work: DeviceWork): number {
  switch (work.kind) {
    case "add":
      return 1
    case "matmul":
      return 2 * work.n ** 3
    case "chain":
      // A tanh takes about as long as twenty multiplications.
      return 24 * work.n
    case "net": {
      let weights = 0
      for (let i = 1; i < work.sizes.length; i++) weights += work.sizes[i - 1] * work.sizes[i]
      return 6 * weights * work.batch
    }
  }
}
