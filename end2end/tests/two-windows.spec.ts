import { expect, test } from "./support/market.ts";

/** The status of an answer that says what two have changed, which only a page with JavaScript ever sees. */
const CLASH = 409;

const JUG = {
  title: "Jug",
  description: "For a litre.",
  category: "kitchen",
  variants: [
    { name: "Chalk", price: "20.00", stock: 3 },
    { name: "Soot", price: "25.00", stock: 2 },
  ],
};

test("what another window has changed stays, and what both have is shown side by side", async ({ market }) => {
  const maker = await market.storeOwner("Two Windows");
  maker.watch.expectStatus(CLASH);
  await maker.publish(JUG);
  await maker.open("/dashboard/products");
  await maker.about("product-row", "Jug").getByRole("link", { name: "Jug" }).click();
  await expect(maker.at("save-product")).toBeVisible();
  await maker.ready();
  const page = maker.path();

  // The other window: without a script, so that it is the same in both kinds of browser.
  const other = await maker.page.context().newPage();
  await other.goto(maker.page.url());
  await other.locator("html").waitFor();
  await other.getByTestId("description").fill("For two litres.");
  await other.getByTestId("variants[1][price]").fill("26.00");
  // What the field shows was typed there: that it is saved only the answer says.
  const saved = other.waitForResponse((answer) => answer.url().includes("/api/save_product"));
  await other.getByTestId("save-product").click();
  await saved;
  await expect(other.getByTestId("description")).toHaveValue("For two litres.");
  await other.close();

  await maker.fill({ title: "Tall jug" });
  await maker.at("save-product").click();
  await maker.isTold("Saved.");
  await maker.stillHas({ title: "Tall jug", description: "For two litres.", "variants[1][price]": "26.00" });

  const third = await maker.page.context().newPage();
  await third.goto(maker.page.url());
  await third.getByTestId("title").fill("Round jug");
  await third.getByTestId("save-product").click();
  await expect(third.getByRole("heading", { level: 1 })).toHaveText("Round jug");
  await third.close();

  await maker.fill({ title: "Flat jug", "variants[0][price]": "21.00" });
  await maker.at("save-product").click();
  await expect(maker.at("form-error")).toContainText("Choose below what stands");
  await expect(maker.at("clash-title")).toContainText("Flat jug");
  await expect(maker.at("clash-title")).toContainText("Round jug");
  await maker.at("clash-title").getByTestId("clash-now").check();
  await maker.at("save-product").click();
  await maker.isTold("Saved.");
  await maker.open(page);
  await maker.stillHas({ title: "Round jug", "variants[0][price]": "21.00" });
});

test("publishing puts on the shelf what the fields show", async ({ market }) => {
  const maker = await market.storeOwner("Shown As Typed");
  await maker.open("/dashboard/products/new");
  await maker.describe(JUG);
  await maker.at("save-product").click();
  await maker.isTold("Saved as a draft.");
  // The empty page stays until the product's is there.
  await expect(maker.page.getByRole("heading", { level: 1 })).toHaveText("Jug");

  await maker.fill({ title: "Lidded jug" });
  await maker.at("publish").click();
  await maker.isTold("Published.");
  await maker.stillHas({ title: "Lidded jug" });
  await maker.at("view-on-shelf").click();
  await expect(maker.page.getByRole("heading", { level: 1 })).toHaveText("Lidded jug");
});

test("a variant is taken away by a tick", async ({ market }) => {
  const maker = await market.storeOwner("One Of Two");
  await maker.publish(JUG);
  await maker.open("/dashboard/products");
  await maker.about("product-row", "Jug").getByRole("link", { name: "Jug" }).click();
  await maker.ready();
  await maker.at("remove-variant").nth(1).check();
  await maker.at("save-product").click();
  await maker.isTold("Saved.");
  await expect(maker.at("variant-row").first().getByTestId("variants[0][name]")).toHaveValue("Chalk");
  await expect(maker.at("remove-variant")).toHaveCount(0);
});
