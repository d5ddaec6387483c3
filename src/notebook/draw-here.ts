/** @file Draws a figure that calls functions of its cell, where the cell runs: Observable Plot on a minimal document. */
import * as Plot from "@observablehq/plot"
import { crc32 } from "./crc32.ts"
import { drawSpec } from "./figure-drawing.ts"
import { figureAlt } from "./figure-text.ts"
import { MiniDocument, type MiniElement } from "./minidom.ts"
import type { PlotLibrary } from "./plot-replay.ts"
import { stillMarkup } from "./still-figure.ts"

/** The text column; the SVG scales down on narrower screens. */
const WIDTH = 608
/** Bytes of a block that is stored as it is, at most (RFC 1951). */
const BLOCK = 65_535

/** The figure as markup, once for each theme where it holds pixels. Throws what its functions throw. */
export function drawHere(spec: unknown): string {
  const plan = {
    width: WIDTH,
    alt: figureAlt(spec),
    document: new MiniDocument(plainPng),
    keepsFunctions: true,
  }
  return drawSpec<MiniElement>(Plot as unknown as PlotLibrary, spec, plan)
    .map(({ node, tone }) => stillMarkup(node, tone))
    .join("")
}

/** A PNG whose pixels are stored as they are (RFC 2083): it goes no further than to the page. */
function plainPng(width: number, height: number, rgba: Uint8ClampedArray): string {
  const line = 4 * width + 1
  const raw = new Uint8Array(line * height)
  for (let y = 0; y < height; y++) raw.set(rgba.subarray(y * 4 * width, (y + 1) * 4 * width), y * line + 1)
  const header = new Uint8Array([...bytes(width), ...bytes(height), 8, 6, 0, 0, 0])
  const parts = [
    new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", stored(raw)),
    chunk("IEND", new Uint8Array()),
  ]
  const text = parts.map((part) => Array.from(part, (byte) => String.fromCharCode(byte)).join("")).join("")
  return `data:image/png;base64,${btoa(text)}`
}

const bytes = (n: number): number[] => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255)

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = new Uint8Array(4 + data.length)
  body.set(Array.from(type, (c) => c.charCodeAt(0)))
  body.set(data, 4)
  const all = new Uint8Array(8 + body.length)
  all.set(bytes(data.length))
  all.set(body, 4)
  all.set(bytes(crc32(body)), 4 + body.length)
  return all
}

/** A zlib stream (RFC 1950) of blocks that are not compressed. */
function stored(raw: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(raw.length / BLOCK))
  const all = new Uint8Array(2 + 5 * blocks + raw.length + 4)
  all.set([0x78, 0x01])
  let [a, b] = [1, 0]
  let to = 2
  for (let i = 0; i < blocks; i++) {
    const part = raw.subarray(i * BLOCK, (i + 1) * BLOCK)
    const { length } = part
    all.set([i === blocks - 1 ? 1 : 0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255], to)
    all.set(part, to + 5)
    to += 5 + length
  }
  for (const byte of raw) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  all.set(bytes(((b << 16) | a) >>> 0), to)
  return all
}
