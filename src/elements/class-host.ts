/**
 * @file Where a class is graded in the page: sandboxes, one answer at a time, so that none can take the memory of another.
 * Loaded with the first files.
 */
import { version } from "../../package.json"
import type { ClassFile } from "../notebook/class-files.ts"
import { valueJob } from "../notebook/grade.ts"
import { type ClassHost, type Graded, gradeClass } from "../notebook/grade-class.ts"
import { loadAllExercises, loadExercise, PageLane } from "./grade-in-page.ts"

const SLOW_START = 60_000

/** Loads all that grading needs, so that the page asks for nothing while it grades. */
export async function prepare(): Promise<void> {
  await loadAllExercises()
  const lane = new PageLane()
  try {
    await lane.run({ ...valueJob("softmax(tensor([1, 2])).sum().item()", 0), limit: SLOW_START })
  } finally {
    lane.close()
  }
}

export function gradeFiles(
  files: readonly ClassFile[],
  watcher: Pick<ClassHost, "tell" | "isStopped">,
): Promise<Graded> {
  const host = { exercise: loadExercise, book: version, lanes: 1, openLane: () => new PageLane() }
  return gradeClass(files, { ...host, ...watcher })
}
