/**
 * @file Reads one lesson and gives numbers to what can be referred to: equations, figures, exercises, cells. Finds
 * ids that are used twice. Knows nothing of other lessons, of running cells or of HTML.
 */
import { mdxToMdast } from "satteri"
import { ContentError, type Place } from "./content-error.ts"
import { type CellFence, cellFence } from "./fence.ts"
import { attribute, type Jsx, textAttribute } from "./jsx-node.ts"
import type { LessonPath } from "./lesson-path.ts"
import { mdxFeatures } from "./mdx-features.ts"

export type TargetKind = "equation" | "figure" | "exercise" | "cell" | "lesson"

/** Ids are unique among things of one sort. In this order `<Ref>` looks for an id. */
export const sorts = ["equation", "figure", "explorable", "exercise", "cell"] as const
export type Sort = (typeof sorts)[number]

export interface Target {
  /** What the reader calls it: an explorable and a cell with a caption are figures. */
  kind: TargetKind
  id: string
  lesson: string
  /** "12.3"; a cell without a caption has none, a lesson's is its own number. */
  number?: string
  /** Element id in the page; a lesson has none. */
  anchor?: string
  title?: string
  place: Place
}

export interface LessonCell {
  fence: CellFence
  source: string
  place: Place
}

export interface ValueUse {
  /** As written: `cell.expression`. */
  of: string
  place: Place
}

export interface NumberedLesson {
  path: LessonPath
  /** By sort and id: "equation softmax". */
  targets: Map<`${Sort} ${string}`, Target>
  cells: LessonCell[]
  values: ValueUse[]
  /** Keys of `<Cite>`, in order of first appearance. */
  citations: string[]
  /** Ids of `<SlidesSay>` and what is claimed there, in order. */
  claims: Map<string, string>
  /** What `<Definition term="…">` defines, in order. */
  definitions: string[]
}

interface Node {
  type: string
  position?: { start: { line: number; column: number } }
  children?: Node[]
}

const numbered: Record<
  string,
  { sort: Sort; kind: TargetKind; name: "id" | "name"; prefix: string; required: boolean }
> = {
  Equation: { sort: "equation", kind: "equation", name: "id", prefix: "eq-", required: true },
  Figure: { sort: "figure", kind: "figure", name: "id", prefix: "fig-", required: false },
  Explorable: { sort: "explorable", kind: "figure", name: "name", prefix: "", required: true },
  Exercise: { sort: "exercise", kind: "exercise", name: "id", prefix: "ex-", required: true },
}

/** `source` is the whole file, frontmatter included, so that lines are the author's. */
export function numberLesson(path: LessonPath, source: string): NumberedLesson {
  const lesson: NumberedLesson = {
    path,
    targets: new Map(),
    cells: [],
    values: [],
    citations: [],
    claims: new Map(),
    definitions: [],
  }
  const counts = new Map<TargetKind, number>()
  const next = (kind: TargetKind): string => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return `${path.number}.${counts.get(kind)}`
  }
  const fail = (place: Place, message: string): never => {
    throw new ContentError(path.file, place, message)
  }
  const add = (sort: Sort, target: Target): void => {
    const other = lesson.targets.get(`${sort} ${target.id}`)
    if (other)
      fail(
        target.place,
        `duplicate ${sort} id "${target.id}": line ${other.place.line} has it already; choose another.`,
      )
    lesson.targets.set(`${sort} ${target.id}`, target)
  }

  const visit = (node: Node): void => {
    const place = node.position?.start ?? { line: 1, column: 1 }
    if (node.type === "code") {
      const code = node as unknown as { lang?: string | null; meta?: string | null; value: string }
      let fence: CellFence | undefined
      try {
        fence = cellFence(code.lang, code.meta)
      } catch (error) {
        fail(place, (error as Error).message)
      }
      if (fence) {
        const kind = fence.caption ? "figure" : "cell"
        const number = fence.caption ? next("figure") : undefined
        const { id, title } = fence
        add("cell", { kind, id, lesson: path.id, number, anchor: `cell-${id}`, title, place })
        lesson.cells.push({ fence, source: code.value, place })
      }
    } else if (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") {
      const element = node as unknown as Jsx
      const rule = Object.hasOwn(numbered, element.name ?? "") ? numbered[element.name!] : undefined
      if (rule) {
        const id = textAttribute(element, rule.name)
        if (id)
          add(rule.sort, {
            kind: rule.kind,
            id,
            lesson: path.id,
            number: next(rule.kind),
            anchor: rule.prefix + id,
            place,
          })
        else if (rule.required) fail(place, `<${element.name}> has no ${rule.name}; write ${rule.name}="…".`)
      } else if (element.name === "Value") {
        const of = attribute(element, "of")
        if (typeof of !== "string" || !of.includes("."))
          fail(place, `<Value> needs of="cell.expression", the id of a cell and what to compute after it.`)
        lesson.values.push({ of: of as string, place })
      } else if (element.name === "Cite") {
        for (const key of citationKeys(element))
          if (!lesson.citations.includes(key)) lesson.citations.push(key)
      } else if (element.name === "Definition") {
        const term = textAttribute(element, "term")
        if (!term) fail(place, `<Definition> has no term; write term="…".`)
        else if (lesson.definitions.includes(term)) fail(place, `"${term}" is defined twice in this lesson.`)
        else lesson.definitions.push(term)
      } else if (element.name === "SlidesSay") {
        const id = textAttribute(element, "id")
        if (!id)
          fail(place, `<SlidesSay> has no id; write id="…", so that the list of errata can link to it.`)
        else if (lesson.claims.has(id))
          fail(place, `duplicate id "${id}" of <SlidesSay>: the lesson has it already; choose another.`)
        else lesson.claims.set(id, textAttribute(element, "claim") ?? "")
      }
    }
    for (const child of node.children ?? []) visit(child)
  }

  const open = openFormula(source)
  if (open)
    fail(
      open,
      "a formula over several lines begins with $$ alone on its line and ends with $$ alone on its line.",
    )
  let tree: Node
  try {
    tree = mdxToMdast(source, { features: mdxFeatures }) as unknown as Node
  } catch (error) {
    const { message } = error as Error
    const at = /(\d+):(\d+)/.exec(message)
    throw new ContentError(
      path.file,
      at ? { line: Number(at[1]), column: Number(at[2]) } : undefined,
      message,
    )
  }
  visit(tree)
  return lesson
}

/** The first line that opens a display formula, goes on behind the dollars and does not close it. */
function openFormula(source: string): Place | undefined {
  let inCode = false
  for (const [i, line] of source.split("\n").entries()) {
    if (/^\s*```/.test(line)) inCode = !inCode
    if (!inCode && /^\s*\$\$\s*[^\s$]/.test(line) && line.indexOf("$$") === line.lastIndexOf("$$"))
      return { line: i + 1 }
  }
  return undefined
}

/** What `<Ref>` means by an id: the first sort that has it. */
export function targetOf(lesson: NumberedLesson, id: string): Target | undefined {
  for (const sort of sorts) {
    const target = lesson.targets.get(`${sort} ${id}`)
    if (target) return target
  }
  return undefined
}

/** `k="a, b"` → ["a", "b"]. */
export function citationKeys(cite: Readonly<Jsx>): string[] {
  return (textAttribute(cite, "k") ?? "").split(/[\s,]+/).filter(Boolean)
}
