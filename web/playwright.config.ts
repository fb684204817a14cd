import { defineConfig } from "@playwright/test";

/** The browser tests: Debian's Chromium against the real binary, which setup starts on a project of its own. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Looking at pages changes nothing, so that two can be looked at. What uses them takes turns, and what is timed has
  // the machine to itself.
  workers: 2,
  projects: [
    { name: "pages", testMatch: "pages.spec.ts", fullyParallel: true },
    { name: "uses", testIgnore: /(pages|scatter)\.spec\.ts/, dependencies: ["pages"], workers: 1 },
    { name: "timed", testMatch: "scatter.spec.ts", dependencies: ["uses"], workers: 1 },
  ],
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    storageState: "test-results/state.json",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.KITH_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
});
