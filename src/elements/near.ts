/** @file Waits until the reader comes near a part of the page. Knows no part. */

/** Calls `act` once, when `host` is about a screen away or has the focus. */
export function near(host: HTMLElement, act: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      observer.disconnect()
      act()
    },
    { rootMargin: "800px" },
  )
  observer.observe(host)
}
