import { expect, test } from "./support/market.ts";

test("title and address follow from page to page, and nothing is told of the page before", async ({ market, hydrated }) => {
  const maker = await market.storeOwner(`Head & Shoulders${hydrated ? "" : " plainly"}`);
  await maker.publish({
    title: "Comb",
    description: "Of horn.",
    category: "home",
    variants: [{ price: "9.00", stock: 2 }],
  });
  const { page } = maker;
  const told = () => page.locator("head > :is(meta[name=description], meta[property^='og:'])").count();
  const address = () =>
    page.locator("head > link[rel=canonical]").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));

  await maker.open("/");
  await expect(page).toHaveTitle("Shelfshare");
  expect(await address()).toEqual([expect.stringMatching(/^http.*\/$/)]);
  expect(await told(), "what other sites show of the page that was asked for").toBeGreaterThan(1);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Stores" }).click();
  await expect(page).toHaveTitle("Stores · Shelfshare");
  expect(await address()).toEqual([]);

  await page.getByRole("main").getByRole("link", { name: "Head & Shoulders" }).first().click();
  await expect(page).toHaveTitle(/^Head & Shoulders.* · Shelfshare$/);
  expect(await address()).toEqual([expect.stringContaining("/s/head-and-shoulders")]);
  if (hydrated) expect(await told()).toBe(0);

  await page.goBack();
  await expect(page).toHaveTitle("Stores · Shelfshare");
  expect(await address()).toEqual([]);
});
