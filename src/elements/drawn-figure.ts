/**
 * @file Markup of a figure that was drawn where a cell runs, as nodes of the page: whatever it says, only shapes and
 * texts come out, copied one by one. Knows no cell.
 */

const SVG = "http://www.w3.org/2000/svg"
const XHTML = "http://www.w3.org/1999/xhtml"
const SHAPES = new Set(
  `svg g path line rect circle ellipse polygon polyline text tspan title desc defs clipPath linearGradient radialGradient
   stop pattern marker image`.split(/\s+/),
)
const BOXES = new Set("figure figcaption div span p".split(" "))
/** Attributes of shapes; whatever loads, runs or lays out is none of them. */
const DRAWN =
  /^(d|[xy][12]?|c[xy]|f[xy]|r[xy]?|d[xy]|width|height|viewBox|points|transform|offset|opacity|fill(-\w+)?|stroke(-\w+)?|color|font-(size|weight|style|variant|family)|text-anchor|paint-order|clip-path|mask|id|role|aria-[a-z]+|stop-(color|opacity)|gradient\w+|pattern\w+|marker-\w+|marker[WU]\w+|ref[XY]|orient|preserveAspectRatio|shape-rendering|image-rendering|data-(tone|still|mark))$/
const MOST = 100_000

/** The drawings in it, one for each theme where there are two. */
export function drawnNodes(markup: string): Element[] {
  const parsed = new DOMParser().parseFromString(markup, "text/html")
  let left = MOST
  const copyOf = (from: Element): Element | undefined => {
    const name = from.localName
    const isShape = from.namespaceURI === SVG && SHAPES.has(name)
    if (left-- <= 0 || !(isShape || BOXES.has(name))) return undefined
    const to = document.createElementNS(isShape ? SVG : XHTML, name)
    for (const { name: key, value } of from.attributes) {
      if (DRAWN.test(key)) to.setAttribute(key, value)
      if (key === "href" && name === "image" && value.startsWith("data:image/png;base64,"))
        to.setAttribute(key, value)
      // Names of our own style sheet for figures, and no others.
      if (key === "class" && /^plot(-[\w-]+)?$/.test(value)) to.setAttribute(key, value)
    }
    for (const child of from.childNodes) {
      const copy = child instanceof Element ? copyOf(child) : document.createTextNode(child.textContent ?? "")
      if (copy) to.append(copy)
    }
    return to
  }
  return [...parsed.body.children].flatMap((child) => copyOf(child) ?? [])
}
