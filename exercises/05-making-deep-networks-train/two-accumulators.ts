/** @file Exercise: which optimizers keep two numbers for each parameter. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "Two numbers for each parameter",
  prompt: "A network has a million weights. Which of these optimizers keep two million numbers besides?",
  difficulty: "core",
  minutes: 1,
  revision: 1,
  options: [
    {
      id: "adam",
      text: "Adam",
      right: true,
      says: "Yes: a mean of the gradients and a mean of their squares.",
    },
    {
      id: "adadelta",
      text: "Adadelta",
      right: true,
      says: "Yes: a mean of squared gradients and one of squared moves.",
    },
    {
      id: "momentum",
      text: "SGD with momentum",
      right: false,
      says: "It keeps one number for each weight: the velocity.",
    },
    {
      id: "adagrad",
      text: "AdaGrad",
      right: false,
      says: "It keeps one number for each weight: the sum of squares.",
    },
    {
      id: "rmsprop",
      text: "RMSProp",
      right: false,
      says: "It keeps one number for each weight: the mean of squares.",
    },
  ],
  hints: ["Look for equations with two ← above that of $x$."],
  explanation:
    "Memory is a price of optimizers too. With Adam, weights, gradients and two means make four numbers for each parameter; with plain descent two suffice.",
})
