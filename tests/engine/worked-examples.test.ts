/** @file More of the book's worked examples, computed by the engine: gates, scores, losses, masks, batches, sizes. */
import { describe, expect, it } from "vitest"
import {
  AvgPool2d,
  BatchNorm1d,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  Conv2d,
  crossEntropy,
  dataLoader,
  Flatten,
  grad,
  kFold,
  Linear,
  MaxPool2d,
  type Module,
  mse,
  multiclassHinge,
  ones,
  ReLU,
  Sequential,
  SGD,
  softmax,
  stack,
  type Tensor,
  tensor,
  trainTestSplit,
  zeros,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

const f64 = { dtype: "float64" } as const
const t = (values: Parameters<typeof tensor>[0]) => tensor(values, f64)
const leaf = (value: number) => tensor(value, { ...f64, requiresGrad: true })
/** As many decimals as are given. */
const digits = (got: Tensor | readonly number[] | null, want: number[], decimals: number) =>
  expectClose(got === null ? [] : "data" in got ? got.data() : got, want, 0, 0.6 * 10 ** -decimals)

const corners = t([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])

describe("units and gates", () => {
  it("a unit (1; 3, −2) on (−1, 2) gives σ(−6) = 0.0024726232, and 0.5 on its line", () => {
    const unit = (x: number[]) =>
      t(x)
        .dot(t([3, -2]))
        .add(1)
        .sigmoid()
    digits(unit([-1, 2]), [0.0024726232], 10)
    expect(unit([1, 2]).item()).toBe(0.5)
  })

  it("logistic and relu units make XOR: 0.0000454391, 0.9999545196 and 0, 1 exactly", () => {
    const h = stack([corners.matmul(t([20, 20])).sub(10), t(30).sub(corners.matmul(t([20, 20])))]).sigmoid()
    const y = t([20, 20]).matmul(h).sub(30).sigmoid()
    digits(y, [0.0000454391, 0.9999545196, 0.9999545196, 0.0000454391], 10)
    const sum = corners.sum(1)
    expect(sum.relu().sub(sum.sub(1).relu().mul(2)).tolist()).toEqual([0, 1, 1, 0])
  })

  it("activations at −6, −1 and 6", () => {
    const z = t([-6, -1, 6])
    const slope = (f: (x: Tensor) => Tensor) => grad((x: Tensor) => f(x).sum())(z)
    digits(z.sigmoid(), [0.002473, 0.268941, 0.997527], 6)
    digits(
      slope((x) => x.sigmoid()),
      [0.002467, 0.196612, 0.002467],
      6,
    )
    digits(z.tanh(), [-0.999988, -0.761594, 0.999988], 6)
    digits(
      slope((x) => x.tanh()),
      [0.000025, 0.419974, 0.000025],
      6,
    )
    digits(z.leakyRelu(), [-0.06, -0.01, 6], 12)
    digits(z.elu(), [-0.997521, -0.632121, 6], 6)
    digits(
      slope((x) => x.elu()),
      [0.002479, 0.367879, 1],
      6,
    )
    const sigmoid = grad((x: Tensor) => x.sigmoid().sum())
    digits(sigmoid(t([5, 10])), [0.006648, 4.5396e-5], 6)
  })

  it("a relu unit dies from a step that is too long, and lives with a short one", () => {
    const walk = (lr: number) => {
      const [w, b] = [leaf(1), leaf(0.5)]
      const opt = new SGD([w, b], { lr })
      return [0, 1, 2, 3].map(() => {
        const h = w.mul(2).add(b).relu()
        opt.zeroGrad()
        h.square().mul(0.5).backward()
        opt.step()
        return h.item()
      })
    }
    expect(walk(1)).toEqual([2.5, 0, 0, 0])
    expectClose(walk(0.1), [2.5, 1.25, 0.625, 0.3125], 1e-12)
  })
})

describe("scores", () => {
  const x = t([56, 231, 24, 2])
  const dog = t([
    [0.2, -0.5, 0.1, 2],
    [1.5, 1.3, 2.1, 0],
    [0, 0.25, 0.2, -0.3],
  ])
    .matmul(x)
    .add([1.1, 3.2, -1.2])
  const cat = t([
    [1.2, 1.5, 1.1, 2],
    [-0.5, 0.3, 0.1, 0],
    [0.1, 0.05, -0.1, -0.2],
  ])
    .matmul(x)
    .add([3.1, 1.2, -1.5])
  it("of a linear classifier, and their hinge loss: 694.25 and 0", () => {
    digits(dog, [-96.8, 437.9, 60.75], 10)
    digits(cat, [447.2, 44.9, 12.85], 10)
    digits(multiclassHinge(dog, 0), [694.25], 10)
    expect(multiclassHinge(cat, 0).item()).toBe(0)
  })

  it("of three images: the hinge doubles with them to 4.8, 0 and 23.8, and its gradient is made of thirds", () => {
    const three = t([
      [3.2, 5.1, -1.7],
      [1.3, 4.9, 2],
      [2.2, 2.5, -3.1],
    ])
    digits(multiclassHinge(three.mul(2), [0, 1, 2], { reduction: "none" }), [4.8, 0, 23.8], 10)
    const third = 1 / 3
    digits(
      grad((s: Tensor) => multiclassHinge(s, [0, 1, 2]))(three),
      [-third, third, 0, 0, 0, 0, third, third, -2 * third],
      12,
    )
  })
})

describe("losses", () => {
  it("squared error of the grades is 2433.3333, of an untrained classifier ln 2", () => {
    digits(mse(t([30, 80, 85]), [90, 20, 95]), [2433.3333], 4)
    digits(binaryCrossEntropy(t([0.5]), [1]), [Math.LN2], 12)
  })

  it("probabilities taken for logits give 0.7509951 instead of 1.4742829", () => {
    digits(binaryCrossEntropyWithLogits(t([0.1, 0.8, 0.6]), [1, 0, 1]), [0.7509951], 7)
  })

  it("a saturated unit learns 56.6 times faster by cross-entropy than by squared error", () => {
    const slope = (loss: (p: Tensor) => Tensor) => grad((w: Tensor) => loss(w.add(2).sigmoid()))(t(2)).item()
    const squared = slope((p) => p.square().mul(0.5))
    const crossed = slope((p) => binaryCrossEntropy(p, 0))
    digits([squared, crossed], [0.0173450211, 0.98201379], 9)
    expect(crossed / squared).toBeCloseTo(56.6, 1)
  })

  it("of the running network row by row: 0.6982049703 and 1.3991518194; with tanh 1.0012436973 and 1.3637521251", () => {
    const x = t([
      [1, -2],
      [0.5, 1],
    ])
    const w1 = t([
      [0.5, -0.3],
      [-0.2, 0.8],
      [0.1, 0.4],
    ])
    const w2 = t([
      [0.3, -0.6, 0.2],
      [-0.4, 0.1, 0.5],
      [0.7, 0.2, -0.3],
    ])
    const scores = (f: (z: Tensor) => Tensor) =>
      f(x.matmul(w1.transpose()).add([0.1, -0.1, 0.2]))
        .matmul(w2.transpose())
        .add([0, 0.1, -0.1])
    const relu = scores((z) => z.relu())
    digits(relu, [0.36, -0.38, 0.74, -0.215, 0.465, -0.14], 12)
    digits(
      softmax(relu),
      [0.3402056571, 0.1623168532, 0.4974774897, 0.2468062114, 0.4871652849, 0.2660285036],
      10,
    )
    const each = (s: Tensor) => crossEntropy(s, [2, 0], { reduction: "none" })
    digits(each(relu), [0.6982049703, 1.3991518194], 10)
    digits(each(scores((z) => z.tanh())), [1.0012436973, 1.3637521251], 10)
    digits([w1.square().sum().item() + w2.square().sum().item()], [2.72], 12)
  })
})

describe("batch norm and dropout", () => {
  it("batch norm is the identity with γ = √(σ² + ε) and β = μ, and 4.3e-6 off without the ε", () => {
    const x = t([
      [1, 50],
      [2, 60],
      [3, 90],
      [6, 80],
    ])
    const off = (eps: number) => {
      const layer = new BatchNorm1d(2, f64)
      layer.weight.assign(x.var(0, { correction: 0 }).add(eps).sqrt())
      layer.bias.assign(x.mean(0))
      return layer.forward(x).sub(x).abs().max().item()
    }
    expect(off(1e-5)).toBeLessThan(1e-13)
    expect(off(0)).toBeCloseTo(4.3e-6, 7)
  })

  it("over all 16 masks a unit gives half its output on average, with variance 4.3125; a relu unit does not", () => {
    const masks = t(Array.from({ length: 16 }, (_, m) => [0, 1, 2, 3].map((i) => (m >> i) & 1)))
    const z = masks.matmul(t([1, 2, -1, 3]).mul(t([0.5, -1, 2, 1])))
    expect(z.slice([15]).item()).toBe(-0.5)
    expect(z.mean().item()).toBe(-0.25)
    expect(z.var(undefined, { correction: 0 }).item()).toBe(4.3125)
    expect(z.mul(2).mean().item()).toBe(-0.5)
    expect(z.relu().mean().item()).toBe(0.75)
    digits([z.sigmoid().mean().item(), t(-0.25).sigmoid().item()], [0.465002, 0.437823], 6)
  })
})

describe("batches and folds", () => {
  it("1234 rows in hundreds are 13 batches, the last of 34; 75 and 25 rows in tens 8 and 3", () => {
    const sizes = (n: number, batchSize: number) =>
      [...dataLoader([zeros([n, 1])], { batchSize })].map(([x]) => x.shape[0])
    expect([sizes(1234, 100).length, sizes(1234, 100).at(-1)]).toEqual([13, 34])
    const [[train], [test]] = trainTestSplit([zeros([100, 1])])
    expect(sizes(train.shape[0], 10)).toEqual([10, 10, 10, 10, 10, 10, 10, 5])
    expect(sizes(test.shape[0], 10)).toEqual([10, 10, 5])
  })

  it("13 examples in 5 folds: 3, 3, 3, 2, 2; five accuracies: 0.90 ± 0.031623", () => {
    expect(kFold(13, 5).map(([, test]) => test.size)).toEqual([3, 3, 3, 2, 2])
    const scores = t([0.92, 0.88, 0.9, 0.94, 0.86])
    digits([scores.mean().item(), scores.std().item()], [0.9, 0.031623], 6)
  })
})

describe("sizes", () => {
  it("of convolutions: 32 by 5 is 28, with padding 32; 7 by 3 in steps of 2 is 3; 227 by 11 in steps of 4 is 55", () => {
    const out = (size: number, kernel: number, options = {}) =>
      new Conv2d(1, 1, kernel, options).forward(ones([1, 1, size, size])).shape.slice(2)
    expect(out(32, 5)).toEqual([28, 28])
    expect(out(32, 5, { padding: 2 })).toEqual([32, 32])
    expect(out(7, 3, { stride: 2 })).toEqual([3, 3])
    expect(out(227, 11, { stride: 4 })).toEqual([55, 55])
    expect(out(224, 11, { stride: 4, padding: 2 })).toEqual([55, 55])
  })

  it("of networks in parameters: 154160, 308310, 4810, 338610, 42, and 1898 for the small convolutional one", () => {
    const count = (model: Module) => model.parameters().reduce((sum, p) => sum + p.size, 0)
    const dense = (...widths: number[]) =>
      count(new Sequential(...widths.slice(1).map((n, i) => new Linear(widths[i], n))))
    expect([dense(3072, 50, 10), dense(3072, 100, 10), dense(64, 64, 10)]).toEqual([154160, 308310, 4810])
    expect([dense(1024, 300, 100, 10), dense(2, 8, 2)]).toEqual([338610, 42])
    const network = new Sequential(
      new Conv2d(1, 8, 3, { padding: 1 }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(8, 16, 3, { padding: 1 }),
      new ReLU(),
      new AvgPool2d(2),
      new Flatten(),
      new Linear(64, 10),
    )
    expect(count(network)).toBe(1898)
    expect(network.forward(ones([3, 1, 8, 8])).shape).toEqual([3, 10])
  })

  it("a 9 that moves within its window does not change the largest value", () => {
    const at = (i: number) =>
      tensor([[[[0, 0, 0, 0, 0, 0, 0, 0].map((_, k) => (k === i ? 9 : 0))]]])
        .maxPool2d([1, 2])
        .reshape(-1)
        .tolist()
    expect(at(2)).toEqual([0, 9, 0, 0])
    expect(at(3)).toEqual(at(2))
    expect(at(4)).toEqual([0, 0, 9, 0])
  })
})
