/** @file Compiles the reference programs with AssemblyScript, in memory. Node only. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import asc from "assemblyscript/asc"

const folder = join(import.meta.dirname, "assembly")

/** AssemblyScript inlines what has its decorator, which TypeScript's grammar does not know: in the sources it is a doc tag. */
function decorated(source: string): string {
  return source.replace(/@inline \*\/\n/g, "*/\n// @ts-ignore: decorator\n@inline ")
}

/** The module's bytes. It imports its memory as `env.memory`. Throws: Error with the compiler's words. */
export async function compileReference(): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined
  const { error, stderr } = await asc.main(
    [
      "kernels.ts",
      ...["-O3", "--converge", "--noAssert", "--runtime", "stub"],
      ...[
        "--enable",
        "simd,relaxed-simd",
        "--importMemory",
        "--initialMemory",
        "1024",
        "--maximumMemory",
        "16384",
      ],
      ...["--outFile", "reference.wasm"],
    ],
    {
      readFile: (name) => {
        const path = join(folder, name)
        return existsSync(path) ? decorated(readFileSync(path, "utf8")) : null
      },
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm") && typeof contents !== "string") bytes = contents
      },
      listFiles: () => [],
    },
  )
  if (error || !bytes) throw new Error(`reference: AssemblyScript did not compile it.\n${stderr.toString()}`)
  return bytes
}
