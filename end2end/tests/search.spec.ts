import { expect, test } from "./support/market.ts";

test("a search finds what can be bought in any form, and says what it took for a word", async ({ market }) => {
  const maker = await market.storeOwner("Wick & Wool");
  for (const [title, price] of [
    ["Beeswax candle", "18.00"],
    ["Woollen blanket", "140.00"],
  ] as const) {
    await maker.publish({ title, description: "Made by hand.", category: "home", variants: [{ price, stock: 5 }] });
  }
  const visitor = await market.visitor();
  // Nothing of it is offered to other stores: it is found all the same, as soon as it has been looked at.
  await expect(async () => {
    await visitor.open("/market?search=candles");
    await expect(visitor.at("result-count")).toHaveText("1 product for “candles”", { timeout: 1_000 });
  }).toPass();
  await visitor.open("/market?search=beeswax+candel");
  await expect(visitor.at("corrected")).toContainText("This is what holds “candle”.");
  await expect(visitor.about("product-tile", "Beeswax candle")).toHaveCount(1);

  await visitor.open("/market?search=wick+wool");
  await expect(visitor.at("called-so").getByRole("link", { name: "Wick & Wool" })).toBeVisible();
  await expect(visitor.at("result-count")).toHaveText("2 products for “wick wool”");
  await visitor.at("narrow").getByRole("link", { name: /^\$100 and more/ }).click();
  await expect(visitor.at("result-count")).toHaveText("1 product for “wick wool”");
  await expect(visitor.about("product-tile", "Woollen blanket")).toHaveCount(1);
  // What is set is taken away again.
  await visitor.at("narrow").getByRole("link", { name: /remove$/ }).click();
  await expect(visitor.at("result-count")).toHaveText("2 products for “wick wool”");
});

test("an address that makes no sense leads to the nearest list that does", async ({ market }) => {
  const maker = await market.storeOwner("Near & Nearest");
  await maker.publish({
    title: "Paper kite",
    description: "Flies.",
    category: "play",
    variants: [{ price: "12.00", stock: 5 }],
  });
  await maker.offer("Paper kite", "1.00", 2);
  const visitor = await market.visitor();
  for (const query of ["sort=sideways", "price=10-20", "page=-4", "page=9999", "ships=never", "category=spaceships"]) {
    await visitor.open(`/market?${query}`);
    await expect(visitor.about("product-tile", "Paper kite")).toHaveCount(1);
  }
});
