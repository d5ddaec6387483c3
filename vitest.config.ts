/**
 * @file The test projects: `unit` runs in Node, `browser` and `firefox` drive a real Chromium and a real Firefox against
 * the built book. On a busy machine a browser now and then does something late: its tests get a second attempt, which
 * `npm test` names at the end.
 */
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/browser/**", "tests/dist/**", "tests/firefox/**"],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts", "tests/dist/**/*.test.ts"],
          globalSetup: ["tests/browser/serve.ts"],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          retry: 1,
          expect: { poll: { timeout: 10_000 } },
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "firefox",
          include: ["tests/firefox/**/*.test.ts"],
          globalSetup: ["tests/browser/serve.ts"],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          retry: 1,
          expect: { poll: { timeout: 10_000 } },
          maxWorkers: 2,
        },
      },
    ],
  },
})
