import { defineConfig } from "@playwright/test";

/** The browser tests: Debian's Chromium against the real binary, which setup starts on a project of its own. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // One server and two cores: tests take turns, so that the measured times mean something.
  workers: 1,
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
