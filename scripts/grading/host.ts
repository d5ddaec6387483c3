/** @file Where a class is graded in Node: exercises from the disk, answers in child processes, a lane for each core. */
import { availableParallelism } from "node:os"
import type { Exercise } from "../../exercises/lib/exercise.ts"
import about from "../../package.json" with { type: "json" }
import type { ClassHost } from "../../src/notebook/grade-class.ts"
import { Children } from "./children.ts"
import { loadExercises } from "./exercises.ts"

export async function nodeHost(more: Partial<ClassHost> = {}): Promise<ClassHost> {
  const exercises: Map<string, Exercise> = await loadExercises()
  return {
    exercise: async (id) => exercises.get(id),
    book: about.version,
    lanes: availableParallelism(),
    openLane: () => new Children(),
    ...more,
  }
}
