/** @file Is a piece of HTML or SVG text well-formed? A strict reader of tags; knows no meaning of any. */

const VOID = new Set(["input", "br", "hr", "img", "link", "meta"])
const BOOLEAN = new Set([
  "hidden",
  "checked",
  "open",
  "selected",
  "data-describe",
  "data-which",
  "data-clock",
  "data-speed",
])
BOOLEAN.add("data-stride").add("data-question").add("data-skip")

/** The first thing wrong, or "" if every tag is closed, every attribute quoted and every & an entity. */
export function wellFormed(text: string): string {
  const open: string[] = []
  let at = 0
  while (at < text.length) {
    const next = text.indexOf("<", at)
    const words = text.slice(at, next < 0 ? undefined : next)
    if (/>|&(?!(amp|lt|gt|quot);)/.test(words)) return `bare > or & in “${words}”`
    if (next < 0) break
    const tag = /^<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/.exec(text.slice(next))
    if (!tag) return `not a tag: ${text.slice(next, next + 60)}`
    const [whole, closing, name, attributes, empty] = tag as unknown as [
      string,
      string,
      string,
      string,
      string,
    ]
    const names = [...attributes.matchAll(/\s([\w:-]+)(="[^"]*")?/g)]
    for (const [, key, value] of names)
      if (!value && !BOOLEAN.has(key!)) return `${name}: ${key} has no value`
    if (new Set(names.map(([, key]) => key)).size < names.length) return `${name}: an attribute stands twice`
    if (/&(?!(amp|lt|gt|quot);)/.test(attributes)) return `${name}: bare & in an attribute`
    if (closing && open.pop() !== name) return `</${name}> closes something else`
    if (!closing && !empty && !VOID.has(name)) open.push(name)
    at = next + whole.length
  }
  return open.length === 0 ? "" : `<${open.at(-1)}> is never closed`
}
