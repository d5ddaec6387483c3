/** @file Losses against worked examples that were checked with PyTorch, and against extreme inputs. */
import { describe, expect, it } from "vitest"
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  grad,
  gradcheck,
  huber,
  klDivergence,
  mae,
  mse,
  multiclassHinge,
  nll,
  perceptronLoss,
  softmax,
  type Tensor,
  tensor,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

const f64 = { dtype: "float64" } as const
/** Scores of three images for cat, car and frog; the right class of image i is i. */
const scores = tensor(
  [
    [3.2, 5.1, -1.7],
    [1.3, 4.9, 2.0],
    [2.2, 2.5, -3.1],
  ],
  f64,
)
const labels = tensor([0, 1, 2])

describe("crossEntropy", () => {
  it("is 2.0403552, 0.0791318 and 6.1564772 on three images, 2.7586547 on average", () => {
    const losses = crossEntropy(scores, labels, { reduction: "none" })
    expectClose(losses.data(), [2.0403552, 0.0791318, 6.1564772], 0, 5e-8)
    expectClose([crossEntropy(scores, labels).item()], [2.7586547], 0, 5e-8)
    expectClose([crossEntropy(scores, labels, { reduction: "sum" }).item()], [3 * 2.7586547], 0, 2e-7)
  })

  it("comes from probabilities 0.1299825, 0.8690495, 0.0009679 for the first image", () => {
    expectClose(softmax(scores.slice([0], [1])).data(), [0.1299825, 0.8690495, 0.0009679], 0, 5e-8)
    expectClose(
      softmax(tensor([5.1, 3.2, -1.7, -2], f64)).data(),
      [0.8684268, 0.1298894, 0.0009672, 0.0007165],
      0,
      5e-8,
    )
  })

  it("has the gradient (p − y) / N", () => {
    const g = grad((s: Tensor) => crossEntropy(s, labels))(scores)
    const want = [
      -0.2900058, 0.2896832, 0.0003226, 0.008415, -0.0253606, 0.0169457, 0.1415518, 0.191075, -0.3326268,
    ]
    expectClose(g.data(), want, 0, 6e-8)
  })

  it("rests on the Jacobian diag(p) − p pᵀ of softmax", () => {
    const row = (k: number) =>
      grad((s: Tensor) =>
        softmax(s)
          .slice([k], [k + 1])
          .sum(),
      )(scores.slice([0], [1]).flatten())
    const rows = [0, 1, 2].map((k) => row(k).data())
    expectClose([rows[0][0], rows[1][1], rows[2][2]], [0.1130871, 0.1138024, 0.000967], 0, 6e-8)
    expectClose([rows[0][1], rows[0][2], rows[1][2]], [-0.1129613, -0.0001258, -0.0008412], 0, 6e-8)
  })

  it("follows the temperature", () => {
    const at = (t: number) => softmax(scores.slice([0], [1]).div(t)).data()
    expectClose(at(0.5), [0.021881, 0.978118, 0.0000012], 0, 6e-7)
    expectClose(at(2), [0.272331, 0.704169, 0.0235], 0, 6e-7)
    expectClose(at(10), [0.354374, 0.428527, 0.217099], 0, 6e-7)
  })

  it("never reaches 0 if softmax is applied twice: 0.371101 and 0.437488", () => {
    const twice = crossEntropy(
      [
        [0.9, 0.1],
        [0.2, 0.8],
      ],
      [0, 1],
      { reduction: "none" },
    )
    expectClose(twice.data(), [0.371101, 0.437488], 0, 6e-7)
  })

  it("stays finite for extreme logits, and so does its gradient", () => {
    const logits = tensor([
      [1000, 1001, 999],
      [1e30, -1e30, 0],
    ])
    const [y] = [tensor([2, 1])]
    expectClose(crossEntropy(logits, y, { reduction: "none" }).data(), [2.4076059, 2e30], 1e-6)
    expect(
      grad((s: Tensor) => crossEntropy(s, y))(logits)
        .data()
        .every(Number.isFinite),
    ).toBe(true)
  })

  it("takes probabilities as targets, and smooths labels", () => {
    const p = tensor(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      f64,
    )
    expectClose([crossEntropy(scores, p).item()], [crossEntropy(scores, labels).item()], 1e-12)
    const smooth = p.mul(0.9).add(0.1 / 3)
    expectClose(
      [crossEntropy(scores, labels, { labelSmoothing: 0.1 }).item()],
      [crossEntropy(scores, smooth).item()],
      1e-7,
    )
    expectClose([crossEntropy([0, 0, 0], 1).item()], [Math.log(3)])
  })

  it("names what is wrong with the labels", () => {
    expect(() => crossEntropy(scores, [0, 1, 3])).toThrow(/crossEntropy: index 3 at position 2 .*0 … 2/)
    expect(() => crossEntropy(scores, [0, Number.NaN, 1])).toThrow(/crossEntropy: index NaN at position 1/)
    expect(() => crossEntropy(scores, [0, 0.5, 1])).toThrow(/index 0.5/)
    expect(() => crossEntropy(scores, [0, 1])).toThrow(
      /crossEntropy: scores \[3, 3\] need .* \[3\].* got \[2\]/,
    )
    expect(() => crossEntropy(scores, labels, { reduction: "avg" as "mean" })).toThrow(/reduction "avg"/)
  })
})

describe("other losses", () => {
  it("on ten classes: cross-entropy 5.169843, 0.577481, 11.294485, hinge 10.58, 0.27, 71.91", () => {
    const columns = tensor(
      [
        [-3.45, -8.87, 0.09, 2.9, 4.48, 8.02, 3.78, 1.06, -0.36, -0.72],
        [-0.51, 6.04, 5.31, -4.22, -4.19, 3.58, 4.49, -4.37, -2.09, -2.93],
        [3.42, 4.64, 2.65, 5.1, 2.64, 5.55, -4.34, -1.5, -4.79, 6.14],
      ],
      f64,
    )
    const none = { reduction: "none" } as const
    expectClose(crossEntropy(columns, [3, 1, 6], none).data(), [5.169843, 0.577481, 11.294485], 0, 6e-7)
    expectClose([crossEntropy(columns, [3, 1, 6]).item()], [5.680603], 0, 6e-7)
    expectClose(multiclassHinge(columns, [3, 1, 6], none).data(), [10.58, 0.27, 71.91], 1e-12)
  })

  it("binary cross-entropy of 0.1, 0.8, 0.6 for 1, 0, 1 is 1.4742828764, their squared error 0.5366666667", () => {
    const p = tensor([0.1, 0.8, 0.6], f64)
    expectClose(
      [binaryCrossEntropy(p, [1, 0, 1]).item(), mse(p, [1, 0, 1]).item()],
      [1.4742828764, 0.5366666667],
      0,
      6e-11,
    )
  })

  it("hinge: 2.9, 0 and 12.9 on the three images, 5.2667 on average", () => {
    expectClose(multiclassHinge(scores, labels, { reduction: "none" }).data(), [2.9, 0, 12.9], 1e-12)
    expectClose([multiclassHinge(scores, labels).item()], [15.8 / 3], 1e-12)
  })

  it("binary cross-entropy agrees with and without logits, and stays finite at the ends", () => {
    const x = tensor([-2, 0.3, 5], f64)
    const y = tensor([0, 1, 1], f64)
    expectClose(
      [binaryCrossEntropy(x.sigmoid(), y).item()],
      [binaryCrossEntropyWithLogits(x, y).item()],
      1e-12,
    )
    expect(binaryCrossEntropyWithLogits([1000, -1000], [0, 1], { reduction: "none" }).tolist()).toEqual([
      1000, 1000,
    ])
    expectClose(binaryCrossEntropy([0, 1], [1, 1], { reduction: "none" }).data(), [100, 0])
    expect(() => binaryCrossEntropy([1.2], [1])).toThrow(/binaryCrossEntropy: 1.2.* is not a probability/)
  })

  it("mse, mae, huber, nll, perceptron and KL are their formulas", () => {
    expect(mse([1, 3], [0, 0]).item()).toBe(5)
    expect(mae([1, -3], [0, 0]).item()).toBe(2)
    expect(huber([0.5, -3], [0, 0], { reduction: "none" }).tolist()).toEqual([0.125, 2.5])
    expect(
      nll(
        [
          [-1, -2],
          [-3, -4],
        ],
        [1, 0],
      ).item(),
    ).toBe(2.5)
    expect(perceptronLoss([2, -3, 0], [1, 1, -1], { reduction: "none" }).tolist()).toEqual([0, 3, 0])
    const p = tensor([[0.5, 0.5, 0]], f64)
    const q = tensor([[0.25, 0.25, 0.5]], f64)
    expectClose([klDivergence(q.log(), p, { reduction: "sum" }).item()], [Math.log(2)], 1e-12)
    expect(() => mse([[1], [2]], [1, 2])).toThrow(/mse: input \[2, 1\] and target \[2\]/)
    expect(() => perceptronLoss([1], [0])).toThrow(/perceptronLoss: label 0/)
  })

  it("have the gradients that differences give", () => {
    const x = tensor(
      [
        [0.3, -1.2, 2.1],
        [1.4, 0.2, -0.7],
      ],
      f64,
    )
    const t = tensor(
      [
        [0.2, 0.5, 0.3],
        [0.6, 0.1, 0.3],
      ],
      f64,
    )
    expect(gradcheck((a, b) => crossEntropy(a, b), [x, t], { name: "crossEntropy" })).toBe(true)
    expect(gradcheck((a) => multiclassHinge(a, [2, 0]), [x], { name: "multiclassHinge" })).toBe(true)
    expect(gradcheck((a) => huber(a, t), [x], { name: "huber" })).toBe(true)
    expect(gradcheck((a) => binaryCrossEntropy(a.sigmoid(), t), [x], { name: "binaryCrossEntropy" })).toBe(
      true,
    )
    expect(gradcheck((a) => binaryCrossEntropyWithLogits(a, t), [x], { name: "withLogits" })).toBe(true)
    expect(gradcheck((a) => klDivergence(a, t), [x], { name: "klDivergence" })).toBe(true)
  })
})
