/**
 * @file An explorable's figure as static HTML: take-away, first frame, description, table, code. It reads well
 * with no script, and a script takes it over without moving a pixel. Knows no DOM.
 */
import type { Explorable, Params, Table, View } from "./explorable.ts"
import type { Place } from "./link.ts"
import { controlPanel, predictionStrip, presetBar, share, transport } from "./panel.ts"
import { defaults } from "./params.ts"
import { strip } from "./strip.ts"
import { escapeText } from "./svg.ts"

/** The state of the first frame: default controls, seed 0, the transport where the author put it. */
export function firstPlace(explorable: Explorable): Place {
  return { params: defaults(explorable.controls), seed: 0, step: explorable.start ?? 0 }
}

/** The inside of <nn-explorable>. `label` is "Figure 4.2" or empty; `id` is unique in the page. */
export function still(id: string, explorable: Explorable, label = ""): string {
  const { params, seed, step } = firstPlace(explorable)
  const state = explorable.model(params, seed, step)
  const views = Object.entries(explorable.views)
  const sides = (["left", "right"] as const).map((side) =>
    views.filter(([, v], i) => (v.side ?? (i === 0 ? "left" : "right")) === side),
  )
  const columns = sides.map((here, i) =>
    here.length === 0
      ? ""
      : `<div class="ex-column ex-${["left", "right"][i]}">${here.map(([name, v]) => viewFigure(id, name, v, state)).join("")}</div>`,
  )
  const pictures = `<div class="ex-pictures">${columns.join("")}</div>`
  const { tall, places } = strip(sides.flat().map(([, view]) => view))
  const question = questionOf(explorable)
  const time = transport(explorable, params, step, explorable.steps?.(params, seed) ?? 0)
  return (
    `<figure class="ex-figure" aria-labelledby="${id}-takeaway" aria-describedby="${id}-caption">` +
    `<div class="ex-head"><p class="ex-label">${label ? `<b>${escapeText(label)}</b> ` : ""}Explorable: ${escapeText(explorable.title)}</p>` +
    `<button type="button" class="ex-help" data-action="help" aria-expanded="false" aria-controls="${id}-keys" aria-keyshortcuts="?">Keys</button></div>` +
    `<p class="ex-takeaway" id="${id}-takeaway">${escapeText(explorable.takeaway(params, state))}</p>` +
    `<div class="ex-keys" id="${id}-keys" hidden></div>` +
    predictionStrip(id, explorable, question) +
    presetBar(explorable, params) +
    `<div class="ex-body" style="--tall:${tall.toFixed(3)};--places:${places};--of:'${views.length}'">${explorable.large ? time + pictures : pictures + time}` +
    `<div class="ex-controls">${controlPanel(id, explorable.controls, params)}</div></div>` +
    `<div class="ex-frames" hidden></div>` +
    share() +
    `<figcaption class="ex-caption"><p id="${id}-caption" data-describe tabindex="-1">${escapeText(explorable.describe(params, state))}</p><p class="ex-key">${escapeText(explorable.key)}</p></figcaption>` +
    `<details class="ex-table"><summary>Table</summary><div class="ex-scroll" tabindex="0" role="region" aria-label="Data of the figure">${tableHtml(explorable.table(params, state))}</div></details>` +
    `<details class="ex-code"><summary>Code</summary><button type="button" data-action="copy-code">Copy</button> <button type="button" data-action="open-code">Open in a scratchpad</button><pre tabindex="0" aria-label="Code for this state"><code>${explorable.large ? "" : escapeText(explorable.code(params, seed, step))}</code></pre></details>` +
    `${explorable.tree ? treeFold(explorable.tree.title) : ""}` +
    `<p class="ex-live" role="status"></p></figure>`
  )
}

/** What is asked first, about the setting that it is about; empty where nothing is asked. */
function questionOf(explorable: Explorable): string {
  const { params, seed, step } = firstPlace(explorable)
  const asked = { ...params, ...explorable.predict?.about } as Params
  return explorable.predict?.question(asked, explorable.model(asked, seed, step)) ?? ""
}

/** For a list of explorables: the title, the question, and the first view of the first frame. */
export function firstPicture(explorable: Explorable): { title: string; question: string; picture: string } {
  const { params, seed, step } = firstPlace(explorable)
  const { title, takeaway, views } = explorable
  const state = explorable.model(params, seed, step)
  const [[name, view]] = Object.entries(views)
  const says = `${view.title}. ${takeaway(params, state)}`
  return {
    title,
    question: questionOf(explorable),
    picture: stage(name, view, state, `aria-label="${escapeText(says)}"`),
  }
}

/** Empty until it is opened. */
const treeFold = (title: string): string =>
  `<details class="ex-fold needs-script" data-tree=""><summary>${escapeText(title)}</summary><div class="ex-scroll"></div></details>`

function viewFigure(id: string, name: string, view: View<unknown>, state: unknown): string {
  const named = `aria-labelledby="${id}-${name}" aria-describedby="${id}-caption"`
  const title = escapeText(view.title)
  return view.folded
    ? `<details class="ex-view ex-fold needs-script"><summary class="ex-view-title"><span id="${id}-${name}">${title}</span></summary>${stage(name, view, undefined, named)}</details>`
    : `<div class="ex-view"><p class="ex-view-title" id="${id}-${name}">${title}</p>${stage(name, view, state, named)}</div>`
}

/** Without a state there is nothing in it yet. */
function stage(name: string, view: View<unknown>, state: unknown, named: string): string {
  return (
    `<div class="ex-stage" data-view="${name}" style="--w:${view.width};--h:${view.height}">` +
    `<svg viewBox="0 0 ${view.width} ${view.height}" role="img" ${named}><g>${state === undefined ? "" : view.draw(state)}</g></svg></div>`
  )
}

export function tableHtml({ columns, rows, also = [] }: Table): string {
  const head = columns.map((c) => `<th scope="col">${escapeText(c)}</th>`).join("")
  const body = rows.map(
    (row) =>
      `<tr>${row.map((cell, i) => (i === 0 ? first(cell) : `<td>${escapeText(String(cell))}</td>`)).join("")}</tr>`,
  )
  const more = also.map((one) => `<p>${escapeText(one.name)}</p>${tableHtml(one)}`)
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>${more.join("")}`
}

/** A row that begins with a word is named by it. */
function first(cell: string | number): string {
  const text = escapeText(String(cell))
  return /^[−\d]/.test(text) ? `<td>${text}</td>` : `<th scope="row">${text}</th>`
}

/** The keys that do something here: written into the page when they are asked for. */
export function keyHelp(explorable: Explorable): string {
  const keys: [string, string][] = [
    ...(explorable.steps
      ? ([
          ["Space", "play or pause"],
          [".", "one step on"],
          [",", "one step back"],
          ["R", "reset"],
        ] satisfies [string, string][])
      : []),
    ...(explorable.seeded ? ([["N", "new seed"]] satisfies [string, string][]) : []),
    ...(explorable.predict ? ([["P", "prediction"]] satisfies [string, string][]) : []),
    ["D", "describe"],
    ["T", "table"],
    ["Arrows", "move a handle or slider; with Shift by a tenth, Page Up and Down by ten"],
    ...(Object.values(explorable.controls).some((c) => c.type === "points")
      ? ([["[ ] Enter Delete", "choose a point, flip it, delete it"]] satisfies [string, string][])
      : []),
    ...(Object.values(explorable.views).some((view) => view.targets)
      ? ([["Arrows Enter", "choose a part of a picture, and press it"]] satisfies [string, string][])
      : []),
    ["Esc", "leave the figure"],
  ]
  return `<dl>${keys.map(([k, what]) => `<div><dt><kbd>${k}</kbd></dt><dd>${what}</dd></div>`).join("")}</dl>`
}
