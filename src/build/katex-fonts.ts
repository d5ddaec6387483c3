/** @file Vite plugin: of KaTeX's sixty font files only the woff2, which every supported browser reads, reach the book. */
import type { Plugin } from "vite"

export function katexFonts(): Plugin {
  return {
    name: "descent:katex-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!/katex(?:\.min)?\.css(?:\?|$)/.test(id)) return undefined
      return code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, "")
    },
  }
}
