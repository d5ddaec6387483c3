/**
 * @file Blocks of a lesson that are well off the screen rest: the browser computes neither their style nor their
 * layout, so that the page answers quickly while a cell runs. They stay readable to search, links and screen readers, and
 * as high as they were. Knows no kind of block.
 */

/**
 * As near as this a block is as it would be without any of this. Wider than where browsers wake what rests by themselves
 * (Chromium: 150%): awake it must not be held apart from its surroundings, where margins no longer collapse.
 */
const NEAR = "160% 0px"

/** Side notes stand outside the column, and single lines are not worth it. */
const BLOCKS = ".prose > :not(.note, h2, h3, h4, script, style)"

/** Lets the blocks of this page rest while they are far off. To be called once; the sizes must be those of a whole layout. */
export function restFarOff(): void {
  const blocks = [...document.querySelectorAll(BLOCKS)]
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) target.classList.toggle("far", !isIntersecting)
    },
    { rootMargin: NEAR },
  )
  let width = 0
  let frame = 0
  // What is asleep does not learn of a new width or typeface: all wake up, are laid out, and go to rest again.
  const again = (): void => {
    watcher.disconnect()
    for (const block of blocks) block.classList.remove("far")
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      for (const block of blocks) watcher.observe(block)
    })
  }
  const widths = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return
    width = contentRect.width
    again()
  })
  const column = document.querySelector(".prose")
  if (!column) return
  widths.observe(column)
  document.fonts.addEventListener("loadingdone", again)
}
