/**
 * @file While a cell computes for long, the blocks of a lesson that are well off the screen rest: the browser computes
 * neither their style nor their layout, so that it has time for what is on the screen. They stay where search, links,
 * keyboard and screen readers find them, and as high as they were. Knows no kind of block.
 */

/**
 * As near as this a block is as it would be without any of this. Wider than where browsers wake what rests by themselves
 * (Chromium: 150%): awake it must not be held apart from its surroundings, where margins no longer collapse.
 */
const NEAR = "160% 0px"

/** Side notes stand outside the column, and single lines are not worth it. */
const BLOCKS = ".prose > :not(.note, h2, h3, h4, script, style)"

/** So many wake in one frame, as much as one can take without being late. */
const WAKE = 3

let watcher: IntersectionObserver | undefined
let widths: ResizeObserver | undefined
let frame = 0

/** Lets rest what is far off, until {@link wakeFarOff}. The page must have been laid out before. */
export function restFarOff(): void {
  const column = document.querySelector(".prose")
  cancelAnimationFrame(frame)
  if (!column || watcher) return
  watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) target.classList.toggle("far", !isIntersecting)
    },
    { rootMargin: NEAR },
  )
  let width = 0
  widths = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return
    width = contentRect.width
    restAgain()
  })
  widths.observe(column)
  document.fonts.addEventListener("loadingdone", restAgain)
}

/** What rests does not learn of a new width or typeface: all wake up, are laid out, and go to rest once more. */
function restAgain(): void {
  watcher?.disconnect()
  for (const block of document.querySelectorAll(".far")) block.classList.remove("far")
  cancelAnimationFrame(frame)
  frame = requestAnimationFrame(() => {
    for (const block of document.querySelectorAll(BLOCKS)) watcher?.observe(block)
  })
}

/** All wake up, some in each frame. */
export function wakeFarOff(): void {
  watcher?.disconnect()
  widths?.disconnect()
  watcher = undefined
  document.fonts.removeEventListener("loadingdone", restAgain)
  cancelAnimationFrame(frame)
  const wake = (): void => {
    const resting = [...document.querySelectorAll(".far")]
    for (const block of resting.slice(0, WAKE)) block.classList.remove("far")
    if (resting.length > WAKE) frame = requestAnimationFrame(wake)
  }
  wake()
}
