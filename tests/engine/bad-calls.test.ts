/**
 * @file What calls get that TypeScript would have marked: shapes taken apart, options that are none, settings that are
 * no numbers, arguments that are missing.
 */
import { describe, expect, it } from "vitest"
import * as dl from "../../engine/index.ts"
import { dtype, gradient, memory, shape, value } from "./mistakes.ts"

/** A function as a cell calls it that nobody has checked. */
type Loose = (...args: unknown[]) => unknown
const call = (name: string, ...args: unknown[]) => (dl as unknown as Record<string, Loose>)[name](...args)
const make = (name: string, ...args: unknown[]) =>
  new (dl as unknown as Record<string, new (...args: unknown[]) => unknown>)[name](...args)
const x = dl.ones([2, 3])
const method = (name: string, ...args: unknown[]) => (x as unknown as Record<string, Loose>)[name](...args)
const weights = () => dl.tensor([1, 2], { requiresGrad: true })
const sgd = () => new dl.SGD([weights()], { lr: 1 })

describe("a shape taken apart", () => {
  for (const name of ["zeros", "ones", "rand", "randn"])
    shape(`in ${name}`, `${name}: not 2 and 3 … write ${name}([2, 3])`, () => call(name, 2, 3))
  shape("in full", "full: not 2 and 3 … write full([2, 3], value)", () => call("full", 2, 3, 0))
  shape("in randint", "randint: not 2 and 3 … write randint(low, high, [2, 3])", () =>
    call("randint", 0, 5, 2, 3),
  )
  shape("in reshape", "reshape: not 6 and 1 … write reshape([6, 1])", () => method("reshape", 6, 1))
  shape("in broadcastTo", "broadcastTo: not 2 and 3 … write broadcastTo([2, 3])", () =>
    method("broadcastTo", 2, 3),
  )
  shape("in permute", "permute: [2, 3] … permute([1, 0])", () => method("permute", 1, 0))
  shape("left out", "zeros: not undefined … write zeros([2, 3])", () => call("zeros"))
  shape("left out of randint", "randint: not undefined … low, high", () => call("randint", 0, 5))
  shape("given as a tensor", "ones: not a tensor … [2, 3]", () => call("ones", dl.tensor([2, 3])))
  shape("with text in it", 'zeros: [2, "3"] … got "3"', () => call("zeros", [2, "3"]))
  shape("of one weight", "fanInOut: 3 … [out, in, …]", () => call("fanInOut", 3))
  shape("as the tensors of concat", "concat: one list … concat([a, b], dim)", () => call("concat", x, x))
  shape("as the tensors of stack", "stack: one list … stack([a, b], dim)", () => call("stack", x, x))
  shape("as scalars of concat", "concat: scalars … use stack", () => call("concat", [dl.tensor(1)]))
  it("and one number is a vector of that length", () => {
    expect(dl.full(2, 3).tolist()).toEqual([3, 3])
    expect(dl.zeros(3).shape).toEqual([3])
    expect(dl.tensor(1).broadcastTo(3).tolist()).toEqual([1, 1, 1])
  })
})

describe("a dimension that is none", () => {
  shape("text", 'sum: "a" is no dimension of [2, 3] … one, a list', () => method("sum", "a"))
  shape("options in its place", "mean: {keepDim} … options after it", () => method("mean", { keepDim: true }))
  shape("a list where one is meant", "cumsum: [0] is no dimension of [2, 3]", () => method("cumsum", [0]))
  shape("left out", "unsqueeze: undefined is no dimension … use -3 to 2", () => method("unsqueeze"))
  shape("a tensor in its place", "indexSelect: a tensor is no dimension of [2, 3]", () =>
    method("indexSelect", dl.tensor([0])),
  )
  shape("a box that is none", 'slice: slice([0, 1], [2, 3]) … got "a"', () => method("slice", "a"))
  shape("widths that are none", "pad: 1 … one [before, after]", () => method("pad", 1))
})

describe("options", () => {
  value("in another spelling", 'sum: "keepdim" … did you mean keepDim?', () =>
    method("sum", 0, { keepdim: true }),
  )
  value("of another library", 'std: "unbiased" … std knows keepDim, correction', () =>
    method("std", 0, { unbiased: false }),
  )
  value("with underscores", 'crossEntropy: "label_smoothing" … labelSmoothing?', () =>
    call("crossEntropy", x, [0, 1], { label_smoothing: 0.1 }),
  )
  value("as a bare value", "sum: one object … not true", () => method("sum", 0, true))
  value("as text", 'mse: one object … not "sum"', () => call("mse", x, x, "sum"))
  value("as a shape", "tensor: one object … not [2, 3]", () => call("tensor", new Float32Array(6), [2, 3]))
  value("as null", "zeros: one object … not null", () => call("zeros", [2], null))
  value("of a random number", 'rand: no option "seed" … generator', () => call("rand", [2], { seed: 1 }))
  value("with a generator that is none", "rand: the generator is 5 … new Generator(seed)", () =>
    call("rand", [2], { generator: 5 }),
  )
  value("of a layer", "Linear: not false … bias", () => make("Linear", 2, 3, false))
  value("of a convolution", 'Conv2d: no option "pad" … padding', () => make("Conv2d", 1, 2, 3, { pad: 1 }))
  value("of a pool", "maxPool2d: not 2 … stride", () => call("maxPool2d", dl.ones([1, 1, 4, 4]), 2, 2))
  value("of an initialiser", 'xavierUniform: "Gain" … did you mean gain?', () =>
    call("xavierUniform", [2, 2], { Gain: 2 }),
  )
  value("of an optimizer", 'Adam: no option "learningRate" … lr', () =>
    make("Adam", [weights()], { learningRate: 0.1 }),
  )
  value("of an optimizer, as a bare rate", "SGD: not 0.1 … {lr: …}", () => make("SGD", [weights()], 0.1))
  value("of an optimizer, left out", "SGD: not undefined … {lr: …}", () => make("SGD", [weights()]))
  value("of a schedule", "stepLR: not 10 … stepSize", () => call("stepLR", sgd(), 10))
  value("of backward", 'backward: "retain_graph" … did you mean retainGraph?', () =>
    weights()
      .sum()
      .backward(undefined, { retain_graph: true } as dl.BackwardOptions),
  )
  value("of gradcheck", 'gradcheck: no option "tol" … rtol', () =>
    call("gradcheck", (v: unknown) => v, [1], { tol: 1 }),
  )
})

describe("numbers that are none", () => {
  value("a permutation of −1", "randperm: n is -1 … 0 or more", () => dl.randperm(-1))
  value("a permutation of 2.5", "randperm: n is 2.5 … whole number", () => dl.randperm(2.5))
  memory("a permutation of 2⁴⁰", "randperm: 4 TiB … smaller", () => dl.randperm(2 ** 40))
  value("a choice of −1", "choice: the number to draw is -1 … 0 or more", () => dl.choice(5, -1))
  value("a choice of 1.5", "choice: 1.5 … whole number", () => dl.choice(5, 1.5))
  value("a choice from −1", "choice: n is -1 … 0 or more", () => dl.choice(-1, 1))
  value("a choice from a scalar", "choice: 1 cannot be drawn from []", () => dl.choice(dl.tensor(3), 1))
  value("whole numbers beyond int32", "randint: int32 … 1099511627775", () => dl.randint(0, 2 ** 40, [2]))
  value("no value to fill with", "full: the value is undefined … a number", () => call("full", [2]))
  value("a range to NaN", "arange: a bound is NaN … a number", () => dl.arange(Number.NaN))
  value("a range of nothing", "arange: a bound is undefined", () => call("arange"))
  value("a line from NaN", "linspace: start is NaN … a number", () => dl.linspace(Number.NaN, 1, 3))
  value("a slope that is text", 'leakyRelu: "a" … use a number', () => method("leakyRelu", "a"))
  value("half a clip", "clip: undefined … use a number", () => method("clip", 0))
  value("a clip upside down", "clip: low is 2 … above high, 1 … swap", () => x.clip(2, 1))
  value("a border of text", 'pad: the value is "a"', () =>
    method(
      "pad",
      [
        [0, 0],
        [0, 1],
      ],
      "a",
    ),
  )
  value("a negative correction", "var: correction is -1 … 0 or more", () => x.var(0, { correction: -1 }))
  value("a negative spread", "normal: std is -1 … 0 or more", () => dl.initializers.normal([2], { std: -1 }))
  value("bounds upside down", "uniform: high is 0 … 1 or more", () =>
    dl.initializers.uniform([2], { low: 1, high: 0 }),
  )
  value("a gain of NaN", "xavierNormal: gain is NaN", () => dl.xavierNormal([2, 2], { gain: Number.NaN }))
  value("a learning rate that is text", 'SGD: the learning rate is "0.1"', () =>
    make("SGD", [weights()], { lr: "0.1" }),
  )
  value("a learning rate of NaN, later", "SGD: the learning rate is NaN", () => {
    sgd().lr = Number.NaN
  })
  value("a drop by NaN", "stepLR: gamma is NaN … above 0", () =>
    dl.stepLR(sgd(), { stepSize: 1, gamma: Number.NaN }),
  )
  value("half a layer", "Linear: the number of outputs is undefined … 1 or more", () => make("Linear", 2))
  value("a slope of NaN", "LeakyReLU: the slope is NaN", () => new dl.LeakyReLU(Number.NaN))
  value("a difference of 0", "gradcheck: eps is 0 … 1e-6", () => dl.gradcheck((v) => v, [1], { eps: 0 }))
  value("half a class", "confusionMatrix: the number of classes is 1.5", () =>
    dl.confusionMatrix([0], [0], 1.5),
  )
  memory("a million classes", "confusionMatrix: [1000001, 1000001] … smaller", () =>
    dl.confusionMatrix([1e6], [0]),
  )
  value("a label of NaN", "accuracy: label 0 is NaN", () => dl.accuracy([0], [Number.NaN]))
  value("a probability of 5", "crossEntropy: 5 is not a probability … class numbers", () =>
    dl.crossEntropy(x, [
      [5, 0, 0],
      [0, 1, 0],
    ]),
  )
})

describe("numbers that int32 does not hold", () => {
  value("too large", "tensor: 3000000000 at position 1 … −2³¹ … float64", () =>
    dl.tensor([1, 3e9], { dtype: "int32" }),
  )
  value("NaN", "tensor: NaN at position 0 … int32", () => dl.tensor([Number.NaN], { dtype: "int32" }))
  value("unsigned ones", "tensor: 4000000000 … int32", () => dl.tensor(new Uint32Array([4e9]) as never))
  value("to fill with", "full: 3000000000 … int32", () => dl.full([2], 3e9, { dtype: "int32" }))
  dtype("big ones", "tensor: holds no plain numbers … Int32Array", () => call("tensor", new BigInt64Array(1)))
  it("meet integers as floats, rather than wrap around", () => {
    const sum = dl.tensor([1], { dtype: "int32" }).add(3e9)
    expect([sum.dtype, sum.item()]).toEqual(["float32", 3e9])
  })
  it("lose their fraction", () => {
    expect(dl.tensor([1.7, -1.7], { dtype: "int32" }).tolist()).toEqual([1, -1])
  })
})

describe("values that are no tensor", () => {
  for (const name of ["add", "matmul", "pow", "maximum", "dot", "outer"])
    dtype(`in ${name}`, `${name}: the value is undefined … a tensor`, () => method(name, undefined))
  dtype("in where", "where: the value is undefined", () => call("where", x, 1))
  dtype("in a function", "exp: the value is undefined", () => call("exp"))
  dtype("in a loss", "mse: the value is undefined", () => call("mse", x))
  dtype("as an index", "gather: the value is undefined", () => method("gather", 0))
  dtype("with holes", "tensor: [0] is undefined", () => call("tensor", new Array(2)))
  dtype("of tensors", "tensor: [0] is a tensor … use stack", () => call("tensor", [x, x]))
  dtype("of another dtype", 'tensor: no dtype "float" … float32', () =>
    call("tensor", [1], { dtype: "float" }),
  )
  dtype("given to a layer", "Linear: the input is [[1, 2]] … tensor", () =>
    new dl.Linear(2, 1).forward([[1, 2]] as unknown as dl.Tensor),
  )
  dtype("assigned", "assign: [1, 2] is not a tensor", () =>
    dl.ones([2]).assign([1, 2] as unknown as dl.Tensor),
  )
  shape("as a gradient", "grad: 3 is no gradient of a tensor [2]", () => {
    Object.assign(weights(), { grad: 3 })
  })
  shape("as a gradient of another shape", "grad: [3] is no gradient of a tensor [2]", () => {
    weights().grad = dl.ones([3])
  })
  gradient("as a cotangent", "backward: the cotangent is {retainGraph} … backward(undefined", () =>
    weights()
      .sum()
      .backward({ retainGraph: true } as unknown as dl.Tensor),
  )
  gradient("to differentiate by", "grad: the argument is undefined … a tensor", () =>
    dl.grad((v: dl.Tensor) => v)(undefined as unknown as number),
  )
  gradient("in a record", "grad: b is 1 … record of tensors", () =>
    dl.grad(({ b }: { b: dl.Tensor }) => b)({ b: 1 } as unknown as { b: dl.Tensor }),
  )
  gradient("of a promise", "grad: returned a promise", () =>
    dl.grad((async (v: dl.Tensor) => v) as unknown as (v: dl.Tensor) => dl.Tensor)(1),
  )
  gradient("by way of data()", "grad: values were read on the way … without data()", () =>
    dl.grad((v: dl.Tensor) => dl.tensor(v.data()).sum())(dl.tensor([1, 2])),
  )
  value("as a layer", "Sequential: number 0 is a function … new Sequential(", () =>
    make("Sequential", dl.relu),
  )
  value("as parameters", "SGD: {training, weight, bias} is no list … model.parameters()", () =>
    make("SGD", new dl.Linear(1, 1), { lr: 0.1 }),
  )
  value("as an optimizer", "warmup: 1 is no optimizer", () => call("warmup", 1, { steps: 2 }))
  value("as a function", "jit: 3 is not a function … jit((x) => …)", () => call("jit", 3))
  value("as a graph", "trace: 1 is not a tensor", () => call("trace", 1))
})

describe("data sets", () => {
  value("with noise of NaN", "moons: noise is NaN … 0 or more", () => dl.moons(10, { noise: Number.NaN }))
  value("with a bare noise", "circles: one object … not 0.1", () => call("circles", 10, 0.1))
  value("with a seed", 'xor: no option "seed" … generator', () => call("xor", 10, { seed: 1 }))
  value("of no arms", "spirals: the number of arms is 0 … 1 or more", () => dl.spirals(10, { arms: 0 }))
  value("around no centers", "gaussians: the centers are [] … one [x, y]", () =>
    dl.gaussians(10, { centers: [] }),
  )
  memory("of 2⁴⁰ points", "moons: [1099511627776, 2] … smaller", () => dl.moons(2 ** 40))
  shape("that are no list", "dataLoader: one list, dataLoader([x, y]), not a tensor", () =>
    call("dataLoader", x),
  )
  shape("without tensors", "trainTestSplit: an empty list … same number of rows", () => dl.trainTestSplit([]))
  shape("of scalars", "dataLoader: [] … needs rows", () => dl.dataLoader([dl.tensor(1)]))
  value("in batches of another name", 'dataLoader: "batch_size" … did you mean batchSize?', () =>
    call("dataLoader", [x], { batch_size: 2 }),
  )
  value("split at text", 'trainTestSplit: testSize is "0.2" … from 0 to 1', () =>
    call("trainTestSplit", [x], { testSize: "0.2" }),
  )
  value("folded in halves of rows", "kFold: n is 2.5 … whole number", () => dl.kFold(2.5, 2))
  value("with components of another name", 'PCA: "components" … keep, whiten', () =>
    make("PCA", { components: 1 }),
  )
})

it("a gradient by something that the result does not depend on is 0", () => {
  expect(
    dl
      .grad((_: dl.Tensor) => dl.tensor(3))(1)
      .item(),
  ).toBe(0)
  expect(
    dl
      .grad((v: dl.Tensor) => dl.grad((w: dl.Tensor) => w.mul(3))(v))(1)
      .item(),
  ).toBe(0)
})

it("options of a range may follow any of its numbers", () => {
  for (const range of [
    dl.arange(3, { dtype: "int32" }),
    dl.arange(0, 3, { dtype: "int32" }),
    dl.arange(0, 3, 1, { dtype: "int32" }),
  ])
    expect([range.dtype, range.tolist()]).toEqual(["int32", [0, 1, 2]])
})

it("booleans among numbers are numbers, and a range of booleans holds only 0 and 1", () => {
  const mixed = call("tensor", [true, 2]) as dl.Tensor
  expect([mixed.dtype, mixed.tolist()]).toEqual(["float32", [1, 2]])
  expect(dl.arange(0, 3, 1, { dtype: "bool" }).tolist()).toEqual([0, 1, 1])
})
