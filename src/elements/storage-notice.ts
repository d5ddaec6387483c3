/** @file Says once on a page that the browser does not keep what the reader does, or kept it damaged. Knows no key. */
import { damagedKeys, whenDamaged, whenRefused } from "./store.ts"

let said = false

whenRefused(() => {
  if (said) return
  said = true
  import("./storage-refused.ts").then(({ tellRefused }) => tellRefused())
})

whenDamaged(() => {
  // What is refused besides is the graver news.
  if (!said) import("./storage-refused.ts").then(({ tellDamaged }) => tellDamaged(damagedKeys()))
})
