/** @file A PNG picture from RGBA pixels, as a data URL. Knows nothing of canvases or figures. */
import { crc32, deflateSync } from "node:zlib"

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

/** `rgba` holds width · height · 4 bytes, rows from the top. Opaque pictures are stored without alpha. */
export function pngDataUrl(width: number, height: number, rgba: Uint8ClampedArray): string {
  let opaque = true
  for (let i = 3; i < rgba.length && opaque; i += 4) opaque = rgba[i] === 255
  const channels = opaque ? 3 : 4
  const line = width * channels + 1
  const raw = Buffer.alloc(line * height)
  for (let y = 0; y < height; y++) {
    const start = y * line
    raw[start] = 1 // the filter "Sub": smooth fields become runs of small differences
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const at = (y * width + x) * 4 + c
        raw[start + 1 + x * channels + c] = rgba[at] - (x > 0 ? rgba[at - 4] : 0)
      }
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, opaque ? 2 : 6, 0, 0, 0], 8)
  const png = Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ])
  return `data:image/png;base64,${png.toString("base64")}`
}
