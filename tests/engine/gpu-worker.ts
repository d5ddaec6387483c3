/** @file Runs in a thread: the WebGPU backend of this machine, asked by messages from a thread that blocks meanwhile. */
import { type MessagePort, workerData } from "node:worker_threads"
import type { Buffer, Program } from "../../engine/backend/backend.ts"
import { openWebGPU } from "./gpu.ts"
import type { Answer, Question } from "./gpu-thread.ts"

const { port, signal } = workerData as { port: MessagePort; signal: Int32Array }
const backend = openWebGPU()
// Where there is none, the first question is told so.
backend.catch(() => {})
const buffers: Buffer[] = []
const programs: Program[] = []
const keep = (buffer: Buffer): number => buffers.push(buffer) - 1

async function answerTo(question: Question): Promise<unknown> {
  const on = await backend
  switch (question.ask) {
    case "upload":
      return keep(on.upload(question.values, question.dtype))
    case "download":
      return on.downloadAsync(buffers[question.buffer])
    case "copy":
      return keep(on.copy(buffers[question.buffer]))
    case "compile":
      return programs.push(on.compile(question.graph)) - 1
    case "run": {
      const inputs = question.inputs.map((buffer) => buffers[buffer])
      return programs[question.program].run(inputs, question.scalars).map(keep)
    }
  }
}

port.on("message", async (question: Question) => {
  let answer: Answer
  try {
    answer = { value: await answerTo(question) }
  } catch (error) {
    const { name, message } = error as Error
    answer = { problem: { name, message } }
  }
  port.postMessage(answer)
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
})
