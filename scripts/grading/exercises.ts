/** @file Finds all exercises on the disk: `exercises/NN-part/slug.ts`, by slug. Knows nothing of what is in them. */
import { readdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Exercise } from "../../exercises/lib/exercise.ts"

export const ROOT = resolve(import.meta.dirname, "../..")

/** Files by id. Throws: Error if two files have the same name. */
export function exerciseFiles(): Map<string, string> {
  const files = new Map<string, string>()
  const folder = join(ROOT, "exercises")
  for (const part of readdirSync(folder).sort()) {
    if (!/^\d+-/.test(part)) continue
    for (const name of readdirSync(join(folder, part)).sort()) {
      if (!name.endsWith(".ts")) continue
      const id = name.slice(0, -3)
      if (files.has(id))
        throw new Error(`exercises: the id ${id} is used twice: ${part}/${name} and ${files.get(id)}`)
      files.set(id, join(folder, part, name))
    }
  }
  return files
}

export async function loadExercises(): Promise<Map<string, Exercise>> {
  const exercises = new Map<string, Exercise>()
  for (const [id, file] of exerciseFiles())
    exercises.set(id, ((await import(pathToFileURL(file).href)) as { default: Exercise }).default)
  return exercises
}
