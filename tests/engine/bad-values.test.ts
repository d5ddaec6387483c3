/** @file What bad input gets: labels, empty data, settings and gradients; and what must not become NaN in silence. */
import { describe, expect, it } from "vitest"
import {
  Adam,
  AdamW,
  accuracy,
  arange,
  argmax,
  BatchNorm1d,
  backward,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  choice,
  clipGradNorm,
  confusionMatrix,
  conv2d,
  cosineLR,
  crossEntropy,
  Dropout,
  dataLoader,
  Embedding,
  Generator,
  gaussians,
  grad,
  gradcheck,
  huber,
  kaimingNormal,
  kFold,
  klDivergence,
  LayerNorm,
  Linear,
  logSoftmax,
  logsumexp,
  mse,
  multiclassHinge,
  nll,
  noGrad,
  ones,
  PCA,
  perceptronLoss,
  RMSprop,
  randint,
  Sequential,
  SGD,
  StandardScaler,
  softmax,
  stepLR,
  type Tensor,
  tensor,
  trainTestSplit,
  zeros,
} from "../../engine/index.ts"
import { any, gradient, shape, value } from "./mistakes.ts"

const x = ones([2, 3])
const scores = tensor([
  [0.1, 0.2, 0.7],
  [0.3, 0.3, 0.4],
])
const p = () => tensor([1, 2], { requiresGrad: true })

describe("indices and labels", () => {
  value("an index outside", "gather: index 3 at position 1 … 0 … 2", () =>
    x.gather(1, [
      [0, 3],
      [0, 0],
    ]),
  )
  value("a negative index", "indexSelect: index -1 at position 0 … 0 … 1", () => x.indexSelect(0, [-1]))
  value("a broken index", "indexSelect: index 0.5 … 0 … 1", () => x.indexSelect(0, [0.5]))
  value("an index into nothing", "indexSelect: index 0 at position 0 … size 0", () =>
    zeros([0, 2]).indexSelect(0, [0]),
  )
  value("a place to add outside", "scatterAdd: index 2 … 0 … 1", () => ones([2]).scatterAdd(0, [2], [1]))
  value("a class outside", "oneHot: index 5 at position 1 … 0 … 2", () => tensor([0, 5]).oneHot(3))
  value("a class that is NaN", "oneHot: index NaN … nothing", () => tensor([Number.NaN]).oneHot())
  value("classes that are no number", "oneHot: 1.5 … whole number", () => tensor([0]).oneHot(1.5))
  value("a label that is NaN", "crossEntropy: index NaN at position 1 … check the indices or labels", () =>
    crossEntropy(scores, [0, Number.NaN]),
  )
  value("a label that is too large", "crossEntropy: index 3 … 0 … 2", () => crossEntropy(scores, [0, 3]))
  value("a smoothed label that is too large", "crossEntropy: index 3 … 0 … 2", () =>
    crossEntropy(scores, [0, 3], { labelSmoothing: 0.1 }),
  )
  value("a label for nll", "nll: index -1 … 0 … 2", () => nll(scores, [0, -1]))
  value("a label for the hinge", "multiclassHinge: index 9 … 0 … 2", () => multiclassHinge(scores, [0, 9]))
  value("a binary label that is NaN", "binaryCrossEntropy: NaN … labels are 0 or 1", () =>
    binaryCrossEntropy([0.5], [Number.NaN]),
  )
  value("a binary label of −1", "binaryCrossEntropyWithLogits: -1 … labels are 0 or 1", () =>
    binaryCrossEntropyWithLogits([0.5], [-1]),
  )
  value("a logit for a probability", "binaryCrossEntropy: is not a probability … use sigmoid first", () =>
    binaryCrossEntropy([1.2], [1]),
  )
  value("a probability that is NaN", "binaryCrossEntropy: NaN … use sigmoid first", () =>
    binaryCrossEntropy([Number.NaN], [1]),
  )
  value("a perceptron's label of 0", "perceptronLoss: label 0 … 2y − 1", () => perceptronLoss([1], [0]))
  value("a perceptron's label of NaN", "perceptronLoss: label NaN … 2y − 1", () =>
    perceptronLoss([1], [Number.NaN]),
  )
  value("a negative probability", "klDivergence: -0.5 … probabilities", () => klDivergence([-1], [-0.5]))
  value("a confused class", "confusionMatrix: index 4 … 0 … 2", () => confusionMatrix([0, 4], [0, 1], 3))
  value("a word that is not there", "indexSelect: index 3 … 0 … 2", () =>
    new Embedding(3, 2).forward(tensor([3])),
  )
})

describe("nothing to compute with", () => {
  shape("the largest of nothing", "max: [0] … empty tensor has no max", () => zeros([0]).max())
  shape("the smallest of empty rows", "min: [2, 0] … empty tensor has no min", () => zeros([2, 0]).min(1))
  shape("the place of the largest of nothing", "argmax: [0] … nothing to choose from", () =>
    argmax(zeros([0])),
  )
  value("the mean of nothing", "mean: [0, 3] … 0 / 0 … not empty", () => zeros([0, 3]).mean())
  value("the mean of empty columns", "mean: [0, 3] … not empty", () => zeros([0, 3]).mean(0))
  shape("softmax over no classes", "softmax: dimension -1 of [2, 0] … at least one score", () =>
    softmax(zeros([2, 0])),
  )
  shape("logSoftmax over no classes", "logSoftmax: [0] … at least one score", () => logSoftmax(zeros([0]), 0))
  shape("logsumexp of nothing", "logsumexp: [0] … nothing", () => logsumexp(zeros([0])))
  shape("a kernel on no pixels", "conv2d: [1, 1, 0, 0] … padding", () =>
    conv2d(zeros([1, 1, 0, 0]), ones([1, 1, 1, 1])),
  )
  value("the loss of no example", "crossEntropy: [0] … the batch", () =>
    crossEntropy(zeros([0, 3]), zeros([0])),
  )
  value("the error of no example", "mse: [0] … the batch", () => mse([], []))
  value("the accuracy of no example", "accuracy: no labels … not empty", () => accuracy([], []))
  shape("the item of nothing", "item: 0 elements … mean() or sum()", () => zeros([0]).item())
  value("scaling no rows", "mean: [0, 2] … not empty", () => new StandardScaler().fit(zeros([0, 2])))
  value("components of one row", "PCA: 1 row … two or more", () => new PCA().fit([[1, 2]]))
  value("batch norm of one row", "BatchNorm1d: one row … eval()", () =>
    new BatchNorm1d(3).forward(ones([1, 3])),
  )
  value("choosing from nothing", "choice: [0] … cannot be drawn", () => choice(zeros([0]), 1))
  value("the spread of one value", "std: one value … 1 − 1 … [1] … {correction: 0}", () => tensor([3]).std())
  value("the variance of one row", "var: one value … [1, 3] … another dimension", () => ones([1, 3]).var(0))
  value("the variance of nothing", "var: 0 values … 0 − 1 … more values", () => zeros([0]).var())
})

describe("settings", () => {
  value("a negative learning rate", "SGD: -0.1 … 0 or more", () => new SGD([p()], { lr: -0.1 }))
  value("a learning rate of NaN", "Adam: NaN … 0 or more", () => new Adam([p()], { lr: Number.NaN }))
  value(
    "an infinite learning rate",
    "RMSprop: Infinity … 0 or more",
    () => new RMSprop([p()], { lr: Infinity }),
  )
  value(
    "a β of 1",
    "Adam: betas[0] is 1 … from 0 up to, not including, 1",
    () => new Adam([p()], { betas: [1, 0.9] }),
  )
  value(
    "a negative weight decay",
    "AdamW: weightDecay is -1 … 0 or more",
    () => new AdamW([p()], { weightDecay: -1 }),
  )
  value(
    "Nesterov without momentum",
    "SGD: nesterov … momentum: 0.9",
    () => new SGD([p()], { lr: 1, nesterov: true }),
  )
  value("nothing to optimize", "SGD: no parameters … model.parameters()", () => new SGD([], { lr: 1 }))
  gradient(
    "optimizing a result",
    "SGD: [2] … result of an op … original tensors",
    () => new SGD([p().mul(2)], { lr: 1 }),
  )
  gradient("optimizing a constant", "SGD: [2] … {requiresGrad: true}", () => new SGD([ones([2])], { lr: 1 }))
  value("clipping to nothing", "clipGradNorm: maxNorm is 0 … above 0", () => clipGradNorm([p()], 0))
  value("a schedule that never steps", "stepLR: stepSize is 0 … 1 or more", () =>
    stepLR(new SGD([p()], { lr: 1 }), { stepSize: 0 }),
  )
  value("a cosine of no steps", "cosineLR: steps is 0 … above 0", () =>
    cosineLR(new SGD([p()], { lr: 1 }), { steps: 0 }),
  )
  value("dropping everything", "Dropout: p is 1 … not including, 1", () => new Dropout(1))
  value("dropping NaN", "Dropout: p is NaN … probability", () => new Dropout(Number.NaN))
  value("a negative ε", "LayerNorm: eps is -1 … 0 or more", () => new LayerNorm(2, { eps: -1 }))
  value("a momentum of 2", "BatchNorm1d: momentum is 2 … 0 to 1", () => new BatchNorm1d(2, { momentum: 2 }))
  value("an unknown mode", 'kaimingNormal: "fan_in" … "fanIn" or "fanOut"', () =>
    kaimingNormal([2, 2], { mode: any<"fanIn">("fan_in") }),
  )
  value("an unknown reduction", 'mse: "avg" … "mean", "sum" or "none"', () =>
    mse(x, x, { reduction: any<"mean">("avg") }),
  )
  value("too much smoothing", "crossEntropy: labelSmoothing is 2 … 0 to 1", () =>
    crossEntropy(scores, [0, 1], { labelSmoothing: 2 }),
  )
  value("a δ of 0", "huber: delta is 0 … above 0", () => huber(x, x, { delta: 0 }))
  value("a batch of nothing", "dataLoader: batchSize is 0 … 1 or more", () =>
    dataLoader([x], { batchSize: 0 }),
  )
  value("a test set larger than all", "trainTestSplit: testSize is 2 … 0 to 1", () =>
    trainTestSplit([x], { testSize: 2 }),
  )
  value("more folds than rows", "kFold: 5 folds of 3 rows … from 2 to 3", () => kFold(3, 5))
  value("no points", "gaussians: the number of points is 0 … 1 or more", () => gaussians(0))
  value("more components than columns", "PCA: 3 components … 2 columns … 2 or fewer", () =>
    new PCA({ keep: 3 }).fit([
      [1, 2],
      [3, 4],
    ]),
  )
  value("a scaler that has seen nothing", "transform: not seen any data … fit(trainingRows)", () =>
    new StandardScaler().transform(x),
  )
  value("a state of another network", "loadStateDict: 0.weight … as it was when it was saved", () =>
    new Sequential(new Linear(2, 1)).loadStateDict({}),
  )
  value("a step the wrong way", "arange: from 0 to 5 in steps of -1 … change the sign", () =>
    arange(0, 5, -1),
  )
  value("a range without numbers", "randint: from 3 … raise high", () => randint(3, 3, [2]))
  value("drawing more than there are", "choice: 4 … without replacement", () =>
    choice(3, 4, { replace: false }),
  )
  value("a negative seed", "seed: -1 … e.g. 42", () => new Generator(-1))
})

describe("gradients", () => {
  gradient("of several numbers", "backward: [2] … mean() or sum()", () => p().square().backward())
  shape("with a cotangent of another shape", "backward: [3] … [2] … the shape of the result", () =>
    p()
      .square()
      .backward(ones([3])),
  )
  gradient("twice", "backward: freed … {retainGraph: true}", () => {
    const loss = p().square().sum()
    loss.backward()
    loss.backward()
  })
  gradient("of what needs none", "backward: nothing … {requiresGrad: true}", () => ones([2]).sum().backward())
  gradient("through data()", "backward: nothing … data()", () => tensor(p().square().data()).sum().backward())
  gradient("through detach()", "backward: nothing … detach()", () => p().detach().sum().backward())
  gradient("inside noGrad", "backward: nothing … noGrad()", () => backward(noGrad(() => p().sum())))
  gradient("of a plain number", "grad: returned 1 … without item() or data()", () =>
    grad(any<(v: Tensor) => Tensor>((v: Tensor) => v.item()))(1),
  )
  gradient("of several numbers by grad", "grad: [2] … mean() or sum()", () =>
    grad((v: Tensor) => v.square())([1, 2]),
  )
  gradient("after a change in place", "backward: square … [2] … compute the loss again", () => {
    const w = p()
    const loss = w.square().sum()
    w.assign(ones([2]))
    loss.backward()
  })
  gradient("of a result that is set", "assign: result of an op … leaves", () =>
    p()
      .square()
      .assign(ones([2])),
  )
  gradient(
    "that are wrong",
    "gradcheck: wrong … input 0 of shape [1], element 0 … backward gives … central differences give",
    () => gradcheck((v) => v.square().add(v.detach()), [tensor([3])], { name: "wrong" }),
  )
})

describe("nothing becomes NaN in silence", () => {
  const finite = (t: Tensor) => expect([...t.data()].every(Number.isFinite), String(t)).toBe(true)

  it("softmax and its kin do not overflow, forwards or backwards", () => {
    const extreme = tensor([
      [1e4, -1e4, 0],
      [-1e38, 1e38, 1],
      [88, 89, 90],
    ])
    for (const f of [softmax, logSoftmax] as const) {
      finite(f(extreme))
      finite(grad((v: Tensor) => f(v).sum())(extreme))
    }
    finite(logsumexp(extreme, 1))
    finite(grad((v: Tensor) => logsumexp(v))(extreme))
    for (const f of [
      (v: Tensor) => v.sigmoid(),
      (v: Tensor) => v.softplus(),
      (v: Tensor) => v.elu(),
      (v: Tensor) => v.tanh(),
    ]) {
      finite(f(extreme))
      finite(grad((v: Tensor) => f(v).sum())(extreme))
    }
  })

  it("losses take the logarithm of 0 as what it stands for", () => {
    expect(binaryCrossEntropy([0, 1], [1, 0], { reduction: "none" }).tolist()).toEqual([100, 100])
    expect(binaryCrossEntropy([0, 1], [0, 1]).item()).toBe(0)
    const certain = tensor([[0, -Infinity]])
    expect(crossEntropy(certain, [0]).item()).toBe(0)
    expect(crossEntropy(certain, [[1, 0]]).item()).toBe(0)
    expect(crossEntropy(certain, [1]).item()).toBe(Infinity)
    finite(grad((v: Tensor) => crossEntropy(v, [[1, 0]]))(tensor([[200, -200]])))
    expect(klDivergence([[0, -Infinity]], [[1, 0]], { reduction: "sum" }).item()).toBe(0)
  })

  it("the deviation of equal values is 0 and so is its slope; batch norm and layer norm divide by ε", () => {
    const equal = tensor([2, 2, 2])
    expect(equal.std().item()).toBe(0)
    expect(grad((v: Tensor) => v.std())(equal).tolist()).toEqual([0, 0, 0])
    finite(new LayerNorm(3).forward(equal.unsqueeze(0)))
    finite(new BatchNorm1d(1).forward(equal.unsqueeze(1)))
  })
})
