/**
 * @file What everything that plays on a page keeps to: less motion where the reader wants that, an end off screen, in a
 * hidden tab, and when something else begins to play. Plays nothing.
 */

const BEGUN = "ex-play"

export const STILL = matchMedia("(prefers-reduced-motion: reduce)")

export const lessMotion = (): boolean => STILL.matches || document.documentElement.dataset.motion === "less"

/** Whatever else plays on the page ends. */
export function beginPlaying(who: unknown): void {
  document.dispatchEvent(new CustomEvent(BEGUN, { detail: who }))
}

export function pauseWhenAway(root: Element, who: unknown, pause: () => void, signal: AbortSignal): void {
  const away = new IntersectionObserver((seen) => {
    if (seen.every((one) => !one.isIntersecting)) pause()
  })
  away.observe(root)
  signal.addEventListener("abort", () => away.disconnect())
  document.addEventListener("visibilitychange", () => document.hidden && pause(), { signal })
  document.addEventListener(BEGUN, (event) => (event as CustomEvent).detail !== who && pause(), { signal })
}
