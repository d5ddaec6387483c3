/** @file What the path of a lesson says: its id, its number and its part. Knows nothing of its text. */

export interface LessonPath {
  /** Relative to the project, with forward slashes. */
  file: string
  /** The slug without its number; unique in the book, used in links and stored state. */
  id: string
  number: number
  /** Folder of the part: `04-gradients`. */
  part: string
  partNumber: number
}

/** `content/04-gradients/17-gradient-descent.mdx` → lesson 17, "gradient-descent", of part 4. */
export function lessonPath(file: string): LessonPath | undefined {
  const path = file.replaceAll("\\", "/")
  const match = /(?:^|\/)((\d+)-[a-z0-9-]+)\/(\d+)-([a-z0-9-]+)\.mdx$/.exec(path)
  if (!match) return undefined
  return { file: path, part: match[1], partNumber: Number(match[2]), number: Number(match[3]), id: match[4] }
}
