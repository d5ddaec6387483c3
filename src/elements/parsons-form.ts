/**
 * @file Blocks of code put in order: by dragging, by keys, by buttons. Owns the two lists and what is said about them.
 * Knows no right order.
 */
import type { Answer } from "../../exercises/lib/exercise.ts"
import css from "../styles/exercise-parsons.css?inline"
import { addStyle } from "./added-style.ts"

interface Form {
  read(): Answer
  write(answer?: Answer): void
  focus(): void
}

/** Pixels before a press becomes a drag. */
const SLACK = 5

export function parsonsForm(
  host: HTMLElement,
  { onChange, onCheck }: { onChange(): void; onCheck(): void },
): Form {
  addStyle("exercise-parsons", css)
  return new Blocks(host, onChange, onCheck)
}

class Blocks implements Form {
  readonly #host: HTMLElement
  readonly #onChange: () => void
  readonly #onCheck: () => void
  /** As they lie at first. */
  readonly #ids: string[]
  readonly #items = new Map<string, HTMLElement>()
  readonly #pool: HTMLElement
  readonly #program: HTMLElement
  readonly #status: HTMLElement
  readonly #label: string
  #order: string[] = []
  #chosen: string
  /** The block in the hand of the keyboard, and the order before it was lifted. */
  #lifted: { id: string; before: string[] } | undefined

  constructor(host: HTMLElement, onChange: () => void, onCheck: () => void) {
    this.#host = host.querySelector<HTMLElement>(".exercise-parsons")!
    this.#onChange = onChange
    this.#onCheck = onCheck
    this.#label = this.#host.dataset.label ?? "the program"
    this.#pool = this.#host.querySelector<HTMLElement>(".parsons-list")!
    this.#program = document.createElement("ol")
    this.#program.className = "parsons-list parsons-program"
    this.#status = made("p", "visually-hidden")
    this.#status.setAttribute("role", "status")
    for (const item of this.#pool.querySelectorAll<HTMLElement>("[data-block]")) this.#adopt(item)
    this.#ids = [...this.#items.keys()]
    this.#chosen = this.#ids[0]
    this.#build()
    this.#host.addEventListener("keydown", (event) => this.#press(event))
    this.#host.addEventListener("focusin", (event) => this.#choose(idOf(event.target)))
    this.#host.addEventListener("click", (event) => {
      const id = idOf(event.target)
      this.#choose(id)
      // A click without a pointer is a screen reader's: it takes hold, as Enter does.
      if (id !== undefined && event.detail === 0) (this.#lifted ? this.#moves(id) : this.#walks(id)).Enter()
    })
    this.#host.addEventListener("pointerdown", (event) => this.#drag(event))
    this.#show()
  }

  read(): Answer {
    return { kind: "parsons", order: [...this.#order] }
  }

  write(answer?: Answer): void {
    const order = answer && "order" in answer ? answer.order : []
    this.#order = order.filter((id, i) => this.#items.has(id) && order.indexOf(id) === i)
    this.#lifted = undefined
    this.#show()
  }

  focus(): void {
    this.#button(this.#chosen).focus()
  }

  /** What the page shows as text becomes something to take hold of. */
  #adopt(item: HTMLElement): void {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "parsons-block"
    button.append(...item.childNodes)
    const grip = made("span", "parsons-grip", "⠿")
    grip.setAttribute("aria-hidden", "true")
    item.append(grip, button)
    this.#items.set(item.dataset.block!, item)
  }

  #build(): void {
    const how = this.#host.querySelector<HTMLElement>(".exercise-how")!
    how.id = `${this.#host.closest("nn-exercise")?.id ?? ""}-how`
    how.append(
      " Drag the blocks that you need into your program. Or choose one: Enter lifts it, the arrow keys move it, Escape puts it back; the buttons do the same.",
    )
    // Said once on the way in, not with every block.
    this.#host.setAttribute("role", "group")
    this.#host.setAttribute("aria-label", `Put in order: ${this.#label}`)
    this.#host.setAttribute("aria-describedby", how.id)
    this.#pool.setAttribute("aria-label", "Blocks to choose from")
    this.#program.setAttribute("aria-label", `Your program: ${this.#label}`)
    const column = (title: string, list: HTMLElement): HTMLElement => {
      const part = made("div", "parsons-column")
      part.append(made("p", "parsons-title", title), list)
      return part
    }
    const columns = made("div", "parsons-columns")
    columns.append(column("Blocks", this.#pool), column("Your program", this.#program))
    const tools = made("div", "parsons-tools")
    tools.setAttribute("role", "group")
    tools.setAttribute("aria-label", "Move the chosen block")
    const acts: [string, () => void][] = [
      ["Add", () => this.#add(this.#chosen)],
      ["Up", () => this.#shift(this.#chosen, -1)],
      ["Down", () => this.#shift(this.#chosen, 1)],
      ["Remove", () => this.#remove(this.#chosen)],
    ]
    for (const [name, act] of acts) {
      const button = made("button", "", name) as HTMLButtonElement
      button.type = "button"
      button.addEventListener("click", act)
      tools.append(button)
    }
    this.#host.append(columns, tools, this.#status)
  }

  #button(id: string): HTMLButtonElement {
    return this.#items.get(id)!.querySelector("button")!
  }

  get #rest(): string[] {
    return this.#ids.filter((id) => !this.#order.includes(id))
  }

  #name(id: string): string {
    return this.#button(id).textContent!.trim()
  }

  #where(id: string): string {
    const at = this.#order.indexOf(id)
    return at < 0 ? "not in your program" : `place ${at + 1} of ${this.#order.length} in your program`
  }

  #say(words: string): void {
    this.#status.textContent = words
  }

  /** Why nothing moves. */
  #why(id: string, to: number): string | undefined {
    if (!this.#order.includes(id)) return "This block is not in your program."
    return to < 0
      ? "It stands at the top."
      : to >= this.#order.length
        ? "It stands at the bottom."
        : undefined
  }

  #choose(id: string | undefined): void {
    if (id === undefined || id === this.#chosen) return
    if (this.#lifted && this.#lifted.id !== id) this.#lifted = undefined
    this.#chosen = id
    this.#show()
  }

  /** Both lists as they are now; the focus stays on the block that has it. */
  #show(): void {
    const focused = idOf(document.activeElement)
    const fill = (list: HTMLElement, ids: string[]): void => {
      ids.forEach((id, i) => {
        const item = this.#items.get(id)!
        if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null)
      })
    }
    fill(this.#program, this.#order)
    fill(this.#pool, this.#rest)
    for (const ids of [this.#order, this.#rest]) {
      const open = ids.includes(this.#chosen) ? this.#chosen : ids[0]
      for (const id of ids) this.#button(id).tabIndex = id === open ? 0 : -1
    }
    for (const [id, item] of this.#items) {
      item.classList.toggle("parsons-chosen", id === this.#chosen)
      const isLifted = this.#lifted?.id === id
      item.classList.toggle("parsons-lifted", isLifted)
      this.#button(id).setAttribute("aria-pressed", String(isLifted))
    }
    if (focused !== undefined && idOf(document.activeElement) !== focused) this.#button(focused)?.focus()
  }

  #set(order: string[], words: string): void {
    this.#order = order
    this.#show()
    this.#say(words)
    this.#onChange()
  }

  #add(id: string): void {
    if (this.#order.includes(id)) this.#say("This block is in your program already.")
    else {
      this.#order.push(id)
      this.#set(this.#order, `Added: ${this.#name(id)}, ${this.#where(id)}.`)
    }
  }

  #remove(id: string): void {
    const why = this.#why(id, 0)
    if (why) this.#say(why)
    else
      this.#set(
        this.#order.filter((other) => other !== id),
        `Taken out: ${this.#name(id)}.`,
      )
  }

  #shift(id: string, by: number): void {
    const to = this.#order.indexOf(id) + by
    const why = this.#why(id, to)
    if (why) {
      this.#say(why)
      return
    }
    this.#order = this.#order.filter((other) => other !== id)
    this.#order.splice(to, 0, id)
    this.#set(this.#order, `${this.#name(id)}: ${this.#where(id)}.`)
  }

  #press(event: KeyboardEvent): void {
    const id = idOf(event.target)
    if (id === undefined || event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter") this.#onCheck()
      return
    }
    const act = this.#lifted ? this.#moves(id)[event.key] : this.#walks(id)[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  /** Keys while a block is lifted. */
  #moves(id: string): Record<string, () => void> {
    const isIn = this.#order.includes(id)
    const drop = (): void => {
      this.#lifted = undefined
      this.#show()
      this.#say(`Put down: ${this.#where(id)}.`)
    }
    return {
      Enter: drop,
      " ": drop,
      Escape: () => {
        const { before } = this.#lifted!
        this.#lifted = undefined
        this.#set(before, `Put back: ${this.#name(id)}.`)
      },
      ArrowUp: () => isIn && this.#shift(id, -1),
      ArrowDown: () => (isIn ? this.#shift(id, 1) : this.#add(id)),
      ArrowRight: () => !isIn && this.#add(id),
      ArrowLeft: () => isIn && this.#remove(id),
    }
  }

  /** Keys that walk from block to block, or lift one. */
  #walks(id: string): Record<string, () => void> {
    const list = this.#order.includes(id) ? this.#order : this.#rest
    const go = (to: string | undefined): void => {
      if (to !== undefined) this.#button(to).focus()
    }
    const lift = (): void => {
      this.#lifted = { id, before: [...this.#order] }
      this.#show()
      this.#say(`Lifted: ${this.#where(id)}. Arrow keys move it, Enter puts it down, Escape puts it back.`)
    }
    return {
      Enter: lift,
      " ": lift,
      ArrowUp: () => go(list[list.indexOf(id) - 1]),
      ArrowDown: () => go(list[list.indexOf(id) + 1]),
      ArrowRight: () => go(list === this.#order ? undefined : this.#order[0]),
      ArrowLeft: () => go(list === this.#order ? this.#rest[0] : undefined),
    }
  }

  /** A mouse may take a block anywhere, a finger by its grip only: elsewhere it scrolls the page. */
  #drag(down: PointerEvent): void {
    const target = down.target as Element
    const id = idOf(target)
    if (id === undefined || down.button !== 0) return
    if (down.pointerType !== "mouse" && !target.closest(".parsons-grip")) return
    down.preventDefault()
    this.#choose(id)
    this.#button(id).focus({ preventScroll: true })
    const item = this.#items.get(id)!
    const before = this.#order.join()
    let dragged = false
    const end = new AbortController()
    const { signal } = end
    // The item moves from list to list under the pointer; the host stays where it is.
    this.#host.setPointerCapture(down.pointerId)
    this.#host.addEventListener(
      "pointermove",
      (event) => {
        dragged ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > SLACK
        if (!dragged) return
        item.classList.add("parsons-lifted")
        this.#order = this.#orderUnder(id, event)
        this.#show()
        item.classList.add("parsons-lifted")
      },
      { signal },
    )
    const release = (event: PointerEvent): void => {
      end.abort()
      item.classList.remove("parsons-lifted")
      if (event.type === "pointercancel") this.#order = before === "" ? [] : before.split(",")
      this.#show()
      if (this.#order.join() !== before) this.#set(this.#order, `${this.#name(id)}: ${this.#where(id)}.`)
    }
    this.#host.addEventListener("pointerup", release, { signal })
    this.#host.addEventListener("pointercancel", release, { signal })
  }

  /** The order if the block were dropped here: into the program above the first block whose middle is lower. */
  #orderUnder(id: string, { clientX, clientY }: PointerEvent): string[] {
    const others = this.#order.filter((other) => other !== id)
    const area = this.#program.getBoundingClientRect()
    if (clientX < area.left || clientX > area.right || clientY < area.top - 40 || clientY > area.bottom + 40)
      return others
    const at = others.findIndex((other) => {
      const { top, height } = this.#items.get(other)!.getBoundingClientRect()
      return clientY < top + height / 2
    })
    return at < 0 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)]
  }
}

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-block]")?.dataset.block : undefined
}

function made(name: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(name)
  if (className) element.className = className
  element.textContent = text
  return element
}
