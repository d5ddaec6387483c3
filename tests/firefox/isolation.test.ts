/**
 * @file What code in a cell can reach in Firefox: nothing but itself. Firefox has other doors than Chromium: it gives
 * workers its storage manager, fonts, web transport and service workers.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Firefox, openFirefox, openPage, press } from "./browser.ts"
import { edit, editableCells, output, run, state, until } from "./cells.ts"

let firefox: Firefox
beforeAll(async () => {
  firefox = await openFirefox()
})
afterAll(() => firefox?.close())

/** Each attempt returns what it got, which must be nothing. */
const attempts = `
const canary = "CANARY"
const report: string[] = []
const attempt = async (name: string, act: () => unknown) => {
  try {
    const got = await Promise.race([act(), new Promise((_, no) => setTimeout(no, 1000, new Error("no answer")))])
    report.push(name + ": REACHED " + String(got))
  } catch {
    report.push(name + ": nothing")
  }
}
const scope = globalThis as Record<string, any>
const heard = (worker: any) => new Promise((yes, no) => {
  worker.onmessage = (event: MessageEvent) => event.data === "refused" ? no() : yes(event.data)
  worker.onerror = no
})
const asked = (request: any) => new Promise((yes, no) => {
  request.onsuccess = () => yes("opened")
  request.onerror = no
})
const ask = "fetch('" + canary + "', { mode: 'no-cors' })"
const tell = ask + ".then(() => postMessage('reached'), () => postMessage('refused'))"
await attempt("fetch", async () => (await scope.fetch(canary)).status)
await attempt("fetch without CORS", async () => (await scope.fetch(canary, { mode: "no-cors" })).type)
await attempt("fetch that outlives the page", async () => (await scope.fetch(canary, { keepalive: true, mode: "no-cors" })).type)
await attempt("XMLHttpRequest", () => {
  const request = new scope.XMLHttpRequest()
  request.open("GET", canary, false)
  request.send()
  return request.status
})
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
await attempt("WebTransport", async () => {
  const transport = new scope.WebTransport(canary.replace("http", "https"))
  transport.closed.catch(() => undefined)
  await transport.ready
  return "ready"
})
await attempt("a font", async () => (await new scope.FontFace("canary", "url(" + canary + ")").load()).status)
await attempt("importScripts", () => scope.importScripts(canary) ?? "loaded")
await attempt("importScripts of a blob", () => scope.importScripts(URL.createObjectURL(new Blob(["0"]))) ?? "loaded")
await attempt("import()", () => import(canary))
await attempt("import() in a data: module", () => import("data:text/javascript,import " + JSON.stringify(canary)))
await attempt("a worker of the network", () => heard(new scope.Worker(canary)))
await attempt("a worker from a blob", () => heard(new scope.Worker(URL.createObjectURL(new Blob([tell])))))
await attempt("the network from a worker inside", () => heard(new scope.Worker("data:text/javascript," + encodeURIComponent(tell))))
await attempt("scripts from a worker inside", () =>
  heard(new scope.Worker("data:text/javascript," + encodeURIComponent("importScripts('" + canary + "');postMessage('reached')"))))
await attempt("a shared worker", () => heard(new scope.SharedWorker("data:text/javascript," + encodeURIComponent(tell)).port))
await attempt("a service worker", async () => (await scope.navigator.serviceWorker.register(canary)).scope)
await attempt("service workers", async () => (await scope.navigator.serviceWorker.getRegistrations()).length.toFixed())
await attempt("indexedDB", () => asked(scope.indexedDB.open("canary")))
await attempt("the names of databases", async () => (await scope.indexedDB.databases()).length.toFixed())
await attempt("caches", async () => Boolean(await scope.caches.open("canary")))
await attempt("files of its own", async () => (await scope.navigator.storage.getDirectory()).name)
await attempt("room for storage", async () => Object.keys(await scope.navigator.storage.estimate()).join())
await attempt("storage that lasts", async () => String(await scope.navigator.storage.persisted()))
await attempt("locks", () => scope.navigator.locks.request("canary", () => "held"))
await attempt("localStorage", () => { scope.localStorage.setItem("canary", "1"); return "stored" })
await attempt("cookies", () => { scope.document.cookie = "canary=1"; return "set" })
await attempt("cookieStore", async () => (await scope.cookieStore.getAll()).length.toFixed())
await attempt("parent", () => { scope.parent.postMessage("canary", "*"); return "posted" })
await attempt("top", () => scope.top.location.href)
await attempt("opener", () => scope.opener.name)
await attempt("document", () => scope.document.title)
await attempt("beacon", () => { if (!scope.navigator.sendBeacon(canary)) throw new Error("refused"); return "sent" })
await attempt("a notification", () => { new scope.Notification("canary"); return "shown" })
await attempt("a peer", () => { new scope.RTCPeerConnection(); return "made" })
await attempt("memory shared with others", () => { new scope.SharedArrayBuffer(8); return "made" })
await attempt("any page that listens", () => {
  new scope.BroadcastChannel("canary").postMessage("canary")
  throw new Error("posted, and nobody may have heard it")
})
await attempt("the frame around", () => {
  scope.postMessage("canary")
  throw new Error("posted, and nobody may have heard it")
})
report.join("\\n")
`

it("lets a cell reach no network, no storage, no page and no other frame", async () => {
  const { page, problems, close } = await openPage(firefox, "gradient-descent/")
  const [first, second] = await editableCells(page)
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
  await edit(first, attempts.replace('"CANARY"', JSON.stringify(canary)))
  await run(first)
  await until(first, /computed by you in/, 60_000)
  const lines = (await output(first)).split("\n").filter((line) => /: (nothing|REACHED)/.test(line))
  expect(lines.length).toBe(attempts.match(/^await attempt\(/gm)?.length)
  expect(lines.filter((line) => !line.endsWith(": nothing"))).toEqual([])
  expect(visits).toBe(0)
  // The page itself could have reached it.
  await page.evaluate((url) => fetch(url), canary)
  expect(visits).toBeGreaterThan(0)
  server.closeAllConnections()
  server.close()
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([])
  expect(await page.evaluate(() => localStorage.getItem("canary"))).toBe(null)
  expect(await page.evaluate(() => document.cookie)).toBe("")
  expect(await page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name))).toEqual([])
  expect(await page.evaluate(async () => caches.keys())).toEqual([])
  // Firefox reports each refusal in the console; nothing else may stand there.
  const refusals = /Content-Security-Policy|canary|WebTransport|ServiceWorker|NetworkError/i
  expect(problems.splice(0).filter((problem) => !refusals.test(problem))).toEqual([])
  await edit(second, "6 * 7")
  await run(second)
  await until(second, /computed by you in/)
  expect(await output(second)).toContain("42")
  problems.splice(0)
  await close()
})

it("leaves nothing behind in the next worker when it is stopped, whatever it had patched", async () => {
  const { page, close } = await openPage(firefox, "gradient-descent/")
  const [first, second] = await editableCells(page)
  await edit(
    first,
    `Array.prototype.map = () => "spoiled"
Promise.prototype.then = () => "spoiled"
globalThis.spoiled = 1
for (;;);`,
  )
  await edit(
    second,
    "[1, 2, 3].map((x) => x * 2).join() + typeof (globalThis as Record<string, unknown>).spoiled",
  )
  await run(first)
  await until(first, /running/)
  await press(first, "Stop")
  await until(first, /stopped/)
  await run(second)
  await expect.poll(() => output(second)).toContain("2,4,6undefined")
  await close()
})

it("computes on the GPU where Firefox offers one, and else says in a sentence that it does not", async () => {
  const { page, close } = await openPage(firefox, "gradient-descent/")
  const [first, second] = await editableCells(page)
  const there = await page.evaluate(
    async () => "gpu" in navigator && (await (navigator as { gpu: GPU }).gpu.requestAdapter()) !== null,
  )
  await edit(first, `await setDevice("webgpu")\n;[...(await tensor([1, 2]).mul(3).dataAsync())].join(" ")`)
  await run(first)
  await until(first, /computed by you in|^error/)
  if (there) expect(await output(first)).toContain("3 6")
  else expect(`${await state(first)} ${await output(first)}`).toMatch(/graphics processor|GPU/)
  await edit(second, "tensor([1, 2]).sum().item()")
  await run(second)
  await until(second, /computed by you in/)
  expect(await output(second)).toContain("3")
  await close()
})

interface GPU {
  requestAdapter(): Promise<unknown>
}
