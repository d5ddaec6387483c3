/**
 * @file Draws a report: sign, word and colour, message, evidence, checks, what was printed. Text nodes only; the one thing
 * that is markup is a note that the build has rendered. Knows nothing of grading.
 */
import type { Report } from "../../exercises/lib/exercise.ts"
import { verdictWord } from "../../exercises/lib/wording.ts"
import css from "../styles/exercise-report.css?inline"
import { addStyle } from "./added-style.ts"

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...content)
  return made
}

/** `note` is the text that the build rendered for the report's note, if the exercise has one. */
export function drawReport(host: HTMLElement, report: Report, note: DocumentFragment | undefined): void {
  addStyle("exercise-report", css)
  const { sign, word, tone } = verdictWord[report.verdict]
  const share = report.verdict === "partial" ? ` (${Math.round(report.score * 100)} %)` : ""
  const free = report.verdict === "invalid" ? ", no attempt counted" : ""
  const icon = element("span", "exercise-sign", sign)
  icon.setAttribute("aria-hidden", "true")
  const body = element("p", "exercise-message")
  body.append(report.verdict !== "correct" && note ? note : report.message)
  const box = element(
    "div",
    "exercise-verdict",
    element("p", "exercise-word", icon, ` ${word}${share}${free}`),
    body,
  )
  box.dataset.tone = tone
  const evidence = drawEvidence(report)
  if (evidence) box.append(evidence)
  if (report.checks.length > 1) box.append(drawChecks(report.checks))
  if (report.console.length > 0) {
    const printed = element("details", "exercise-console", element("summary", "", "What your code printed"))
    const text = element("pre", "", report.console.join("\n"))
    text.tabIndex = 0
    printed.append(text)
    box.append(printed)
  }
  // That there is another answer stays true.
  host.replaceChildren(box, ...host.querySelectorAll('[data-about="tabs"]:has(button)'))
}

function drawEvidence({ evidence, verdict }: Report): HTMLElement | undefined {
  if (!evidence || verdict === "correct") return undefined
  const words = { input: "Called with", expected: "Expected", got: "Yours", where: "Where" } as const
  const list = element("dl", "exercise-evidence")
  for (const key of ["input", "expected", "got", "where"] as const) {
    const value = evidence[key]
    if (value) list.append(element("dt", "", words[key]), element("dd", "", value))
  }
  return list.childElementCount > 0 ? list : undefined
}

function drawChecks(checks: Report["checks"]): HTMLElement {
  const passed = checks.filter((check) => check.passed).length
  const list = element("ul", "exercise-checks")
  for (const check of checks) {
    const sign = element("span", "exercise-sign", check.passed ? "✓" : "✗")
    sign.setAttribute("role", "img")
    sign.setAttribute("aria-label", check.passed ? "passed:" : "not passed:")
    const item = element("li", "", sign, ` ${check.name}`)
    item.dataset.passed = String(check.passed)
    list.append(item)
  }
  const summary = element("summary", "", `${passed} of ${checks.length} checks passed`)
  return element("details", "", summary, list)
}
