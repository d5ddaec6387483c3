/** @file Principal components: the directions along which data varies most. Computed in float64, off the tape. */
import { checkCount, checkOptions } from "../core/arguments.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { asTensor, tensor } from "../create.ts"
import { add, div, mul, sub, to } from "../ops/arithmetic.ts"
import { sqrt } from "../ops/functions.ts"
import { matmul } from "../ops/matmul.ts"
import { reshape, transpose } from "../ops/movement.ts"
import { mean } from "../ops/reduce.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { symmetricEigen } from "./eigen.ts"

/** What becomes of the components. */
export interface PCAOptions {
  /** How many components to keep, those of the largest variance; all by default. */
  keep?: number
  /** Divide each coordinate by its standard deviation, so that the covariance becomes the identity. False by default. */
  whiten?: boolean
}

interface Fit {
  center: Tensor
  components: Tensor
  explainedVariance: Tensor
  /** What the coordinates are divided by; 1 along a direction in which the data does not vary. */
  scale: Tensor
}

/**
 * Principal component analysis: z = (x − mean) Vᵀ, and with `whiten` z / √λ, where the rows of V are the eigenvectors
 * of the covariance (x − mean)ᵀ(x − mean) / (N − 1) and λ its eigenvalues, largest first. The entry of largest size
 * in each component is positive. Shape: x [N, D] → z [N, K], K components. Throws: ValueError before `fit`.
 * Cost: D³ for D columns. Reference: Pearson 1901; Hotelling 1933.
 * @example
 * const x = tensor([[1, 2], [2, 4.1], [3, 5.9], [4, 8]])
 * const pca = new PCA().fit(x)
 * display(pca.components)
 * pca.explainedVariance
 */
export class PCA {
  readonly keep: number | undefined
  readonly whiten: boolean
  #fit: Fit | undefined

  constructor(options: PCAOptions = {}) {
    checkOptions("PCA", options, ["keep", "whiten"])
    const { keep, whiten = false } = options
    if (keep !== undefined) checkCount("PCA", "keep", keep, 1)
    this.keep = keep
    this.whiten = whiten
  }

  #fitted(what: string): Fit {
    if (!this.#fit)
      throw new ValueError(`${what}: this PCA has not seen any data; call fit(trainingRows) first.`)
    return this.#fit
  }

  /** Mean of the columns, [D]. Throws: ValueError before `fit`. */
  get mean(): Tensor {
    return this.#fitted("mean").center
  }

  /** Unit vectors V, one a row, [K, D]. Throws: ValueError before `fit`. */
  get components(): Tensor {
    return this.#fitted("components").components
  }

  /** Variance λ along each component (dividing by N − 1), [K], largest first. Throws: ValueError before `fit`. */
  get explainedVariance(): Tensor {
    return this.#fitted("explainedVariance").explainedVariance
  }

  /** Learns from the rows of x [N, D]. Throws: ShapeError for other shapes, ValueError for fewer than two rows or `keep` above D. */
  fit(x: TensorLike): this {
    const data = asTensor("PCA", x)
    if (data.ndim !== 2 || data.shape[1] === 0)
      throw new ShapeError(`PCA: the data ${showShape(data.shape)} must be [N, D], one example a row.`)
    const [n, d] = data.shape
    const keep = this.keep ?? d
    if (n < 2 || keep > d)
      throw new ValueError(
        n < 2
          ? `PCA: ${n} row of data has no variance; give two or more.`
          : `PCA: ${keep} components cannot be kept of ${d} columns; use ${d} or fewer.`,
      )
    const rows = to(data.detach(), "float64")
    const center = mean(rows, 0)
    const apart = sub(rows, center)
    const covariance = div(matmul(transpose(apart), apart), n - 1)
    const { values, vectors } = symmetricEigen(covariance.data() as Float64Array, d)
    const dtype = data.dtype === "float64" ? "float64" : "float32"
    // Rounding can leave a variance of 0 a little below it.
    const variances = values.slice(0, keep).map((value) => Math.max(value, 0))
    const least = variances[0] * d * Number.EPSILON
    this.#fit = {
      center: tensor(center, { dtype }),
      components: reshape(tensor(vectors.slice(0, keep * d).map(signed(vectors, d)), { dtype }), [keep, d]),
      explainedVariance: tensor(variances, { dtype }),
      scale: sqrt(
        tensor(
          variances.map((v) => (v > least ? v : 1)),
          { dtype },
        ),
      ),
    }
    return this
  }

  /** Coordinates along the components. Shape: [N, D] → [N, K]. Throws: ValueError before `fit`. Gradient: ct V. */
  transform(x: TensorLike): Tensor {
    const { center, components, scale } = this.#fitted("transform")
    const z = matmul(sub(asTensor("transform", x), center), transpose(components))
    return this.whiten ? div(z, scale) : z
  }

  /** `fit` and `transform` of the same rows. */
  fitTransform(x: TensorLike): Tensor {
    return this.fit(x).transform(x)
  }

  /** Back from coordinates to columns; what was not kept is lost. Shape: [N, K] → [N, D]. Throws: ValueError before `fit`. */
  inverseTransform(z: TensorLike): Tensor {
    const { center, components, scale } = this.#fitted("inverseTransform")
    const coordinates = asTensor("inverseTransform", z)
    return add(matmul(this.whiten ? mul(coordinates, scale) : coordinates, components), center)
  }
}

/** Turns each row of `vectors` so that its entry of largest size, the first of equals, is positive. */
function signed(vectors: Float64Array, d: number): (value: number, i: number) => number {
  const signs = Array.from({ length: d }, (_, k) => {
    const row = vectors.subarray(k * d, (k + 1) * d)
    const sizes = row.map(Math.abs)
    // Entries that differ by rounding alone count as equal.
    const top = sizes.reduce((a, b) => Math.max(a, b)) * (1 - 1e-9)
    return Math.sign(row[sizes.findIndex((size) => size >= top)])
  })
  return (value, i) => value * signs[Math.floor(i / d)]
}
