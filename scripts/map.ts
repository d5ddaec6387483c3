/** @file `npm run map`: lists the modules by their `@file` lines. Knows folders, not modules. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

const roots = ["engine", "exercises", "src", "scripts"]

/** The text of a file's `@file` comment, as one line. */
export function fileLine(source: string): string | undefined {
  const comment = /\/\*\*[\s*]*@file\s+([\s\S]*?)\*\//.exec(source.slice(0, 2000))?.[1]
  return comment?.replace(/\s*\n\s*\*\s?/g, " ").trim()
}

function print(folder: string, indent: string): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))
  for (const entry of entries.filter((e) => e.isFile() && /\.(ts|astro)$/.test(e.name))) {
    const source = readFileSync(join(folder, entry.name), "utf8")
    console.log(`${indent}${entry.name.padEnd(28)} ${fileLine(source) ?? ""}`)
  }
  for (const entry of entries.filter((e) => e.isDirectory())) {
    console.log(`${indent}${entry.name}/`)
    print(join(folder, entry.name), `${indent}  `)
  }
}

if (process.argv[1] === import.meta.filename)
  for (const root of roots) {
    console.log(`${root}/`)
    print(root, "  ")
  }
