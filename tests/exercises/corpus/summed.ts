/** @file The figures of several exercises as figures of all. */
import { type Figures, type Rate, rate } from "./measure.ts"

export function summed(parts: Figures[]): Figures {
  const total = (pick: (figures: Figures) => number) => parts.reduce((sum, part) => sum + pick(part), 0)
  const joined = (pick: (figures: Figures) => Rate) =>
    rate(
      total((part) => pick(part).n),
      total((part) => pick(part).of),
    )
  return {
    falseRejects: joined((part) => part.falseRejects),
    falseAccepts: joined((part) => part.falseAccepts),
    notes: joined((part) => part.notes),
    unexplained: joined((part) => part.unexplained),
    mutants: joined((part) => part.mutants),
    equivalent: total((part) => part.equivalent),
    graderErrors: joined((part) => part.graderErrors),
    timeouts: joined((part) => part.timeouts),
    flaky: joined((part) => part.flaky),
    varies: joined((part) => part.varies),
    gradings: total((part) => part.gradings),
    work: {
      p50: weighted(parts, (part) => part.work.p50),
      p95: Math.max(...parts.map((part) => part.work.p95)),
    },
  }
}

/** The median of the medians, each as often as it has answers. */
function weighted(parts: Figures[], pick: (figures: Figures) => number): number {
  const all = parts.flatMap(
    (part) => Array(part.falseAccepts.of + part.falseRejects.of).fill(pick(part)) as number[],
  )
  return all.sort((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? 0
}
