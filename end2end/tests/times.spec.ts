import { expect, test } from "./support/market.ts";

test("moments say their zone, or are the reader's own", async ({ browser, market, server, hydrated }) => {
  const maker = await market.storeOwner("Day & Night");
  const clock = await maker.publish({
    title: "Sand clock",
    description: "Three minutes.",
    category: "home",
    variants: [{ price: "12.00", stock: 2 }],
  });
  const shopper = await market.visitor();
  await shopper.addToCart(clock);
  await shopper.checkOut();

  // Somebody far ahead of UTC: for half of every day it is another day there.
  const context = await browser.newContext({
    baseURL: server.origin,
    javaScriptEnabled: hydrated,
    storageState: await maker.page.context().storageState(),
    timezoneId: "Pacific/Auckland",
  });
  const page = await context.newPage();
  for (const path of ["/dashboard/sales", "/dashboard/wallet", shopper.path()]) {
    await page.goto(path);
    if (hydrated) await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    for (const time of await page.getByRole("main").locator("time").all()) {
      const moment = new Date((await time.getAttribute("datetime")) ?? "");
      const day = (zone: string) =>
        new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: zone })
          .format(moment)
          .replace("Sept", "Sep");
      if (hydrated) {
        await expect(time).toContainText(day("Pacific/Auckland"));
        await expect(time).not.toContainText("UTC");
      } else {
        await expect(time).toContainText(day("UTC"));
        await expect(time).toContainText("UTC");
      }
    }
  }
  await context.close();
});
