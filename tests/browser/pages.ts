/** @file The pages of the built book, found in its files. Knows no content. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join, relative, resolve } from "node:path"

export const dist = resolve(process.env.OUT_DIR ?? "dist")

function* htmlFiles(folder: string): Generator<string> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* htmlFiles(path)
    else if (name.endsWith(".html")) yield path
  }
}

export interface BuiltPage {
  /** Relative to the book's home page. */
  path: string
  file: string
  html: string
  lesson: boolean
}

/** Every page but redirects. */
export const pages: BuiltPage[] = [...htmlFiles(dist)]
  .map((file) => {
    const html = readFileSync(file, "utf8")
    const path = relative(dist, file)
      .replaceAll("\\", "/")
      .replace(/(^|\/)index\.html$/, "$1")
    return { path, file, html, lesson: html.includes("<nn-cell") }
  })
  .filter(({ html }) => !/http-equiv="refresh"/i.test(html))

export const lessons = pages.filter(({ lesson }) => lesson)
