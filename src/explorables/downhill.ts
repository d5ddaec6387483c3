/**
 * @file Downhill with a short ruler: gradient descent in a bowl or a bent valley. The steepest direction
 * says how long a step may be, the flattest how many steps it takes. Owns presets, table and question; the rest lies in
 * downhill/.
 */
import { drawErrors, drawLoss, drawPlane, drawRuler, INSET } from "./downhill/pictures.ts"
import { controls, MAP, model, UPDATES } from "./downhill/run.ts"
import { descend, surfaceOf } from "./downhill/surface.ts"
import { code, describe, meaning, spot, takeaway } from "./downhill/words.ts"
import { defineExplorable, type Point } from "./lib/explorable.ts"
import { fixed, format } from "./lib/number.ts"

const STEP_SIZES = [0.01, 0.05, 0.1, 0.2, 0.24, 0.25, 0.3]
const BOWL = { beta: 0, surface: "bowl", a: 1, b: 1, c: 4, start: [3, 3] } as const

export default defineExplorable({
  title: "Downhill with a short ruler",
  takeaway,
  controls,
  presets: [
    ...STEP_SIZES.map((lr) => ({ name: `η = ${lr}`, params: { ...BOWL, lr } })),
    { name: "momentum", params: { ...BOWL, lr: 0.25, beta: 0.4 } },
    { name: "bent valley", params: { surface: "banana", lr: 0.1, beta: 0, start: [-1.5, 3] as const } },
    { name: "saddle", params: { ...BOWL, lr: 0.1, a: 0.5, b: 3, c: 0.5, start: [2, -1.9] as const } },
  ],
  model,
  steps: (params) => descend(surfaceOf(params), params.start, params.lr, params.beta, UPDATES).length - 1,
  start: 5,
  unit: "update",
  strides: [{ name: "10 updates", steps: 10 }],
  views: {
    plane: {
      title: "The surface from above and the whole run",
      width: 320,
      height: 320,
      scale: { x: MAP, y: MAP, inset: INSET },
      draw: drawPlane,
    },
    ruler: { title: "The ruler of step sizes", width: 320, height: 96, side: "left", draw: drawRuler },
    loss: { title: "The loss", width: 320, height: 190, draw: drawLoss },
    errors: { title: "What is left of the error", width: 320, height: 220, draw: drawErrors },
  },
  key: "Violet is yours to drag. Full dots are the updates made, pale ones those to come; the magenta arrow is minus the gradient times the step size. Dotted lines are the steep and the flat direction, the cross is the minimum. Stems up (blue) and down (orange) show on which side the point is.",
  describe,
  place: (control, _params, state) => meaning(control, state),
  table: (_params, { run, values, surface }) => ({
    columns: ["update", "x₁", "x₂", "f", "length of the gradient"],
    rows: [0, 1, 2, 3, 4, 5, 10, 20, 50, 100, 150]
      .filter((t) => t < run.length)
      .map((t) => {
        const [x, y] = run[t]!
        const slope = Math.hypot(...surface.gradient(x, y))
        return [t, fixed(x, 6), fixed(y, 6), format(values[t]!, 6), format(slope, 4)]
      }),
  }),
  predict: {
    about: { ...BOWL, lr: 0.25 },
    reveal: 20,
    question: ({ lr }, { zones: z }) =>
      `The fastest step in this bowl is ${format(z!.best)}. Where is the point after 20 updates if you take ${format(lr)}?`,
    options: [
      { id: "near", text: "close to the minimum" },
      { id: "same", text: "about as far away as it started" },
      { id: "out", text: "farther away than it started" },
    ],
    answer: (_params, { run, surface, step, zones: z }) => {
      const [p, q] = surface.minimum
      const distance = ([x, y]: Point) => Math.hypot(x - p, y - q)
      const ratio = distance(run[step]!) / distance(run[0]!)
      return {
        id: ratio < 0.5 ? "near" : ratio < 1.5 ? "same" : "out",
        says: `Update ${step} is at ${spot(run[step]!)}, ${format(ratio)} times as far from the minimum as the start: the limit is ${format(z!.limit)}.`,
      }
    },
  },
  code,
})
