/** @file All explorables by name, found as the build finds them. Knows none of them. */
import { readdirSync } from "node:fs"
import type { Explorable } from "../../src/explorables/lib/explorable.ts"

const folder = new URL("../../src/explorables/", import.meta.url)

export const explorables: [name: string, explorable: Explorable][] = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map(async (file): Promise<[string, Explorable]> => {
      const module = (await import(new URL(file, folder).href)) as { default: Explorable }
      return [file.slice(0, -".ts".length), module.default]
    }),
)
