/** @file The submissions that lie in zip archives, as a course's server hands them out. Knows no folder and no page. */
import { type ClassFile, kindOf, MAX_BYTES } from "./class-files.ts"
import { zipEntries } from "./zip-read.ts"

export interface Collected {
  files: ClassFile[]
  /** How many files can be no submissions. */
  others: number
}

const MOST_PACKED = 200 * 2 ** 20

/** The same files, with those of the archives among them in the place of these. Archives in archives stay closed. */
export async function openArchives({ files, others }: Collected): Promise<Collected> {
  const found: Collected = { files: [], others }
  for (const file of files)
    if (kindOf(file.name) === "archive") await open(file, found)
    else found.files.push(file)
  return found
}

async function open(archive: ClassFile, found: Collected): Promise<void> {
  try {
    if (archive.bytes > MOST_PACKED) throw new Error(`the archive is larger than ${MOST_PACKED / 2 ** 20} MB`)
    const content = await archive.read()
    if (typeof content === "string") throw new Error("the file is no zip archive")
    for (const { name: inside, bytes, read } of zipEntries(content)) {
      const name = `${archive.name}/${inside.replaceAll("\\", "/")}`
      const kind = kindOf(inside.replaceAll("\\", "/"))
      if (kind === "submission") found.files.push({ name, bytes, read: () => read(MAX_BYTES) })
      else if (kind !== "hidden") found.others++
    }
  } catch (error) {
    // It stands among the grades as a file that cannot be read, with the reason.
    found.files.push({ ...archive, bytes: 0, read: () => Promise.reject(error) })
  }
}
