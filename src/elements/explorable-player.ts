/**
 * @file Takes over the static figure of an explorable: pictures, words and every control come alive, and the
 * link follows. The parts do the work and know only the desk.
 */
import type { Explorable, Value, View } from "../explorables/lib/explorable.ts"
import { decode, encode, merge } from "../explorables/lib/link.ts"
import { allowed } from "../explorables/lib/params.ts"
import { firstPlace, tableHtml } from "../explorables/lib/still.ts"
import css from "../styles/explorable-live.css?inline"
import { addStyle } from "./added-style.ts"
import { bindings } from "./explorable-bound.ts"
import { controls } from "./explorable-controls.ts"
import { Desk } from "./explorable-desk.ts"
import { keyFrames } from "./explorable-frames.ts"
import { handles } from "./explorable-handles.ts"
import { keys } from "./explorable-keys.ts"
import { pointEditor } from "./explorable-points.ts"
import { prediction } from "./explorable-predict.ts"
import { strip } from "./explorable-strip.ts"
import { targets } from "./explorable-targets.ts"
import { transport } from "./explorable-transport.ts"
import { updatePicture } from "./picture-update.ts"

export function play(root: HTMLElement, name: string, explorable: Explorable, signal: AbortSignal): void {
  addStyle("explorable-live", css)
  const linked = decode(name, explorable.controls, location.hash)
  const desk = new Desk(root, name, explorable, linked ?? firstPlace(explorable), signal)
  pictures(desk)
  strip(desk)
  targets(desk)
  words(desk)
  controls(desk)
  handles(desk)
  pointEditor(desk)
  const frames = keyFrames(desk)
  const clock = transport(desk, frames)
  prediction(desk)
  keys(desk, clock)
  link(desk)
  bindings(desk, linked !== undefined)
  root.dataset.live = ""
  desk.now()
  root.dispatchEvent(new Event("ex-live"))
  const arrived = (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)
    ?.type
  if (linked && arrived === "navigate") root.scrollIntoView({ block: "start" })
}

/** What is new is drawn inside a stable <svg>; the handles beside it never leave the page. */
function pictures(desk: Desk): void {
  const drawn = desk.all("[data-view]").map((stage) => {
    // What was under the pointer when it went down may have been drawn anew since.
    const view = desk.explorable.views[stage.dataset.view!]!
    stage.addEventListener("click", (event) => press(desk, stage, view, event))
    const fold = view.folded && (stage.parentElement as HTMLDetailsElement)
    const picture = { group: stage.querySelector("svg > g")!, view, fold, last: "" }
    if (fold) fold.addEventListener("toggle", () => desk.change({}, false))
    return picture
  })
  desk.onpaint(() => {
    for (const picture of drawn) {
      if (picture.fold && !picture.fold.open) continue
      const text = picture.view.draw(desk.state)
      if (text === picture.last) continue
      picture.last = text
      updatePicture(picture.group, text)
    }
  })
}

/** A mark that names a control and a value for it sets it; elsewhere the view says what a click means. */
function press(desk: Desk, stage: HTMLElement, view: View<unknown>, event: MouseEvent): void {
  const { clientX, clientY } = event
  const mark = document.elementFromPoint(clientX, clientY)?.closest<SVGElement>("[data-set]")
  if (!mark) {
    const { left, top, width } = stage.getBoundingClientRect()
    const units = view.width / width
    const reach = (event as PointerEvent).pointerType === "touch" ? 22 : 10
    const params = view.press?.(desk.state, (clientX - left) * units, (clientY - top) * units, reach * units)
    if (params) desk.change({ params })
    return
  }
  const { set: name = "", value = "" } = mark.dataset
  const control = desk.explorable.controls[name]
  if (!control) return
  const read: Value =
    control.type === "toggle" ? value === "true" : control.type === "slider" ? Number(value) : value
  desk.change({ params: { [name]: allowed(control, read) } })
}

/** Take-away, caption, table, code; and when the reader has let go, the first two sentences that are new. */
function words(desk: Desk): void {
  const { explorable } = desk
  const takeaway = desk.find(".ex-takeaway")
  const caption = desk.find("[data-describe]")
  const table = desk.find<HTMLDetailsElement>(".ex-table")
  const code = desk.find<HTMLDetailsElement>(".ex-code")
  const fold = () => {
    const { params, seed } = desk.place
    if (table?.open)
      table.querySelector(".ex-scroll")!.innerHTML = tableHtml(explorable.table(params, desk.state))
    if (code?.open) code.querySelector("code")!.textContent = explorable.code(params, seed, desk.step)
  }
  desk.onpaint(() => {
    if (takeaway) takeaway.textContent = explorable.takeaway(desk.place.params, desk.state)
    if (caption) caption.textContent = explorable.describe(desk.place.params, desk.state)
    fold()
  })
  let told = sentences(desk)
  desk.onsettle(() => {
    const now = sentences(desk)
    const fresh = now.filter((sentence) => !told.includes(sentence))
    told = now
    desk.say([desk.notice, ...fresh.slice(0, 2)].join(" ").trim())
  })
  for (const details of [table, code]) details?.addEventListener("toggle", fold)
  const tree = desk.find<HTMLDetailsElement>("[data-tree]")
  tree?.addEventListener(
    "toggle",
    () => void import("./explorable-tree.ts").then(({ growTree }) => growTree(desk, tree)),
    {
      once: true,
    },
  )
}

function sentences({ explorable, place, state }: Desk): string[] {
  return explorable.describe(place.params, state).split(/(?<=[.!?])\s+/)
}

/** The fragment of the address names the state as soon as it differs from the first one. */
function link(desk: Desk): void {
  const { name, explorable } = desk
  let timer = 0
  desk.onsettle(() => {
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const part = encode(name, explorable.controls, { ...desk.place, step: desk.step })
      const first = encode(name, explorable.controls, firstPlace(explorable))
      if (part !== first || location.hash.includes(`ex.${name}=`))
        history.replaceState(history.state, "", merge(location.hash, part))
    }, 300)
  })
  desk.signal.addEventListener("abort", () => clearTimeout(timer))
  addEventListener(
    "hashchange",
    () => {
      const place = decode(name, explorable.controls, location.hash)
      if (place) desk.change(place)
    },
    { signal: desk.signal },
  )
}
