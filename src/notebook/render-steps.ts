/**
 * @file Recorded states as HTML text: the one that the reader begins at, and all of them as a table. The same at build
 * and in the page. Escapes everything; knows no buttons.
 */
import { escapeHtml, fold } from "./markup.ts"
import type { Output, StepState, StepsOutput } from "./output.ts"
import { stepNumber, stepText, stepTexts } from "./step-text.ts"

/** So many rows are read without unfolding them. */
export const SHORT = 6
/** More rows than this are drawn in a reader's page when they are unfolded. */
const AT_ONCE = 50
/** A value that a state does not have. */
const NONE = "–"

export const stepWhere = (number: number, total: number, label = ""): string =>
  `Step ${number} of ${total}${label && `: ${label}`}`

/** Names and values of one state; what was different one state before says what it was. */
export function stepValues(
  names: readonly string[],
  now: readonly string[],
  before?: readonly string[],
): string {
  const lines = names.map((name, i) => {
    const was = before?.[i] ?? NONE
    const isNew = was !== NONE && was !== now[i]
    const value = `<span class="steps-value">${escapeHtml(now[i])}</span>`
    const mark = isNew ? ` <span class="steps-was">was <span>${escapeHtml(was)}</span></span>` : ""
    return `<div${isNew ? ' class="steps-new"' : ""}><dt>${escapeHtml(name)}</dt><dd>${value}${mark}</dd></div>`
  })
  return lines.join("")
}

/** What was left out. */
export function stepsNotes({ states, total, withoutFigure }: StepsOutput): string {
  const notes: string[] = []
  if (total > states.length)
    notes.push(`Of ${total} steps the first ${states.length - 1} and the last are kept.`)
  if (withoutFigure > 0) notes.push(`${withoutFigure} steps came after as many figures as a page holds.`)
  return notes.map((note) => `<p class="output-note">${escapeHtml(note)}</p>`).join("")
}

/** All states, a row each. */
export function stepsTable(output: StepsOutput): Output {
  const isLabelled = output.states.some(({ label }) => label !== undefined)
  const rows = output.states.map((state, k) => [
    stepNumber(output, k),
    ...(isLabelled ? [state.label ?? ""] : []),
    ...output.names.map((_, i) => {
      const value = state.values[i] ?? null
      return Array.isArray(value) ? stepText(value) : value
    }),
  ])
  return {
    kind: "table",
    columns: ["step", ...(isLabelled ? ["state"] : []), ...output.names],
    rows,
    total: rows.length,
  }
}

/** `render`: how the figures and the table are rendered. Where each state was recorded is in `data-places`. */
export function renderSteps(
  output: StepsOutput,
  origin: "build" | "page",
  render: (output: Output) => string,
): string {
  const { states, names, figures, total, fromFirst } = output
  const k = fromFirst ? 0 : states.length - 1
  const figureOf = (state: StepState): Output | undefined =>
    state.figure === undefined ? undefined : figures[state.figure]
  const texts = (state: StepState | undefined) => state && stepTexts(output, state)
  const shown = figureOf(states[k])
  // A page that was built has nothing else to take the other figures from.
  const rest =
    origin === "build" && figures.length > 0
      ? `<template>${states.map((state, i) => `<div>${i === k ? "" : rendered(figureOf(state), render)}</div>`).join("")}</template>`
      : ""
  const places = states.map(({ line, cell }) => (line === undefined ? "-" : `${cell}:${line}`))
  const isLate = origin === "page" && states.length > AT_ONCE
  const table = isLate ? "" : render(stepsTable(output))
  const all = fold(`All ${states.length} steps`, table, states.length <= SHORT)
  return (
    `<div data-steps="${k}" data-total="${total}" data-places="${escapeHtml(places.every((place) => place === places[0]) ? places[0] : places.join(" "))}"${fromFirst ? " data-first" : ""}>` +
    `<div class="steps-bar"></div>` +
    `<p class="steps-where">${escapeHtml(stepWhere(stepNumber(output, k), total, states[k].label))}</p>` +
    `<dl class="steps-values">${stepValues(names, texts(states[k])!, texts(states[k - 1]))}</dl>` +
    `<div class="steps-figure">${rendered(shown, render)}</div>` +
    `<div class="steps-notes">${stepsNotes(output)}</div>${rest}</div>${all}`
  )
}

const rendered = (output: Output | undefined, render: (output: Output) => string): string =>
  output ? render(output) : ""
