/** @file Exercise: which questions about several inputs one unit can answer. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "One cut, or not?",
  prompt: "Which of these questions can **one** threshold unit answer? There may be several.",
  conventions: ["inputs are 0 or 1; weights and threshold may be any numbers, negative ones too"],
  difficulty: "core",
  minutes: 5,
  revision: 1,
  options: [
    {
      id: "majority",
      text: "Are at least two of three inputs on?",
      right: true,
      says: "Yes: weights (1, 1, 1) and θ = 2. A unit is good at counting up to a limit.",
    },
    {
      id: "implies",
      text: "If $x_1$ is on, is $x_2$ on too?",
      right: true,
      says: "Yes: only (1, 0) should stay silent. Weights (−1, 1) and θ = 0 do it.",
    },
    {
      id: "unless",
      text: "Is $x_1$ on, and not both $x_2$ and $x_3$?",
      right: true,
      says: "Yes: weights (2, −1, −1) and θ = 1. One objection leaves 1, two leave 0.",
    },
    {
      id: "same",
      text: "Are $x_1$ and $x_2$ equal?",
      right: false,
      says: "This is XNOR. (0, 0) + (1, 1) = (1, 0) + (0, 1): the pair that should fire has the sum of the pair that should not.",
    },
    {
      id: "exactly-one",
      text: "Is exactly one of three inputs on?",
      right: false,
      says: "Too few and too many should both stay silent. (1, 0, 0) + (0, 1, 0) = (1, 1, 0) + (0, 0, 0), and only the first pair should fire.",
    },
    {
      id: "two-couples",
      text: "Are $x_1$ and $x_2$ both on, or $x_3$ and $x_4$?",
      right: false,
      says: "(1, 1, 0, 0) + (0, 0, 1, 1) = (1, 0, 1, 0) + (0, 1, 0, 1): the two couples have the sum of two inputs that contain no couple.",
    },
  ],
  hints: [
    "Three of them are possible. Try weights of 1, 2 and −1 first.",
    "For the others look for a crossing: two inputs that should fire and two that should not, with the same sum.",
  ],
  explanation:
    "A unit can weigh and count, but only in one direction: a sum that is high enough stays high enough. Questions with a *but not too many* or with alternatives made of pairs ask for more than one cut.",
})
