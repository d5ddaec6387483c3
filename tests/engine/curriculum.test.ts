/** @file The worked examples of the book, checked with PyTorch, computed by the engine to the last digit given. */
import { describe, expect, it } from "vitest"
import {
  Adagrad,
  Adam,
  BatchNorm1d,
  conv2d,
  cosineLR,
  crossEntropy,
  exponentialLR,
  fanInOut,
  Generator,
  grad,
  initializers,
  inverseTimeLR,
  type Optimizer,
  type Schedule,
  SGD,
  softmax,
  stepLR,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

const f64 = { dtype: "float64" } as const
const t = (values: Parameters<typeof tensor>[0]) => tensor(values, f64)
/** As many digits as are given: ten, or what is said. */
const digits = (got: Tensor | undefined, want: number[], decimals = 10) =>
  expectClose(got?.data() ?? [], want, 0, 0.6 * 10 ** -decimals)

describe("activations at −2, −0.5, 0, 1, 3", () => {
  const z = t([-2, -0.5, 0, 1, 3])
  const table: [string, (x: Tensor) => Tensor, number[], number[]?][] = [
    [
      "σ",
      (x) => x.sigmoid(),
      [0.119203, 0.377541, 0.5, 0.731059, 0.952574],
      [0.104994, 0.235004, 0.25, 0.196612, 0.045177],
    ],
    [
      "tanh",
      (x) => x.tanh(),
      [-0.964028, -0.462117, 0, 0.761594, 0.995055],
      [0.070651, 0.786448, 1, 0.419974, 0.009866],
    ],
    ["relu", (x) => x.relu(), [0, 0, 0, 1, 3]],
    ["leaky relu 0.2", (x) => x.leakyRelu(0.2), [-0.4, -0.1, 0, 1, 3]],
    ["elu", (x) => x.elu(), [-0.864665, -0.393469, 0, 1, 3], [0.135335, 0.606531, 1, 1, 1]],
  ]
  it.each(table)("%s and its slope", (_, f, values, slopes) => {
    digits(f(z), values, 6)
    if (slopes) digits(grad((x: Tensor) => f(x).sum())(z), slopes, 6)
  })
})

describe("the running network of two inputs, three hidden units and three classes", () => {
  const x = t([
    [1, -2],
    [0.5, 1],
  ])
  const start = () => ({
    w1: t([
      [0.5, -0.3],
      [-0.2, 0.8],
      [0.1, 0.4],
    ]),
    b1: t([0.1, -0.1, 0.2]),
    w2: t([
      [0.3, -0.6, 0.2],
      [-0.4, 0.1, 0.5],
      [0.7, 0.2, -0.3],
    ]),
    b2: t([0, 0.1, -0.1]),
  })
  type Parameters = ReturnType<typeof start>
  const lossOf =
    (activation: (z: Tensor) => Tensor) =>
    ({ w1, b1, w2, b2 }: Parameters): Tensor => {
      const hidden = activation(x.matmul(w1.transpose()).add(b1))
      return crossEntropy(hidden.matmul(w2.transpose()).add(b2), [2, 0])
    }
  const stepped = (p: Parameters, g: Parameters): Parameters => ({
    w1: p.w1.sub(g.w1.mul(0.5)),
    b1: p.b1.sub(g.b1.mul(0.5)),
    w2: p.w2.sub(g.w2.mul(0.5)),
    b2: p.b2.sub(g.b2.mul(0.5)),
  })

  it("with relu: loss 1.0486783948, its gradients, 0.7052372820 after a step", () => {
    const f = lossOf((z) => z.relu())
    const [loss, g] = valueAndGrad(f)(start())
    digits(loss, [1.0486783948])
    digits(
      g.w2,
      [
        0.1852935496, -0.2259581366, -0.2447879813, 0.109569244, 0.1461495855, 0.1583287176, -0.2948627936,
        0.0798085511, 0.0864592637,
      ],
    )
    digits(g.b2, [-0.2064940657, 0.324741069, -0.1182470033])
    digits(g.w1, [-0.2159664752, 0.1973286523, 0.1384596256, 0.2769192512, 0.0032838334, 0.0065676668])
    digits(g.b1, [-0.2746175497, 0.2769192512, 0.0065676668])
    digits(f(stepped(start(), g)), [0.705237282])
  })

  it("with tanh: loss 1.1824979112, its gradients, 0.7635985307 after a step", () => {
    const f = lossOf((z) => z.tanh())
    const [loss, g] = valueAndGrad(f)(start())
    digits(loss, [1.1824979112])
    digits(g.b2, [-0.124049711, 0.3040678256, -0.1800181146])
    digits(g.w1, [-0.1083145672, -0.0040333255, 0.0799575478, 0.2302177071, 0.1413450501, -0.2791512086])
    digits(g.b1, [-0.1634801822, 0.1774907485, 0.1422297731])
    digits(f(stepped(start(), g)), [0.7635985307])
  })

  it("with sigmoid and squared error (Mazur): error 0.2983711088, 0.2910277737 after a step", () => {
    const f = ({ w1, w2 }: { w1: Tensor; w2: Tensor }) => {
      const hidden = w1
        .matmul(t([0.05, 0.1]))
        .add(0.35)
        .sigmoid()
      return w2.matmul(hidden).add(0.6).sigmoid().sub([0.01, 0.99]).square().sum().mul(0.5)
    }
    const w1 = t([
      [0.15, 0.2],
      [0.25, 0.3],
    ])
    const w2 = t([
      [0.4, 0.45],
      [0.5, 0.55],
    ])
    const [loss, g] = valueAndGrad(f)({ w1, w2 })
    const next = { w1: w1.sub(g.w1.mul(0.5)), w2: w2.sub(g.w2.mul(0.5)) }
    digits(loss, [0.2983711088])
    digits(next.w2, [0.3589164797, 0.4086661861, 0.5113012702, 0.5613701211])
    digits(next.w1, [0.1497807161, 0.1995614323, 0.2497511436, 0.2995022873])
    digits(f(next), [0.2910277737])
  })
})

describe("graphs by hand", () => {
  it("(x + y) z at (−2, 5, −4) has the gradient (−4, −4, 3); σ(w·x) that of the gates", () => {
    const g = grad(([x, y, z]: readonly Tensor[]) => x.add(y).mul(z))([t(-2), t(5), t(-4)])
    expect(g.map((v) => v.item())).toEqual([-4, -4, 3])
    digits(
      grad((w: Tensor) => w.dot(t([-1, -2, 1])).sigmoid())(t([2, -3, -3])),
      [-0.1966119332, -0.3932238665, 0.1966119332],
    )
  })
})

describe("steps down the ravine ½ (x² + κ y²) from (−10, 1) until it is below 1e−6", () => {
  const steps = (kappa: number, make: (params: Tensor[]) => Optimizer): number => {
    const p = tensor([-10, 1], { dtype: "float64", requiresGrad: true })
    const opt = make([p])
    // The parameters of Nesterov's method are the points that it looks ahead to; its iterates are a plain step behind.
    const looksAhead = opt instanceof SGD && opt.nesterov
    const f = (x: Tensor) => x.square().mul([1, kappa]).sum().mul(0.5)
    let iterate = p.detach()
    for (let k = 0; k < 4000; k++) {
      if (f(iterate).item() < 1e-6) return k
      opt.zeroGrad()
      f(p).backward()
      if (looksAhead && p.grad) iterate = p.detach().sub(p.grad.mul(opt.lr))
      opt.step()
      if (!looksAhead) iterate = p.detach()
    }
    return Number.POSITIVE_INFINITY
  }
  const root = (kappa: number) => (Math.sqrt(kappa) - 1) / (Math.sqrt(kappa) + 1)
  const table: [string, (kappa: number, p: Tensor[]) => Optimizer, number, number][] = [
    ["plain, η = 1/κ", (k, p) => new SGD(p, { lr: 1 / k }), 173, 882],
    ["plain, η = 2/(1 + κ)", (k, p) => new SGD(p, { lr: 2 / (1 + k) }), 90, 461],
    ["momentum 0.9", (k, p) => new SGD(p, { lr: 1 / k, momentum: 0.9 }), 147, 162],
    [
      "the best momentum",
      (k, p) => new SGD(p, { lr: (2 / (1 + Math.sqrt(k))) ** 2, momentum: root(k) ** 2 }),
      27,
      69,
    ],
    ["Nesterov 0.9", (k, p) => new SGD(p, { lr: 1 / k, momentum: 0.9, nesterov: true }), 80, 99],
    ["Nesterov's best", (k, p) => new SGD(p, { lr: 1 / k, momentum: root(k), nesterov: true }), 45, 108],
    ["Adagrad, η = 1", (_, p) => new Adagrad(p, { lr: 1 }), 265, 265],
    ["Adam, η = 0.1", (_, p) => new Adam(p, { lr: 0.1 }), 305, 305],
    ["Adam, η = 1", (_, p) => new Adam(p, { lr: 1 }), 151, 151],
  ]
  it.each(table)("%s", (_, make, twenty, hundred) => {
    expect([steps(20, (p) => make(20, p)), steps(100, (p) => make(100, p))]).toEqual([twenty, hundred])
  })
})

describe("learning rates from 0.1 at steps 0, 5, 10, 20, 50, 100", () => {
  const table: [string, (opt: Optimizer) => Schedule, number[]][] = [
    [
      "halved every ten",
      (o) => stepLR(o, { stepSize: 10, gamma: 0.5 }),
      [0.1, 0.1, 0.05, 0.025, 0.003125, 0.00009766],
    ],
    [
      "e^−0.05t",
      (o) => exponentialLR(o, { gamma: Math.exp(-0.05) }),
      [0.1, 0.07788008, 0.06065307, 0.03678794, 0.0082085, 0.00067379],
    ],
    [
      "0.95ᵗ",
      (o) => exponentialLR(o, { gamma: 0.95 }),
      [0.1, 0.07737809, 0.05987369, 0.03584859, 0.0076945, 0.00059205],
    ],
    [
      "1 / (1 + 0.05 t)",
      (o) => inverseTimeLR(o, { decay: 0.05 }),
      [0.1, 0.08, 0.06666667, 0.05, 0.02857143, 0.01666667],
    ],
    [
      "a cosine to 100",
      (o) => cosineLR(o, { steps: 100 }),
      [0.1, 0.09938442, 0.09755283, 0.09045085, 0.05, 0],
    ],
  ]
  it.each(table)("%s", (_, make, want) => {
    const opt = new SGD([tensor(0, { requiresGrad: true })], { lr: 0.1 })
    const schedule = make(opt)
    const rates = [opt.lr]
    for (let k = 0; k < 100; k++) {
      schedule.step()
      rates.push(opt.lr)
    }
    expectClose(
      [0, 5, 10, 20, 50, 100].map((k) => rates[k]),
      want,
      0,
      6e-9,
    )
  })
})

describe("batch norm of (1, 50), (2, 60), (3, 90), (6, 80) with γ = (2, 0.5), β = (1, −1)", () => {
  const layer = () => {
    const made = new BatchNorm1d(2, f64)
    made.weight.assign(t([2, 0.5]))
    made.bias.assign(t([1, -1]))
    return made
  }
  const x = t([
    [1, 50],
    [2, 60],
    [3, 90],
    [6, 80],
  ])

  it("gives the normalised rows, and the gradients of an upstream gradient", () => {
    const bn = layer()
    const input = tensor(x, { requiresGrad: true })
    const y = bn.forward(input)
    digits(
      y,
      [-1.13808688, -1.63245552, -0.06904344, -1.31622776, 1, -0.36754448, 4.20713032, -0.68377224],
      8,
    )
    y.backward(
      t([
        [1, 0],
        [0, 1],
        [-1, 2],
        [0.5, -1],
      ]),
    )
    digits(bn.weight.grad ?? undefined, [-0.26726086, 1.26491104], 8)
    digits(bn.bias.grad ?? undefined, [0.5, 2], 8)
    digits(
      input.grad ?? undefined,
      [0.85905298, -0.00316228, -0.17181044, 0.02213594, -1.20267387, 0.03478505, 0.51543133, -0.05375872],
      8,
    )
  })

  it("remembers mean (0.3, 7) and variance (1.36666667, 34.23333333), and uses them in evaluation", () => {
    const bn = layer()
    bn.forward(x)
    digits(bn.runningMean, [0.3, 7], 8)
    digits(bn.runningVar, [1.36666667, 34.23333333], 8)
    digits(bn.eval().forward(x).slice([0], [1]), [2.19755411, 2.67463157], 8)
  })
})

describe("initial scales", () => {
  const table: [number, number, number, number, number][] = [
    [784, 100, 0.0475651, 0.0823853, 0.0505076],
    [100, 10, 0.13484, 0.2335497, 0.1414214],
    [500, 500, 0.0447214, 0.0774597, 0.0632456],
  ]
  it.each(table)("of a layer %i → %i: Xavier %d or ±%d, Kaiming %d", (fanIn, fanOut, std, bound, he) => {
    const shape = [fanOut, fanIn]
    expect(fanInOut(shape)).toEqual({ fanIn, fanOut })
    const generator = new Generator(fanIn)
    const uniform = initializers.xavierUniform(shape, { generator })
    const near = (got: number, want: number) =>
      expect(Math.abs(got / want - 1)).toBeLessThan(4 / Math.sqrt(fanIn * fanOut))
    near(uniform.std().item(), std)
    expect(uniform.abs().max().item()).toBeLessThanOrEqual(bound + 1e-7)
    expect(uniform.abs().max().item()).toBeGreaterThan(0.99 * bound)
    near(initializers.xavierNormal(shape, { generator }).std().item(), std)
    near(initializers.kaimingNormal(shape, { generator }).std().item(), he)
    near(initializers.kaimingUniform(shape, { generator }).std().item(), he)
  })
})

describe("convolution and pooling", () => {
  const square = (rows: number[][]) => t([[rows]])
  const small = square([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ])
  it("with an edge filter, and the gradients of image and kernel", () => {
    const image = square([
      [1, 2, 0, 1, 3],
      [0, 1, 2, 3, 1],
      [1, 0, 1, 2, 2],
      [2, 1, 0, 1, 0],
      [0, 3, 1, 0, 1],
    ])
    const edge = square([
      [1, 0, -1],
      [2, 0, -2],
      [1, 0, -1],
    ])
    expect([...conv2d(image, edge).data()]).toEqual([-3, -5, -2, 0, -6, -1, 3, 1, -1])
    const upstream = square([
      [1, 0],
      [-1, 2],
    ])
    const kernel = square([
      [1, 2],
      [3, 4],
    ])
    const [dImage, dKernel] = grad(([i, k]: readonly Tensor[]) => conv2d(i, k).mul(upstream).sum())([
      small,
      kernel,
    ])
    expect([...conv2d(small, kernel).data()]).toEqual([37, 47, 67, 77])
    expect([...dKernel.data()]).toEqual([7, 9, 13, 15])
    expect([...dImage.data()]).toEqual([1, 2, 0, 2, 4, 4, -3, 2, 8])
  })

  it("pools to (6, 8, 3, 4) and (3.25, 5.25, 2, 2)", () => {
    const image = square([
      [1, 1, 2, 4],
      [5, 6, 7, 8],
      [3, 2, 1, 0],
      [1, 2, 3, 4],
    ])
    expect([...image.maxPool2d(2).data()]).toEqual([6, 8, 3, 4])
    expect([...image.avgPool2d(2).data()]).toEqual([3.25, 5.25, 2, 2])
  })
})

describe("dropout as an average of networks", () => {
  it("over all 16 masks the geometric mean of softmax is softmax with halved weights", () => {
    const w = t([
      [1, -1, 0.5, 0],
      [0, 0.5, 1, -0.5],
      [-0.5, 1, 0, 0.3],
    ])
    const h = [1, 2, -1, 3]
    const masks = t(Array.from({ length: 16 }, (_, m) => h.map((v, i) => ((m >> i) & 1) * v)))
    const p = softmax(masks.matmul(w.transpose()))
    digits(p.mean(0), [0.228681, 0.130353, 0.640966], 6)
    const geometric = p.log().mean(0).exp()
    digits(geometric.div(geometric.sum()), [0.110758, 0.110758, 0.778484], 6)
    digits(softmax(w.matmul(t(h)).mul(0.5)), [0.110758, 0.110758, 0.778484], 6)
  })
})
