/** @file How a mistake is tested: the class of the error, the op at its beginning, what it shows and what it advises. */
import { expect, it } from "vitest"
import { DTypeError, GradientError, MemoryError, ShapeError, ValueError } from "../../engine/index.ts"

type Mistake = (what: string, message: string, call: () => unknown) => void

/**
 * A test that `call` throws an error of this class. The message is given as its pieces, `op: piece … piece … hint`:
 * it begins with the op, and each piece stands somewhere in it.
 */
function mistake(kind: new (message: string) => Error): Mistake {
  return (what, pieces, call) => {
    it(what, () => {
      let caught: unknown
      try {
        call()
      } catch (error) {
        caught = error
      }
      expect(caught).toBeInstanceOf(kind)
      const { message } = caught as Error
      const [op] = pieces.split(":")
      expect(message.slice(0, op.length + 1)).toBe(`${op}:`)
      for (const piece of pieces.slice(op.length + 2).split(" … ")) expect(message).toContain(piece)
    })
  }
}

export const shape = mistake(ShapeError)
export const value = mistake(ValueError)
export const dtype = mistake(DTypeError)
export const memory = mistake(MemoryError)
export const gradient = mistake(GradientError)

/** A value that TypeScript would refuse, as a reader's cell may hold it. */
export const any = <T>(value: unknown) => value as T
