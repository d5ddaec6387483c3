/** @file What every exercise must say, for exercises of which a test looks at other things. */
export const texts = {
  title: "Test",
  prompt: "Test",
  hints: [],
  explanation: "Test",
  difficulty: "core" as const,
  minutes: 1,
  revision: 1,
}
