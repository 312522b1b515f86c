import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

/** The law's rules, the good habits beyond them, and that a button is called what is written on it. */
export const EVERYTHING: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  rules: {
    "label-content-name-mismatch": { enabled: true },
    "p-as-heading": { enabled: true },
    "td-has-header": { enabled: true },
  },
};

export const COLOURS: RunOptions = { runOnly: { type: "rule", values: ["color-contrast"] } };

/** Axe has a package for Playwright too, for pages with frames. Ours have none, and without it a page is read in half the time. */
const SCRIPT = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What keeps somebody from using the page, a line for each. */
export async function obstacles(page: Page, looking: RunOptions, where: string): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(SCRIPT);
  const { violations } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(document, options),
    { ...looking, resultTypes: ["violations"] } satisfies RunOptions,
  ) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id}: ${node.html}\n${node.failureSummary}`));
}
