/**
 * @file The one interface behind which the editors stand, and what they take over from the static code. Knows nothing of
 * cells, exercises or running.
 */

/** A piece of code that the one in the editor can see: the cells above, or what an exercise gives. */
export interface VisibleCode {
  name: string
  source: string
}

export interface EditorOptions {
  source: string
  /** What a screen reader says first, for example "Code of “One forward pass”". */
  label: string
  readonly?: boolean
  /** Where the click was that opened the editor; the caret goes there. */
  at?: { x: number; y: number }
  /** One name space: lesson or exercise. Codes of one scope see the names of those above them. */
  scope: string
  name: string
  /** All code of the scope in order, this one included under its `name`. Asked for whenever the editor takes focus. */
  siblings?: () => VisibleCode[]
  onChange(source: string): void
  /** Shift+Enter asks to move on, Ctrl/Cmd+Enter to stay. */
  onRun(then: "advance" | "stay"): void
  /** Escape: put the focus behind the editor, so that Tab goes on. */
  onLeave(): void
}

export interface Editor {
  /** Replaces the text; the reader can undo it in the editor. */
  replace(source: string): void
  focus(): void
  /** Puts the caret at a 1-based position and shows it. */
  goTo(line: number, column?: number): void
  /** Marks a 1-based line as the place of an error; nothing marked without arguments. */
  mark(line?: number, message?: string): void
  /** Marks a 1-based line as the one that recorded what the reader looks at. */
  point(line: number): void
  dispose(): void
}

export const KEYS_HELP =
  "Shift+Enter runs and moves on, Control+Enter runs and stays, Escape then Tab leaves the editor."

/** The type of the static code: the editor takes it over to the pixel. */
export function codeStyle(host: HTMLElement) {
  const style = getComputedStyle(host.querySelector("code") ?? host)
  const box = getComputedStyle(host.querySelector("pre") ?? host)
  const px = (value: string, otherwise: number) => Number.parseFloat(value) || otherwise
  const fontSize = px(style.fontSize, 15)
  return {
    fontFamily: style.fontFamily,
    fontSize,
    lineHeight: px(style.lineHeight, fontSize * 1.55),
    left: px(box.paddingLeft, 0),
    top: px(box.paddingTop, 0),
    bottom: px(box.paddingBottom, 0),
  }
}
