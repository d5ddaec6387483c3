/** @file Simpler values in place of one: fewer rows and columns, whole numbers, zeros. Knows no law. */
import { type Tensor, tensor } from "../../engine/index.ts"

/** For a vector or a matrix of floating-point numbers; the simplest first. None is the same as `x`, none is empty. */
export function smallerTensors(x: Tensor): Tensor[] {
  const smaller: Tensor[] = []
  const rows = x.shape[0]
  const cut = (from: number, to: number, dim: 0 | 1): void => {
    const end = [...x.shape]
    end[dim] = to
    smaller.push(x.slice(dim === 0 ? [from] : [0, from], end))
  }
  if (rows > 1) {
    for (let i = 0; i < rows; i++) cut(i, i + 1, 0)
    cut(0, Math.ceil(rows / 2), 0)
    cut(Math.floor(rows / 2), rows, 0)
    cut(0, rows - 1, 0)
  }
  const columns = x.shape[1] ?? 1
  if (columns > 1) {
    cut(0, Math.ceil(columns / 2), 1)
    cut(Math.floor(columns / 2), columns, 1)
    cut(0, columns - 1, 1)
    cut(1, columns, 1)
  }
  const values = Array.from(x.data())
  const mapped = (f: (v: number) => number): void => {
    const next = values.map(f)
    if (next.some((v, i) => v !== values[i])) smaller.push(tensor(next, { dtype: x.dtype }).reshape(x.shape))
  }
  mapped(() => 0)
  for (const i of values.keys()) mapped((v) => (values.indexOf(v) === i ? 0 : v))
  mapped((v) => Math.trunc(v))
  mapped((v) => Math.trunc(v / 2))
  return smaller
}
