/** @file How the book is built: a static site that works from any path, with no request to anybody else. */
import { satteri } from "@astrojs/markdown-satteri"
import mdx from "@astrojs/mdx"
import sitemap from "@astrojs/sitemap"
import { defineConfig } from "astro/config"
import { bundleText } from "./src/build/bundle-text.ts"
import { cellTypesPlugin } from "./src/build/cell-types.ts"
import { codeHighlighting } from "./src/build/code-theme.ts"
import { compactPages } from "./src/build/compact-pages.ts"
import { katexFonts } from "./src/build/katex-fonts.ts"
import { lessonPlugins } from "./src/build/lesson-plugins.ts"
import { loadedAhead } from "./src/build/loaded-ahead.ts"
import {
  monacoStylesWithTheEditor,
  noSecondTypeScriptWorker,
  slimTypeScriptLibraries,
} from "./src/build/monaco.ts"
import { referencePlugin } from "./src/build/reference-plugin.ts"
import { runCells } from "./src/build/run-cells.ts"

export default defineConfig({
  /** Where the book will be read; needed for canonical links, social pictures and the sitemap. */
  site: process.env.SITE ?? "http://localhost:4321",
  base: process.env.BASE ?? "/",
  outDir: process.env.OUT_DIR ?? "./dist",
  trailingSlash: "ignore",
  /** Line breaks between words stay spaces. */
  compressHTML: true,
  build: { inlineStylesheets: "never" },
  devToolbar: { enabled: false },
  markdown: {
    processor: satteri({ features: { math: true }, mdastPlugins: [lessonPlugins(runCells)] }),
    shikiConfig: codeHighlighting,
  },
  integrations: [mdx(), sitemap({ filter: (page) => !page.endsWith("/404/") }), compactPages()],
  vite: {
    plugins: [
      katexFonts(),
      bundleText(),
      cellTypesPlugin(),
      referencePlugin(),
      noSecondTypeScriptWorker(),
      monacoStylesWithTheEditor(),
      loadedAhead(),
    ],
    worker: { format: "es", plugins: () => [slimTypeScriptLibraries()] },
    build: { target: "esnext", chunkSizeWarningLimit: 9999 },
  },
})
