/** @file What a reader is told when the browser keeps nothing, and the file that is offered instead. */
import { saveEverything } from "./belongings.ts"
import { tellPage } from "./page-notice.ts"

export function tellRefused(): void {
  tellPage(
    "This browser does not keep your work: its storage is full, or closed to this page. Everything is here until you close this page.",
    { "Save my work to a file": saveEverything },
  )
}
