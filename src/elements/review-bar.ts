/**
 * @file The bar at the foot of a lesson while a review goes on: which of its exercises this is, the next one, the way out.
 * The review is in the address, so it survives reloads and leads from lesson to lesson. Loaded only then.
 */
import { link } from "../site.ts"
import css from "../styles/review-bar.css?inline"
import { addStyle } from "./added-style.ts"
import { readReview } from "./progress-overview.ts"
import { reviewLink } from "./review-link.ts"

const steps = readReview(new URLSearchParams(location.search).get("review") ?? "")
const lesson = document.querySelector<HTMLElement>("[data-lesson]")?.dataset.lesson

/** The exercise that the address names, or the first one of this lesson; -1 if the review has none here. */
function current(): number {
  const here = steps.findIndex((step) => step.lesson === lesson && location.hash === `#ex-${step.id}`)
  return here >= 0 ? here : steps.findIndex((step) => step.lesson === lesson)
}

function draw(bar: HTMLElement): void {
  const at = current()
  const words = document.createElement("p")
  words.textContent = at < 0 ? "Review" : `Review: exercise ${at + 1} of ${steps.length}`
  const out = link("progress/")
  const next = steps[at + 1]
  bar.replaceChildren(
    words,
    ...(steps[at - 1] ? [anchor("Previous", reviewLink(steps, steps[at - 1]))] : []),
    ...(next ? [anchor("Next exercise", reviewLink(steps, next), "next")] : []),
    anchor(next ? "End review" : "Finish review", out),
  )
}

function anchor(text: string, href: string, className = ""): HTMLAnchorElement {
  const made = document.createElement("a")
  made.textContent = text
  made.href = href
  made.className = className
  return made
}

if (steps.length > 0) {
  addStyle("review-bar", css)
  const bar = document.createElement("nav")
  bar.className = "review-bar"
  bar.setAttribute("aria-label", "Review")
  draw(bar)
  // The browser has gone to the exercise, focus and all; only the bar has to follow.
  addEventListener("hashchange", () => draw(bar))
  document.body.append(bar)
}
