/** @file What bad input gets: shapes, arrays and dtypes that do not fit, sizes that no memory holds. */
import { describe } from "vitest"
import {
  accuracy,
  arange,
  avgPool2d,
  BatchNorm1d,
  Conv2d,
  concat,
  conv2d,
  crossEntropy,
  dataLoader,
  eye,
  fanInOut,
  full,
  LayerNorm,
  Linear,
  linspace,
  mse,
  ones,
  PCA,
  rand,
  randn,
  stack,
  tensor,
  where,
  xavierUniform,
  zeros,
} from "../../engine/index.ts"
import { any, dtype, memory, shape, value } from "./mistakes.ts"

const x = ones([2, 3])
const scores = tensor([
  [0.1, 0.2, 0.7],
  [0.3, 0.3, 0.4],
])
const images = ones([1, 2, 4, 4])
const huge = 2 ** 20

describe("shapes", () => {
  shape("do not broadcast", "add: [2, 3] … [4] … dimension 1 has 3 against 4 … reshape or unsqueeze", () =>
    x.add(ones([4])),
  )
  shape("do not broadcast in a comparison", "gt: [2, 3] … [2] … reshape", () => x.gt(ones([2])))
  shape("do not broadcast in where", "where: [2, 3] … [2] … reshape", () => where(x.gt(0), x, ones([2])))
  shape("inner sizes differ", "matmul: [2, 3] · [2, 3] (3 ≠ 2) … Did you mean x.matmul(w.transpose())?", () =>
    x.matmul(ones([2, 3])),
  )
  shape(
    "inner sizes differ the other way",
    "matmul: [2, 3] · [2, 5] … Did you mean x.transpose().matmul(w)?",
    () => x.matmul(ones([2, 5])),
  )
  shape("matmul with a scalar", "matmul: [2, 3] · [] … use mul", () => x.matmul(2))
  shape("batches do not broadcast", "matmul: [2] … [3] … reshape", () =>
    ones([2, 2, 3]).matmul(ones([3, 3, 2])),
  )
  shape("dot of a matrix", "dot: [2, 3] … use matmul", () => x.dot(x))
  shape("dot of two lengths", "dot: [2] · [3] … one length", () => ones([2]).dot(ones([3])))
  shape("outer of a matrix", "outer: [2, 3], [1] … flatten", () => x.outer([1]))
  shape("a dimension outside", "sum: dimension 2 … [2, 3] … use -2 to 1", () => x.sum(2))
  shape("a dimension that is a fraction", "mean: dimension 0.5 … use -2 to 1", () => x.mean(0.5))
  shape("a dimension twice", "sum: [0, -2] … name each once", () => x.sum([0, -2]))
  shape("a dimension of a scalar", "softmax: [] … a scalar has no dimensions", () => tensor(1).softmax())
  shape("cumsum outside", "cumsum: dimension 3 … [2, 3] … use -2 to 1", () => x.cumsum(3))
  shape("reshape to another size", "reshape: [2, 3] has 6 … [4] … multiply to the same number", () =>
    x.reshape([4]),
  )
  shape("reshape with two unknowns", "reshape: [-1, -1] … one of them may be -1", () => x.reshape([-1, -1]))
  shape("reshape of nothing to an unknown", "reshape: [0] … [0, -1] … multiply", () =>
    zeros([0]).reshape([0, -1]),
  )
  shape("permute with a dimension twice", "permute: [0, 0] … [2, 3] … name each once", () =>
    x.permute([0, 0]),
  )
  shape("permute without a list", "permute: [2, 3] … got 1 … one list, e.g. permute([1, 0])", () =>
    x.permute(any<number[]>(1)),
  )
  shape("transpose of a vector", "transpose: [3] … unsqueeze", () => ones([3]).transpose())
  shape("squeeze of a size above 1", "squeeze: dimension 0 of [2, 3] has size 2 … only size 1", () =>
    x.squeeze(0),
  )
  shape("unsqueeze outside", "unsqueeze: dimension 4 … use -3 to 2", () => x.unsqueeze(4))
  shape("flatten backwards", "flatten: [2, 3] … swap", () => x.flatten(1, 0))
  shape("slice outside", "slice: [0, 2] … [2, 4] … [2, 3] … 0 ≤ begin ≤ end ≤ size", () =>
    x.slice([0, 2], [2, 4]),
  )
  shape("slice with too many numbers", "slice: [0, 0, 0] … 0 ≤ begin ≤ end ≤ size", () => x.slice([0, 0, 0]))
  shape("pad with too few pairs", "pad: [[1, 1]] … [2, 3] … one [before, after]", () => x.pad([[1, 1]]))
  shape("pad by less than nothing", "pad: [[-1, 0]] … 0 or more", () => ones([2]).pad([[-1, 0]]))
  shape("broadcast to a smaller shape", "broadcastTo: [2, 3] … [3] … only new dimensions and size 1", () =>
    x.broadcastTo([3]),
  )
  shape("gather with another shape", "gather: [3, 1] … [2, 3] … agree", () => x.gather(1, [[0], [0], [0]]))
  shape("scatterAdd of two shapes", "scatterAdd: [2, 1] … [1, 2] … the same shape", () =>
    x.scatterAdd(1, [[0], [0]], [[1, 2]]),
  )
  shape("indexSelect by a matrix", "indexSelect: [1, 1] … flatten", () => x.indexSelect(0, [[0]]))
  shape("item of several numbers", "item: [2, 3] has 6 elements … mean() or sum()", () => x.item())
  shape("a value of another shape", "assign: [3] … [2] … equal", () => ones([2]).assign(ones([3])))
  shape("concat of an empty list", "concat: empty … at least one", () => concat([]))
  shape("concat of pieces that do not fit", "concat: [2, 3] … [2, 2] … reshape", () =>
    concat([x, ones([2, 2])]),
  )
  shape("stack of two shapes", "stack: [2, 3] … [3] … use concat", () => stack([x, ones([3])]))
  shape("stack of an empty list", "stack: empty … at least one", () => stack([]))
  shape("a negative size", "full: [-1] … got -1 … 0 or more", () => full([-1], 0))
  shape("a size that is a fraction", "linspace: got 2.5 … whole numbers", () => linspace(0, 1, 2.5))
  shape("images without a channel", "conv2d: [4, 4] … [1, 1, 2, 2] … [N, C, H, W]", () =>
    conv2d(ones([4, 4]), ones([1, 1, 2, 2])),
  )
  shape("channels that differ", "conv2d: [1, 2, 4, 4] … [1, 3, 2, 2] … the same C", () =>
    conv2d(images, ones([1, 3, 2, 2])),
  )
  shape("a kernel that is too large", "conv2d: [5, 5] … [1, 2, 4, 4] … padding", () =>
    conv2d(images, ones([1, 2, 5, 5])),
  )
  shape("a bias for other channels", "conv2d: [1] … [3] … one number for each output channel", () =>
    conv2d(images, ones([3, 2, 2, 2]), [1]),
  )
  shape("a stride of 0", "maxPool2d: stride is 0 … 1 or more", () => images.maxPool2d(2, { stride: 0 }))
  shape("a pool larger than the image", "avgPool2d: [5, 5] … [1, 2, 4, 4] … smaller", () =>
    avgPool2d(images, 5),
  )
  shape("a dense layer fed the wrong width", "Linear: [2, 3] … 4 … must end in", () =>
    new Linear(4, 2).forward(x),
  )
  value(
    "a dense layer without inputs",
    "Linear: the number of inputs is 0 … 1 or more",
    () => new Linear(0, 2),
  )
  value(
    "a convolution without channels",
    "Conv2d: the number of channels in is 0 … 1 or more",
    () => new Conv2d(0, 2, 3),
  )
  shape("batch norm of a vector", "BatchNorm1d: [3] … [N, 3]", () => new BatchNorm1d(3).forward(ones([3])))
  shape("layer norm of another width", "LayerNorm: [2, 3] … must end in 4", () => new LayerNorm(4).forward(x))
  shape("fans of a vector", "fanInOut: [3] … [out, in, …]", () => fanInOut([3]))
  shape("Xavier's rule without inputs", "xavierUniform: [3, 0] … 1 or more", () => xavierUniform([3, 0]))
  shape("losses of two shapes", "mse: [2, 3] … [3] … not broadcast", () => mse(x, ones([3])))
  shape("labels for other rows", "crossEntropy: [2, 3] … [2] … [1] … one whole number per row", () =>
    crossEntropy(scores, [0]),
  )
  shape("probabilities of another shape", "crossEntropy: [2, 3] … [2, 2] … same shape", () =>
    crossEntropy(scores, ones([2, 2])),
  )
  shape("logits that are one number", "crossEntropy: [] … [N, C]", () => crossEntropy(1, 0))
  shape("predictions for other labels", "accuracy: [2] … [1] … for each label", () => accuracy([1, 2], [1]))
  shape("data sets of different lengths", "dataLoader: [2, 3] … [3] … same number of rows", () =>
    dataLoader([x, ones([3])]),
  )
  shape("components of a vector", "PCA: [2] … [N, D]", () => new PCA().fit([1, 2]))
  shape("a saved state of another shape", "loadStateDict: [1, 2] … [1, 3] … saved", () =>
    new Linear(2, 1).loadStateDict(new Linear(3, 1).stateDict()),
  )
})

describe("arrays", () => {
  shape("ragged rows", "tensor: ragged … [1] has 1 entries … 2 … equally long", () => tensor([[1, 2], [3]]))
  shape("a number among rows", "tensor: ragged … [1] is a number … equally long", () => tensor([[1, 2], 3]))
  shape("a row among numbers", "tensor: ragged … [1] has 1 entries … equally long", () => tensor([1, [2]]))
  shape("ragged rows as an argument", "add: ragged … equally long", () => x.add([[1, 2, 3], [4]]))
  dtype("text", "tensor: [0] is string … give numbers", () => tensor(any<number[]>(["a"])))
  dtype("nothing", "tensor: null … give numbers", () => tensor(any<number>(null)))
  dtype("undefined as an argument", "add: undefined … give numbers", () => x.add(any<number>(undefined)))
})

describe("dtypes", () => {
  dtype("requiresGrad on integers", 'requiresGrad: int32 … .to("float32")', () =>
    tensor([1], { dtype: "int32", requiresGrad: true }),
  )
  dtype("requiresGrad on booleans, later", "requiresGrad: bool … float32", () =>
    any<{ requiresGrad: boolean }>(Object.assign(tensor([true]), { requiresGrad: true })),
  )
  dtype("an unknown dtype", 'to: "float16" … use one of float32, float64, int32, bool', () =>
    x.to(any<"float32">("float16")),
  )
  dtype("random fractions as integers", "rand: int32 … use randint", () => rand(3, { dtype: "int32" }))
  dtype("normal integers", "randn: int32 … use randint", () => randn(3, { dtype: "int32" }))
  dtype("indices that are booleans", "indexSelect: bool … use int32", () => x.indexSelect(0, [true, false]))
})

describe("2⁴⁰ elements", () => {
  memory("at once", "zeros: 1099511627776 elements … 4 TiB … work in batches", () => zeros([huge, huge]))
  memory("in one dimension", "rand: 1099511627776 elements … smaller", () => rand([2 ** 40]))
  memory("as an identity matrix", "eye: 4 TiB … smaller", () => eye(huge))
  memory("counted", "arange: 4 TiB … smaller", () => arange(2 ** 40))
  memory("by broadcasting", "add: [1048576, 1048576] … smaller", () => ones([huge, 1]).add(ones([huge])))
  memory("by broadcasting without a copy", "broadcastTo: [1099511627776] … smaller", () =>
    ones([1]).broadcastTo([2 ** 40]),
  )
  memory("by a product", "matmul: [1048576, 1048576] … smaller", () =>
    ones([huge, 1]).matmul(ones([1, huge])),
  )
  memory("by a border", "pad: elements … smaller", () => ones([1]).pad([[0, 2 ** 40]]))
  memory("by classes", "oneHot: [1048576, 1048576] … smaller", () => zeros([huge]).oneHot(huge))
})
