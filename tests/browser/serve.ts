/** @file Serves the built book on a free port for all browser tests. Knows nothing of what they look at. */
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join, normalize, resolve } from "node:path"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the book's home page, with the sub-path that it was built for and a slash at the end. */
    book: string
  }
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
}

/** The sub-path that the pages were built for, as their own addresses say. */
function basePath(root: string): string {
  const home = readFileSync(join(root, "index.html"), "utf8")
  return /(?:href|src)="(\/[^"]*?)_astro\//.exec(home)?.[1] ?? "/"
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const root = resolve(process.env.OUT_DIR ?? "dist")
  if (!existsSync(join(root, "index.html")))
    throw new Error(`There is no built book in ${root}: run "npm run build" first.`)
  const base = basePath(root)

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname)
    const inside = path.startsWith(base) ? normalize(join(root, path.slice(base.length))) : ""
    const file =
      inside && existsSync(inside) && statSync(inside).isDirectory() ? join(inside, "index.html") : inside
    if (!file.startsWith(root) || !existsSync(file)) {
      response.writeHead(404, { "content-type": "text/plain" }).end(`There is no ${path}.`)
      return
    }
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      // What has its hash in its name may be kept, as on every static host that is set up for it.
      "cache-control": inside.includes("/_astro/") ? "public, max-age=31536000, immutable" : "no-cache",
    })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((done) => server.listen(0, "localhost", done))
  project.provide("book", `http://localhost:${(server.address() as AddressInfo).port}${base}`)
  return () =>
    new Promise((done) => {
      server.closeAllConnections()
      server.close(() => done())
    })
}
