/** @file What axe finds in a page that Firefox shows. */
import axe from "axe-core"
import type { Page } from "puppeteer-core"

/** Parts of the editor that it keeps out of sight: what it says aloud, and details that are not open. */
const unseen = [".monaco-aria-container", ".suggest-details-container"]
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** One line for each fault in `part`, which is the whole page where nothing is said. */
export async function axeFinds(page: Page, part = "html"): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(
    async (include, exclude, values) => {
      const { violations } = await window.axe.run({ include, exclude }, { runOnly: { type: "tag", values } })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
      )
    },
    part,
    unseen,
    tags,
  )
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
