/** @file The list of errata: what concerns a lesson is shown there, with its numbers computed; rows come out whole. */
import { globSync, readFileSync } from "node:fs"
import { beforeAll, describe, expect, it } from "vitest"
import { bookMap } from "../../src/build/book-map.ts"
import { cellResults } from "../../src/build/cell-results.ts"
import { contentRoot } from "../../src/build/content-root.ts"
import { errataOf, erratumMarks } from "../../src/build/errata.ts"
import { runCells } from "../../src/build/run-cells.ts"
import { formatValue } from "../../src/build/values.ts"
import { errata } from "../fixtures/errata.ts"

const book = bookMap(contentRoot)

/** A lesson's source, its computed numbers in their places. */
const read = new Map<string, string>()
beforeAll(async () => {
  for (const id of new Set(errata.map(({ lesson }) => lesson))) {
    const lesson = book.get(id)
    if (!lesson) throw new Error(`The book has no lesson ${id}.`)
    const { values } = await cellResults(lesson, runCells)()
    const source = readFileSync(lesson.path.file, "utf8")
    read.set(
      id,
      source.replace(/<Value of="([^"]*)"(?: digits=\{(\d+)\})? \/>/g, (_, of, digits) =>
        formatValue(values[of], digits === undefined ? undefined : Number(digits)),
      ),
    )
  }
}, 240_000)

function place({ lesson, box, exercise }: (typeof errata)[number]): string {
  const text = read.get(lesson) ?? ""
  if (exercise) {
    expect(text).toContain(`<Exercise id="${exercise}" />`)
    return readFileSync(globSync(`exercises/*/${exercise}.ts`)[0], "utf8")
  }
  return box ? (text.split(`<SlidesSay id="${box}"`)[1] ?? "").split("</SlidesSay>")[0] : text
}

describe("errata", () => {
  it.each(errata)("$id: $lesson shows what is right", (fact) => {
    const text = place(fact)
    expect(fact.shows.filter((what) => !text.includes(what))).toEqual([])
  })

  it("has one fact for each number, and every lesson has at least one", () => {
    expect(new Set(errata.map(({ id }) => id)).size).toBe(errata.length)
    expect([...book.keys()].filter((id) => !errata.some(({ lesson }) => lesson === id))).toEqual([])
  })

  it("says the claim of every box in words of its own", () => {
    const claims = [...book.values()].flatMap((lesson) => [...lesson.claims.values()])
    expect(claims.filter((claim) => claim.length < 10)).toEqual([])
    expect(new Set(claims).size).toBe(claims.length)
  })

  it("cuts the rows out of a lesson, and leads links to its own page there", () => {
    const [before, after] = erratumMarks("sign")
    const html = `<p>Text.</p>${before}<h3>Plus.</h3><a href="#says-sign">there</a>${after}<p>More.</p>`
    const rows = errataOf("momentum", html)
    expect(rows).toEqual([{ id: "sign", html: '<h3>Plus.</h3><a href="/momentum/#says-sign">there</a>' }])
    expect(errataOf("momentum", "<p>No row.</p>")).toEqual([])
  })
})
