/**
 * @file Runs in a worker of a real browser: judges the ops of the engine on WebGPU beside the interpreter, with the
 * judge that Node has. Says of each what was wrong.
 */
import { setDevice } from "../../engine/index.ts"
import { all } from "../engine/cases.ts"
import { devices, judgeDerivatives, judgeValues } from "../engine/judge.ts"

const webgpu = devices.find(({ name }) => name === "webgpu")

async function complaint(judge: () => Promise<void>): Promise<string[]> {
  try {
    await judge()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

addEventListener("message", async () => {
  const complaints = await complaint(() => setDevice("webgpu"))
  let judged = 0
  if (webgpu && complaints.length === 0)
    for (const op of all) {
      complaints.push(...(await complaint(() => judgeValues(op, { ...webgpu, every: 6 }))))
      if (op.spec.differentiable)
        complaints.push(...(await complaint(() => judgeDerivatives(op, { ...webgpu, every: 12 }))))
      judged++
    }
  postMessage({ judged, complaints })
})
