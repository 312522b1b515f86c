import { expect, test, type Visitor } from "./support/market.ts";

test("open pages follow stock and prices by themselves", async ({ market }) => {
  const maker = await market.storeOwner("Salt & Ash");
  const bowl = await maker.publish({
    title: "Ash bowl",
    description: "Turned from one piece.",
    category: "kitchen",
    variants: [{ price: "30.00", stock: 20 }],
  });
  const shopper = await market.visitor();
  await shopper.addToCart(bowl);
  const looking = await market.visitor();
  await watches(looking, bowl);
  await looking.at("units").fill("2");
  const browsing = await market.visitor();
  await watches(browsing, "/s/salt-and-ash");
  await watches(shopper, "/cart");

  await maker.restock("Ash bowl", 3);
  await expect(looking.at("product")).toContainText("Only 3 left.");
  // What she has typed stays.
  await expect(looking.at("units")).toHaveValue("2");

  await maker.restock("Ash bowl", 0);
  await expect(looking.at("sold-out")).toBeDisabled();
  await expect(browsing.about("product-tile", "Ash bowl").getByTestId("sold-out")).toBeVisible();
  await expect(shopper.at("cart-problem")).toContainText("Sold out.");

  await maker.restock("Ash bowl", 9);
  await expect(looking.at("add-to-cart")).toBeEnabled();
  await expect(browsing.about("product-tile", "Ash bowl").getByTestId("sold-out")).toHaveCount(0);
  await expect(shopper.at("cart-problem")).toHaveCount(0);
});

test("a tab that nobody looks at is told nothing, and catches up when somebody does", async ({ market }) => {
  const maker = await market.storeOwner("Rye & Rind");
  const cheese = await maker.publish({
    title: "Round cheese",
    description: "Keeps.",
    category: "food",
    variants: [{ price: "9.00", stock: 20 }],
  });
  const visitor = await market.visitor();
  await watches(visitor, cheese);
  await isSeen(visitor, false);
  await maker.restock("Round cheese", 2);
  await expect(visitor.at("product")).not.toContainText("Only 2 left.");
  await isSeen(visitor, true);
  await expect(visitor.at("product")).toContainText("Only 2 left.");
});

/** Opens a page, and waits until it is told of changes. */
async function watches(visitor: Visitor, path: string): Promise<void> {
  const stream = visitor.page.waitForResponse((response) => response.url().includes("/live?"));
  await visitor.open(path);
  await stream;
}

/** Browsers of tests show all tabs: the page is told otherwise. */
async function isSeen(visitor: Visitor, seen: boolean): Promise<void> {
  await visitor.page.evaluate((seen) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !seen });
    document.dispatchEvent(new Event("visibilitychange"));
  }, seen);
}
