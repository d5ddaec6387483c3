/**
 * @file The file that children are started from: `child.ts` with all that it imports, loaded already, as a snapshot of V8's
 * heap. Owns that file's life. Knows no job.
 *
 * Every answer gets a process of its own, which ends with it; so nothing that one learner's code does can reach the
 * next one's. What is used again is this file, which no child can open. It is what makes fresh processes affordable: a
 * child that loads the sources takes 400 ms of a core before its first job, one that loads them as one script 65 ms,
 * one from the snapshot 45 ms, of which 37 ms are Node's own start. Two cheaper ways were tried and given up. A realm
 * of `node:vm` for each answer shares its heap with the others, and what the host throws into it (the rejection of
 * `import()`, a full stack inside of a host function) hands it the host's own `Function`. A worker thread for each
 * answer needs the permission to start threads, shares environment, descriptors and memory limit with its siblings,
 * and a typed array too large for the machine ends all of them.
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
