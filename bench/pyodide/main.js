/** @file A page with one Python cell, as plain as can be: Run starts a worker with Pyodide, Stop ends it. */
const out = document.querySelector("pre")
let worker

/** Runs Python in the worker, which is started when it is first needed; what comes back stands on the page. */
globalThis.startPython = (code) => {
  worker ??= new Worker("worker.js", { type: "module" })
  worker.onmessage = ({ data }) => {
    out.textContent = data
  }
  worker.postMessage(code)
}

globalThis.endPython = () => {
  worker?.terminate()
  worker = undefined
}

document.querySelector("button").addEventListener("click", () => {
  out.textContent = ""
  globalThis.startPython("sum(i * i for i in range(1000))")
})
