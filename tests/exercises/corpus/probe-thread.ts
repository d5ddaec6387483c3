/** @file A thread that runs one probe job after the other, each message one job. Forms no verdict. */
import { parentPort } from "node:worker_threads"
import type { ProbeJob } from "../../../src/notebook/probe.ts"
import { runProbe } from "../../../src/notebook/run-probe.ts"

parentPort!.on("message", async (job: ProbeJob) => {
  try {
    parentPort!.postMessage(await runProbe(job))
  } catch (error) {
    parentPort!.postMessage({ failed: String(error) })
  }
})
