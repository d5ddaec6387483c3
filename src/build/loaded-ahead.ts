/**
 * @file Which scripts are fetched together with one that is loaded on demand, before it has been read and asks for them:
 * the large ones. To name all of them would cost every page more than it gives. Knows no page.
 */
import type { Plugin } from "vite"

const LARGE = /\/(editor|engine|figure|grade|output|running|sandbox)[^/]*$/

export function loadedAhead(): Plugin {
  const resolveDependencies = (_: string, needed: string[]): string[] =>
    needed.filter((name) => LARGE.test(name))
  return {
    name: "descent:loaded-ahead",
    // Astro lets its own choice win over the one in the configuration.
    configEnvironment: (environment) =>
      environment === "client"
        ? { build: { modulePreload: { polyfill: false, resolveDependencies } } }
        : undefined,
  }
}
