/** @file The process that runs a lesson's cells at build: the page's notebook, with files from the disk and figures drawn. */
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { Tensor } from "../../engine/index.ts"
import { errorOutput } from "../notebook/display.ts"
import { bookLibrary } from "../notebook/library.ts"
import { Notebook } from "../notebook/notebook.ts"
import type { Output } from "../notebook/output.ts"
import { buildLimits } from "../notebook/run-outputs.ts"
import { drawOutput } from "./draw-figure.ts"
import { tex } from "./math.ts"
import type { CellsMessage, CellsRun, CellsTask } from "./run-cells.ts"

const data: Record<string, string> = { digits: "digits.bin", iris: "iris.csv" }

async function readData(name: string): Promise<Uint8Array> {
  return new Uint8Array(
    await readFile(fileURLToPath(new URL(`../../content/data/${data[name]}`, import.meta.url))),
  )
}

function finished(output: Output): Output {
  try {
    if (output.kind === "tex") return { ...output, html: tex(output.tex, output.display) }
    return drawOutput(output)
  } catch (error) {
    return errorOutput(error)
  }
}

/** A value of prose: numbers, texts and lists of them. */
function plain(value: unknown): unknown {
  if (value instanceof Tensor) return value.size === 1 ? Number(value.item()) : value.tolist()
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)]
  if (Array.isArray(value)) return value.map(plain)
  return value
}

async function runLesson(
  { lesson, cells, values }: CellsTask,
  say: (m: CellsMessage) => Promise<void>,
): Promise<CellsRun> {
  const slots = new Map<string, Map<number, Output>>()
  const run: CellsRun = { outputs: {}, values: {}, ms: {} }
  const notebook = new Notebook(cells, {
    lesson,
    library: bookLibrary(readData),
    limits: buildLimits,
    observer: {
      state: (id, state, { ms }) => {
        if (state === "running") slots.set(id, new Map())
        if (ms !== undefined) run.ms[id] = ms
      },
      output: (id, _, slot, output) => slots.get(id)?.set(slot, output),
    },
  })
  for (const { id, static: isStatic } of cells) {
    await say({ type: "starts", cell: id })
    if (!isStatic) await notebook.run([id])
    const outputs = [...(slots.get(id) ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([, output]) =>
        output.kind === "input" ? { ...output, feeds: notebook.below(id) } : finished(output),
      )
    run.outputs[id] = outputs
    if (outputs.some(({ kind }) => kind === "error")) continue
    for (const of of values.filter((one) => one.startsWith(`${id}.`))) {
      try {
        run.values[of] = plain(await notebook.evaluate(id, of.slice(id.length + 1)))
      } catch (error) {
        throw new Error(`<Value of="${of}">: ${errorOutput(error).message}`)
      }
    }
  }
  return run
}

Error.stackTraceLimit = 60
/** Resolves when the message has left: an endless cell would keep it here. */
const say = (message: CellsMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

process.once("message", (task: CellsTask) =>
  runLesson(task, say).then(
    (run) => say({ type: "done", run }),
    (error: Error) => say({ type: "failed", message: error.message }),
  ),
)
