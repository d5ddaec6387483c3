/** @file Says once on a page that the browser does not keep what the reader does. Knows no reason and no key. */
import { whenRefused } from "./store.ts"

let said = false

whenRefused(() => {
  if (said) return
  said = true
  import("./storage-refused.ts").then(({ tellRefused }) => tellRefused())
})
