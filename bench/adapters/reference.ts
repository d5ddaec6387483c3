/**
 * @file Hand-written WebAssembly SIMD for exactly these tasks, gradients by hand, no generality: what the platform can give.
 */
import { loadReference, type Reference } from "../reference/module.ts"
import { trainer } from "../reference/programs.ts"
import type { AdamTask, ChainTask, MatmulTask, Run, SignalTask, Start, TrainTask } from "../task.ts"

function matmul(reference: Reference, { n, a, b }: MatmulTask): Run {
  const [x, y, c] = [reference.place(a), reference.place(b), reference.allocate(n * n)]
  return (times) => {
    for (; times > 0; times--) reference.matmul([n, n, n], x, [n, 1], y, [n, 1], c)
    return reference.numbers(c, n * n)[n * n - 1]
  }
}

function train(reference: Reference, task: TrainTask): Run | null {
  const step = trainer(reference, task)
  let t = 0
  return (
    step &&
    ((times) => {
      let loss = 0
      for (; times > 0; times--) loss = step(t++)
      return loss
    })
  )
}

function signal(reference: Reference, { rows, units, x, weights }: SignalTask): Run {
  const input = reference.place(x)
  const ws = weights.map((w) => reference.place(w))
  const one = reference.allocate(rows * units)
  const other = reference.allocate(rows * units)
  const sums = reference.allocate(4)
  const count = rows * units
  return (times) => {
    const deviations: number[] = []
    for (; times > 0; times--) {
      let h = input
      for (const w of ws) {
        const out = h === one ? other : one
        reference.matmul([rows, units, units], h, [units, 1], w, [units, 1], out)
        reference.kernels.tanhSums(out, count, sums)
        const [sum, squares] = reference.doubles(sums, 2)
        deviations.push(Math.sqrt(squares / count - (sum / count) ** 2))
        h = out
      }
    }
    return deviations[deviations.length - 1]
  }
}

function chain(reference: Reference, { x }: ChainTask): Run {
  const input = reference.place(x)
  return (times) => {
    let sum = 0
    for (; times > 0; times--) sum = reference.kernels.chain(input, x.length)
    return sum
  }
}

function adam(reference: Reference, { gradient, lr }: AdamTask): Run {
  const n = gradient.length
  const g = reference.place(gradient)
  const [p, mean, squares] = [reference.allocate(n), reference.allocate(n), reference.allocate(n)]
  reference.numbers(p, n).fill(1)
  let t = 0
  return (times) => {
    let loss = 0
    for (; times > 0; times--) {
      t++
      loss = reference.kernels.adam(p, g, mean, squares, n, lr / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t))
    }
    return loss
  }
}

export const start: Start = async ({ assets }) => {
  const reference = await loadReference(assets)
  return {
    facts: { instructions: "128-bit SIMD with relaxed multiply-add" },
    prepare(task) {
      if (task.kind === "epoch") return null
      if (task.kind === "matmul") return matmul(reference, task)
      if (task.kind === "train") return train(reference, task)
      if (task.kind === "signal") return signal(reference, task)
      return task.kind === "chain" ? chain(reference, task) : adam(reference, task)
    },
  }
}
