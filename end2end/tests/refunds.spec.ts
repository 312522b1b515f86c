import { expect, test } from "./support/market.ts";

test("nothing dangerous is chosen when units are cancelled, and the sum is on the button", async ({ market }) => {
  const maker = await market.storeOwner("Nothing Armed", "4.00");
  const bowl = await maker.publish({
    title: "Rice bowl",
    description: "Holds one.",
    category: "kitchen",
    variants: [{ price: "24.00", stock: 9 }],
  });
  const shopper = await market.visitor();
  await shopper.addToCart(bowl, { units: 3 });
  await shopper.checkOut();

  await maker.open("/dashboard/sales");
  await maker.at("sale-row").first().getByRole("link").first().click();
  await expect(maker.at("mark-packed")).toBeVisible();
  await maker.at("mark-packed").click();
  await expect(maker.at("mark-shipped")).toBeVisible();
  await maker.fill({ carrier: "Post" });
  await maker.at("mark-shipped").click();
  await expect(maker.at("tracking")).toBeVisible();

  await maker.at("cancel-units").getByText("Cancel units").click();
  await expect(maker.at("units")).toHaveValue("");
  await maker.at("units").selectOption("2");
  await maker.at("cancel-next").click();
  // It has left the house: nothing goes back into stock by itself.
  await expect(maker.at("restock")).not.toBeChecked();
  await expect(maker.at("cancel-confirm")).toHaveText("Refund $48.00");
  await maker.at("cancel-confirm").click();
  await expect(maker.at("line-cancelled")).toContainText("2");
  // The panel is closed, and asks anew.
  await expect(maker.at("cancel-confirm")).toHaveCount(0);
  await maker.open("/dashboard/products");
  await expect(maker.about("product-row", "Rice bowl")).toContainText("6");
});

test("a cart says at once that it is being worked out, and then what is true", async ({ market, hydrated }) => {
  test.skip(!hydrated, "without JavaScript a change is a page of its own");
  const maker = await market.storeOwner("Slow Answers", "4.00");
  const bowl = await maker.publish({
    title: "Soup bowl",
    description: "Holds two.",
    category: "kitchen",
    variants: [{ price: "20.00", stock: 9 }],
  });
  const shopper = await market.visitor();
  await shopper.addToCart(bowl);
  await shopper.open("/cart");
  await shopper.page.route("**/api/set_units*", async (route) => {
    await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
  const asked: string[] = [];
  shopper.page.on("request", (request) => {
    if (request.url().includes("/api/")) asked.push(request.url());
  });
  await shopper.at("cart-units").fill("3");
  await shopper.at("cart-units").press("Enter");
  await expect(shopper.at("cart-total")).toHaveText("$64.00");
  await expect(shopper.page.getByTestId("cart-count")).toHaveText("3");
  expect(asked.length, "one round trip").toBe(1);
});
