/** @file The `console` that cells see. Knows where lines go, not how they are kept. */
import type { Level } from "./run-outputs.ts"

export type CellConsole = Pick<
  Console,
  | "log"
  | "info"
  | "warn"
  | "error"
  | "debug"
  | "trace"
  | "dir"
  | "table"
  | "assert"
  | "count"
  | "time"
  | "timeEnd"
>

export function cellConsole(
  print: (level: Level, values: readonly unknown[]) => void,
  table: (rows: unknown) => void,
): CellConsole {
  const counts = new Map<string, number>()
  const clocks = new Map<string, number>()
  const at =
    (level: Level) =>
    (...values: unknown[]): void =>
      print(level, values)
  return {
    log: at("log"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    debug: at("debug"),
    trace: at("debug"),
    dir: (value: unknown) => print("log", [value]),
    table,
    assert: (condition?: boolean, ...values: unknown[]) => {
      if (!condition) print("error", ["Assertion failed:", ...values])
    },
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1)
      print("log", [`${label}: ${counts.get(label)}`])
    },
    time: (label = "default") => {
      clocks.set(label, performance.now())
    },
    timeEnd: (label = "default") => {
      const began = clocks.get(label)
      if (began !== undefined) print("log", [`${label}: ${(performance.now() - began).toFixed(1)} ms`])
      clocks.delete(label)
    },
  }
}
