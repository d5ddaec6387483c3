/** @file Layers, data sets and metrics, small nets that learn, and memory that stays flat. */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { describe, expect, it } from "vitest"
import {
  Adam,
  accuracy,
  BatchNorm1d,
  binaryCrossEntropyWithLogits,
  Conv2d,
  circles,
  confusionMatrix,
  crossEntropy,
  Dropout,
  dataLoader,
  Embedding,
  Flatten,
  Generator,
  gaussians,
  gradcheck,
  initializers,
  kFold,
  LayerNorm,
  Linear,
  MaxPool2d,
  MinMaxScaler,
  moons,
  ones,
  ReLU,
  randn,
  Sequential,
  SGD,
  StandardScaler,
  spirals,
  Tanh,
  type Tensor,
  tensor,
  trainTestSplit,
  xor,
} from "../../engine/index.ts"
import { expectClose } from "./close.ts"

const xorInputs = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const xorTargets = tensor([[0], [1], [1], [0]])

describe("layers", () => {
  it("Linear is x Wᵀ + b and begins within ±1 / √in", () => {
    const layer = new Linear(4, 3, { generator: new Generator(1) })
    expect(layer.parameters().map((p) => p.shape)).toEqual([[3, 4], [3]])
    expect(layer.weight.abs().max().item()).toBeLessThanOrEqual(0.5)
    const x = randn([2, 4], { generator: new Generator(2) })
    const want = x.matmul(layer.weight.transpose()).add(layer.bias as Tensor)
    expect(layer.forward(x).tolist()).toEqual(want.tolist())
    expect(() => layer.forward(ones([2, 3]))).toThrow(/Linear: the input \[2, 3\] must end in 4/)
  })

  it("a state dict brings a network back", () => {
    const make = (seed: number) =>
      new Sequential(new Linear(2, 3, { generator: new Generator(seed) }), new Tanh(), new Linear(3, 1))
    const [a, b] = [make(1), make(2)]
    expect(Object.keys(a.stateDict())).toEqual(["0.weight", "0.bias", "2.weight", "2.bias"])
    b.loadStateDict(a.stateDict())
    expect(b.forward(xorInputs).tolist()).toEqual(a.forward(xorInputs).tolist())
    expect(() => b.loadStateDict({})).toThrow(/loadStateDict: missing 0.weight/)
  })

  it("Dropout zeroes about p and keeps the mean in training, and does nothing in evaluation", () => {
    const net = new Sequential(new Dropout(0.3, { generator: new Generator(1) }))
    const y = net.forward(ones([10000]))
    expect(Math.abs(y.eq(0).mean().item() - 0.3)).toBeLessThan(0.023)
    expect(Math.abs(y.mean().item() - 1)).toBeLessThan(0.033)
    expect(
      net
        .eval()
        .forward(ones([5]))
        .tolist(),
    ).toEqual([1, 1, 1, 1, 1])
  })

  it("BatchNorm1d normalizes columns and remembers them for evaluation", () => {
    const layer = new BatchNorm1d(2, { dtype: "float64", momentum: 1, eps: 0 })
    const x = tensor(
      [
        [1, 10],
        [3, 30],
      ],
      { dtype: "float64" },
    )
    expectClose(layer.forward(x).data(), [-1, -1, 1, 1], 1e-12)
    expectClose(layer.runningVar.data(), [2, 200], 1e-12)
    expectClose(
      layer.eval().forward(x).data(),
      [-1, -1, 1, 1].map((v) => v / Math.SQRT2),
      1e-12,
    )
    expect(layer.parameters().length).toBe(2)
    expect(gradcheck((v) => new BatchNorm1d(2, { dtype: "float64" }).forward(v), [x.mul(0.1)])).toBe(true)
  })

  it("LayerNorm normalizes each row", () => {
    expectClose(
      new LayerNorm(2, { eps: 0 })
        .forward(
          tensor([
            [1, 3],
            [10, 30],
          ]),
        )
        .data(),
      [-1, 1, -1, 1],
    )
  })

  it("Embedding looks up rows, convolutions and pools chain", () => {
    const table = new Embedding(5, 2, { generator: new Generator(1) })
    expect(table.forward(tensor([[4, 0]])).tolist()).toEqual([
      [table.weight.tolist<number[][]>()[4], table.weight.tolist<number[][]>()[0]],
    ])
    const net = new Sequential(
      new Conv2d(1, 2, 3, { padding: 1 }),
      new ReLU(),
      new MaxPool2d(2),
      new Flatten(),
      new Linear(8, 3),
    )
    expect(net.forward(ones([5, 1, 4, 4])).shape).toEqual([5, 3])
    expect(net.parameters().length).toBe(4)
  })

  it("initial weights have the spread of their rule", () => {
    const generator = new Generator(3)
    const shape = [200, 100]
    expect(initializers.xavierUniform(shape, { generator }).std().item()).toBeCloseTo(Math.sqrt(2 / 300), 2)
    expect(initializers.kaimingNormal(shape, { generator }).std().item()).toBeCloseTo(Math.sqrt(2 / 100), 2)
    const q = initializers.orthogonal([3, 5], { generator, dtype: "float64" })
    expectClose(q.matmul(q.transpose()).data(), [1, 0, 0, 0, 1, 0, 0, 0, 1], 1e-12, 1e-12)
    expect(initializers.fanInOut([8, 3, 5, 5])).toEqual({ fanIn: 75, fanOut: 200 })
  })
})

describe("data", () => {
  it.each([
    ["gaussians", gaussians],
    ["moons", moons],
    ["spirals", spirals],
    ["circles", circles],
    ["xor", xor],
  ])("%s gives n points with balanced classes, the same for the same seed", (_, make) => {
    const { x, y } = make(100, { generator: new Generator(1) })
    expect([x.shape, y.shape, y.sum().item()]).toEqual([[100, 2], [100], 50])
    expect(make(100, { generator: new Generator(1) }).x.tolist()).toEqual(x.tolist())
  })

  it("a loader shows every row once in each pass, in a new order", () => {
    const loader = dataLoader([tensor([0, 1, 2, 3, 4, 5, 6])], { batchSize: 3, seed: 1 })
    const pass = () => [...loader].flatMap(([x]) => x.tolist<number[]>())
    const [first, second] = [pass(), pass()]
    expect(loader.length).toBe(3)
    expect(first.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(second).not.toEqual(first)
    expect(second.toSorted()).toEqual(first.toSorted())
  })

  it("splits and folds take every row once", () => {
    const [[a], [b]] = trainTestSplit([tensor([0, 1, 2, 3, 4, 5, 6, 7])], { seed: 2 })
    expect([a.size, b.size]).toEqual([6, 2])
    const tests = kFold(7, 3, { seed: 1 }).flatMap(([, test]) => test.tolist<number[]>())
    expect(tests.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it("scalers bring columns to mean 0 and deviation 1, or to 0 … 1, and back", () => {
    const x = tensor([
      [1, 5],
      [3, 5],
    ])
    const scaler = new StandardScaler()
    expect(scaler.fitTransform(x).tolist()).toEqual([
      [-1, 0],
      [1, 0],
    ])
    expect(scaler.inverseTransform(scaler.transform(x)).tolist()).toEqual(x.tolist())
    expect(new MinMaxScaler().fitTransform(x).tolist()).toEqual([
      [0, 0],
      [1, 0],
    ])
    expect(() => new StandardScaler().transform(x)).toThrow(/call fit/)
  })

  it("accuracy and confusion matrix count classes or scores", () => {
    expect(
      accuracy(
        [
          [0.1, 0.9],
          [0.8, 0.2],
        ],
        [1, 1],
      ),
    ).toBe(0.5)
    expect(confusionMatrix([0, 1, 1], [0, 0, 1]).tolist()).toEqual([
      [1, 1],
      [0, 1],
    ])
    expect(() => accuracy([1, 2], [1])).toThrow(/accuracy: predictions \[2\] do not match labels \[1\]/)
  })
})

describe("training", () => {
  it("learns XOR with one hidden layer", () => {
    const generator = new Generator(1)
    const net = new Sequential(new Linear(2, 8, { generator }), new Tanh(), new Linear(8, 1, { generator }))
    const opt = new Adam(net.parameters(), { lr: 0.05 })
    for (let i = 0; i < 300; i++) {
      opt.zeroGrad()
      binaryCrossEntropyWithLogits(net.forward(xorInputs), xorTargets).backward()
      opt.step()
    }
    expect(binaryCrossEntropyWithLogits(net.forward(xorInputs), xorTargets).item()).toBeLessThan(0.05)
  })

  it("separates two moons from mini-batches", () => {
    const generator = new Generator(5)
    const { x, y } = moons(200, { generator })
    const net = new Sequential(new Linear(2, 16, { generator }), new ReLU(), new Linear(16, 2, { generator }))
    const opt = new Adam(net.parameters(), { lr: 0.05 })
    const loader = dataLoader([x, y], { batchSize: 50, seed: 1 })
    for (let epoch = 0; epoch < 50; epoch++)
      for (const [xs, ys] of loader) {
        opt.zeroGrad()
        crossEntropy(net.forward(xs), ys).backward()
        opt.step()
      }
    expect(accuracy(net.forward(x), y)).toBeGreaterThan(0.97)
  })
})

describe("memory", () => {
  it("stays flat over 15000 steps in one synchronous loop, with a total that is never read", () => {
    const generator = new Generator(1)
    const net = new Sequential(new Linear(2, 4, { generator }), new Tanh(), new Linear(4, 1, { generator }))
    const opt = new SGD(net.parameters(), { lr: 0.1, momentum: 0.9 })
    let total = tensor(0)
    // What is alive after a full collection, in MiB.
    setFlagsFromString("--expose-gc")
    const collect = runInNewContext("gc") as () => void
    const alive = () => {
      collect()
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      return (heapUsed + arrayBuffers) / 2 ** 20
    }
    const train = (steps: number) => {
      for (let i = 0; i < steps; i++) {
        opt.zeroGrad()
        const loss = binaryCrossEntropyWithLogits(net.forward(xorInputs), xorTargets)
        loss.backward()
        opt.step()
        total = total.add(loss.detach())
      }
      return alive()
    }
    // By then the backend holds as many blocks as it ever will.
    const early = train(5000)
    const late = train(10000)
    expect(total.item()).toBeGreaterThan(0)
    // A leak of 190 bytes a step would show.
    expect(late - early).toBeLessThan(1.8)
  })
})
