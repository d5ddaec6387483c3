/**
 * @file The file that children are started from: `child.ts` with all that it imports, loaded already, as a snapshot of V8's
 * heap. Owns that file's life. Knows no job.
 *
 * Every answer gets a process of its own, which ends with it; so nothing that one learner's code does can reach the
 * next one's. What is used again is this file, which no child can open. It is what makes fresh processes affordable: a
 * child that loads the sources takes 400 ms of a core before its first job, one that loads them as one script 65 ms,
 * one from the snapshot 50 ms, of which 35 ms are Node's own start. Two cheaper ways were tried and given up. Code in a
 * realm of `node:vm` got hold of `process` in one line: the rejection of its `import()` is an error of the host, and
 * leads to the host's own `Function`. A worker thread took 900 MB in typed arrays under a limit of 64, which knows the
 * heap alone, so that the process and all its other threads would have gone with it.
 */
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { build } from "esbuild"
import { ROOT } from "./exercises.ts"

let snapshot: Promise<string> | undefined

/** Path of the snapshot, made once for this process and removed when it ends. Rejects if this Node cannot make one. */
export function program(): Promise<string> {
  snapshot ??= make()
  return snapshot
}

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "descent-grading-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  const script = join(folder, "child.cjs")
  const blob = join(folder, "child.blob")
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["scripts/grading/child.ts"],
    outfile: script,
    bundle: true,
    // Node wants one script here. It is strict, so that no function of it shows itself to those that it calls.
    format: "cjs",
    platform: "node",
    mainFields: ["module", "main"],
    target: "node22",
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "error",
  })
  await promisify(execFile)(process.execPath, ["--snapshot-blob", blob, "--build-snapshot", script])
  return blob
}
