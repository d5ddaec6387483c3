/**
 * @file Cuts the rows of the list of errata out of a rendered lesson. Knows the marks around a row, not what stands
 * between them.
 */
import { lessonLink } from "../site.ts"

export interface Erratum {
  /** As in the lesson's `<SlidesSay id="…">`. */
  id: string
  html: string
}

const end = "<!--/erratum-->"

/** What the component of a row writes before and after it. */
export const erratumMarks = (id: string): [before: string, after: string] => [`<!--erratum ${id}-->`, end]

/** The rows of a lesson in its order; links to things of the lesson's own page lead there from anywhere. */
export function errataOf(lesson: string, html: string): Erratum[] {
  return [...html.matchAll(/<!--erratum ([^ ]+)-->([\s\S]*?)<!--\/erratum-->/g)].map(([, id, row]) => ({
    id,
    html: row.replaceAll('href="#', `href="${lessonLink(lesson)}#`),
  }))
}
