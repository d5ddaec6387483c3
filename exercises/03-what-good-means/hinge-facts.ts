/** @file Exercise: what is true of the multiclass hinge loss. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "True of the hinge loss",
  prompt: "Which of these statements are true?",
  difficulty: "core",
  minutes: 3,
  revision: 1,
  options: [
    {
      id: "range",
      text: "Its smallest possible value is 0, and it has no largest one.",
      right: true,
      says: "True: a rival can be too high by any amount.",
    },
    {
      id: "double",
      text: "If some weights have zero loss on all pictures, so do the doubled weights.",
      right: true,
      says: "True. Every lead doubles, and a lead of 1 becomes a lead of 2. So the minimum is never one single point.",
    },
    {
      id: "scale",
      text: "Doubling all scores never changes the loss.",
      right: false,
      says: "Differences double and the margin stays 1. The frog's 12.9 becomes 23.8. Only a *zero* loss is sure to stay.",
    },
    {
      id: "right-is-free",
      text: "A picture that is classified correctly costs nothing.",
      right: false,
      says: "Only if it leads by the margin. The automobile is right, leads by 0.73, and pays.",
    },
    {
      id: "all-right",
      text: "A mean loss of exactly 0 on a set of pictures implies that all of them are classified correctly.",
      right: true,
      says: "True, and more: every one of them by a margin of at least 1.",
    },
    {
      id: "probability",
      text: "A score that leads by 3 means a probability of about 95 %.",
      right: false,
      says: "Hinge scores are not probabilities. Nothing in the loss ties a lead to how often the classifier is right.",
    },
  ],
  hints: [
    "Test each statement on the three pictures of the beginning.",
    "Two of the false ones hold in a special case: when the loss is 0, and when the margin is met.",
  ],
  explanation:
    "The loss compares differences of scores with a fixed margin. So adding to all scores is invisible, scaling is not, being content survives any enlargement, and being right is not enough to be content.",
})
