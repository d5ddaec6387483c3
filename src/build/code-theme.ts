/**
 * @file The colours of code: six token classes whose colours are CSS variables, so that one HTML serves light and
 * dark. Knows nothing of where code stands.
 */
import type { ShikiConfig } from "astro"

type Transformer = NonNullable<ShikiConfig["transformers"]>[number]

/** Stand-in colour → class. The colours never reach the page. */
const classes: Record<string, string> = {
  "#000001": "tk",
  "#000002": "ts",
  "#000003": "tn",
  "#000004": "tc",
  "#000005": "tf",
  "#000006": "tt",
}

const rule = (foreground: string, ...scope: string[]) => ({ scope, settings: { foreground } })

export const codeTheme = {
  name: "descent",
  type: "light" as const,
  fg: "#000000",
  bg: "#ffffff",
  settings: [
    { settings: { foreground: "#000000", background: "#ffffff" } },
    rule(
      "#000001",
      "keyword",
      "storage",
      "variable.language.this",
      "keyword.operator.new",
      "keyword.operator.expression",
    ),
    rule(
      "#000000",
      "keyword.operator",
      "storage.type.function.arrow",
      "punctuation",
      "keyword.operator.type",
    ),
    rule("#000002", "string", "punctuation.definition.string", "string.regexp", "constant.character.escape"),
    rule("#000003", "constant.numeric", "constant.language"),
    rule("#000004", "comment", "punctuation.definition.comment"),
    rule("#000005", "entity.name.function", "support.function", "meta.function-call.generic.python"),
    rule(
      "#000006",
      "entity.name.type",
      "support.type",
      "support.class",
      "entity.name.class",
      "entity.other.inherited-class",
    ),
  ],
}

/** `style="color:#000001"` → `class="tk"`; plain text loses its span. */
const shortSpans: Transformer = {
  name: "descent:short-spans",
  pre(node) {
    delete node.properties.style
  },
  line(line) {
    line.children = line.children.flatMap((span) => {
      if (span.type !== "element") return [span]
      const colour = /#[0-9a-f]{6}/i.exec(String(span.properties.style ?? ""))?.[0].toLowerCase()
      const name = colour && classes[colour]
      if (!name) return span.children
      span.properties = { class: name }
      return [span]
    })
  },
}

/** For `markdown.shikiConfig` and for every other place that highlights. */
export const codeHighlighting = {
  theme: codeTheme,
  transformers: [shortSpans],
  langs: [],
} satisfies Partial<ShikiConfig>
