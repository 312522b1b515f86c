import { cell, expect, test } from "./support/market.ts";

/** The status of a refusal, which only a page with JavaScript ever sees. */
const REFUSED = 422;

test("a pasted link is read, checked and published, and leads to the product from then on", async ({ market, shop }) => {
  const maker = await market.storeOwner("Alder Bench");
  await maker.open("/dashboard/products/imports");
  await expect(maker.at("empty")).toContainText("Nothing is on its way");
  await maker.pastes(shop.address("/products/river-mug"));
  await maker.isReadIn();

  await maker.stillHas({
    title: "River mug",
    "variants[0][price]": "24.00",
    "variants[0][sku]": "RM-1",
  });
  await expect(maker.at("description")).toHaveValue(/blue of the river/);
  await expect(maker.at("found-title")).toContainText("River mug");
  await expect(maker.at("found-brand")).toContainText("Alder and Oat");
  await expect(maker.at("title")).toHaveAccessibleDescription(/\w+/);
  await expect(maker.at("import-picture")).toHaveCount(2);

  // The side becomes the first picture, and both are kept.
  const side = maker.at("import-picture").nth(1);
  await side.getByTestId("picture-place").selectOption("1");
  await maker.at("import-picture").first().getByTestId("picture-use").check();
  await maker.fill({ title: "River mug, large", "variants[0][stock]": "7" });
  await maker.at("category").selectOption("kitchen");
  await maker.at("import-publish").click();
  await maker.isTold("Published.");
  await expect(maker.at("status")).toHaveText("Published");
  await expect(maker.at("picture-row")).toHaveCount(2);
  await expect(maker.at("source")).toContainText("127.0.0.1");

  const address = await maker.at("view-on-shelf").getAttribute("href");
  const shopper = await market.visitor();
  await shopper.open(address ?? "");
  await expect(shopper.page.getByRole("heading", { level: 1 })).toHaveText("River mug, large");
  await expect(shopper.at("product-price")).toHaveText("$24.00");

  // The same link, as somebody else's mail would spell it.
  const again = `${shop.address("/products/river-mug/")}?utm_source=letter#top`;
  await maker.open("/dashboard/products/imports");
  await maker.pastes(again);
  await maker.arrivesAt(/\/(market\/link|dashboard\/products\/\d+)/);
  await expect(maker.page.getByRole("main")).toContainText("River mug, large");

  await maker.offer("River mug, large", "1.00", 5);
  const reseller = await market.storeOwner("Quay Street");
  await reseller.pastesLink(again);
  await reseller.addToShelf("River mug, large");
});

test("a price in another currency is shown and asked for, and what was typed stays", async ({ market, shop }) => {
  const maker = await market.storeOwner("Tray & Table");
  maker.watch.expectStatus(REFUSED);
  await maker.imports(shop, "/products/oak-tray");
  await expect(maker.at("other-currency")).toContainText("49.00 EUR");
  await maker.stillHas({ title: "Oak tray", "variants[0][price]": "" });

  await maker.fill({ title: "Oak tray for two", "variants[0][stock]": "3" });
  await maker.at("category").selectOption("kitchen");
  await maker.at("keep-in-step-by-itself").check();
  await maker.at("import-picture").first().getByTestId("picture-use").uncheck();
  await maker.at("import-save").click();
  await maker.isCorrected("variants[0][price]", /Enter an amount/);
  await maker.stillHas({ title: "Oak tray for two", "variants[0][stock]": "3", category: "kitchen" });
  await expect(maker.at("keep-in-step-by-itself")).toBeChecked();
  await expect(maker.at("picture-use").first()).not.toBeChecked();

  await maker.fill({ "variants[0][price]": "55.00" });
  await maker.at("import-save").click();
  await maker.isTold("Saved as a draft.");
  await maker.stillHas({ title: "Oak tray for two", "variants[0][price]": "55.00" });
  await expect(maker.at("picture-row")).toHaveCount(0);
});

test("a shop that lets nobody in says so, and the product is filled in by hand", async ({ market, shop }) => {
  const maker = await market.storeOwner("By Hand");
  maker.watch.expectStatus(REFUSED);
  await maker.open("/dashboard/products/imports");
  await maker.pastes(shop.address("/wall"));
  await expect(maker.at("import-problem")).toContainText(/prove that they are human|does not let us read/);
  await maker.at("by-hand").click();
  await maker.arrivesAt(/\?by_hand=/);
  await maker.fill({ title: "Walled garden print", "variants[0][price]": "none", "variants[0][stock]": "4" });
  await maker.at("category").selectOption("paper");
  await maker.at("import-save").click();
  await maker.isCorrected("variants[0][price]", /amount/);
  await maker.stillHas({ title: "Walled garden print", "variants[0][stock]": "4" });
  await maker.fill({ "variants[0][price]": "18.00" });
  await maker.at("import-save").click();
  await maker.isTold("Saved as a draft.");
});

test("what can't be read is told in the list of imports, and can be discarded", async ({ market, shop }) => {
  const maker = await market.storeOwner("Second Thoughts");
  await maker.open("/dashboard/products/imports");
  await maker.pastes(shop.address("/products/nothing-here"));
  await expect(maker.at("import-problem")).toBeVisible();
  await maker.open("/dashboard/products/imports");
  await expect(maker.at("import-row")).toContainText("Could not be read");
  await maker.at("import-row").getByRole("link", { name: "What to do" }).click();
  await maker.at("import-discard").click();
  await maker.isTold("Discarded.");
  await expect(maker.at("empty")).toBeVisible();
});

test("a link is kept through signing up and opening a store", async ({ market, shop }) => {
  const guest = await market.visitor();
  await guest.open(`/market/link?link=${encodeURIComponent(shop.address("/products/ash-spoon"))}`);
  await expect(guest.at("empty")).toContainText("That page belongs to 127.0.0.1");
  await guest.at("empty").getByRole("link", { name: "Sign up" }).click();
  await guest.fill({ name: "Ash Ember", email: "ash-ember@mail.example", password: "carved from ash" });
  await guest.at("sign-up-submit").click();
  await guest.arrivesAt(/\/market\/link\?link=/);
  await guest.at("open-store-for-link").click();
  await guest.arrivesAt(/\/open-a-store\?next=/);
  await guest.fill({ name: "Ash Ember", shipping: "4.00" });
  await guest.at("open-store-submit").click();
  await guest.arrivesAt(/\/market\/link\?link=/);
  await guest.at("read-link").click();
  await guest.isReadIn();
  await guest.stillHas({ title: "Ash spoon" });
});

test("a page with many products offers the whole shop, which can be paused", async ({ market, shop }) => {
  const maker = await market.storeOwner("Whole Shop");
  await maker.open("/dashboard/products/imports");
  await maker.pastes(shop.address("/collections/kitchen"));
  await expect(maker.at("import-problem")).toContainText("This page lists several products.");
  await maker.at("import-shop").click();
  await maker.arrivesAt(/\/imports\/shop\/\d+$/);
  await expect(maker.at("shop-offer")).toContainText("6 products found");
  await expect(maker.at("shop-item")).toHaveCount(6);

  // However quick the import is, it is not over before it was paused.
  const letGo = shop.holdBack("bread-board");
  await maker.at("shop-import-begin").click();
  await maker.at("shop-import-pause").click();
  await expect(maker.at("status").first()).toHaveText("Paused");
  await expect(maker.at("shop-progress")).toContainText("of 6 products");
  letGo();
  await maker.at("shop-import-resume").click();
  await expect(maker.at("shop-progress")).toContainText("All 6 products were read.", { timeout: 60_000 });

  const bowl = maker.about("shop-item", "Oat bowl");
  await expect(cell(bowl, "State")).toHaveText("Ready to check");
  await bowl.getByRole("link", { name: /^Check it/ }).click();
  await maker.isReadIn();
  await maker.stillHas({ title: "Oat bowl", "variants[0][price]": "28.00" });
});

test("looking again shows what has changed before anything is applied", async ({ market, shop }) => {
  const maker = await market.storeOwner("In Step");
  await maker.imports(shop, "/products/linen-cloth");
  await maker.fill({ "variants[0][stock]": "9" });
  await maker.at("category").selectOption("kitchen");
  await maker.at("import-publish").click();
  await maker.isTold("Published.");
  const edit = maker.path();

  await maker.at("look-again").click();
  await maker.arrivesAt(/\/source$/);
  await expect(maker.at("empty")).toContainText("Nothing has changed");

  shop.change("linen-cloth", { price: "19.50" });
  await maker.open(edit);
  await maker.at("look-again").click();
  await maker.arrivesAt(/\/source$/);
  const price = maker.about("difference", "Price");
  await expect(price.getByTestId("difference-here")).toContainText("16.00");
  await expect(price.getByTestId("difference-now")).toContainText("19.50");
  // Nothing was applied yet.
  await maker.open(edit);
  await maker.stillHas({ "variants[0][price]": "16.00" });
  await expect(maker.at("source-changes")).toContainText("1 change waits");
  await maker.at("source-changes").getByRole("link").click();
  await maker.at("apply-changes").click();
  await maker.isTold("The changes are applied.");
  await maker.stillHas({ "variants[0][price]": "19.50" });

  shop.change("linen-cloth", { stock: "OutOfStock" });
  await maker.at("look-again").click();
  await maker.arrivesAt(/\/source$/);
  await maker.at("keep-mine").click();
  await maker.isTold("Nothing was changed.");
  await maker.stillHas({ "variants[0][stock]": "9" });
});

test("several pictures are sent at once", async ({ market }) => {
  const maker = await market.storeOwner("Many Views");
  await maker.publish({ title: "Vase", description: "Tall.", category: "home", variants: [{ price: "30.00", stock: 2 }] });
  await maker.sendsPictures(3);
  await expect(maker.at("picture-row")).toHaveCount(3);
});
