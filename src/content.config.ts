/** @file What the head of a lesson must say. Its id, number and part come from its path. */
import { defineCollection } from "astro:content"
import { glob } from "astro/loaders"
import { z } from "astro/zod"
import { contentRoot } from "./build/content-root.ts"
import { lessonPath } from "./build/lesson-path.ts"

const sentence = (what: string) =>
  z.string(`${what}: write one sentence.`).trim().min(10, `${what}: write a whole sentence.`)
const list = (what: string) => z.array(z.string(), `${what}: write a list, one "- …" a line.`)

const lessons = defineCollection({
  loader: glob({
    base: contentRoot,
    pattern: "*/[^_]*.mdx",
    generateId: ({ entry }) => lessonPath(entry)?.id ?? entry,
  }),
  schema: z.strictObject({
    /** As on the title line and in the contents; no TeX. */
    title: z.string("title: every lesson has one.").trim().min(1, "title: every lesson has one."),
    /** One sentence, for the contents, search engines and links. */
    description: sentence("description"),
    /** What a reader can do afterwards; each begins with a verb. */
    objectives: list("objectives").min(
      1,
      "objectives: name at least one thing that the reader can do afterwards.",
    ),
    /** What it builds on: ids of lessons, or plain words for what the book does not teach. */
    needs: list("needs").default([]),
    /** What builds on it: ids of lessons, or plain words. */
    leads: list("leads").default([]),
    /** Earlier slugs; each becomes a page that leads here. */
    formerly: list("formerly").default([]),
  }),
})

export const collections = { lessons }
