/** @file The few parts of a document that Observable Plot draws on, written out as markup. No parser, no layout, no events. */
import { rgb } from "d3-color"

/** Makes a picture's address of its pixels, four bytes each, rows from the top. */
export type MakePicture = (width: number, height: number, rgba: Uint8ClampedArray) => string

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const escapeText = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c])

/** Coordinates to a tenth of a pixel in paths, else to a hundredth; words that happen to hold a number stay as they are. */
const GEOMETRY =
  /^(d|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|dx|dy|width|height|transform|points|viewBox|stroke-width)$/
const rounded = (name: string, value: string): string =>
  value.replace(/\d+\.\d{2,}(?!em)/g, (n) => String(Number(Number(n).toFixed(name === "d" ? 1 : 2))))

type Child = MiniElement | MiniText

abstract class MiniNode {
  readonly ownerDocument: MiniDocument
  parentNode: MiniParent | null = null
  readonly isConnected = false

  constructor(ownerDocument: MiniDocument) {
    this.ownerDocument = ownerDocument
  }

  abstract get textContent(): string

  get nextSibling(): Child | null {
    const siblings = this.parentNode?.childNodes
    return siblings?.[siblings.indexOf(this as unknown as Child) + 1] ?? null
  }

  remove(): void {
    this.parentNode?.removeChild(this as unknown as Child)
  }

  addEventListener(): void {}
  removeEventListener(): void {}
  dispatchEvent(): void {}
}

export class MiniText extends MiniNode {
  readonly nodeType = 3
  data: string

  constructor(ownerDocument: MiniDocument, data: string) {
    super(ownerDocument)
    this.data = data
  }

  get textContent(): string {
    return this.data
  }

  get outerHTML(): string {
    return escapeText(this.data)
  }

  cloneNode(): MiniText {
    return new MiniText(this.ownerDocument, this.data)
  }
}

abstract class MiniParent extends MiniNode {
  readonly childNodes: Child[] = []

  get firstChild(): Child | null {
    return this.childNodes[0] ?? null
  }

  get children(): MiniElement[] {
    return this.childNodes.filter((child) => child instanceof MiniElement)
  }

  insertBefore<T extends Child | MiniFragment>(node: T, next: Child | null): T {
    if (node instanceof MiniFragment) {
      for (const child of [...node.childNodes]) this.insertBefore(child, next)
      return node
    }
    node.remove()
    const at = next ? this.childNodes.indexOf(next) : -1
    this.childNodes.splice(at < 0 ? this.childNodes.length : at, 0, node)
    node.parentNode = this
    return node
  }

  appendChild<T extends Child | MiniFragment>(node: T): T {
    return this.insertBefore(node, null)
  }

  append(...nodes: (Child | MiniFragment | string)[]): void {
    for (const node of nodes) {
      this.appendChild(typeof node === "object" ? node : this.ownerDocument.createTextNode(String(node)))
    }
  }

  removeChild(node: Child): Child {
    const at = this.childNodes.indexOf(node)
    if (at >= 0) this.childNodes.splice(at, 1)
    node.parentNode = null
    return node
  }

  get textContent(): string {
    return this.childNodes.map((child) => child.textContent).join("")
  }

  set textContent(text: string) {
    for (const child of [...this.childNodes]) child.remove()
    if (text !== "") this.append(String(text))
  }

  /** Everything below with this tag name; `*` for all. */
  querySelectorAll(name: string): MiniElement[] {
    return this.children.flatMap((child) => [
      ...(name === "*" || child.localName === name ? [child] : []),
      ...child.querySelectorAll(name),
    ])
  }

  querySelector(name: string): MiniElement | null {
    return this.querySelectorAll(name)[0] ?? null
  }
}

class MiniFragment extends MiniParent {
  readonly nodeType = 11
}

/** `style.maxWidth = "…"` and `style.setProperty("max-width", "…")` alike. */
function styleOf(rules: Map<string, string>): Record<string, unknown> {
  const methods: Record<string, unknown> = {
    setProperty: (name: string, value: string) => rules.set(name, value),
    removeProperty: (name: string) => rules.delete(name),
    getPropertyValue: (name: string) => rules.get(name) ?? "",
  }
  return new Proxy(methods, {
    set(_, name, value) {
      rules.set(
        String(name).replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`),
        String(value),
      )
      return true
    },
  })
}

export class MiniElement extends MiniParent {
  readonly nodeType = 1
  readonly namespaceURI: string
  readonly attributes = new Map<string, string>()
  localName: string
  readonly #rules = new Map<string, string>()
  readonly style = styleOf(this.#rules)

  constructor(ownerDocument: MiniDocument, name: string, namespaceURI: string) {
    super(ownerDocument)
    this.localName = name
    this.namespaceURI = namespaceURI
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value))
  }

  setAttributeNS(_: string, name: string, value: unknown): void {
    this.setAttribute(name.startsWith("xlink:") ? "href" : name, value)
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name)
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name)
  }

  set className(value: string) {
    this.setAttribute("class", value)
  }

  cloneNode(deep: boolean): MiniElement {
    const copy = new MiniElement(this.ownerDocument, this.localName, this.namespaceURI)
    for (const [name, value] of this.attributes) copy.attributes.set(name, value)
    if (deep) for (const child of this.childNodes) copy.append(child.cloneNode(true))
    return copy
  }

  get outerHTML(): string {
    let open = `<${this.localName}`
    for (const [name, value] of this.attributes) {
      open += ` ${name}="${escapeText(GEOMETRY.test(name) ? rounded(name, value) : value)}"`
    }
    const rules = [...this.#rules].map(([name, value]) => `${name}:${value}`).join(";")
    if (rules) open += ` style="${escapeText(rules)}"`
    const inner = this.childNodes.map((child) => child.outerHTML).join("")
    return `${open}>${inner}</${this.localName}>`
  }
}

/** Only the pixels that Plot's raster mark and colour ramp write. */
class MiniCanvas extends MiniElement {
  width = 300
  height = 150
  #pixels = new Uint8ClampedArray(0)

  #grid(): Uint8ClampedArray {
    const size = this.width * this.height * 4
    if (this.#pixels.length !== size) this.#pixels = new Uint8ClampedArray(size)
    return this.#pixels
  }

  getContext(): object {
    const grid = () => this.#grid()
    const canvas = this
    return {
      fillStyle: "black",
      createImageData: (width: number, height: number) => ({
        data: new Uint8ClampedArray(width * height * 4),
      }),
      putImageData: (image: { data: Uint8ClampedArray }) => grid().set(image.data),
      fillRect(this: { fillStyle: string }, left: number, top: number, width: number, height: number) {
        const { r, g, b, opacity } = rgb(this.fillStyle)
        for (let y = top; y < top + height; y++) {
          for (let x = left; x < left + width; x++)
            grid().set([r, g, b, opacity * 255], (y * canvas.width + x) * 4)
        }
      },
    }
  }

  toDataURL(): string {
    return this.ownerDocument.picture(this.width, this.height, this.#grid())
  }
}

/** A document to hand to Observable Plot as its `document` option. */
export class MiniDocument {
  readonly documentElement: MiniElement
  readonly body: MiniElement
  readonly defaultView = { Event: class {}, devicePixelRatio: 1, document: this }
  readonly picture: MakePicture

  constructor(picture: MakePicture) {
    this.picture = picture
    this.documentElement = this.createElement("html")
    this.body = this.documentElement.appendChild(this.createElement("body"))
  }

  createElement(name: string): MiniElement {
    const html = "http://www.w3.org/1999/xhtml"
    return name === "canvas" ? new MiniCanvas(this, name, html) : new MiniElement(this, name, html)
  }

  createElementNS(namespace: string, name: string): MiniElement {
    return new MiniElement(this, name, namespace)
  }

  createTextNode(text: string): MiniText {
    return new MiniText(this, String(text))
  }

  createDocumentFragment(): MiniFragment {
    return new MiniFragment(this)
  }
}
