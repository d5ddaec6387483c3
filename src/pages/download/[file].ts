/**
 * @file What a lesson needs when it is taken away: the module of all that cells see, its names, the data. Fetched when a
 * reader downloads.
 */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { APIRoute } from "astro"
import { contentRoot } from "../../build/content-root.ts"
import { libraryNames, programModule } from "../../build/program-module.ts"

const contents: Record<string, { type: string; make: () => Promise<string | Uint8Array<ArrayBuffer>> }> = {
  "descent.js": { type: "text/javascript", make: programModule },
  "names.json": { type: "application/json", make: async () => JSON.stringify(libraryNames()) },
  "digits.bin": { type: "application/octet-stream", make: () => data("digits.bin") },
  "iris.csv": { type: "text/csv", make: () => data("iris.csv") },
}

async function data(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(join(contentRoot, "data", name)))
}

export function getStaticPaths() {
  return Object.keys(contents).map((file) => ({ params: { file } }))
}

export const GET: APIRoute = async ({ params }) => {
  const { type, make } = contents[params.file ?? ""]
  return new Response(await make(), { headers: { "content-type": type } })
}
