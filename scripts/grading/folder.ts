/** @file The files of a folder that may be submissions, however they are named and nested. Reads none of them by itself. */
import { lstatSync, readdirSync, type Stats, statSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import type { Collected } from "../../src/notebook/class-archives.ts"
import { type ClassFile, kindOf } from "../../src/notebook/class-files.ts"

const MOST_DEEP = 8

/** Of a folder, or of a zip archive in its place. Throws: Error if it cannot be opened. Names are bytes here: not every name is text. */
export function filesIn(folder: string): Collected {
  const found: Collected = { files: [], others: 0 }
  if (kindOf(folder) === "archive" && statSync(folder).isFile())
    return { files: [fileAt(Buffer.from(folder), basename(folder))], others: 0 }
  walk(Buffer.from(folder), "", 0, found)
  return found
}

function walk(path: Buffer, shown: string, depth: number, found: Collected): void {
  for (const entry of readdirSync(path, { withFileTypes: true, encoding: "buffer" })) {
    const name = `${shown}${entry.name.toString()}`
    const inside = Buffer.concat([path, Buffer.from("/"), entry.name])
    if (entry.isDirectory()) enter(inside, `${name}/`, depth + 1, found)
    else if (kindOf(name) === "other") found.others++
    else if (kindOf(name) !== "hidden") found.files.push(fileAt(inside, name))
  }
}

function enter(path: Buffer, shown: string, depth: number, found: Collected): void {
  try {
    if (depth > MOST_DEEP) throw new Error(`the folder lies more than ${MOST_DEEP} deep`)
    walk(path, shown, depth, found)
  } catch (error) {
    found.files.push({ name: shown, bytes: 0, read: () => Promise.reject(plainly(error)) })
  }
}

/** Pipes and devices would never end, and a link may lead to what nobody has handed in. */
function fileAt(path: Buffer, name: string): ClassFile {
  let stat: Stats
  try {
    stat = lstatSync(path)
    if (!stat.isFile())
      throw new Error(stat.isSymbolicLink() ? "it is a link, not a file" : "it is not a plain file")
  } catch (error) {
    return { name, bytes: 0, read: () => Promise.reject(plainly(error)) }
  }
  const read = async () => {
    try {
      return new Uint8Array(await readFile(path))
    } catch (error) {
      throw plainly(error)
    }
  }
  return { name, bytes: stat.size, read }
}

/** The system's reason without the path, which may hold anything. */
function plainly(error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException
  return new Error(code ? `it cannot be opened (${code})` : message)
}
