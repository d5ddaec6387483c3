/** @file Looks at the devices and measures them in a sandbox of its own, which is ended afterwards. Draws nothing. */
import type { DeviceNews } from "../notebook/device.ts"
import { openSandbox, type Sandbox } from "./sandbox.ts"

/** Milliseconds without news after which nothing more is expected. */
const SILENCE = 30_000

/** Says which devices there are, or compares them. Returns what ends it at once, without further news. */
export function tryDevices(compare: boolean, tell: (news: DeviceNews) => void): () => void {
  let sandbox: Sandbox | undefined
  let isOver = false
  let silence: ReturnType<typeof setTimeout> | undefined
  const end = (): void => {
    isOver = true
    clearTimeout(silence)
    sandbox?.stop()
  }
  const fail = (message: string): void => {
    if (isOver) return
    end()
    tell({ kind: "failed", message })
  }
  const wait = (): void => {
    clearTimeout(silence)
    silence = setTimeout(() => fail("No answer came from the devices."), SILENCE)
  }
  wait()
  openSandbox().then(
    (opened) => {
      if (isOver) {
        opened.stop()
        return
      }
      sandbox = opened
      opened.ondeath = fail
      opened.onreply = (reply) => {
        wait()
        if (reply.type === "device") tell(reply.news)
        if (reply.type === "idle") end()
      }
      opened.post({ type: "devices", compare })
    },
    (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
  )
  return end
}
