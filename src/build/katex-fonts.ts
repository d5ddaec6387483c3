/**
 * @file Vite plugin: KaTeX's style sheet as the book wants it. Of its sixty font files only the woff2, which every
 * supported browser reads; its rules below ours, in the layer `base`, without those for options that the book never sets.
 */
import type { Plugin } from "vite"

export function katexFonts(): Plugin {
  return {
    name: "descent:katex-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!/katex(?:\.min)?\.css(?:\?|$)/.test(id)) return undefined
      const rules = code
        .replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, "")
        .replace(/(?<=\})\.katex(?:-display\.(?:leqno|fleqn)| \.katex-version)[^{,]*\{[^}]*\}/g, "")
      return `@layer base{${rules}}`
    },
  }
}
