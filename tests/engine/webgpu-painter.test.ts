/**
 * @file Reading the GPU by way of canvases, with canvases of our own that behave as the standard says, since neither
 * Node nor a browser without a screen has any: opaque ones forget alpha, others spoil colours.
 */
import { afterEach, expect, test, vi } from "vitest"
import type { Gpu } from "../../engine/backend/webgpu/device.ts"
import { Painter } from "../../engine/backend/webgpu/painter.ts"

interface Copy {
  bytes: Uint8Array
  offset: number
  bytesPerRow: number
  canvas: Canvas
  size: readonly [number, number]
}

class Canvas {
  readonly width: number
  readonly pixels: Uint8Array
  alphaMode = "opaque"
  format = "rgba8unorm"

  constructor(width: number, height: number) {
    this.width = width
    this.pixels = new Uint8Array(4 * width * height)
  }

  /** Pixel number i as a drawing shows it. */
  seen(i: number): number[] {
    const [x, g, z, a] = this.pixels.subarray(4 * i, 4 * i + 4)
    const [r, b] = this.format === "bgra8unorm" ? [z, x] : [x, z]
    if (this.alphaMode === "opaque") return [r, g, b, 255]
    return [...[r, g, b].map((c) => (a === 0 ? 0 : Math.min(255, Math.round((c * 255) / a)))), a]
  }

  getContext(kind: string) {
    if (kind === "webgpu")
      return {
        configure: ({ alphaMode, format }: { alphaMode: string; format: string }) => {
          this.alphaMode = alphaMode
          this.format = format
        },
        getCurrentTexture: () => this,
      }
    return {
      clearRect: () => this.pixels.fill(0),
      drawImage: (from: Canvas) => {
        for (let i = 0; i < this.pixels.length / 4; i++) this.pixels.set(from.seen(i), 4 * i)
      },
      getImageData: (_x: number, _y: number, width: number, height: number) => {
        const data = new Uint8ClampedArray(4 * width * height)
        for (let y = 0; y < height; y++) {
          const row = 4 * this.width * y
          data.set(this.pixels.subarray(row, row + 4 * width), 4 * width * y)
        }
        return { data }
      },
    }
  }
}

/** A device whose only command is the copy from a buffer to a canvas. */
function deviceOf(): GPUDevice {
  const copy = ({ bytes, offset, bytesPerRow, canvas, size: [width, height] }: Copy) => {
    if (height > 1 && bytesPerRow % 256 !== 0) throw new Error("rows must be a multiple of 256 bytes")
    for (let y = 0; y < height; y++) {
      const at = offset + y * bytesPerRow
      canvas.pixels.set(bytes.subarray(at, at + 4 * width), 4 * canvas.width * y)
    }
  }
  return {
    createBuffer: ({ size }: { size: number }) => ({ bytes: new Uint8Array(size), destroy: () => {} }),
    createCommandEncoder: () => {
      let asked: Copy
      return {
        copyBufferToTexture: (
          { buffer, ...from }: { buffer: { bytes: Uint8Array }; offset: number; bytesPerRow: number },
          { texture }: { texture: Canvas },
          size: readonly [number, number],
        ) => {
          asked = { ...from, bytes: buffer.bytes, canvas: texture, size }
        },
        finish: () => asked,
      }
    },
    queue: {
      submit: (list: Copy[]) => list.forEach(copy),
      writeBuffer: (buffer: { bytes: Uint8Array }, at: number, values: Uint8Array) =>
        buffer.bytes.set(values, at),
    },
  } as unknown as GPUDevice
}

const open = (canvasFormat: GPUTextureFormat = "rgba8unorm") =>
  Painter.open({ device: deviceOf(), canvasFormat } as Gpu)
afterEach(() => vi.unstubAllGlobals())

test.each(["rgba8unorm", "bgra8unorm"] as const)(
  "gives back the bytes of a buffer in %s, for any number of rows and canvases",
  (format) => {
    vi.stubGlobal("OffscreenCanvas", Canvas)
    const painter = open(format) as Painter
    for (const size of [0, 4, 12, 1024, 1028, 4096, 262_144, 262_148, 600_004]) {
      const bytes = Uint8Array.from({ length: size + 256 }, (_, i) => (i * 31 + (i >> 9)) & 255)
      const buffer = { bytes } as unknown as GPUBuffer
      expect(Buffer.from(painter.read(buffer, 256, size)).equals(bytes.subarray(256))).toBe(true)
    }
  },
)

test("is not to be had where there are no canvases, or where they give back other pixels", () => {
  expect(open()).toBeUndefined()
  class Disguised extends Canvas {
    override seen(i: number): number[] {
      const pixel = super.seen(i)
      return i === 300 ? pixel.map((byte) => byte ^ 1) : pixel
    }
  }
  vi.stubGlobal("OffscreenCanvas", Disguised)
  expect(open()).toBeUndefined()
})
