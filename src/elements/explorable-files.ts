/** @file Where the explorables are, by name: a list that grows with the book, and is loaded when one comes near. */
import type { Explorable } from "../explorables/lib/explorable.ts"

const files = import.meta.glob<{ default: Explorable }>("../explorables/*.ts")

/** Throws an Error for a name that the book does not have. */
export async function loadExplorable(name: string): Promise<Explorable> {
  const find = files[`../explorables/${name}.ts`]
  if (!find) throw new Error(`nn-explorable: there is no src/explorables/${name}.ts.`)
  return (await find()).default
}
