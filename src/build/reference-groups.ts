/** @file The order of the engine's reference: its pages, and which files of the engine stand on which. Knows no name. */

export interface Group {
  /** Its address: `reference/<id>/`. */
  id: string
  title: string
  /** What is found there. */
  lead: string
  /** Files and folders of `engine/`; the longest that fits decides. */
  files: string[]
}

export const groups: Group[] = [
  {
    id: "tensors",
    title: "Tensors",
    lead: "Make a tensor from numbers, by rule or at random, look at it, and read its values back.",
    files: ["create.ts", "random.ts", "core/random.ts", "tensor.ts", "core/dtype.ts"],
  },
  {
    id: "elementwise",
    title: "Element by element",
    lead: "Arithmetic, comparisons and elementary functions. Two tensors broadcast: a dimension of size 1 is repeated.",
    files: ["ops/arithmetic.ts", "ops/functions.ts", "ops/"],
  },
  {
    id: "activations",
    title: "Activations and softmax",
    lead: "The functions that bend a network, and those that turn scores into probabilities. No finite input overflows.",
    files: ["ops/activations.ts", "ops/softmax.ts"],
  },
  {
    id: "reductions",
    title: "Reductions",
    lead: "From many numbers to fewer: sums, means, extremes, along one dimension, several or all.",
    files: ["ops/reduce.ts"],
  },
  {
    id: "movement",
    title: "Shapes and indices",
    lead: "The same numbers in another shape or order, parts of a tensor, several tensors as one.",
    files: ["ops/movement.ts", "ops/indexing.ts", "join.ts"],
  },
  {
    id: "linear-algebra",
    title: "Products and convolution",
    lead: "Products of vectors and matrices, convolution and pooling of images.",
    files: ["ops/matmul.ts", "ops/conv.ts"],
  },
  {
    id: "losses",
    title: "Losses",
    lead: "How wrong a prediction is, as one number. Call them as loss(prediction, target); logarithms are natural.",
    files: ["losses/regression.ts", "losses/classification.ts", "losses/"],
  },
  {
    id: "layers",
    title: "Layers and initialisers",
    lead: "Functions with parameters to learn, what networks are put together from, and how their weights begin.",
    files: ["nn/module.ts", "nn/layers.ts", "nn/regularize.ts", "nn/activations.ts", "nn/", "init.ts"],
  },
  {
    id: "optimizers",
    title: "Optimizers and schedules",
    lead: "How parameters move by their gradients, and how the learning rate changes on the way.",
    files: ["optim/sgd.ts", "optim/adaptive.ts", "optim/clip.ts", "optim/schedule.ts", "optim/"],
  },
  {
    id: "data",
    title: "Data and metrics",
    lead: "Toy data, your own files, batches, splits, scaling; and how good predictions are, counted.",
    files: ["datasets/shapes.ts", "datasets/csv.ts", "datasets/idx.ts", "datasets/", "metrics.ts"],
  },
  {
    id: "gradients",
    title: "Gradients and jit",
    lead: "Differentiate a function, check a gradient, see the graph behind a number, and let a training step run faster.",
    files: ["autograd.ts", "gradcheck.ts", "trace.ts", "jit.ts"],
  },
  {
    id: "devices",
    title: "Devices and errors",
    lead: "Where tensors are computed, what they hold and how long it takes; and what the engine says when a call makes no sense.",
    files: ["backend/", "measure.ts", "core/errors.ts"],
  },
]

/** The group of a file, `engine/ops/reduce.ts`. Throws if it has none: the file has to be put into one. */
export function groupOf(file: string): Group {
  const fits = groups.flatMap((group) =>
    group.files
      .map((path) => ({ group, path: `engine/${path}` }))
      .filter(({ path }) => file.startsWith(path)),
  )
  const [best] = fits.sort((a, b) => b.path.length - a.path.length)
  if (!best) throw new Error(`reference: ${file} belongs to no group; add it to one in reference-groups.ts.`)
  return best.group
}
