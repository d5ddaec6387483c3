/** @file Formulas that a cell shows, set with KaTeX once it is loaded; until then they stand there as TeX. */
import { validMathml } from "../notebook/mathml.ts"
import { macros } from "../notebook/tex-macros.ts"

/** Sets every `[data-tex]` in `host`. A formula that KaTeX cannot read stays as its source. */
export async function setFormulas(host: HTMLElement): Promise<void> {
  const places = host.querySelectorAll<HTMLElement>("[data-tex]")
  if (places.length === 0) return
  const { default: katex } = await import("katex")
  for (const place of places) {
    const html = katex.renderToString(place.dataset.tex ?? "", {
      displayMode: place.dataset.display !== undefined,
      output: "htmlAndMathml",
      throwOnError: false,
      macros: { ...macros },
      // The TeX comes from code that was run: no links, no raw HTML, no endless macros.
      trust: false,
      maxExpand: 200,
    })
    place.innerHTML = validMathml(html)
  }
}
