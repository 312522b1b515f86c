import { expect, test } from "./support/market.ts";

test("going from page to page never loads a document anew", async ({ market }) => {
  const maker = await market.storeOwner("Here & There");
  const lamp = await maker.publish({
    title: "Rush lamp",
    description: "Folds flat.",
    category: "home",
    variants: [{ price: "40.00", stock: 9 }],
  });
  await maker.offer("Rush lamp", "4.00", 2);

  const visitor = await market.visitor();
  const { page } = visitor;
  const documents: string[] = [];
  await visitor.open("/");
  page.on("request", (request) => {
    if (request.resourceType() === "document") documents.push(request.url());
  });

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Marketplace" }).click();
  await visitor.arrivesAt("/market");
  await page.getByTestId("search").fill("rush lamp");
  await page.getByTestId("search").press("Enter");
  await expect(visitor.at("result-count")).toHaveText("1 product for “rush lamp”");
  await visitor.about("product-tile", "Rush lamp").getByRole("link", { name: "Rush lamp" }).click();
  await visitor.arrivesAt(lamp);
  await visitor.at("add-to-cart").click();
  await visitor.isTold("It is in your cart.");
  await expect(page.getByTestId("cart-count")).toHaveText("1");
  await visitor.at("maker-lines").getByRole("link", { name: "Here & There" }).click();
  await visitor.arrivesAt("/s/here-and-there");
  await page.getByTestId("cart-link").click();
  await visitor.arrivesAt("/cart");
  await visitor.at("to-checkout").click();
  await visitor.arrivesAt("/checkout");
  await page.goBack();
  await visitor.arrivesAt("/cart");
  await expect(visitor.at("cart-line")).toHaveCount(1);

  await maker.open("/dashboard");
  maker.page.on("request", (request) => {
    if (request.resourceType() === "document") documents.push(request.url());
  });
  for (const place of ["Products", "Shelf", "Sales", "Offers", "Wallet", "Store settings", "Overview"]) {
    await maker.page.getByRole("complementary").getByRole("link", { name: place, exact: true }).click();
    await expect(maker.page.getByRole("heading", { level: 1 })).toHaveText(place);
  }

  expect(documents).toEqual([]);
});
