/** @file What code in a cell can reach: nothing but itself. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openBrowser, openPage } from "./browser.ts"
import { edit, editableCells, output, run, until } from "./cells.ts"

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Each attempt returns what it got, which must be nothing. */
const attempts = `
const canary = "CANARY"
const report: string[] = []
const attempt = async (name: string, act: () => unknown) => {
  try {
    const got = await Promise.race([act(), new Promise((_, no) => setTimeout(no, 1500, new Error("no answer")))])
    report.push(name + ": REACHED " + String(got))
  } catch {
    report.push(name + ": nothing")
  }
}
const scope = globalThis as Record<string, any>
await attempt("fetch", async () => (await scope.fetch(canary)).status)
await attempt("fetch without CORS", async () => (await scope.fetch(canary, { mode: "no-cors" })).type)
await attempt("XMLHttpRequest", () => new Promise((yes, no) => {
  const request = new scope.XMLHttpRequest()
  request.onload = () => yes(request.status)
  request.onerror = no
  request.open("GET", canary)
  request.send()
}))
await attempt("WebSocket", () => new Promise((yes, no) => {
  const socket = new scope.WebSocket(canary.replace("http", "ws"))
  socket.onopen = () => yes("open")
  socket.onerror = no
}))
await attempt("EventSource", () => new Promise((yes, no) => {
  const events = new scope.EventSource(canary)
  events.onopen = () => yes("open")
  events.onerror = no
}))
await attempt("importScripts", () => scope.importScripts(canary) ?? "loaded")
await attempt("import", () => import(canary))
await attempt("nested worker", () => new Promise((yes, no) => {
  const worker = new scope.Worker(canary)
  worker.onmessage = () => yes("message")
  worker.onerror = no
}))
await attempt("indexedDB", () => new Promise((yes, no) => {
  const open = scope.indexedDB.open("canary")
  open.onsuccess = () => yes("opened")
  open.onerror = no
}))
await attempt("caches", async () => {
  await scope.caches.open("canary")
  return "opened"
})
await attempt("localStorage", () => { scope.localStorage.setItem("canary", "1"); return "stored" })
await attempt("cookies", () => { scope.document.cookie = "canary=1"; return "set" })
await attempt("parent", () => { scope.parent.postMessage("canary", "*"); return "posted" })
await attempt("top", () => scope.top.location.href)
await attempt("opener", () => scope.opener.name)
await attempt("document", () => scope.document.title)
await attempt("beacon", () => { if (!scope.navigator.sendBeacon(canary)) throw new Error("refused"); return "sent" })
if (scope.BroadcastChannel) new scope.BroadcastChannel("canary").postMessage("canary")
scope.postMessage?.("canary")
report.join("\\n")
`

it("lets a cell reach no network, no storage, no page and no other frame", async () => {
  const { page, problems } = await openPage(browser, "gradient-descent/")
  const [cell] = await editableCells(page)
  // A server that would answer anybody: it counts who comes.
  let visits = 0
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" })
      .end("0")
  }).on("connection", () => visits++)
  await new Promise<void>((done) => server.listen(0, "localhost", done))
  const canary = `http://localhost:${(server.address() as AddressInfo).port}/canary`
  await page.evaluate(() => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    addEventListener("message", (event) => {
      if (String(event.data).includes("canary")) heard.push(event.data)
    })
    new BroadcastChannel("canary").onmessage = (event) => heard.push(event.data)
  })
  await edit(cell, attempts.replace('"CANARY"', JSON.stringify(canary)))
  await run(cell)
  await until(cell, /computed by you in/, 60_000)
  const lines = (await output(cell)).split("\n").filter((line) => line.includes(": "))
  expect(lines.length).toBeGreaterThanOrEqual(15)
  expect(lines.filter((line) => !line.endsWith(": nothing"))).toEqual([])
  expect(visits).toBe(0)
  // The page itself could have reached it.
  await page.evaluate((url) => fetch(url), canary)
  expect(visits).toBeGreaterThan(0)
  server.closeAllConnections()
  server.close()
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([])
  expect(await page.evaluate(() => localStorage.getItem("canary"))).toBe(null)
  expect(await page.context().cookies()).toEqual([])
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name))).toEqual([])
  // The browser reports each refusal in the console; nothing else may stand there.
  expect(problems.filter((problem) => !/Content Security Policy|canary|Refused|CORS/i.test(problem))).toEqual(
    [],
  )
  await page.context().close()
})
