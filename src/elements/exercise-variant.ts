/** @file The variant of an exercise that this reader has: the same after every reload. Knows no numbers of its own. */
import { VARIANTS } from "../../exercises/lib/wording.ts"
import * as store from "./store.ts"

const SEED = "variants"

/** One number for each reader, from which all variants follow. */
function readerSeed(): number {
  const kept = store.get<unknown>(SEED)
  if (typeof kept === "number" && Number.isSafeInteger(kept) && kept >= 0) return kept
  const [seed] = crypto.getRandomValues(new Uint32Array(1))
  store.set(SEED, seed)
  return seed
}

/** From 0, which is the exercise as it is written. */
export function variantOfReader(id: string): number {
  let hash = readerSeed()
  for (const letter of id) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return hash % VARIANTS
}

/** Puts the reader's numbers into whatever part of the exercise names them. */
export function fill(exercise: HTMLElement, part: ParentNode): void {
  const variants = JSON.parse(exercise.dataset.variants!) as Record<string, number | string>[]
  const values = variants[variantOfReader(exercise.dataset.exercise!)]
  for (const place of part.querySelectorAll<HTMLElement>("[data-given]"))
    place.textContent = String(values[place.dataset.given!]).replace("-", "−")
}
