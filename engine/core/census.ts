/** @file Whoever counts what the engine keeps is told of it here. Knows no tensor. */
export const census: {
  /**
   * So many bytes are kept, or wait to be computed, that no constructor of arrays tells of, and for as long as `holder`
   * lives. What it throws, the op throws that made them.
   */
  onKept: ((op: string, bytes: number, holder: object) => void) | undefined
} = { onKept: undefined }
