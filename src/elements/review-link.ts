/** @file The address of an exercise within a review, which carries the whole review. Knows no state. */
import { lessonLink } from "../site.ts"
import { reviewText, type Step } from "./progress-overview.ts"

export function reviewLink(steps: readonly Step[], { lesson, id }: Step): string {
  return `${lessonLink(lesson)}?review=${reviewText(steps)}#ex-${id}`
}
