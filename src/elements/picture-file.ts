/**
 * @file A drawing of the page as a file of its own, as it is seen: colours of the theme, legends and titles that are
 * text on the page. Knows neither Plot nor cells.
 */

const SVG = "http://www.w3.org/2000/svg"
const TEXTS = ["font-family", "font-size", "font-weight", "font-style"]
const STYLES = [
  ...TEXTS,
  "text-anchor",
  "paint-order",
  "color",
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "visibility",
]
const MARGIN = 8

interface Picture {
  svg: SVGSVGElement
  width: number
  height: number
}

/** The drawing as SVG text. */
export function svgText(drawing: HTMLElement): string {
  return new XMLSerializer().serializeToString(picture(drawing).svg)
}

/** The drawing as PNG, twice as fine as on the page. */
export async function pngBlob(drawing: HTMLElement): Promise<Blob> {
  const { svg, width, height } = picture(drawing)
  const image = new Image()
  const text = new XMLSerializer().serializeToString(svg)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = Math.ceil(2 * width)
  canvas.height = Math.ceil(2 * height)
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("this browser made no picture of it"))))
  })
}

function picture(drawing: HTMLElement): Picture {
  const box = drawing.getBoundingClientRect()
  // A wide still scrolls in its box: the file has all of it.
  const width = Math.max(box.width, drawing.scrollWidth) + 2 * MARGIN
  const height = Math.max(box.height, drawing.scrollHeight) + 2 * MARGIN
  const svg = document.createElementNS(SVG, "svg")
  set(svg, { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height })
  const title = document.createElementNS(SVG, "title")
  title.textContent =
    drawing.getAttribute("aria-label") ?? drawing.querySelector("[aria-label]")?.ariaLabel ?? "Figure"
  const paper = document.createElementNS(SVG, "rect")
  set(paper, { width: "100%", height: "100%", fill: colourBehind(drawing) })
  svg.append(title, paper)
  const origin = { x: box.left - drawing.scrollLeft - MARGIN, y: box.top - drawing.scrollTop - MARGIN }
  collect(drawing, origin, svg)
  return { svg, width, height }
}

function set(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}

function colourBehind(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(colour)) return colour
  }
  return "white"
}

/** Everything that is seen inside `parent`, each piece where it lies. */
function collect(parent: Element, origin: { x: number; y: number }, into: SVGSVGElement): void {
  for (const node of parent.childNodes) {
    if (node instanceof Text) writeText(node, origin, into)
    if (!(node instanceof Element) || node.getClientRects().length === 0) continue
    const { left, top, width, height } = node.getBoundingClientRect()
    const place = { x: left - origin.x, y: top - origin.y, width, height }
    if (node instanceof SVGSVGElement) {
      const copy = styledCopy(node) as SVGSVGElement
      if (!copy.hasAttribute("viewBox")) set(copy, { viewBox: `0 0 ${width} ${height}` })
      set(copy, place)
      copy.style.overflow = "visible"
      into.append(copy)
    } else if (node instanceof HTMLCanvasElement) {
      const image = document.createElementNS(SVG, "image")
      set(image, { ...place, href: node.toDataURL() })
      into.append(image)
    } else collect(node, origin, into)
  }
}

function writeText(node: Text, origin: { x: number; y: number }, into: SVGSVGElement): void {
  const words = node.data.replace(/\s+/g, " ").trim()
  if (words === "" || !node.parentElement) return
  const range = document.createRange()
  range.selectNodeContents(node)
  const { left, bottom, height } = range.getBoundingClientRect()
  const style = getComputedStyle(node.parentElement)
  const text = document.createElementNS(SVG, "text")
  set(text, { x: left - origin.x, y: bottom - origin.y - height * 0.22, fill: style.color })
  for (const name of TEXTS) text.style.setProperty(name, style.getPropertyValue(name))
  text.textContent = words
  into.append(text)
}

/** A copy that needs no style sheet. */
function styledCopy(element: Element): Element {
  const copy = element.cloneNode(false) as Element
  copy.removeAttribute("class")
  copy.removeAttribute("style")
  for (const { name, value } of [...copy.attributes]) if (/var\(/.test(value)) copy.removeAttribute(name)
  const style = getComputedStyle(element)
  const parent = element.parentElement && getComputedStyle(element.parentElement)
  for (const name of STYLES) {
    const value = style.getPropertyValue(name)
    // Opacity is not inherited, and multiplies.
    const isGiven =
      name === "opacity"
        ? value !== "1"
        : element instanceof SVGSVGElement || value !== parent?.getPropertyValue(name)
    if (isGiven && "style" in copy) (copy as SVGElement).style.setProperty(name, value)
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      if (child.localName !== "style") copy.append(styledCopy(child))
    } else copy.append(child.cloneNode())
  }
  return copy
}
