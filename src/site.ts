/** @file The book's name, address and repository, and the one way to write an internal link. Knows no lesson. */

const env: Record<string, unknown> = import.meta.env ?? {}

export const site = {
  title: "Descent",
  tagline: "A textbook of neural networks that runs in the page",
  description:
    "An open textbook of neural networks in which every number is computed, every cell can be changed and run in the page, and every exercise is checked on the spot.",
  /** Where the source lives; a fork sets the environment variable PUBLIC_REPOSITORY. */
  repository: String(env.PUBLIC_REPOSITORY ?? "https://github.com/descent-book/descent"),
  authors: "The Descent authors",
  year: 2026,
  browsers: "current Chromium browsers (Chrome, Edge), Firefox ESR and newer, Safari 18 and newer",
} as const

/** Path inside the site → link that works under any base: `link("perceptron/")`. */
export function link(path = ""): string {
  const base = String(env.BASE_URL ?? "/").replace(/\/*$/, "/")
  return base + path.replace(/^\/+/, "")
}

/** The page of a lesson, with the anchor of one thing in it. */
export function lessonLink(id: string, anchor?: string): string {
  return link(`${id}/`) + (anchor ? `#${anchor}` : "")
}
