import type { Page, Route } from "@playwright/test";
import { expect, test } from "./support/market.ts";
import { toldByAnotherBuild } from "./support/told.ts";

let jar: string;

test.beforeAll(async ({ market }) => {
  const maker = await market.storeOwner("Jar & Lid");
  jar = await maker.publish({
    title: "Jam jar",
    description: "Airtight.",
    category: "kitchen",
    variants: [{ price: "6.00", stock: 9 }],
  });
});

test.afterAll(async ({ market }) => market.close());

/** From now on another build answers, which does not know these functions any more. */
async function update(page: Page, functions: RegExp): Promise<void> {
  await page.route("**/health/live", (route) => route.fulfill({ status: 200, headers: { "x-build": "another" } }));
  await page.route(functions, (route) => route.fulfill({ status: 404, body: toldByAnotherBuild("Too old") }));
}

/** How often the page itself was loaded. */
function documents(page: Page): string[] {
  const loaded: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loaded.push(request.url());
  });
  return loaded;
}

test("an open page loads itself anew when nothing is typed, and says why", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectStatus(404);
  await visitor.open(jar);
  await update(visitor.page, /\/api\/add_to_cart/);
  const loaded = documents(visitor.page);
  await visitor.at("add-to-cart").click();
  await visitor.isTold("The market was updated.");
  await expect.poll(() => loaded.length).toBe(1);
  await expect(visitor.page.locator("body")).not.toContainText("can't be reached");
});

test("a page that is still not understood after that loads itself anew only once", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectStatus(404);
  await visitor.open(jar);
  await update(visitor.page, /\/api\/add_to_cart/);
  const loaded = documents(visitor.page);
  await visitor.at("add-to-cart").click();
  await visitor.isTold("The market was updated.");
  await visitor.at("add-to-cart").click();
  await expect(visitor.page.getByTestId("renewal")).toContainText("The market was updated");
  expect(loaded.length).toBe(1);
});

test("a page that can't show what came of its form loads itself anew", async ({ market }) => {
  const visitor = await market.visitor();
  await visitor.open(jar);
  const another = { status: 200, headers: { "x-build": "another" } };
  await visitor.page.route("**/health/live", (route) => route.fulfill(another));
  const done = { ...another, body: toldByAnotherBuild("Done.", "unreadable") };
  await visitor.page.route(/\/api\/add_to_cart/, (route) => route.fulfill(done));
  const loaded = documents(visitor.page);
  await visitor.at("add-to-cart").click();
  await visitor.isTold("The market was updated.");
  expect(loaded.length).toBe(1);
});

test("what is typed stays until she reloads the page herself", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectStatus(404);
  await visitor.open("/sign-up");
  await update(visitor.page, /\/api\/sign_up/);
  const typed = { name: "Uma Roth", email: "uma@mail.example", password: "long enough now" };
  await visitor.fill(typed);
  await visitor.at("sign-up-submit").click();
  await expect(visitor.at("form-error")).toContainText("The market was updated");
  await expect(visitor.page.getByTestId("renewal")).toBeVisible();
  await visitor.stillHas(typed);
  await visitor.page.unrouteAll();
  await visitor.page.getByTestId("renewal-reload").click();
  await visitor.ready();
  await expect(visitor.page.getByTestId("renewal")).toHaveCount(0);
});

test("a link to a page whose facts another build does not give leads there all the same", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectStatus(404);
  await visitor.open("/");
  await update(visitor.page, /\/api\/read_marketplace/);
  await visitor.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Marketplace" }).click();
  await visitor.arrivesAt("/market");
  await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText("Marketplace");
  await visitor.isTold("The market was updated.");
  await expect(visitor.at("error-page")).toHaveCount(0);
});

test("an answer that nobody can read is no update when the market itself can't be reached", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectStatus(502);
  await visitor.open(jar);
  const nobody = (route: Route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" });
  await visitor.page.route(/\/(api|health)\//, nobody);
  const loaded = documents(visitor.page);
  await visitor.at("add-to-cart").click();
  await expect(visitor.page.getByTestId("field-error").first()).toContainText("could not be read");
  await expect(visitor.page.getByTestId("renewal")).toHaveCount(0);
  expect(loaded).toEqual([]);
});

test("without a connection it is the connection", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectBreaking();
  await visitor.open(jar);
  await visitor.page.context().setOffline(true);
  await visitor.at("add-to-cart").click();
  await expect(visitor.page.getByTestId("field-error").first()).toContainText("can't be reached");
  await visitor.page.context().setOffline(false);
});

test("the server itself says that a function is unknown, to scripts and to people", async ({ market, server }) => {
  const visitor = await market.visitor();
  const origin = server.origin;
  const asked = await visitor.page.request.post(`${origin}/api/gone_12345`, { headers: { origin, accept: "application/json" } });
  expect(asked.status()).toBe(404);
  expect(await asked.json()).toBe("Outdated");
  expect(asked.headers()["x-build"]).toMatch(/^[0-9a-f]{16}$/);
  const posted = await visitor.page.request.post(`${origin}/api/gone_12345`, { headers: { origin, accept: "text/html" } });
  expect(await posted.text()).toContain("The market was updated");
});
