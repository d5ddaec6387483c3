/**
 * @file Recorded steps in the page: buttons, a slider and keys to go through them, what changed, the line that recorded
 * the state. Nothing runs while nothing plays. Knows neither cells nor what recorded the steps.
 */
import type { StepsOutput } from "../notebook/output.ts"
import { renderOutput } from "../notebook/render.ts"
import { SHORT, stepValues, stepWhere } from "../notebook/render-steps.ts"
import css from "../styles/steps.css?inline"
import { addStyle } from "./added-style.ts"
import { beginPlaying, lessMotion, pauseWhenAway } from "./playing.ts"
import { type StepSource, sourceOf, sourceOnPage } from "./step-source.ts"

/** Steps in a second: a few can be read one by one, many become a film of about this many seconds. */
const SLOWEST = 1.5
const FASTEST = 24
const FILM = 20
/** Between two drawings of the table of all steps while a cell runs. */
const TABLE_PAUSE = 400
/** More values than this are not read out at every step: only those that changed. */
const SPOKEN = 4

const steppers = new WeakMap<Element, Stepper>()

/** Every stepper in `host` that was built with the page comes to life, once. */
export function bringStepsAlive(host: ParentNode): void {
  for (const root of host.querySelectorAll<HTMLElement>("[data-steps]:not(:has(button[data-go]))")) {
    const box = root.closest(".cell-output")
    if (box) steppers.set(box, new Stepper(root, sourceOnPage(root)))
  }
}

/** `box` shows the steps of a run; called again it shows more of them, or another run's, at the place of before. */
export function showSteps(box: HTMLElement, output: StepsOutput): void {
  const source = sourceOf(output)
  const before = steppers.get(box)
  if (before?.isIn(box) && !before.ofBook) {
    before.update(source)
    return
  }
  box.dataset.kind = "steps"
  box.innerHTML = renderOutput(output, "page")
  const root = box.querySelector<HTMLElement>("[data-steps]")
  // What cannot be shown says so.
  if (root) steppers.set(box, new Stepper(root, source, before?.end()))
}

class Stepper {
  readonly ofBook: boolean
  readonly #root: HTMLElement
  #source: StepSource
  #k: number
  /** Where the reader went, if not to where one begins; a run may not have come so far yet. */
  #wanted: number | undefined
  /** The table of all steps is that of another run, or of a part of this one. */
  #isOld = false
  /** The reader has folded or unfolded it. */
  #isChosen = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #tableTimer: ReturnType<typeof setTimeout> | undefined
  #slider = document.createElement("input")
  #buttons: Record<string, HTMLButtonElement> = {}
  #live = document.createElement("p")
  #ended = new AbortController()

  /** `at`: where the reader was in the run before. */
  constructor(root: HTMLElement, source: StepSource, at?: number) {
    addStyle("steps", css)
    this.#root = root
    this.#source = source
    this.ofBook = source.table === undefined
    this.#k = Number(root.dataset.steps)
    this.#isOld = !this.#all?.querySelector("table")
    this.#build()
    this.#listen()
    this.#wanted = at
    if (at === undefined) this.#tell()
    else this.#draw(Math.min(at, source.count - 1))
    this.#reserve()
  }

  isIn(box: Element): boolean {
    return this.#root.isConnected && box.contains(this.#root)
  }

  /** It is taken away; where the reader was, if not where one begins. */
  end(): number | undefined {
    this.#pause()
    this.#ended.abort()
    return this.#wanted
  }

  update(source: StepSource): void {
    this.#source = source
    const last = source.count - 1
    const home = source.fromFirst ? 0 : last
    this.#draw(Math.min(this.#wanted ?? home, last))
    this.#root.querySelector(".steps-notes")!.innerHTML = source.notes?.() ?? ""
    this.#reserve()
    this.#isOld = true
    const all = this.#all
    if (!all) return
    // What was short as long as the run had just begun.
    if (!this.#isChosen) all.open = source.count <= SHORT
    all.querySelector("summary")!.textContent = `All ${source.count} steps`
    this.#tableTimer ??= setTimeout(() => {
      this.#tableTimer = undefined
      this.#drawTable()
    }, TABLE_PAUSE)
  }

  get #all(): HTMLDetailsElement | undefined {
    return this.#root.parentElement?.querySelector<HTMLDetailsElement>(":scope > details") ?? undefined
  }

  #build(): void {
    this.#root.role = "group"
    this.#root.ariaLabel = "Steps"
    this.#root.tabIndex = -1
    const bar = this.#root.querySelector(".steps-bar")!
    const acts: [string, string, string, () => void][] = [
      ["First", "first", "Home", () => this.#go(0)],
      ["Back", "back", "ArrowLeft", () => this.#go(this.#k - 1)],
      ["Play", "play", "Space", () => this.#toggle()],
      ["Forward", "forward", "ArrowRight", () => this.#go(this.#k + 1)],
      ["Last", "last", "End", () => this.#go(this.#source.count - 1)],
    ]
    for (const [name, go, key, act] of acts) {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = name
      button.dataset.go = go
      button.setAttribute("aria-keyshortcuts", key)
      button.addEventListener("click", act)
      this.#buttons[go] = button
      bar.append(button)
    }
    const slider = this.#slider
    Object.assign(slider, { type: "range", min: "1", step: "1", ariaLabel: "Step" })
    slider.addEventListener("input", () => this.#go(slider.valueAsNumber - 1, false))
    slider.addEventListener("change", () => this.#say())
    bar.append(slider)
    this.#live.className = "visually-hidden"
    this.#live.role = "status"
    this.#root.append(this.#live)
  }

  #listen(): void {
    const { signal } = this.#ended
    this.#root.addEventListener("keydown", (event) => this.#press(event))
    pauseWhenAway(this.#root, this, () => this.#pause(), signal)
    this.#all?.addEventListener("toggle", () => this.#all?.open && this.#drawTable())
    this.#all?.querySelector("summary")?.addEventListener("click", () => {
      this.#isChosen = true
    })
    addEventListener("beforeprint", () => this.#drawTable(), { signal })
  }

  #press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as Element
    // What scrolls by itself keeps its keys; a button is pressed by its own.
    if (target !== this.#root && target.closest(".scroll, .drawing[tabindex], summary")) return
    if (event.key === " " && target instanceof HTMLButtonElement) return
    const keys: Record<string, () => void> = {
      ArrowLeft: () => this.#go(this.#k - 1),
      ",": () => this.#go(this.#k - 1),
      ArrowRight: () => this.#go(this.#k + 1),
      ".": () => this.#go(this.#k + 1),
      Home: () => this.#go(0),
      r: () => this.#go(0),
      End: () => this.#go(this.#source.count - 1),
      " ": () => this.#toggle(),
      Escape: () => this.#pause(),
    }
    const act = keys[event.key]
    if (!act) return
    if (event.key !== "Escape") event.preventDefault()
    act()
  }

  #go(k: number, isSaid = true): void {
    this.#pause(false)
    this.#move(k)
    if (isSaid) this.#say()
  }

  #move(k: number): void {
    const last = this.#source.count - 1
    const to = Math.max(0, Math.min(last, k))
    this.#wanted = to === (this.#source.fromFirst ? 0 : last) ? undefined : to
    if (to !== this.#k) this.#draw(to)
    this.#point()
  }

  #toggle(): void {
    if (this.#timer === undefined) this.#play()
    else this.#pause()
  }

  #play(): void {
    beginPlaying(this)
    if (this.#k >= this.#source.count - 1) this.#move(0)
    const film = lessMotion() ? SLOWEST : this.#source.count / FILM
    const pause = 1000 / Math.min(FASTEST, Math.max(SLOWEST, film))
    const tick = (): void => {
      this.#move(this.#k + 1)
      this.#timer = setTimeout(tick, pause)
      if (this.#k >= this.#source.count - 1) this.#pause()
    }
    this.#timer = setTimeout(tick, pause)
    this.#buttons.play.textContent = "Pause"
  }

  #pause(isSaid = true): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#buttons.play.textContent = "Play"
    if (isSaid) this.#say()
  }

  #where(k: number): string {
    return stepWhere(this.#source.number(k), this.#source.total, this.#source.label(k))
  }

  #draw(k: number): void {
    const source = this.#source
    this.#k = k
    const before = k > 0 ? source.texts(k - 1) : undefined
    this.#root.querySelector(".steps-where")!.textContent = this.#where(k)
    this.#root.querySelector(".steps-values")!.innerHTML = stepValues(source.names, source.texts(k), before)
    const host = this.#root.querySelector<HTMLElement>(".steps-figure")!
    // A state without a figure, or with a lower one, moves nothing below it.
    host.style.minHeight = `${host.offsetHeight}px`
    source.figure(k, host)
    this.#tell()
  }

  /** The buttons, the slider and the table agree with the state. */
  #tell(): void {
    const { count, total } = this.#source
    const number = this.#source.number(this.#k)
    this.#slider.max = String(count)
    this.#slider.value = String(this.#k + 1)
    this.#slider.setAttribute("aria-valuetext", `${number} of ${total}`)
    for (const go of ["first", "back"]) this.#buttons[go].ariaDisabled = this.#k === 0 ? "true" : null
    for (const go of ["forward", "last"])
      this.#buttons[go].ariaDisabled = this.#k >= count - 1 ? "true" : null
    this.#mark()
  }

  /** The row of the state, wherever the reader's order of the table has put it. */
  #mark(): void {
    const all = this.#all
    if (!all?.open) return
    all.querySelector("[aria-current]")?.removeAttribute("aria-current")
    const number = String(this.#source.number(this.#k))
    const rows = [...(all.querySelector<HTMLTableElement>("table")?.tBodies[0]?.rows ?? [])]
    const at = rows[this.#k]?.cells[0].textContent === number ? this.#k : -1
    const row = at >= 0 ? rows[at] : rows.find(({ cells }) => cells[0].textContent === number)
    row?.setAttribute("aria-current", "step")
  }

  #drawTable(): void {
    const all = this.#all
    const { table } = this.#source
    if (all && table && this.#isOld && (all.open || matchMedia("print").matches)) {
      const summary = all.querySelector("summary")!
      summary.nextElementSibling?.remove()
      summary.insertAdjacentHTML("afterend", table())
      this.#isOld = false
    }
    this.#mark()
  }

  #say(): void {
    const { names } = this.#source
    const now = this.#source.texts(this.#k)
    const before = this.#k > 0 ? this.#source.texts(this.#k - 1) : undefined
    const spoken = names
      .map((name, i) => ({ name, text: now[i], isNew: before !== undefined && before[i] !== now[i] }))
      .filter(({ isNew }) => names.length <= SPOKEN || before === undefined || isNew)
    const values = spoken.map(({ name, text }) => `${name} = ${text}`).join(", ")
    this.#live.textContent = `${this.#where(this.#k)}: ${values || "nothing changed"}`
  }

  /** The line that recorded the state, in whichever cell it is. */
  #point(): void {
    const place = this.#source.place(this.#k)
    const cell = place && document.querySelector(`nn-cell[data-cell="${CSS.escape(place.cell)}"]`)
    if (cell && "point" in cell && typeof cell.point === "function") cell.point(place.line)
  }

  /** Values that grow longer do not push what they were to and fro. */
  #reserve(): void {
    const { count } = this.#source
    let longest = 0
    const stride = Math.max(1, Math.floor(count / 100))
    for (let k = 0; k < count; k += stride)
      for (const text of this.#source.texts(k))
        for (const line of text.split("\n")) longest = Math.max(longest, line.length)
    this.#root.style.setProperty("--longest", `${Math.min(longest, 24)}ch`)
  }
}
