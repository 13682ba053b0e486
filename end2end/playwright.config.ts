import { defineConfig } from "@playwright/test";

// `cargo xtask test --only browser` sets SURGERY_BIN, CHROMIUM and PLAYWRIGHT_REPORT; by hand the defaults do.
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests",
  globalSetup: "./tests/support/demonstration.ts",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/snapshots/{testFileName}/{arg}{ext}",
  // Each worker has a server and a database of its own; tests in one file share them and run in order.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_REPORT ?? "test-results/report.json" }]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "Europe/London",
    viewport: { width: 1280, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: isRoot ? ["--no-sandbox"] : [],
    },
  },
});
