/** @file One sentence at the foot of the window, with what the reader can do about it. Knows no reason for it. */
import css from "../styles/page-notice.css?inline"
import { addStyle } from "./added-style.ts"
import { button, element } from "./cell-head.ts"

let notice: HTMLElement | undefined

/** Takes the place of the sentence before. Every action takes it away again, and there is one that does only that. */
export function tellPage(
  sentence: string,
  actions: Record<string, () => void> = {},
  more: HTMLElement[] = [],
): void {
  addStyle("page-notice", css)
  notice?.remove()
  const place = element("aside", "page-notice")
  notice = place
  place.setAttribute("aria-label", "Notice")
  const words = element("p")
  words.setAttribute("role", "status")
  const close = (): void => place.remove()
  const buttons = Object.entries(actions).map(([text, act]) =>
    button(text, () => {
      close()
      act()
    }),
  )
  place.append(words, ...more, ...buttons, button("Close", close))
  document.body.append(place)
  // A region that is there before it speaks is heard.
  requestAnimationFrame(() => {
    words.textContent = sentence
  })
}
