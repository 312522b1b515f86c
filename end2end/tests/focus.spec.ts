import type { Locator } from "@playwright/test";
import { expect, type Product, test, type Visitor } from "./support/market.ts";
import { picture } from "./support/picture.ts";

const LAMP: Product = {
  title: "Paper lamp",
  description: "Folds flat.",
  category: "home",
  variants: [{ price: "40.00", stock: 9 }],
};

let maker: Visitor;
let lamp: string;

test.beforeAll(async ({ market }) => {
  maker = await market.storeOwner("Near & Far");
  lamp = await maker.publish(LAMP);
  await maker.publish({ ...LAMP, title: "Paper moon" });
  await maker.offer("Paper lamp", "4.00", 5);
});

test.afterAll(async ({ market }) => market.close());

test("whoever goes to another page is on it, and hears its title", async ({ market }) => {
  const visitor = await market.visitor();
  const { page } = visitor;
  await visitor.open("/");
  await expect(page.locator("body")).toBeFocused();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Marketplace" }).press("Enter");
  await visitor.arrivesAt("/market");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page.getByTestId("announcer")).toHaveText(/^Marketplace/);

  await visitor.about("product-tile", "Paper lamp").getByRole("link", { name: "Paper lamp" }).press("Enter");
  await visitor.arrivesAt(lamp);
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page.getByTestId("announcer")).toHaveText(/^Paper lamp/);

  await page.goBack();
  await visitor.arrivesAt("/market");
  await expect(page.getByRole("main")).toBeFocused();
});

test("another order of a list leaves the focus where it is", async ({ market }) => {
  const visitor = await market.visitor();
  await visitor.open("/market");
  const cheapest = visitor.at("sort").getByRole("link", { name: "Price, low to high" });
  await cheapest.press("Enter");
  await expect(visitor.page).toHaveURL(/sort=/);
  await expect(visitor.at("sort").locator("[aria-current]")).toHaveText("Price, low to high");
  await expect(visitor.at("sort").getByRole("link").and(visitor.page.locator(":focus"))).toHaveCount(1);
});

test("the skip link leads to the page", async ({ market }) => {
  const visitor = await market.visitor();
  await visitor.open("/market");
  await visitor.page.keyboard.press("Tab");
  await visitor.page.keyboard.press("Enter");
  await expect(visitor.page.getByRole("main")).toBeFocused();
});

test("escape closes menus and folds, and the focus goes back to what opened them", async ({ market }) => {
  const visitor = await market.visitor();
  const { page } = visitor;
  await visitor.open("/market");
  const menu = page.getByRole("banner").locator("details.menu-drop");
  await menu.locator("summary").press("Enter");
  await expect(menu).toHaveAttribute("open");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(menu).not.toHaveAttribute("open");
  await expect(menu.locator("summary")).toBeFocused();

  await maker.open("/dashboard/products");
  await maker.about("product-row", "Paper moon").getByRole("link", { name: "Paper moon" }).click();
  await maker.at("archive").press("Enter");
  await maker.page.keyboard.press("Tab");
  await maker.page.keyboard.press("Escape");
  await expect(maker.page.locator("details.confirm[open]")).toHaveCount(0);
  await expect(maker.at("archive")).toBeFocused();
});

test("a button that is gone after it worked hands the focus on", async ({ market }) => {
  const shopper = await market.visitor();
  await shopper.addToCart(lamp);
  await expect(shopper.at("add-to-cart"), "a button that works keeps the focus").toBeFocused();
  await shopper.open("/s/near-and-far");
  const moon = await shopper.about("product-tile", "Paper moon").getByRole("heading").getByRole("link").getAttribute("href");
  await shopper.addToCart(moon ?? "");
  await shopper.open("/cart");

  await shopper.at("cart-remove").last().press("Enter");
  await expect(shopper.at("cart-line")).toHaveCount(1);
  await staysInThePage(shopper);
  await shopper.at("cart-undo").press("Enter");
  await expect(shopper.at("cart-line")).toHaveCount(2);
  await staysInThePage(shopper);

  const reseller = await market.storeOwner("Shelf & Life");
  await reseller.open("/market");
  await reseller.about("product-tile", "Paper lamp").getByTestId("add-to-shelf").press("Enter");
  await reseller.isTold("It is on your shelf now.");
  await expect(reseller.about("product-tile", "Paper lamp").getByRole("link", { name: "On your shelf" })).toBeFocused();
});

test("a picture, a variant and a step that are gone hand the focus on", async ({ market }) => {
  await maker.open("/dashboard/products");
  await maker.about("product-row", "Paper moon").getByRole("link", { name: "Paper moon" }).click();
  await maker.addPictures("Paper moon", [picture("a.png", [200, 180, 160]), picture("b.png", [60, 80, 100])]);
  await maker.at("picture-remove").first().press("Enter");
  await maker.at("picture-remove-confirm").first().press("Enter");
  await expect(maker.at("picture-row")).toHaveCount(1);
  await staysInThePage(maker);

  const shopper = await market.visitor();
  await shopper.addToCart(lamp);
  const number = await shopper.checkOut();
  await maker.open("/dashboard/sales");
  await maker.at("sale-row").getByRole("link", { name: number }).click();
  await maker.at("mark-packed").press("Enter");
  await expect(maker.at("mark-shipped")).toBeVisible();
  await staysInThePage(maker);
});

/** It is on something in the page that can be seen, and not on the page as a whole. */
async function staysInThePage(visitor: Visitor): Promise<void> {
  const focused: Locator = visitor.page.getByRole("main").locator(":focus");
  await expect(focused).toHaveCount(1);
  await expect(focused).toBeVisible();
}
