/**
 * @file Reads the GPU at once, which WebGPU itself does not offer: the bytes are painted on a canvas, four a pixel, and
 * the pixels are asked for. A canvas keeps red, green and blue only where it is opaque, and alpha only where it is not,
 * so everything is painted twice. Browsers that change pixels to hide who their reader is are found out by a sample.
 * Knows no arrays.
 */
import { type Gpu, usage } from "./device.ts"

/** Pixels of a side; a row has 1024 bytes. */
const side = 256
const rowBytes = 4 * side
const copyDstTexture = 0x2

const modes = ["opaque", "premultiplied"] as const

export class Painter {
  readonly #device: GPUDevice
  readonly #sources: readonly { canvas: OffscreenCanvas; context: GPUCanvasContext }[]
  readonly #paper: OffscreenCanvasRenderingContext2D

  /** Where the first three bytes of a pixel are among red, green and blue. */
  readonly #order: readonly [number, number, number]

  constructor({ device, canvasFormat: format }: Gpu, paper: OffscreenCanvasRenderingContext2D) {
    this.#device = device
    this.#order = format === "bgra8unorm" ? [2, 1, 0] : [0, 1, 2]
    this.#paper = paper
    this.#sources = modes.map((alphaMode) => {
      const canvas = new OffscreenCanvas(side, side)
      const context = canvas.getContext("webgpu") as GPUCanvasContext
      context.configure({ device, format, usage: copyDstTexture, alphaMode })
      return { canvas, context }
    })
  }

  /** A painter for this device; undefined where there are no canvases, or they do not give back what they were given. */
  static open(gpu: Gpu): Painter | undefined {
    if (typeof OffscreenCanvas === "undefined") return undefined
    const paper = new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true })
    if (!paper) return undefined
    const painter = new Painter(gpu, paper)
    return painter.#isHonest() ? painter : undefined
  }

  #isHonest(): boolean {
    const sample = Uint8Array.from({ length: 4 * rowBytes }, (_, i) => (i * 167 + (i >> 8) * 59) & 255)
    const size = sample.length
    const buffer = this.#device.createBuffer({ size, usage: usage.copySrc | usage.copyDst })
    this.#device.queue.writeBuffer(buffer, 0, sample)
    const seen = new Uint8Array(this.read(buffer, 0, size))
    buffer.destroy()
    return seen.every((byte, i) => byte === sample[i])
  }

  /** So many bytes of a buffer, a multiple of 4; everything that was asked of the GPU before must have been sent. */
  read(buffer: GPUBuffer, offset: number, size: number): ArrayBuffer {
    const bytes = new Uint8Array(size)
    for (let at = 0; at < size; at += side * rowBytes) {
      const part = Math.min(side * rowBytes, size - at)
      const rows = Math.floor(part / rowBytes)
      if (rows > 0) this.#paint(buffer, offset + at, side, rows, bytes.subarray(at, at + rows * rowBytes))
      const rest = part - rows * rowBytes
      const end = at + rows * rowBytes
      if (rest > 0) this.#paint(buffer, offset + end, rest / 4, 1, bytes.subarray(end, end + rest))
    }
    return bytes.buffer
  }

  #paint(buffer: GPUBuffer, offset: number, width: number, height: number, into: Uint8Array): void {
    const { queue } = this.#device
    const [first, second, third] = this.#order
    for (const { canvas, context } of this.#sources) {
      const encoder = this.#device.createCommandEncoder()
      const from = { buffer, offset, bytesPerRow: rowBytes }
      encoder.copyBufferToTexture(from, { texture: context.getCurrentTexture() }, [width, height])
      queue.submit([encoder.finish()])
      this.#paper.clearRect(0, 0, width, height)
      this.#paper.drawImage(canvas, 0, 0)
      const { data } = this.#paper.getImageData(0, 0, width, height)
      const alphaOnly = canvas !== this.#sources[0].canvas
      for (let i = 0; i < into.length; i += 4) {
        if (alphaOnly) into[i + 3] = data[i + 3]
        else {
          into[i] = data[i + first]
          into[i + 1] = data[i + second]
          into[i + 2] = data[i + third]
        }
      }
    }
  }
}
