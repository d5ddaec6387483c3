/** @file The network, the optimizer and the loss of one training of the studio, by the book's engine: it only goes on. Knows no past. */
import {
  Adadelta,
  Adagrad,
  Adam,
  AdamW,
  concat,
  Dropout,
  ELU,
  full,
  Generator,
  initializers,
  jit,
  kaimingNormal,
  LeakyReLU,
  Linear,
  type Module,
  type Optimizer,
  ReLU,
  RMSprop,
  Sequential,
  SGD,
  Sigmoid,
  stack,
  Tanh,
  type Tensor,
  tensor,
  xavierUniform,
  zeros,
} from "../../../engine/index.ts"
import type { Settings } from "./controls.ts"
import { type Data, FEATURES } from "./data.ts"
import type { Kind } from "./net.ts"
import { isRegression } from "./problem.ts"
import type { Sample } from "./sample.ts"
import { fanIns, shapeOf } from "./shape.ts"

const MODULES: Readonly<Record<Exclude<Kind, "linear">, () => Module>> = {
  tanh: () => new Tanh(),
  relu: () => new ReLU(),
  sigmoid: () => new Sigmoid(),
  leaky: () => new LeakyReLU(),
  elu: () => new ELU(),
}

/** Weights as the chosen rule draws them, and biases of 0 (or 0.1, or PyTorch's). */
function begin(layer: Linear, rule: string, generator: Generator): void {
  const { shape } = layer.weight
  const [out] = shape as [number, number]
  const weights: Record<string, () => Tensor> = {
    xavier: () => xavierUniform(shape, { generator }),
    he: () => kaimingNormal(shape, { generator }),
    half: () => initializers.uniform(shape, { generator, low: -0.5, high: 0.5 }),
    normal: () => initializers.normal(shape, { generator }),
    zeros: () => zeros(shape),
  }
  const drawn = weights[rule]
  if (!drawn) return
  layer.weight.assign(drawn())
  layer.bias?.assign(rule === "half" ? full([out], 0.1) : zeros([out]))
}

export function optimizerOf({ rule, lr, l2 }: Settings, parameters: Tensor[]): Optimizer {
  switch (rule) {
    case "momentum":
      return new SGD(parameters, { lr, momentum: 0.9 })
    case "nesterov":
      return new SGD(parameters, { lr, momentum: 0.9, nesterov: true })
    case "adagrad":
      return new Adagrad(parameters, { lr })
    case "rmsprop":
      return new RMSprop(parameters, { lr })
    case "adadelta":
      return new Adadelta(parameters, { lr })
    case "adam":
      return new Adam(parameters, { lr })
    case "adamw":
      return new AdamW(parameters, { lr, weightDecay: l2 })
    default:
      return new SGD(parameters, { lr })
  }
}

/** [N, features] and [N, 1] with ±1, or values. */
function tensorsOf(points: readonly Sample[], features: readonly number[]): [Tensor, Tensor] {
  const x = Float32Array.from(points.flatMap((p) => features.map((f) => FEATURES[f]!.of(p.x, p.y))))
  const y = Float32Array.from(points, ({ label }) => label)
  return [tensor(x).reshape([points.length, features.length]), tensor(y).reshape([points.length, 1])]
}

/** Mean loss of scores s: for values ½ (s − y)², for labels ±1 ½ (tanh s − y)² or −ln σ(y s). */
const lossOf = (settings: Settings, s: Tensor, y: Tensor): Tensor => {
  if (isRegression(settings)) return s.sub(y).square().mean().mul(0.5)
  return settings.loss === "squared"
    ? s.tanh().sub(y).square().mean().mul(0.5)
    : s.mul(y).neg().softplus().mean()
}

export class Trainer {
  readonly #parameters: readonly { own: Tensor; mask: Tensor; value: Tensor }[]
  #update: (x: Tensor, y: Tensor) => Tensor
  #look: () => [Tensor, Tensor]
  /** Has both written down from the present parameters on. */
  readonly #record: () => void
  readonly #batches: [Tensor, Tensor][]
  /** Updates in a step. */
  readonly #stride: number
  #updates = 0

  /** `holds`: some parameters will have to be left alone. */
  constructor(settings: Settings, seed: number, { train, held }: Data, holds: boolean) {
    const shape = shapeOf(settings)
    const generator = new Generator(seed)
    const into = fanIns(shape)
    const linears = shape.layers.map(({ units }, l) => new Linear(into[l]!, units, { generator }))
    for (const layer of linears) begin(layer, settings.init, generator)
    const masks = new Generator(seed + 2 ** 20)
    const tails = shape.layers.map(({ kind }, l): Module[] => {
      if (l === linears.length - 1) return []
      const curve = kind === "linear" ? [] : [MODULES[kind]()]
      const drop = settings.drop > 0 ? [new Dropout(settings.drop, { generator: masks })] : []
      return [...curve, ...drop]
    })
    const net = new Sequential(...linears.flatMap((layer, l) => [layer, ...tails[l]!]))
    const parameters = net.parameters()
    this.#parameters = parameters.map((own) => ({ own, mask: zeros(own.shape), value: zeros(own.shape) }))
    const holdOf = new Map(this.#parameters.map((one) => [one.own, one]))
    // What is held has its value, whatever the optimizer makes of it; its gradient is that of any other, so that the
    // optimizer remembers the same when it is let go.
    const shown = (own: Tensor): Tensor => {
      const { mask, value } = holdOf.get(own)!
      return holds ? own.sub(own.detach().mul(mask)).add(value) : own
    }
    const forward = (x: Tensor): Tensor =>
      linears.reduce((h, layer, l) => {
        const z = holds ? h.matmul(shown(layer.weight).transpose()).add(shown(layer.bias!)) : layer.forward(h)
        return tails[l]!.reduce((v, module) => module.forward(v), z)
      }, x)
    const optimizer = optimizerOf(settings, parameters)
    const weights = linears.map(({ weight }) => weight)
    const l2 = settings.rule === "adamw" ? 0 : settings.l2
    const update = (x: Tensor, y: Tensor): Tensor => {
      net.train()
      let value = lossOf(settings, forward(x), y)
      if (l2 > 0)
        for (const w of weights)
          value = value.add(
            shown(w)
              .square()
              .sum()
              .mul(l2 / 2),
          )
      if (settings.l1 > 0) for (const w of weights) value = value.add(shown(w).abs().sum().mul(settings.l1))
      value.backward()
      optimizer.step()
      optimizer.zeroGrad()
      return value
    }
    this.#update = update
    const [tx, ty] = tensorsOf(train, shape.features)
    const [hx, hy] = tensorsOf(held.length > 0 ? held : train, shape.features)
    const look = (): [Tensor, Tensor] => {
      net.eval()
      const losses = [lossOf(settings, forward(tx), ty), lossOf(settings, forward(hx), hy)]
      return [stack(losses).detach(), concat(parameters.map((p) => shown(p).detach().flatten()))]
    }
    this.#look = look
    this.#record = () => {
      this.#update = jit(update)
      this.#look = jit(look)
    }
    this.#record()
    const size = settings.batch === "all" ? train.length : Math.min(train.length, Number(settings.batch))
    this.#batches = Array.from({ length: Math.ceil(train.length / size) }, (_, b) =>
      tensorsOf(train.slice(b * size, (b + 1) * size), shape.features),
    )
    this.#stride = settings.grain === "batch" ? 1 : this.#batches.length
  }

  /** One step. */
  go(): void {
    for (let i = 0; i < this.#stride; i++) {
      const [x, y] = this.#batches[this.#updates++ % this.#batches.length]!
      this.#update(x, y)
    }
  }

  /** All weights and biases of each layer in turn, and the losses of the points learnt from and held out. */
  look(): { train: number; held: number; theta: Float32Array } {
    const [losses, theta] = this.#look()
    const [train, held] = losses.data()
    return { train: train!, held: held!, theta: theta.data() as Float32Array }
  }

  /** Goes on with these parameters, and leaves alone what is held, by its place among them. */
  take(theta: Float32Array, held: ReadonlyMap<number, number>): void {
    let at = 0
    for (const { own, mask, value } of this.#parameters) {
      const part = theta.slice(at, at + own.size)
      const isHeld = part.map((_, i) => (held.has(at + i) ? 1 : 0))
      own.assign(tensor(part).reshape(own.shape))
      mask.assign(tensor(isHeld).reshape(own.shape))
      value.assign(tensor(part.map((v, i) => v * isHeld[i]!)).reshape(own.shape))
      at += own.size
    }
    // Parameters that are set again and again would end the patience of one recording.
    this.#record()
  }
}
