/** @file The files that somebody drops on the page or chooses: a folder with what lies in it, or some files. Opens none. */
import type { Collected } from "../notebook/class-archives.ts"
import { kindOf } from "../notebook/class-files.ts"

/** Of a file input; a chosen folder's own name is no part of the names in it. */
export function filesOfInput(list: FileList): Collected {
  const chosen: Collected = { files: [], others: 0 }
  for (const file of list) add(chosen, file.webkitRelativePath.replace(/^[^/]*\//, "") || file.name, file)
  return chosen
}

/** To be called while the event is handled; what was dropped is gone afterwards. */
export async function filesOfDrop({ items, files }: DataTransfer): Promise<Collected> {
  const chosen: Collected = { files: [], others: 0 }
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return filesOfInput(files)
  const isOneFolder = entries.length === 1 && entries[0].isDirectory
  for (const entry of entries) await walk(entry, isOneFolder ? "" : entry.name, chosen)
  return chosen
}

async function walk(entry: FileSystemEntry, name: string, chosen: Collected): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    add(chosen, name, file)
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const more = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
  // Browsers hand out a hundred at a time, and none at the end.
  for (let batch = await more(); batch.length > 0; batch = await more())
    for (const inside of batch) await walk(inside, name ? `${name}/${inside.name}` : inside.name, chosen)
}

function add(chosen: Collected, name: string, file: File): void {
  const kind = kindOf(name)
  if (kind === "other") chosen.others++
  else if (kind !== "hidden") chosen.files.push({ name, bytes: file.size, read: () => bytesOf(file) })
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    // The browser's own words name neither file nor reason.
    throw new Error("it cannot be opened")
  }
}
