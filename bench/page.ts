/** @file The bench's page: does what the address asks for and leaves the report where the driver looks for it. */
import { type Order, type Report, session } from "./session.ts"

declare global {
  interface Window {
    report?: Report | { error: string }
  }
}

const order: Order = JSON.parse(new URLSearchParams(location.search).get("order") ?? "{}")
session({ ...order, assets: new URL("/", location.href).href }).then(
  (report) => {
    window.report = report
  },
  (error: unknown) => {
    window.report = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  },
)
