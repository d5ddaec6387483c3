/** @file What a reader is told when the browser keeps nothing, or kept something damaged, and the file that is offered. */
import { belongingOf, saveEverything } from "./belongings.ts"
import { tellPage } from "./page-notice.ts"

export function tellRefused(): void {
  tellPage(
    "This browser does not keep your work: its storage is full, or closed to this page. Everything is here until you close this page.",
    { "Save my work to a file": saveEverything },
  )
}

export function tellDamaged(keys: readonly string[]): void {
  const names = [...new Set(keys.map(belongingOf))]
  const what =
    names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ")
  tellPage(
    `Some of what this browser kept for you is damaged and cannot be read: ${what}. What could be read of it is in its place; the damaged text itself is kept, and goes into the file with your work.`,
    { "Save my work to a file": saveEverything },
  )
}
