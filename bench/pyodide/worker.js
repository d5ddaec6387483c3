/** @file Pyodide in a worker: evaluates what it is sent. */
import { loadPyodide } from "./pyodide.mjs"

const python = loadPyodide()
self.onmessage = async ({ data }) => {
  self.postMessage(String((await python).runPython(data)))
}
