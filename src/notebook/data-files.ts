/** @file The book's two real data sets as tensors. Knows the layout of their bytes, not where they come from. */
import { type Tensor, tensor } from "../../engine/index.ts"

/** The bytes of a file of the book, by its name without ending. */
export type ReadFile = (name: string) => Promise<Uint8Array>

export interface Digits {
  /** [1797, 64] float32: 8 × 8 pixels row by row, 0 to 16. */
  x: Tensor
  /** [1797] int32: the digit, 0 to 9. */
  y: Tensor
}

export interface Iris {
  /** [150, 4] float32, in cm, in the order of `features`. */
  x: Tensor
  /** [150] int32: index into `species`. */
  y: Tensor
  features: string[]
  species: string[]
}

const PIXELS = 64

/** 1797 handwritten digits. Source: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998. */
export async function digits(read: ReadFile): Promise<Digits> {
  const bytes = await read("digits")
  const count = Math.floor(bytes.length / (PIXELS + 1))
  const x = new Float32Array(count * PIXELS)
  const y = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const from = i * (PIXELS + 1)
    x.set(bytes.subarray(from, from + PIXELS), i * PIXELS)
    y[i] = bytes[from + PIXELS]
  }
  return { x: tensor(x).reshape([count, PIXELS]), y: tensor(y, { dtype: "int32" }) }
}

/** 150 flowers of three species. Source: R. A. Fisher, 1936. */
export async function iris(read: ReadFile): Promise<Iris> {
  const text = new TextDecoder().decode(await read("iris"))
  const [head, ...rows] = text.trim().split(/\r?\n/)
  const cells = rows.map((row) => row.split(","))
  const species = [...new Set(cells.map((row) => row[4]))]
  return {
    x: tensor(cells.map((row) => row.slice(0, 4).map(Number))),
    y: tensor(
      cells.map((row) => species.indexOf(row[4])),
      { dtype: "int32" },
    ),
    features: head.split(",").slice(0, 4),
    species,
  }
}
