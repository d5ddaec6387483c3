/** @file The bench's child process in Node: does what its argument asks for and writes the report as one line. */
import { peer } from "./peers.ts"
import { type Order, session } from "./session.ts"

const order: Order = JSON.parse(process.argv[2])
// Engines greet on the console; the report is all that may be written there.
for (const name of ["log", "info", "warn"] as const) console[name] = () => {}

if (peer(order.peer).gpu) {
  const { create, globals } = await import("webgpu")
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis.navigator, "gpu", { value: create([]), configurable: true })
}

const report = await session(order).catch((error: unknown) => ({ error: String(error) }))
process.stdout.write(`\n${JSON.stringify(report)}\n`, () => process.exit(0))
