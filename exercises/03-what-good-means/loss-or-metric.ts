/** @file Exercise: what to train on, and what to report. */
import { defineExercise } from "../lib/exercise.ts"

export default defineExercise({
  kind: "choice",
  several: true,
  title: "What to train on, what to report",
  prompt: "Which of these plans make sense?",
  difficulty: "core",
  minutes: 2,
  revision: 1,
  options: [
    {
      id: "spam-smooth",
      text: "A spam filter: train on a smooth loss, report the share of mails that it sorts wrongly.",
      right: true,
      says: "Yes. The loss guides, the count informs. They need not be the same function.",
    },
    {
      id: "spam-accuracy",
      text: "A spam filter: follow the slope of its accuracy, because accuracy is what counts in the end.",
      right: false,
      says: "Accuracy is a staircase. Its slope is 0 wherever it has one, so the weights would never move.",
    },
    {
      id: "house-squares",
      text: "The price of a house: train on the squared error, report its root in euros.",
      right: true,
      says: "Yes. The price is a quantity, and the root of the mean square has the unit that people understand.",
    },
    {
      id: "house-bce",
      text: "The price of a house: train on binary cross-entropy.",
      right: false,
      says: "Binary cross-entropy needs labels 0 and 1 and a probability. 312,000 euros is neither.",
    },
    {
      id: "house-exact",
      text: "The price of a house: charge 1 for every price that is not exactly right.",
      right: false,
      says: "Then being off by one euro costs as much as being off by a million, and no estimate is ever right.",
    },
  ],
  hints: [
    "For each plan, ask: change one weight by a hair. Does the number that I train on change?",
    "Then ask what the answer is: a quantity, or a yes or no?",
  ],
  explanation:
    "The training loss must change a little when the weights change a little, and it must fit the kind of answer: squares for quantities, cross-entropy for a yes or no. What you report is for people, and may be a count.",
})
