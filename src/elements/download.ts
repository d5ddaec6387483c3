/** @file A lesson as it stands on the page, with the reader's edits, as files to take away. */
export async function downloadProgram(lesson: string): Promise<string> {
  return lesson
}
export async function downloadNotebook(lesson: string): Promise<string> {
  return lesson
}
