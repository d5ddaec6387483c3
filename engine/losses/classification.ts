/**
 * @file Losses on classes: cross-entropy and its kin, hinge and perceptron. Logarithms are natural. The mean is
 * over the examples.
 */
import { checkValues } from "../check.ts"
import { checkNumber } from "../core/arguments.ts"
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { sameShape } from "../core/shape.ts"
import { asTensor } from "../create.ts"
import { where } from "../join.ts"
import { onTheWay } from "../lazy.ts"
import { clip, relu, softplus } from "../ops/activations.ts"
import { add, mul, ne, neg, sub } from "../ops/arithmetic.ts"
import { log } from "../ops/functions.ts"
import { indices, oneHot, picked } from "../ops/indexing.ts"
import { squeeze, unsqueeze } from "../ops/movement.ts"
import { sum } from "../ops/reduce.ts"
import { logSoftmax } from "../ops/softmax.ts"
import type { Tensor, TensorLike } from "../tensor.ts"
import { checkSame, type LossOptions, reduced } from "./reduction.ts"

/** Scores [N, C] or [C] and labels [N] or one number: as many labels as rows, each from 0 to C − 1. */
function labelsFor(op: string, scores: Tensor, target: Tensor): Tensor {
  const rows = scores.shape.slice(0, -1)
  if (scores.ndim === 0 || !sameShape(rows, target.shape))
    throw new ShapeError(
      `${op}: scores ${showShape(scores.shape)} need class labels of shape ${showShape(rows)} ` +
        `(one whole number per row), got ${showShape(target.shape)}.`,
    )
  return indices(op, target, scores.shape[scores.ndim - 1])
}

/** The entry of each row that its label points to. */
function pick(scores: Tensor, labels: Tensor): Tensor {
  return squeeze(
    onTheWay(() => picked(scores, labels.ndim, unsqueeze(labels, labels.ndim))),
    -1,
  )
}

/**
 * Negative log-likelihood: −x_y of log-probabilities x (see `logSoftmax`).
 * Shape: input [N, C] (or [C]), target [N] class numbers → one number (mean over N). Range: [0, ∞).
 * Throws: ShapeError if the shapes do not fit, ValueError on a label outside 0 … C − 1. Gradient: −1 / N at the labels.
 * @example
 * const logP = logSoftmax([[2, 0, 0], [0, 1, 0]])
 * nll(logP, [0, 2])
 */
export function nll(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const x = asTensor("nll", input)
  return reduced("nll", neg(pick(x, labelsFor("nll", x, asTensor("nll", target)))), options)
}

const names = ["reduction", "labelSmoothing"] as const

/** How cross-entropy takes its target. */
export interface CrossEntropyOptions extends LossOptions {
  /** Share of the target that is spread evenly over all classes, 0 … 1; 0 by default. Reference: Szegedy et al. 2016. */
  labelSmoothing?: number
}

/**
 * Cross-entropy of softmax(logits) with the target: −ln p_y for a class y, −Σ yₖ ln pₖ for probabilities y.
 * Shape: logits [N, C] (or [C]); target [N] class numbers, or [N, C] probabilities → one number (mean over N).
 * Range: [0, ∞), ln C for equal logits. Never overflows. Throws: ShapeError if the shapes do not fit, ValueError on a
 * label outside 0 … C − 1 or a probability outside 0 … 1. Gradient: (softmax(logits) − y) / N.
 * @example
 * const logits = tensor([[2, 0, 0], [0, 0, 0]])
 * display(crossEntropy(logits, [0, 2], { reduction: "none" }))
 * grad((s: Tensor) => crossEntropy(s, [0, 2]))(logits)
 */
export function crossEntropy(
  logits: TensorLike,
  target: TensorLike,
  options: CrossEntropyOptions = {},
): Tensor {
  const { labelSmoothing = 0 } = options
  checkNumber("crossEntropy", "labelSmoothing", labelSmoothing, 0, 1)
  const x = asTensor("crossEntropy", logits)
  const y = asTensor("crossEntropy", target)
  if (x.ndim === 0 || x.shape[x.ndim - 1] === 0)
    throw new ShapeError(
      `crossEntropy: logits ${showShape(x.shape)} hold no scores of classes; they are [N, C], one row for each example.`,
    )
  const logP = onTheWay(() => logSoftmax(x))
  const isClasses = y.ndim === x.ndim - 1
  if (isClasses && labelSmoothing === 0)
    return reduced("crossEntropy", neg(pick(logP, labelsFor("crossEntropy", x, y))), options, names)
  const classes = x.shape[x.ndim - 1]
  if (!isClasses) {
    checkSame("crossEntropy", x, y)
    checkShares(
      "crossEntropy",
      y,
      "probability",
      "the target is class numbers, or probabilities like the logits",
    )
  }
  const p = isClasses ? oneHot(labelsFor("crossEntropy", x, y), classes) : y
  const smooth = labelSmoothing === 0 ? p : add(mul(p, 1 - labelSmoothing), labelSmoothing / classes)
  // 0 · ln 0 counts as 0: a class that is ruled out by a logit of −∞ and by the target.
  return reduced("crossEntropy", neg(sum(mul(smooth, where(ne(smooth, 0), logP, 0)), -1)), options, names)
}

/** Throws: ValueError with the first value that is not from 0 to 1. */
function checkShares(op: string, t: Tensor, what: string, hint: string): void {
  checkValues(t, (values) => {
    const outside = values.find((value) => !(value >= 0 && value <= 1))
    if (outside !== undefined)
      throw new ValueError(`${op}: ${outside} is not a ${what} from 0 to 1; ${hint}.`)
  })
}

/**
 * Binary cross-entropy of probabilities p: −y ln p − (1 − y) ln(1 − p); logarithms are cut off at −100, as in PyTorch.
 * Shape: input and target alike → one number (mean over all elements). Range: [0, 100]. Throws: ShapeError if the
 * shapes differ, ValueError if a probability or a target is outside 0 … 1. Gradient: (p − y) / (p (1 − p) count).
 * @example
 * display(binaryCrossEntropy([0.9, 0.2], [1, 0]))
 * binaryCrossEntropy([0, 0.5], [1, 1], { reduction: "none" })
 */
export function binaryCrossEntropy(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const op = "binaryCrossEntropy"
  const p = asTensor("binaryCrossEntropy", input)
  const y = asTensor("binaryCrossEntropy", target, p.dtype)
  checkSame(op, p, y)
  checkShares(op, p, "probability", "use sigmoid first, or binaryCrossEntropyWithLogits")
  checkShares(op, y, "target", "labels are 0 or 1, or probabilities")
  const cut = (x: Tensor): Tensor => clip(log(x), -100, Number.POSITIVE_INFINITY)
  return reduced(op, neg(add(mul(y, cut(p)), mul(sub(1, y), cut(sub(1, p))))), options)
}

/**
 * Binary cross-entropy of σ(x), from the logits x: softplus(x) − x y. Never overflows.
 * Shape: input and target alike → one number (mean over all elements). Range: [0, ∞). Throws: ShapeError if the shapes
 * differ, ValueError if a target is outside 0 … 1. Gradient: (σ(x) − y) / count.
 * @example
 * binaryCrossEntropyWithLogits([1000, -1000, 0], [1, 1, 1], { reduction: "none" })
 */
export function binaryCrossEntropyWithLogits(
  input: TensorLike,
  target: TensorLike,
  options: LossOptions = {},
): Tensor {
  const op = "binaryCrossEntropyWithLogits"
  const x = asTensor("binaryCrossEntropyWithLogits", input)
  const y = asTensor("binaryCrossEntropyWithLogits", target, x.dtype)
  checkSame(op, x, y)
  checkShares(op, y, "target", "labels are 0 or 1, or probabilities")
  return reduced(op, sub(softplus(x), mul(x, y)), options)
}

/**
 * Multiclass hinge (SVM) loss: Σ_{j ≠ y} max(0, sⱼ − s_y + margin), summed over the wrong classes as in CS231n;
 * the margin is 1 by default. Shape: scores [N, C] (or [C]), target [N] class numbers → one number (mean over N). Range: [0, ∞).
 * Throws: ShapeError if the shapes do not fit, ValueError on a label outside 0 … C − 1.
 * Gradient: 1 / N for each wrong class inside the margin, minus their number / N for the right one.
 * Reference: Weston and Watkins 1999.
 * @example
 * const scores = tensor([[3.2, 5.1, -1.7]])
 * display(multiclassHinge(scores, [0]))
 * grad((s: Tensor) => multiclassHinge(s, [0]))(scores)
 */
export function multiclassHinge(
  input: TensorLike,
  target: TensorLike,
  options: LossOptions & {
    /** By how much the right score has to lead; 1 by default. */
    margin?: number
  } = {},
): Tensor {
  const margin = checkNumber("multiclassHinge", "margin", options.margin ?? 1, 0)
  const scores = asTensor("multiclassHinge", input)
  const labels = labelsFor("multiclassHinge", scores, asTensor("multiclassHinge", target))
  const right = unsqueeze(pick(scores, labels), labels.ndim)
  const wrong = sub(1, oneHot(labels, scores.shape[scores.ndim - 1]))
  const losses = sum(mul(relu(add(sub(scores, right), margin)), wrong), -1)
  return reduced("multiclassHinge", losses, options, ["reduction", "margin"])
}

/**
 * Perceptron criterion: max(0, −y x) of scores x = w·x and labels y = ±1; mistakes count by how far they are off.
 * Shape: input and target alike → one number (mean over all elements). Range: [0, ∞). Throws: ShapeError if the shapes
 * differ, ValueError on labels other than ±1. Gradient: −y / count where y x < 0, else 0. Reference: Rosenblatt 1958.
 * @example
 * perceptronLoss([2, -0.5, 1], [1, 1, -1], { reduction: "none" })
 */
export function perceptronLoss(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const x = asTensor("perceptronLoss", input)
  const y = asTensor("perceptronLoss", target, x.dtype)
  checkSame("perceptronLoss", x, y)
  checkValues(y, (labels) => {
    const wrong = labels.find((label) => label !== 1 && label !== -1)
    if (wrong !== undefined)
      throw new ValueError(
        `perceptronLoss: label ${wrong} is not −1 or +1; map labels 0, 1 to −1, +1 by 2y − 1.`,
      )
  })
  return reduced("perceptronLoss", relu(neg(mul(x, y))), options)
}

/**
 * Kullback–Leibler divergence Σ y (ln y − x) of log-probabilities x from probabilities y; 0 · ln 0 = 0.
 * Shape: input and target alike → one number. As in PyTorch, `mean` divides by all elements; for the mean over the N
 * rows, use `sum` and divide by N. Range: [0, ∞) for the sum. Throws: ShapeError if the shapes differ, ValueError on a
 * target outside 0 … 1. Gradient: −y / count. Reference: Kullback and Leibler 1951.
 * @example
 * const q = tensor([0.5, 0.5])
 * klDivergence(q.log(), [0.9, 0.1], { reduction: "sum" })
 */
export function klDivergence(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const x = asTensor("klDivergence", input)
  const y = asTensor("klDivergence", target, x.dtype)
  checkSame("klDivergence", x, y)
  checkShares("klDivergence", y, "probability", "the target is probabilities, the input their logarithms")
  const entropy = mul(y, log(where(ne(y, 0), y, 1)))
  return reduced("klDivergence", sub(entropy, mul(y, where(ne(y, 0), x, 0))), options)
}
