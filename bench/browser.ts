/** @file A Chromium for the bench, and a server for its pages on this machine. Node only. */
import { existsSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join, normalize } from "node:path"
import { gzipSync } from "node:zlib"
import { type Browser, chromium } from "playwright-core"

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
]

/** The browser of `$CHROMIUM`, or an installed one; its GPU emulated by the CPU, or whichever there is. */
export async function openBrowser(softwareGpu: boolean): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place))
  if (!executablePath)
    throw new Error(
      "bench: no Chromium was found: run “sudo apt-get install chromium”, or set CHROMIUM to its path.",
    )
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--headless=new",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-background-timer-throttling",
      "--disable-backgrounding-occluded-windows",
      "--disable-renderer-backgrounding",
      "--enable-unsafe-webgpu",
      ...(softwareGpu ? ["--use-webgpu-adapter=swiftshader"] : []),
    ],
  })
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
}

/** Bytes of a file as a host would send it: gzip -9. */
export function sentBytes(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length
}

export interface Server {
  /** Ends in a slash. */
  url: string
  close(): Promise<void>
}

/** Serves a folder, never from a cache; tells which file each request is sent. */
export async function serve(folder: string, asked?: (file: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname))
    let file = join(folder, path)
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html")
    if (!existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    const body = readFileSync(file)
    asked?.(file)
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "cache-control": "no-store",
    })
    response.end(body)
  })
  await new Promise<void>((done) => server.listen(0, "localhost", done))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
