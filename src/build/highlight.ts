/** @file Code → highlighted HTML text at build, in the book's colours. For cells, exercises and explorables. */
import { satteriCreateHighlightFn } from "@astrojs/markdown-satteri"
import { codeHighlighting } from "./code-theme.ts"
import { escapeHtml } from "./escape-html.ts"

interface Hast {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Hast[]
}

let highlighter: ReturnType<typeof satteriCreateHighlightFn> | undefined

/** `<pre class="code" tabindex="0"><code>…</code></pre>`; tokens that have a colour stand in a `<span>`. */
export async function highlight(source: string, lang = "ts"): Promise<string> {
  return toHtml((await tree(source, lang)) as Hast)
}

/** Only what stands inside `<code>`: for components that make their own `<pre>`. */
export async function highlightLines(source: string, lang = "ts"): Promise<string> {
  const pre = (await tree(source, lang)) as Hast
  return (pre.children?.[0]?.children ?? []).map(toHtml).join("")
}

async function tree(source: string, lang: string): Promise<unknown> {
  highlighter ??= satteriCreateHighlightFn("shiki", codeHighlighting)
  const run = await highlighter
  if (!run) throw new Error("highlight: Shiki could not be loaded; run npm install.")
  return run(source.replace(/\n$/, ""), lang)
}

function toHtml(node: Hast): string {
  if (node.type === "text") return escapeHtml(node.value ?? "").replaceAll("&quot;", '"')
  const inner = (node.children ?? []).map(toHtml).join("")
  if (node.type !== "element" || isLine(node)) return inner
  const properties = Object.entries(node.properties ?? {})
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(" ") : String(value)
      return ` ${name === "className" ? "class" : name.toLowerCase()}="${escapeHtml(text)}"`
    })
  return `<${node.tagName}${properties.join("")}>${inner}</${node.tagName}>`
}

/** Shiki wraps each line in an element of its own: bytes that no reader sees. */
function isLine({ properties }: Hast): boolean {
  const names = properties?.className ?? properties?.class
  return (Array.isArray(names) ? names.join(" ") : names) === "line"
}
