/**
 * @file Predict first: the question, the reader's answer, and then the gap between them. It can always be
 * skipped; the answer stays in this browser.
 */
import type { Desk } from "./explorable-desk.ts"
import { get, set } from "./store.ts"

interface Kept {
  choice: string
  right: boolean
}

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1)

export function prediction(desk: Desk): void {
  const form = desk.find<HTMLFormElement>(".ex-predict")
  const { predict } = desk.explorable
  if (!form || !predict) return
  const key = `predict:${desk.name}`
  const radios = [...form.querySelectorAll<HTMLInputElement>("input")]
  const answer = form.querySelector<HTMLElement>(".ex-answer")!
  const check = form.querySelector<HTMLButtonElement>('[type="submit"]')!
  const skip = form.querySelector<HTMLButtonElement>("[data-skip]")!
  const textOf = (id: string) => predict.options.find((o) => o.id === id)?.text ?? ""
  let asked = 0
  let right = 0

  const fold = (folded: boolean) => {
    const inside = form.contains(document.activeElement)
    form.classList.toggle("ex-folded", folded)
    skip.textContent = folded ? "Ask me" : "Skip"
    check.hidden = folded
    // What had the focus may be hidden now.
    if (folded && inside) skip.focus()
  }
  const show = (words: string, good: boolean) => {
    answer.hidden = false
    answer.dataset.right = String(good)
    answer.textContent = words
  }
  const commit = (choice: string) => {
    const stepwise = predict.before !== undefined
    desk.change({
      params: predict.about,
      step: stepwise ? desk.step + 1 : (predict.reveal ?? desk.step),
    })
    desk.now()
    const truth = predict.answer(desk.place.params, desk.state)
    const good = truth.id === choice
    const which = stepwise ? `${capital(desk.explorable.unit ?? "step")} ${desk.step}. ` : ""
    show(
      `${which}You said: ${textOf(choice)}. ${good ? "✓ Right." : `✗ It is: ${textOf(truth.id)}.`} ${truth.says}`,
      good,
    )
    desk.say(answer.textContent!)
    if (!stepwise) {
      set(key, { choice, right: good } satisfies Kept)
      return fold(true)
    }
    asked++
    if (good) right++
    for (const radio of radios) radio.checked = false
    if (asked < predict.before!.steps && desk.step < desk.last) {
      answer.textContent += ` ${right} of ${asked} right; now question ${asked + 1} of ${predict.before!.steps}.`
      return
    }
    answer.textContent += ` You were right ${right} of ${asked} times.`
    set(key, { choice: `${right} of ${asked}`, right: right === asked } satisfies Kept)
    asked = right = 0
    fold(true)
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const choice = radios.find((r) => r.checked)?.value
    if (choice === undefined) desk.say("Choose an answer first, or skip.")
    else commit(choice)
  })
  skip.addEventListener("click", () => fold(!form.classList.contains("ex-folded")))
  desk.root.addEventListener("ex-predict", () => {
    fold(false)
    radios[0]?.focus()
  })
  if (predict.before) {
    const question = form.querySelector("[data-question]")!
    desk.onpaint(() => {
      question.textContent = predict.question(desk.place.params, desk.state)
    })
  }

  const kept = get<Kept>(key)
  if (!kept) return
  fold(true)
  show(`You predicted: ${textOf(kept.choice) || kept.choice}${kept.right ? " ✓" : ""}.`, kept.right)
  const chosen = radios.find((r) => r.value === kept.choice)
  if (chosen) chosen.checked = true
}
