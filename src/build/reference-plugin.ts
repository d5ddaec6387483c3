/** @file Vite plugin: `virtual:reference` holds the reference of the engine, with its examples run. Knows no page. */
import type { Plugin } from "vite"
import { type Reference, reference } from "./reference.ts"

const ID = "virtual:reference"

export function referencePlugin(): Plugin {
  let made: Promise<Reference> | undefined
  return {
    name: "descent:reference",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    async load(id) {
      if (id !== `\0${ID}`) return
      made ??= reference()
      return `export default ${JSON.stringify(await made)}`
    },
  }
}
