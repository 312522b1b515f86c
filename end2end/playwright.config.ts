import { defineConfig, devices } from "@playwright/test";
import type { Mode } from "./tests/support/market.ts";

// A shopper's own browser would look things up and update itself; this one talks to the market only.
const OFF_THE_NETWORK = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--dns-prefetch-disable",
  "--no-pings",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

// Chromium refuses to sandbox itself when root starts it, as in most containers.
const AS_ROOT = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

// Where pictures of the pages go, when they are asked for.
const screenshots = process.env["SCREENSHOTS"];

export default defineConfig<object, Mode>({
  testDir: "tests",
  ...(screenshots ? {} : { globalSetup: "./tests/support/compress.ts" }),
  outputDir: "test-results",
  // What two cores can do: of three browsers and servers, one waits for the others to answer.
  workers: 3,
  retries: 0,
  // A chapter of the story takes half of this on two busy cores.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  forbidOnly: true,
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    screenshot: "only-on-failure",
    trace: "off",
    launchOptions: {
      executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
      args: [...AS_ROOT, ...OFF_THE_NETWORK],
    },
  },
  projects: screenshots
    ? [{ name: "screenshots", testDir: ".", testMatch: "screenshots.ts" }]
    : [
        { name: "hydrated", use: { hydrated: true } },
        // The same tests without JavaScript, but for what can only be seen with it.
        {
          name: "no-js",
          use: { hydrated: false },
          testIgnore: /(focus|live|markup|navigation|places|plain|translation|unsaved|update)\.spec\.ts/,
        },
      ],
});
