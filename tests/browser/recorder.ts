/** @file A server on this machine that answers anybody and counts who comes. Knows no browser. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** Counts who comes to it; answers anybody. */
export interface Recorder {
  address: string
  visits: () => number
  close: () => void
}

export async function openRecorder(): Promise<Recorder> {
  let visits = 0
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" })
      .end("0")
  }).on("connection", () => visits++)
  await new Promise<void>((done) => server.listen(0, "localhost", done))
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/canary`,
    visits: () => visits,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
