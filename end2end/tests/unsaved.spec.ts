import { expect, test, type Visitor } from "./support/market.ts";

let maker: Visitor;

test.beforeEach(async ({ market }, info) => {
  maker = await market.storeOwner(`Kept & Safe ${info.testId.slice(-8)}-${info.retry}`);
  await maker.open("/dashboard/products/new");
  await maker.describe({
    title: "Tin box",
    description: "Closes tightly.",
    category: "home",
    variants: [{ price: "9.00", stock: 2 }],
  });
});

test("a link asks before it takes what was typed away", async () => {
  await sideLink("Offers").click();
  await expect(question()).toBeVisible();
  await maker.page.getByTestId("unsaved-stay").click();
  await expect(question()).toBeHidden();
  expect(maker.path()).toBe("/dashboard/products/new");
  await maker.stillHas({ title: "Tin box", description: "Closes tightly." });

  await sideLink("Offers").click();
  await maker.page.getByTestId("unsaved-leave").click();
  await maker.arrivesAt("/dashboard/offers");
});

test("the way to save is in the question, and the way out goes on after it", async () => {
  await sideLink("Offers").click();
  await maker.page.getByTestId("unsaved-save").click();
  await maker.isTold("Saved as a draft.");
  await maker.arrivesAt(/\/dashboard\/products\/\d+$/);

  await maker.fill({ title: "Tin chest" });
  await sideLink("Wallet").click();
  await maker.page.getByTestId("unsaved-save").click();
  await maker.arrivesAt("/dashboard/wallet");
  await maker.open("/dashboard/products");
  await expect(maker.about("product-row", "Tin chest")).toHaveCount(1);
});

test("nothing is asked when nothing was changed, or it was changed back, or saved", async () => {
  await maker.at("save-product").click();
  await maker.isTold("Saved as a draft.");
  await sideLink("Offers").click();
  await maker.arrivesAt("/dashboard/offers");

  await maker.open("/dashboard/store");
  await maker.fill({ tagline: "Boxes of all kinds" });
  await maker.at("save-store").click();
  await maker.isTold("Saved.");
  await sideLink("Sales").click();
  await maker.arrivesAt("/dashboard/sales");

  await maker.open("/dashboard/store");
  await maker.fill({ tagline: "Boxes" });
  await maker.fill({ tagline: "Boxes of all kinds" });
  await sideLink("Sales").click();
  await maker.arrivesAt("/dashboard/sales");
});

test("going back, searching and closing ask as well", async () => {
  await maker.open("/dashboard/products");
  await maker.at("add-product").click();
  await maker.arrivesAt("/dashboard/products/new");
  await maker.fill({ title: "Tin box" });
  await maker.page.goBack();
  await expect(question()).toBeVisible();
  await maker.page.getByTestId("unsaved-stay").click();
  await maker.stillHas({ title: "Tin box" });
  expect(maker.path()).toBe("/dashboard/products/new");

  await maker.page.getByTestId("search").fill("lamp");
  await maker.page.getByTestId("search").press("Enter");
  await expect(question()).toBeVisible();
  await maker.page.keyboard.press("Escape");
  await expect(question()).toBeHidden();

  const asked = maker.page.waitForEvent("dialog");
  const left = maker.page.goto("/market").catch(() => undefined);
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.accept();
  await left;
});

test("it asks as well before the browser has drawn what was done last", async () => {
  await maker.open("/dashboard/products");
  await maker.page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });
  await maker.at("add-product").click();
  await maker.arrivesAt("/dashboard/products/new");
  await maker.fill({ title: "Tin box" });
  await maker.page.goBack();
  await expect(question()).toBeVisible();
  await maker.page.getByTestId("unsaved-leave").click();
  await maker.arrivesAt("/dashboard/products");
});

test("what was typed while the answer was on its way is not saved with it", async () => {
  await maker.open("/dashboard/store");
  await maker.fill({ tagline: "Boxes of all kinds" });
  let answer = () => {};
  const held = new Promise<void>((go) => (answer = go));
  await maker.page.route("**/api/**", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await maker.at("save-store").click();
  await maker.fill({ tagline: "Boxes of all sizes" });
  answer();
  await maker.isTold("Saved.");
  await sideLink("Sales").click();
  await expect(question()).toBeVisible();
  await maker.page.getByTestId("unsaved-save").click();
  await maker.arrivesAt("/dashboard/sales");
});

function question() {
  return maker.page.getByTestId("unsaved-question");
}

function sideLink(name: string) {
  return maker.page.getByRole("complementary").getByRole("link", { name, exact: true });
}
