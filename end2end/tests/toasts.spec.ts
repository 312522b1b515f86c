import type { Page } from "@playwright/test";
import { expect, test } from "./support/market.ts";

/** From a small phone to a desk. */
const WIDTHS = [375, 768, 1024, 1440];

for (const width of WIDTHS) {
  test(`what is said lies over nothing that can be pressed, ${width} px wide`, async ({ market, hydrated }) => {
    const maker = await market.storeOwner(`Said & Done ${width}${hydrated ? "" : " plainly"}`);
    const bowl = await maker.publish({
      title: "Bowl",
      description: "Round.",
      category: "kitchen",
      variants: [{ price: "20.00", stock: 6 }],
    });
    const { page } = maker;
    await page.setViewportSize({ width, height: 700 });
    // Further down, what was scrolled to reach a button would lie under any bar.
    await page.evaluate(() => window.scrollTo(0, 0));
    expect(await covered(page)).toEqual([]);

    await maker.open("/dashboard/products");
    await maker.about("product-row", "Bowl").getByRole("link", { name: "Bowl" }).click();
    // Far down, and with something to press at every edge.
    await maker.at("save-product").scrollIntoViewIfNeeded();
    const before = await underTheHeader(page);
    await maker.at("save-product").click();
    await maker.isTold("Saved.");
    expect((await covered(page)).filter((element) => !before.includes(element))).toEqual([]);

    await maker.addToCart(bowl);
    expect(await covered(page)).toEqual([]);
    await expect(page.getByRole("status").filter({ hasText: "It is in your cart." })).toHaveCount(1);
  });
}

test("three at most, each goes by key, and none in the middle of a sentence", async ({ market, hydrated }) => {
  test.skip(!hydrated, "without JavaScript there is one, until the next page");
  const maker = await market.storeOwner("Word & Deed");
  const bowl = await maker.publish({
    title: "Bowl",
    description: "Round.",
    category: "kitchen",
    variants: [{ price: "20.00", stock: 60 }],
  });
  const { page } = maker;
  const toasts = page.getByTestId("toast");
  await maker.open(bowl);
  for (let times = 1; times <= 5; times++) {
    const answered = page.waitForResponse(/add_to_cart/);
    await maker.at("add-to-cart").click();
    await answered;
  }
  await expect(toasts).toHaveCount(3);

  await page.keyboard.press("Escape");
  await expect(toasts).toHaveCount(2);
  await toasts.first().getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(toasts).toHaveCount(1);

  await maker.at("add-to-cart").click();
  await expect(toasts).not.toHaveCount(0);
  await page.waitForTimeout(6000);
  await expect(toasts, "long enough to be read").not.toHaveCount(0);
});

/** What can be pressed and is on the screen, but lies under a toast. */
function covered(page: Page): Promise<string[]> {
  return under(page, ".toaster");
}

/** What is scrolled under the header: it could not be pressed before a toast moved it down either. */
function underTheHeader(page: Page): Promise<string[]> {
  return under(page, ".site-header");
}

function under(page: Page, bar: string): Promise<string[]> {
  return page.evaluate((bar) => {
    const pressable = document.querySelectorAll<HTMLElement>("main :is(a, button, input, select, textarea, summary)");
    return [...pressable].flatMap((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const above = document.elementFromPoint(x, y)?.closest(bar);
      return above ? [element.outerHTML.slice(0, 100)] : [];
    });
  }, bar);
}
