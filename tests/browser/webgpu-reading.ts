/**
 * @file Runs in a worker of a real browser: reads tensors on WebGPU at once, and says which were wrong. A browser
 * without a screen may refuse, but then with advice.
 */
import { setDevice, type Tensor, tensor } from "../../engine/index.ts"

const counts = [0, 1, 3, 256, 300, 70_000]
const bits = (i: number) => (Math.imul(i + 1, 0x9e3779b1) ^ (i << 7)) | 0

/** Numbers with all kinds of bits, but no NaN, whose bits nobody promises to keep. */
const floats = (count: number) =>
  new Float32Array(Int32Array.from({ length: count }, (_, i) => bits(i) & 0xbf7fffff).buffer)

async function wrongReads(): Promise<string[]> {
  await setDevice("webgpu")
  const wrong: string[] = []
  const check = (name: string, got: ArrayLike<number>, want: ArrayLike<number>) => {
    if (got.length !== want.length) wrong.push(`${name}: ${got.length} instead of ${want.length}`)
    for (let i = 0; i < want.length; i++)
      if (got[i] !== want[i]) {
        wrong.push(`${name}, element ${i}: ${got[i]} instead of ${want[i]}`)
        return
      }
  }
  /** A result, not an upload. */
  const computed = (t: Tensor) => t.flip().clone()
  for (const count of counts) {
    const x = floats(count)
    check(`${count} float32`, computed(tensor(x)).data(), x.toReversed())
    const n = Int32Array.from({ length: count }, (_, i) => bits(i))
    check(`${count} int32`, computed(tensor(n)).data(), n.toReversed())
    const b = Uint8Array.from({ length: count }, (_, i) => bits(i) & 1)
    check(`${count} bool`, computed(tensor(b, { dtype: "bool" })).data(), b.toReversed())
  }
  check("item", [tensor([1, 2, 3]).sum().item()], [6])
  return wrong
}

addEventListener("message", async () => {
  try {
    postMessage({ wrong: await wrongReads() })
  } catch (error) {
    postMessage({ wrong: /write `await t\.dataAsync\(\)`/.test(String(error)) ? [] : [String(error)] })
  }
})
