/**
 * @file Losses on classes: cross-entropy and its kin, hinge and perceptron. Logarithms are natural. The mean is
 * over the examples.
 */
import { ShapeError, showShape, ValueError } from "../core/errors.ts"
import { sameShape } from "../core/shape.ts"
import { asTensor } from "../create.ts"
import { where } from "../join.ts"
import { clip, relu, softplus } from "../ops/activations.ts"
import { add, mul, ne, neg, sub } from "../ops/arithmetic.ts"
import { log } from "../ops/functions.ts"
import { gather, indices, oneHot } from "../ops/indexing.ts"
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
  return squeeze(gather(scores, -1, unsqueeze(labels, labels.ndim)), -1)
}

/**
 * Negative log-likelihood: −x_y of log-probabilities x (see `logSoftmax`).
 * Shape: input [N, C], target [N] whole numbers → one number (mean over N). Throws: ValueError on a label outside 0 … C − 1.
 */
export function nll(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const x = asTensor(input)
  return reduced("nll", neg(pick(x, labelsFor("nll", x, asTensor(target)))), options)
}

export interface CrossEntropyOptions extends LossOptions {
  /** Share of the target that is spread evenly over all classes, 0 … 1. 0 by default. Reference: Szegedy et al. 2016. */
  labelSmoothing?: number
}

/**
 * Cross-entropy of softmax(logits) with the target: −ln p_y for a class y, −Σ yₖ ln pₖ for probabilities y.
 * Shape: logits [N, C] (or [C]); target [N] class numbers, or [N, C] probabilities → one number (mean over N).
 * Range: [0, ∞), ln C for equal logits. Never overflows. Throws: ShapeError, or ValueError on a label outside 0 … C − 1.
 * Gradient: (softmax(logits) − y) / N.
 */
export function crossEntropy(
  logits: TensorLike,
  target: TensorLike,
  options: CrossEntropyOptions = {},
): Tensor {
  const { labelSmoothing = 0 } = options
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new ValueError(`crossEntropy: labelSmoothing is ${labelSmoothing}; use a share from 0 to 1.`)
  const x = asTensor(logits)
  const y = asTensor(target)
  const logP = logSoftmax(x)
  const isClasses = y.ndim === x.ndim - 1
  if (isClasses && labelSmoothing === 0)
    return reduced("crossEntropy", neg(pick(logP, labelsFor("crossEntropy", x, y))), options)
  const classes = x.shape[x.ndim - 1]
  if (!isClasses) checkSame("crossEntropy", x, y)
  const p = isClasses ? oneHot(labelsFor("crossEntropy", x, y), classes) : y
  const smooth = labelSmoothing === 0 ? p : add(mul(p, 1 - labelSmoothing), labelSmoothing / classes)
  return reduced("crossEntropy", neg(sum(mul(smooth, logP), -1)), options)
}

/**
 * Binary cross-entropy of probabilities: −y ln p − (1 − y) ln(1 − p); logarithms are cut off at −100, as in PyTorch.
 * Shape: input and target alike; mean over all elements. Throws: ValueError if a probability is outside 0 … 1.
 */
export function binaryCrossEntropy(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const p = asTensor(input)
  const y = asTensor(target, p.dtype)
  checkSame("binaryCrossEntropy", p, y)
  const outside = p.data().find((value) => value < 0 || value > 1)
  if (outside !== undefined)
    throw new ValueError(
      `binaryCrossEntropy: ${outside} is not a probability from 0 to 1; use sigmoid first, or binaryCrossEntropyWithLogits.`,
    )
  const cut = (x: Tensor): Tensor => clip(log(x), -100, Number.POSITIVE_INFINITY)
  return reduced("binaryCrossEntropy", neg(add(mul(y, cut(p)), mul(sub(1, y), cut(sub(1, p))))), options)
}

/**
 * Binary cross-entropy of σ(x), from the logits x: softplus(x) − x y. Never overflows.
 * Shape: input and target alike; mean over all elements. Gradient: (σ(x) − y) / count.
 */
export function binaryCrossEntropyWithLogits(
  input: TensorLike,
  target: TensorLike,
  options: LossOptions = {},
): Tensor {
  const x = asTensor(input)
  const y = asTensor(target, x.dtype)
  checkSame("binaryCrossEntropyWithLogits", x, y)
  return reduced("binaryCrossEntropyWithLogits", sub(softplus(x), mul(x, y)), options)
}

/**
 * Multiclass hinge (SVM) loss: Σ_{j ≠ y} max(0, sⱼ − s_y + margin), summed over the wrong classes as in CS231n;
 * margin 1 by default. Shape: scores [N, C], target [N] → one number (mean over N). Reference: Weston and Watkins 1999.
 */
export function multiclassHinge(
  input: TensorLike,
  target: TensorLike,
  { margin = 1, ...options }: LossOptions & { margin?: number } = {},
): Tensor {
  const scores = asTensor(input)
  const labels = labelsFor("multiclassHinge", scores, asTensor(target))
  const right = unsqueeze(pick(scores, labels), labels.ndim)
  const wrong = sub(1, oneHot(labels, scores.shape[scores.ndim - 1]))
  const losses = sum(mul(relu(add(sub(scores, right), margin)), wrong), -1)
  return reduced("multiclassHinge", losses, options)
}

/**
 * Perceptron criterion: max(0, −y x) of scores x = w·x and labels y = ±1; mistakes count by how far they are off.
 * Shape: input and target alike; mean over all elements. Throws: ValueError on labels other than ±1.
 * Reference: Rosenblatt 1958.
 */
export function perceptronLoss(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const x = asTensor(input)
  const y = asTensor(target, x.dtype)
  checkSame("perceptronLoss", x, y)
  const wrong = y.data().find((label) => label !== 1 && label !== -1)
  if (wrong !== undefined)
    throw new ValueError(
      `perceptronLoss: label ${wrong} is not −1 or +1; map labels 0, 1 to −1, +1 by 2y − 1.`,
    )
  return reduced("perceptronLoss", relu(neg(mul(x, y))), options)
}

/**
 * Kullback–Leibler divergence Σ y (ln y − x) of log-probabilities x from probabilities y; 0 · ln 0 = 0.
 * Shape: input and target alike. As in PyTorch, `mean` divides by all elements; for the mean over the N rows,
 * use `sum` and divide by N.
 */
export function klDivergence(input: TensorLike, target: TensorLike, options: LossOptions = {}): Tensor {
  const x = asTensor(input)
  const y = asTensor(target, x.dtype)
  checkSame("klDivergence", x, y)
  const entropy = mul(y, log(where(ne(y, 0), y, 1)))
  return reduced("klDivergence", sub(entropy, mul(y, x)), options)
}
