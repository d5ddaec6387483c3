/** @file The book itself, built once for a run of the bench, and what a reader finds in it. Node only. */
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"

const root = resolve(import.meta.dirname, "..")

export const bookOf = (folder: string): string => join(folder, "book")

export function bundleBook(folder: string): void {
  execFileSync("astro", ["build", "--silent"], {
    cwd: root,
    env: { ...process.env, OUT_DIR: bookOf(folder), BASE: "/" },
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  })
}

/** An explorable, and the first lesson that has it, as its address. */
export interface BookExplorable {
  name: string
  lesson: string
}

export function explorablesOf(book: string): BookExplorable[] {
  const pages = readdirSync(book, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^[^\\/]+[\\/]index\.html$/.test(file),
  )
  const found = new Map<string, string>()
  for (const page of pages.sort())
    for (const [, name] of readFileSync(join(book, page), "utf8").matchAll(
      /<nn-explorable[^>]* data-name="([^"]+)"/g,
    ))
      if (!found.has(name)) found.set(name, `${page.split(/[\\/]/)[0]}/`)
  return [...found].map(([name, lesson]) => ({ name, lesson }))
}
