/** @file Styles that come with what is loaded on demand, once each. Knows none of them. */

const added = new Set<string>()

export function addStyle(name: string, css: string): void {
  if (added.has(name)) return
  added.add(name)
  const style = document.createElement("style")
  style.textContent = css
  document.head.append(style)
}
