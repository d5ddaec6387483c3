/** @file Where the book's text lies: `content`, or the folder that the environment variable CONTENT names (tests). */
import { relative, resolve } from "node:path"

export const projectRoot = resolve(process.cwd())
export const contentRoot = resolve(projectRoot, process.env.CONTENT ?? "content")

/** A file as an author knows it: relative to the project, with forward slashes. */
export function projectPath(file: string): string {
  return relative(projectRoot, file).replaceAll("\\", "/")
}
