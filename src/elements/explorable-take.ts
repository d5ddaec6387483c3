/** @file Takes the code of an explorable's state into a scratchpad of its own, where it is shown and can be run. */
import { link } from "../site.ts"
import { createPad } from "./scratch-store.ts"

/** Leaves the page. */
export function openInScratchpad(title: string, source: string): void {
  location.assign(`${link("scratchpad/")}?pad=${createPad(title, [{ id: "c1", title, source }])}`)
}
