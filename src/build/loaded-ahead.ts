/**
 * @file Which scripts are fetched together with one that is loaded on demand, before it has been read and asks for them:
 * the large ones. To name all of them would cost every page more than it gives. Knows no page.
 */

const LARGE = /\/(editor|engine|figure|grade|output|running|sandbox)[^/]*$/

/** For Vite's `modulePreload`. */
export function loadedAhead(_file: string, needed: string[], { hostType }: { hostType: string }): string[] {
  return hostType === "js" ? needed.filter((name) => LARGE.test(name)) : needed
}
