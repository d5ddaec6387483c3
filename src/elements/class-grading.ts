/**
 * @file `<nn-class-grading>`: grades a folder of submission files in the page and shows, filters and saves the grades.
 * Nothing leaves the machine: what grading needs is loaded before the first file is read.
 */
import { version } from "../../package.json"
import { type Collected, openArchives } from "../notebook/class-archives.ts"
import { compareGrades, comparisonInWords } from "../notebook/class-changes.ts"
import { leftOut } from "../notebook/class-files.ts"
import { type Grades, gradesCsv, gradesJson, gradesOf, readGrades } from "../notebook/class-grades.ts"
import type { Row } from "../notebook/class-row.ts"
import { remarksOn } from "../notebook/class-summary.ts"
import { filesOfDrop, filesOfInput } from "./class-drop.ts"
import { showList, showStandings } from "./class-summary.ts"
import { ClassTable, verdictInWords, wordsOf } from "./class-table.ts"
import { saveFile } from "./save-file.ts"
import type { Order } from "./sortable-table.ts"

/** Often enough to know that it goes on, and seldom enough to be listened to. */
const ANNOUNCE_EVERY = 15_000

const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** What stands under the verdicts, and is none. */
const REMARKABLE = new Map<string, (row: Row) => boolean>([
  ["not as claimed", ({ claimed, verdict }) => claimed !== "" && claimed !== verdict],
  ["changed since", ({ changed }) => changed],
])

/** Names are typed with and without capitals and accents. */
const searched = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").toLowerCase()

const includesAll = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.includes(word))

class ClassGradingElement extends HTMLElement {
  #connected = false
  #grades: Grades | undefined
  #earlier: Grades | undefined
  #table: ClassTable | undefined
  #order: Order | undefined
  #isGrading = false
  #isStopped = false

  connectedCallback(): void {
    if (this.#connected) return
    this.#connected = true
    this.#part("live").hidden = false
    this.#table = new ClassTable(this.#part<HTMLTableElement>("rows"), (shown, of, order) => {
      const all = this.#grades?.rows.length ?? 0
      const rows = of < all ? `${of} of ${counted(all, "row")}` : counted(of, "row")
      const count = shown < of ? `The first ${shown} of ${rows}` : rows
      this.#part("count").textContent = `${count}${order && `, ${order}`}.`
      this.#part("more").hidden = shown === of
    })
    for (const name of ["folder", "files"] as const) {
      const input = this.#part<HTMLInputElement>(name)
      input.addEventListener("change", () => {
        if (input.files && input.files.length > 0) void this.#grade(filesOfInput(input.files))
        // The same files can be chosen again.
        input.value = ""
      })
    }
    this.#takeDrops(this.#part("drop"))
    this.#part("stop").addEventListener("click", () => {
      this.#isStopped = true
      this.#say("Stopping …")
    })
    for (const name of ["find", "exercise", "verdict"])
      this.#part(name).addEventListener("input", () => this.#filter())
    this.#part("more").addEventListener("click", () => this.#table?.more())
    this.#part("csv").addEventListener("click", () => this.#save("grades.csv", gradesCsv, "text/csv"))
    this.#part("json").addEventListener("click", () => this.#saveJson())
    const earlier = this.#part<HTMLInputElement>("earlier")
    earlier.addEventListener("change", () => {
      const [file] = earlier.files ?? []
      if (file) void this.#compareWith(file)
      earlier.value = ""
    })
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.querySelector<T>(`[data-part="${name}"]`)!
  }

  #say(sentence: string): void {
    this.#part("status").textContent = sentence
  }

  #takeDrops(zone: HTMLElement): void {
    const mark = (isOver: boolean): void => {
      zone.toggleAttribute("data-over", isOver)
    }
    zone.addEventListener("dragover", (event) => {
      event.preventDefault()
      mark(true)
    })
    zone.addEventListener("dragleave", () => mark(false))
    zone.addEventListener("drop", (event) => {
      event.preventDefault()
      mark(false)
      if (event.dataTransfer) void this.#grade(filesOfDrop(event.dataTransfer))
    })
  }

  async #grade(choosing: Collected | Promise<Collected>): Promise<void> {
    if (this.#isGrading) return this.#say("Grading is under way; stop it first.")
    this.#isGrading = true
    this.#isStopped = false
    this.#setBusy(true)
    try {
      const chosen = await openArchives(await choosing)
      if (chosen.files.length === 0) {
        this.#say(
          "There is no submission among these: submissions are files that end in .json, in folders or zip archives.",
        )
        return
      }
      await this.#gradeFiles(chosen)
    } catch (error) {
      this.#say(`Nothing was graded: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      this.#isGrading = false
      this.#setBusy(false)
    }
  }

  async #gradeFiles({ files, others }: Collected): Promise<void> {
    this.#say(`Loading what is needed to grade ${counted(files.length, "file")} …`)
    const host = await import("./class-host.ts")
    await host.prepare()
    this.dataset.prepared = ""
    this.#say("Reading the files …")
    const start = performance.now()
    let said = start
    const { rows, notices, isPart } = await host.gradeFiles(files, {
      isStopped: () => this.#isStopped,
      tell: (done, of) => {
        this.#showProgress(done, of)
        if (performance.now() - said < ANNOUNCE_EVERY) return
        said = performance.now()
        this.#say(`${done} of ${of} answers are graded.`)
      },
    })
    delete this.dataset.prepared
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const graded = rows.filter(({ exercise }) => exercise).length
    this.#grades = gradesOf(version, rows, [
      ...notices,
      ...leftOut(others),
      ...(isPart ? ["Grading was stopped; these are not all answers."] : []),
    ])
    this.#show(this.#grades)
    const end = isPart ? "Stopped: " : ""
    this.#say(
      `${end}${counted(graded, "answer")} in ${counted(files.length, "file")}, graded in ${seconds} s.`,
    )
  }

  #setBusy(isBusy: boolean): void {
    const running = this.#part("running")
    const hadFocus = running.contains(document.activeElement)
    running.hidden = !isBusy
    if (isBusy) this.#showProgress(0, 0)
    // The button that had it is gone; a keyboard would start at the top of the page.
    if (hadFocus && !isBusy) this.#part("status").focus()
  }

  #showProgress(done: number, of: number): void {
    const bar = this.#part<HTMLProgressElement>("progress")
    bar.max = Math.max(of, 1)
    bar.value = done
    this.#part("done").textContent = of > 0 ? `${done} of ${of}` : ""
  }

  #show({ rows, exercises, notices }: Grades): void {
    showStandings(this.#part<HTMLTableElement>("standings"), exercises, this.#order, (order) => {
      this.#order = order
    })
    this.#part("standing").hidden = exercises.length === 0
    const remarks = remarksOn(rows, notices)
    showList(this.#part("remarks"), remarks)
    this.#part("remarked").hidden = remarks.length === 0
    this.#fill("exercise", [...new Set(rows.map(({ exercise }) => exercise))].filter(Boolean).sort())
    this.#fill("verdict", [...new Set(rows.map(({ verdict }) => verdict))].sort(), verdictInWords)
    this.#part("verdict").append(...[...REMARKABLE.keys()].map((words) => new Option(words)))
    this.#part("results").hidden = false
    this.#filter()
    this.#showComparison()
  }

  #fill(name: string, values: readonly string[], words = (value: string): string => value): void {
    const select = this.#part<HTMLSelectElement>(name)
    const options = values.map((value) => new Option(words(value), value))
    select.replaceChildren(new Option("All", ""), ...options)
  }

  #filter(): void {
    const exercise = this.#part<HTMLSelectElement>("exercise").value
    const verdict = this.#part<HTMLSelectElement>("verdict").value
    const words = searched(this.#part<HTMLInputElement>("find").value).split(" ").filter(Boolean)
    const isOfVerdict = REMARKABLE.get(verdict) ?? ((row: Row) => !verdict || row.verdict === verdict)
    const isWanted = (row: Row): boolean =>
      (!exercise || row.exercise === exercise) &&
      isOfVerdict(row) &&
      (words.length === 0 || includesAll(searched(wordsOf(row)), words))
    this.#table?.show(this.#grades?.rows.filter(isWanted) ?? [])
  }

  async #compareWith(file: File): Promise<void> {
    try {
      this.#earlier = readGrades(await file.text())
      this.#showComparison()
    } catch (error) {
      this.#say(
        `${file.name} cannot be compared with: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  #showComparison(): void {
    const isThere = this.#earlier !== undefined && this.#grades !== undefined
    const lines = isThere ? comparisonInWords(compareGrades(this.#earlier!, this.#grades!)) : []
    showList(this.#part("changes"), lines)
    if (isThere) this.#say(`Compared: ${lines.length > 1 ? `${lines.length} lines below` : lines[0]}`)
  }

  #save(name: string, textOf: (rows: readonly Row[]) => string, type: string): void {
    if (!this.#grades) return
    saveFile(name, textOf(this.#grades.rows), type)
    this.#say(`Saved as ${name}, among your downloads.`)
  }

  #saveJson(): void {
    const grades = this.#grades
    if (grades) this.#save("grades.json", () => gradesJson(grades), "application/json")
  }
}

if (!customElements.get("nn-class-grading")) customElements.define("nn-class-grading", ClassGradingElement)
