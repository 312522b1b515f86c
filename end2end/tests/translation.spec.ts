import type { Page } from "@playwright/test";
import { expect, test, type Visitor } from "./support/market.ts";

let cup: string;
let maker: Visitor;

test.beforeAll(async ({ market }) => {
  maker = await market.storeOwner("Cup & Cupboard");
  cup = await maker.publish({
    title: "Tea cup",
    description: "With a saucer.",
    category: "kitchen",
    variants: [
      { name: "S", price: "20.00", stock: 9 },
      { name: "L", price: "25.00", stock: 3 },
    ],
  });
  await maker.offer("Tea cup", "1.00", 5);
  await maker.publish({
    title: "Milk jug",
    description: "Pours well.",
    category: "kitchen",
    variants: [{ price: "31.00", stock: 2 }],
  });
});

test.afterAll(async ({ market }) => market.close());

/**
 * What a browser's translation does: each text goes, and another stands there in a <font>. With `everything`, also
 * what is marked as not to be translated.
 */
async function translate(page: Page, everything = false): Promise<void> {
  await page.evaluate((everything) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest("script, noscript, textarea, title")) continue;
      if (!everything && text.parentElement?.closest("[translate=no]")) continue;
      const font = document.createElement("font");
      font.append(document.createElement("font"));
      font.firstElementChild?.append(text.data);
      text.replaceWith(font);
    }
  }, everything);
}

for (const everything of [false, true]) {
  test.describe(everything ? "with every text wrapped" : "with words translated", () => {
    test("price, stock, cart and totals are those of what is chosen", async ({ market }) => {
      const shopper = await market.visitor();
      const { page } = shopper;
      await shopper.open(cup);
      await translate(page, everything);
      await expect(shopper.at("product-price")).toHaveText("$20.00");
      await shopper.at("variant").getByRole("radio", { name: "L" }).check();
      await expect(shopper.at("product-price")).toHaveText("$25.00");
      await expect(shopper.at("product")).toContainText("Only 3 left.");
      await translate(page, everything);
      await shopper.at("variant").getByRole("radio", { name: "S" }).check();
      await expect(shopper.at("product-price")).toHaveText("$20.00");
      await expect(shopper.at("product")).not.toContainText("left.");
      await shopper.at("add-to-cart").click();
      await expect(page.getByTestId("cart-count")).toHaveText("1");

      await page.getByTestId("cart-link").click();
      await shopper.arrivesAt("/cart");
      await translate(page, everything);
      await shopper.at("cart-units").fill("3");
      await shopper.at("cart-units").press("Enter");
      await expect(shopper.at("cart-total")).toHaveText("$65.00");
      await expect(page.getByTestId("cart-count")).toHaveText("3");
      await translate(page, everything);
      await shopper.at("cart-units").fill("2");
      await shopper.at("cart-units").press("Enter");
      await expect(shopper.at("cart-total")).toHaveText("$45.00");
      await expect(shopper.at("cart-line")).toContainText("$40.00");

      await shopper.at("to-checkout").click();
      await shopper.arrivesAt("/checkout");
      await expect(shopper.at("pay")).toContainText("$45.00");
    });

    test("another product's page says what that product is", async ({ market }) => {
      const shopper = await market.visitor();
      const { page } = shopper;
      await shopper.open(cup);
      await translate(page, everything);
      await page.locator(".more-from").getByRole("link", { name: "Milk jug" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Milk jug");
      await expect(shopper.at("product-price")).toHaveText("$31.00");
      await expect(shopper.at("product")).toContainText("Pours well.");
      await expect(shopper.at("product")).not.toContainText("With a saucer.");
    });

    test("what is wrong with a field is said once, and goes when it is mended", async ({ market }) => {
      const visitor = await market.visitor();
      visitor.watch.expectStatus(422);
      await visitor.open("/sign-up");
      await visitor.fill({ name: "Ola Berg", email: "ola at home", password: "short" });
      await visitor.at("sign-up-submit").click();
      await visitor.isCorrected("email", /e-mail address/);
      await translate(visitor.page, everything);
      await visitor.fill({ email: "ola@mail.example" });
      await visitor.at("sign-up-submit").click();
      await expect(visitor.at("email")).not.toHaveAttribute("aria-invalid");
      await expect(visitor.at("field-error").filter({ hasText: "e-mail" })).toHaveCount(0);
      await visitor.isCorrected("password", /Use at least 8 characters\./);
    });

    test("an offer's cost follows what is typed", async () => {
      await maker.drawUpOffer("Milk jug", "2.00", 1);
      await translate(maker.page, everything);
      await maker.fill({ units: "2" });
      await expect(maker.at("offer-cost")).toHaveText("4.00 RSS");
      await expect(maker.at("offer-covers")).toHaveText("Covers 2 of 2 units");
    });
  });
}

test("a translation that is taken back leaves what the page says now", async ({ market }) => {
  const shopper = await market.visitor();
  await shopper.open(cup);
  const texts = await shopper.page.evaluateHandle(() => {
    const walker = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    const texts: [Text, HTMLElement][] = [];
    while (walker.nextNode()) texts.push([walker.currentNode as Text, document.createElement("font")]);
    for (const [text, font] of texts) {
      font.textContent = text.data;
      text.replaceWith(font);
    }
    return texts;
  });
  await expect(shopper.at("product")).toContainText("With a saucer.");
  await texts.evaluate((texts) => texts.forEach(([text, font]) => font.isConnected && font.replaceWith(text)));
  await expect(shopper.at("product").getByRole("heading", { level: 1 })).toHaveText("Tea cup");
  await expect(shopper.at("product")).toContainText("With a saucer.");
  await shopper.at("variant").getByRole("radio", { name: "L" }).check();
  await expect(shopper.at("product-price")).toHaveText("$25.00");
});

test("figures, codes and numbers are marked as not to be translated", async ({ market }) => {
  const shopper = await market.visitor();
  await shopper.addToCart(cup);
  await shopper.checkOut();
  for (const place of ["order-number", "order-total", "money"]) {
    const marked = await shopper.at(place).first().evaluate((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      return text?.parentElement?.closest("[translate=no]") != null;
    });
    expect(marked, place).toBe(true);
  }
  await maker.open("/dashboard/wallet");
  await expect(maker.at("wallet-balance").locator("[translate=no]").first()).toBeVisible();
});
