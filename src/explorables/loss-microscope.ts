/**
 * @file Loss microscope: a loss puts a price on each margin, and so decides which examples count. Owns controls,
 * presets and code; the fits and the pictures lie in loss/.
 */
import { defineExplorable, type Params, type Point } from "./lib/explorable.ts"
import { LAMBDA, LOSSES, type Loss } from "./loss/fit.ts"
import * as plane from "./loss/plane-view.ts"
import * as price from "./loss/price-view.ts"
import { model, OTHERS, PLANE } from "./loss/state.ts"
import { describe, meaning, NAMES, reveal, table, takeaway } from "./loss/tell.ts"

const FAR: Point = [4.4, -4.4]
const ACROSS: Point = [-0.4, 0.3]

const controls = {
  example: { type: "handle", label: "Point", value: ACROSS, view: "data", x: PLANE, y: PLANE, step: 0.1 },
  label: {
    type: "choice",
    label: "Its class",
    value: "+1",
    options: [
      { value: "+1", label: "+1, blue" },
      { value: "-1", label: "−1, orange" },
    ],
  },
  loss: {
    type: "choice",
    label: "Loss in focus",
    value: "hinge",
    options: LOSSES.map((loss) => ({ value: loss, label: NAMES[loss] })),
  },
  weight: {
    type: "slider",
    label: "Weight of class −1",
    value: 1,
    min: 0.1,
    max: 10,
    step: 0.1,
    scale: "log",
  },
  out: { type: "toggle", label: "Leave the example out", value: false },
} as const

type Settings = Params<typeof controls>

const preset = (name: string, example: Point, loss: Loss, more: Partial<Settings> = {}) => ({
  name,
  params: { example, loss, label: "+1", weight: 1, out: false, ...more },
})

/** The price of a margin as the engine writes it. */
const IN_CODE: Readonly<Record<Exclude<Loss, "zero-one">, string>> = {
  hinge: "m.neg().add(1).relu()",
  logistic: "m.neg().softplus()",
  squared: "m.neg().add(1).square()",
}

function code({ example: [x, y], label, loss, weight, out }: Settings): string {
  const points = [...OTHERS, ...(out ? [] : [{ x, y, label: Number(label) }])]
  const data = `const X = tensor([
${points.map((p) => `  [${p.x}, ${p.y}, 1],`).join("\n")}
])
const y = tensor([${points.map((p) => p.label).join(", ")}])
const c = tensor([${points.map((p) => (p.label === 1 ? 1 : weight)).join(", ")}])
`
  if (loss === "zero-one")
    return `${data}// a count has no slope, so every direction is tried
const rows = X.tolist() as number[][]
const [labels, weights] = [y.tolist(), c.tolist()] as number[][]
let fewest = Number.POSITIVE_INFINITY
for (let a = -Math.PI; a < Math.PI; a += 0.005) {
  const along = rows.map(([p, q]) => p * Math.cos(a) + q * Math.sin(a))
  for (const border of along) {
    const wrong = along.map((s, i) => (s >= border ? 1 : -1) !== labels[i])
    const count = weights.reduce((sum, w, i) => sum + (wrong[i] ? w : 0), 0)
    fewest = Math.min(fewest, count)
  }
}
display(\`mistakes that no line avoids: \${fewest}\`)`
  return `${data}// the mean price of the margins, and a small charge for large numbers
const risk = (w: Tensor) => {
  const m = X.matmul(w).mul(y)
  const price = ${IN_CODE[loss as Exclude<Loss, "zero-one">]}
  return price.mul(c).sum().div(c.sum()).add(w.square().sum().mul(${LAMBDA / 2}))
}
const w = zeros([3], { requiresGrad: true })
const opt = new optim.Adam([w])
for (let step = 0; step < 1200; step++) {
  opt.lr = 0.1 / (1 + step / 100)
  opt.zeroGrad()
  risk(w).backward()
  opt.step()
}
display(\`w₁, w₂, b: \${w.tolist()}\`)
display(\`risk: \${risk(w).item()}\`)`
}

export default defineExplorable({
  title: "Loss microscope",
  takeaway: (_settings, s) => takeaway(s),
  controls,
  presets: [
    preset("just across", ACROSS, "hinge"),
    preset("in its group", [1.6, 0.4], "squared"),
    preset("too right", FAR, "squared"),
    preset("far wrong", [-4.4, 4.4], "logistic"),
    preset("far wrong, counted", [-4.4, 4.4], "zero-one"),
    preset("class −1 counts 5 times", ACROSS, "logistic", { weight: 5 }),
  ],
  model,
  views: {
    data: {
      title: "The points, and the line of the loss in focus",
      width: plane.WIDTH,
      height: plane.HEIGHT,
      scale: { x: PLANE, y: PLANE, inset: plane.INSET },
      draw: plane.drawPlane,
    },
    four: { title: "All four lines", width: plane.WIDTH, height: plane.FOUR_HEIGHT, draw: plane.drawFour },
    prices: {
      title: "What each margin costs",
      width: price.WIDTH,
      height: price.HEIGHT,
      side: "left",
      draw: price.drawPrices,
    },
    tags: {
      title: "Price tags: one column a point, the example last",
      width: price.WIDTH,
      height: price.TAGS_HEIGHT,
      draw: price.drawTags,
    },
  },
  key: "Violet is the example, the point that is yours to drag. Blue discs are class +1, orange triangles class −1; a red ring is a point on the wrong side. Solid: the line now. Dashed: the line without the example. Dotted teal: where the margin is 1 on either side. A small plane says by how many degrees its line has turned.",
  describe: (_settings, s) => describe(s),
  place: (control, _settings, s) => (control === "example" ? meaning(s) : ""),
  table: (_settings, s) => table(s),
  predict: {
    about: { example: FAR, label: "+1", weight: 1, out: false },
    question: () =>
      "The example moves far away, deep into the side of its own class. Which of the four lines turns most?",
    options: LOSSES.map((loss) => ({ id: loss, text: NAMES[loss] })),
    answer: (_settings, s) => reveal(s),
  },
  code,
})
