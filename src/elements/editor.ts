/** @file The choice between the editors, and their loading. Knows nothing of cells, exercises or running. */
import type { Editor, EditorOptions } from "./editor-contract.ts"

export type { Editor, EditorOptions, VisibleCode } from "./editor-contract.ts"

/** Phones and tablets get the editor that works with their keyboards and selection handles. */
const wantsLight = () => matchMedia("(pointer: coarse)").matches

/** Starts loading the editor's code, so that it is there when the reader clicks. */
export function prepareEditor(): Promise<{ open: (host: HTMLElement, o: EditorOptions) => Promise<Editor> }> {
  return wantsLight() ? import("./editor-light.ts") : import("./editor-monaco.ts")
}

/** Puts an editor in the place of the `<pre>` in `host`, with the same type and size, so that nothing moves. */
export async function openEditor(host: HTMLElement, options: EditorOptions): Promise<Editor> {
  const { open } = await prepareEditor()
  return open(host, options)
}
