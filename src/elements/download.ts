/** @file A lesson as it stands on the page, with the reader's texts, as files to take away. Made here, sent nowhere. */
import { ipynb } from "../notebook/export-ipynb.ts"
import type { LessonPart, OutputBundle, TakenLesson } from "../notebook/export-lesson.ts"
import { programText } from "../notebook/export-program.ts"
import { type ZipFile, zip } from "../notebook/export-zip.ts"
import { link } from "../site.ts"
import { Answers } from "./answers.ts"
import type { CellDesk } from "./cell-desk.ts"
import { piecesOf } from "./lesson-markdown.ts"
import { saveFile } from "./save-file.ts"

/** The lesson, the book's module and the data in one archive. Returns a sentence for the reader. */
export async function downloadProgram(lesson: TakenLesson): Promise<string> {
  const { id } = lesson
  const [names, module, digits, iris] = await Promise.all([
    libraryNames(),
    fetched("descent.js"),
    fetched("digits.bin"),
    fetched("iris.csv"),
  ])
  const files: ZipFile[] = [
    { name: `${id}.ts`, content: programText(lesson, names) },
    { name: `${id}.ipynb`, content: json(ipynb(lesson, names, "./descent.js")) },
    { name: "descent.js", content: module },
    { name: "digits.bin", content: digits },
    { name: "iris.csv", content: iris },
    { name: "package.json", content: json({ private: true, type: "module" }) },
    { name: "README.txt", content: readme(lesson) },
  ]
  const folder = files.map(({ name, content }) => ({ name: `${id}/${name}`, content }))
  saveFile(`${id}.zip`, await zip(folder, new Date()), "application/zip")
  return `Saved as ${id}.zip. Unpack it and run: node ${id}.ts`
}

/** One notebook, which loads the book's module from where the book is read. Returns a sentence for the reader. */
export async function downloadNotebook(lesson: TakenLesson): Promise<string> {
  const { id } = lesson
  const module = new URL(link("download/descent.js"), location.href).href
  const notebook = ipynb(lesson, await libraryNames(), module)
  saveFile(`${id}.ipynb`, json(notebook), "application/x-ipynb+json")
  return `Saved as ${id}.ipynb, for Jupyter with Deno’s TypeScript kernel.`
}

async function fetched(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(link(`download/${file}`))
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

async function libraryNames(): Promise<ReadonlySet<string>> {
  return new Set(JSON.parse(new TextDecoder().decode(await fetched("names.json"))) as string[])
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`

function readme({ what, id, title, address }: TakenLesson): string {
  return `${title}
A ${what} of Descent: ${address}

${id}.ts      the cells of the ${what}${what === "lesson" ? ", with your text where you changed one" : ""}
${id}.ipynb   the same${what === "lesson" ? " with the prose" : ""}, for Jupyter with Deno's TypeScript kernel
descent.js    the book's engine and all that the cells see; no other dependency
digits.bin, iris.csv   the data sets (licences: see the book's page "About")

Run it with Node 22.18 or newer, or with Deno:
  node ${id}.ts
  deno run --allow-read ${id}.ts

Text CC BY-SA 4.0, code MIT.
`
}

/** The lesson of this page. */
export function takenLesson(id: string): TakenLesson {
  const article = document.querySelector<HTMLElement>("[data-lesson] .prose")
  const title = document.querySelector("h1")?.textContent?.trim() ?? id
  const parts = (article ? piecesOf(article) : []).flatMap((piece): LessonPart[] =>
    "markdown" in piece ? [{ kind: "prose", markdown: piece.markdown }] : [cellPart(piece.cell)],
  )
  return { what: "lesson", id, title, address: `${location.origin}${location.pathname}`, parts }
}

export function cellPart(host: HTMLElement & { desk?: CellDesk }): LessonPart {
  const { dataset, desk } = host
  const source = desk?.edits.source ?? host.querySelector(".cell-code code")?.textContent ?? ""
  // What a shared link has put there is not the reader's.
  const edited = desk ? desk.edits.edited && !desk.edits.borrowed : false
  return {
    kind: "cell",
    cell: {
      id: dataset.cell ?? host.id,
      title: dataset.title,
      source,
      static: dataset.static !== undefined,
      error: dataset.error !== undefined,
    },
    edited,
    // A file that was chosen stays with the page.
    inputs: desk ? new Answers(desk.lesson).of(desk.id) : {},
    outputs: /^(ok|idle)$/.test(dataset.state ?? "") ? outputsOf(host) : [],
  }
}

function outputsOf(host: HTMLElement): OutputBundle[] {
  // What rests has no text to be read.
  host.classList.remove("far")
  const outputs = host.querySelectorAll<HTMLElement>('.cell-out > .cell-output:not([data-kind="input"])')
  return [...outputs].flatMap((output) => {
    const text = textOf(output)
    const svg = output.querySelector("svg")
    if (svg && output.dataset.kind !== "table")
      return [{ "image/svg+xml": standAlone(svg), "text/plain": text || "figure" }]
    return text === "" ? [] : [{ "text/plain": text }]
  })
}

/** What is read on the page, without the tools that come with it. */
function textOf(output: HTMLElement): string {
  const tools = [...output.querySelectorAll<HTMLElement>(".output-tools, .steps-bar")]
  for (const tool of tools) tool.style.display = "none"
  const text = output.innerText.trim()
  for (const tool of tools) tool.style.removeProperty("display")
  return text
}

/** A figure's colours are the page's variables; outside of it they are numbers. */
function standAlone(svg: SVGSVGElement): string {
  const style = getComputedStyle(svg)
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("color", style.getPropertyValue("--ink"))
  const text = new XMLSerializer().serializeToString(copy)
  return text.replace(
    /var\((--[\w-]+)(?:,([^()]*))?\)/g,
    (_, name: string, otherwise?: string) =>
      style.getPropertyValue(name).trim().replaceAll('"', "'") || otherwise?.trim() || "none",
  )
}
