/**
 * @file What axe finds to mend on a page, by the rules of WCAG 2.2 AA and of good practice, in whatever browser. Knows no
 * page.
 */
import axe from "axe-core"
import type { Page } from "playwright-core"
import { recolour } from "./browser.ts"

const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  // The only frames of a page are hidden ones in which cells run.
  iframes: false,
}
/** Parts of the editor that it keeps out of sight: what it says aloud, and details that are not open. */
const exclude = [".monaco-aria-container", ".suggest-details-container"]

/** Colours on their way from one theme to the other arrive. (Firefox never lets one arrive that is folded away.) */
const settled = `(async () => {
  for (;;) {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const under = document.getAnimations().filter((one) => one instanceof CSSTransition)
    if (under.length === 0) return
    for (const one of under) one.finish()
  }
})()`

/** A page of either browser's driver. */
interface Inspected {
  evaluate(program: string): Promise<unknown>
}

/** A line for each fault in these parts of the page, selectors, or in all of it: all of a lesson takes seconds. */
export const faults = (page: Inspected, ...parts: string[]): Promise<string[]> =>
  inspect(page, parts, options)

async function inspect(page: Inspected, parts: string[], how: object): Promise<string[]> {
  const include = parts.length > 0 ? parts : ["html"]
  if (!(await page.evaluate(`"axe" in window`))) await page.evaluate(axe.source)
  await page.evaluate(settled)
  const found = await page.evaluate(`axe.run(${JSON.stringify({ include, exclude })}, ${JSON.stringify(how)})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 300) + ": " + failureSummary)))`)
  return found as string[]
}

/** Rules about colours, which alone differ from theme to theme. */
const colours = { ...options, runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }

/** What is wrong with the colours that the page has now. */
export const colourFaults = (page: Inspected, ...parts: string[]): Promise<string[]> =>
  inspect(page, parts, colours)

/** The same in the light colours, and then what is wrong with the dark ones. */
export async function faultsInBothThemes(page: Page, ...parts: string[]): Promise<string[]> {
  await recolour(page, "light")
  const light = await faults(page, ...parts)
  await recolour(page, "dark")
  const dark = await colourFaults(page, ...parts)
  return [...light.map((fault) => `light: ${fault}`), ...dark.map((fault) => `dark: ${fault}`)]
}
