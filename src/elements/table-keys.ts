/** @file Keys in a table to be filled in: arrows and Enter walk through it as in a spreadsheet. Knows no answer. */

/** Within a number left and right move the caret. */
export function tableKeys(host: HTMLElement): void {
  const boxes = [...host.querySelectorAll<HTMLInputElement>(".exercise-table input")]
  const at = (row: number, column: number) =>
    boxes.find((box) => Number(box.dataset.row) === row && Number(box.dataset.column) === column)
  const rows = host.querySelectorAll(".exercise-table tbody tr").length
  const columns = host.querySelectorAll(".exercise-table thead th").length
  /** The next box in this direction, over filled cells. */
  const from = (box: HTMLInputElement, down: number, right: number): HTMLInputElement | undefined => {
    let [row, column] = [Number(box.dataset.row) + down, Number(box.dataset.column) + right]
    for (; row >= 0 && row < rows && column >= 0 && column < columns; row += down, column += right) {
      const next = at(row, column)
      if (next) return next
    }
    return undefined
  }
  host.addEventListener("keydown", (event) => {
    const box = event.target
    if (
      !(box instanceof HTMLInputElement) ||
      event.altKey ||
      event.shiftKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return
    const { selectionStart: caret, selectionEnd: end, value } = box
    const moves: Record<string, [boolean, number, number]> = {
      ArrowUp: [true, -1, 0],
      ArrowDown: [true, 1, 0],
      Enter: [true, 1, 0],
      ArrowLeft: [caret === 0 && end === 0, 0, -1],
      ArrowRight: [caret === value.length, 0, 1],
    }
    const [may, down, right] = moves[event.key] ?? [false, 0, 0]
    const next = may ? from(box, down, right) : undefined
    if (!next) return
    event.preventDefault()
    next.focus()
    next.select()
  })
}
