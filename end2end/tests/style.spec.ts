import type { Page } from "@playwright/test";
import { expect, test } from "./support/market.ts";

/** The stylesheets that the document has, by their parts. */
async function sheets(page: Page): Promise<string[]> {
  return page.locator("link[rel=stylesheet]").evaluateAll((links) => links.map((link) => (link as HTMLElement).dataset["style"] ?? ""));
}

/** Whether the rules of the log-in page hold: it is narrow. */
async function isNarrow(page: Page): Promise<boolean> {
  const heading = await page.getByRole("heading", { level: 1, name: "Log in" }).boundingBox();
  return heading !== null && heading.width < 500;
}

test("a page comes with the style of its part", async ({ market }) => {
  const maker = await market.storeOwner("Warp & Weft");
  for (const [path, parts] of Object.entries({
    "/": ["shop"],
    "/market": ["shop"],
    "/cart": ["shop", "till"],
    "/account": ["shop", "till"],
    "/dashboard": ["shop", "seller"],
  })) {
    const html = await (await maker.page.request.get(path)).text();
    expect([...html.matchAll(/rel="stylesheet"[^>]*data-style="(\w+)"/g)].map(([, part]) => part), path).toEqual(parts);
  }
});

test("going to a part brings its style, and once is enough", async ({ market, hydrated }) => {
  test.skip(!hydrated, "each page is a document of its own");
  const visitor = await market.visitor();
  const { page } = visitor;
  await visitor.open("/");
  expect(await sheets(page)).toEqual(["shop"]);
  await page.getByTestId("header-log-in").click();
  await visitor.arrivesAt("/log-in");
  expect(await isNarrow(page)).toBe(true);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Marketplace" }).click();
  await visitor.arrivesAt("/market");
  await page.getByTestId("header-log-in").click();
  await visitor.arrivesAt("/log-in");
  expect(await sheets(page)).toEqual(["shop", "till"]);
});

test("no page is shown before its style is there", async ({ market, hydrated }) => {
  test.skip(!hydrated, "a browser sees to it by itself");
  const visitor = await market.visitor();
  const { page } = visitor;
  let send = () => {};
  const held = new Promise<void>((done) => (send = done));
  await page.route("**/till.css", async (route) => {
    await held;
    await route.fallback();
  });
  await visitor.open("/");
  const asked = page.waitForRequest("**/till.css");
  const program = page.waitForResponse("**/split_till*.wasm");
  await page.getByTestId("header-log-in").click();
  await asked;
  await (await program).finished();
  await expect(page.locator(".progress-line")).toHaveClass(/is-busy/);
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toHaveCount(0);
  send();
  await page.getByRole("heading", { level: 1, name: "Log in" }).waitFor();
  expect(await isNarrow(page)).toBe(true);
});

test("style that does not come is a part that does not come", async ({ market, hydrated }) => {
  test.skip(!hydrated, "a page without style works all the same");
  const visitor = await market.visitor();
  visitor.watch.expectBreaking();
  const { page } = visitor;
  await visitor.open("/");
  await page.route("**/till.css", (route) => route.abort());
  await page.getByTestId("header-log-in").click();
  // It may be the market that was updated, so the page is loaded anew. Still without its style it is left as it was sent.
  await visitor.isPlain();
  await expect(page).toHaveURL("/log-in");
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
});
