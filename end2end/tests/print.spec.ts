import { expect, test, type Visitor } from "./support/market.ts";

test("an order and a parcel are printed without anything to press", async ({ market }) => {
  const maker = await market.storeOwner("Ink & Paper");
  const book = await maker.publish({
    title: "Copybook",
    description: "Ruled.",
    category: "paper",
    variants: [{ price: "6.00", stock: 4 }],
  });
  const shopper = await market.visitor();
  await shopper.addToCart(book);
  const number = await shopper.checkOut();
  await isPrinted(shopper, ["Copybook", number, "$11.00", "8 Harbour Steps"]);

  await maker.open("/dashboard/sales");
  await maker.at("sale-row").getByRole("link", { name: number }).click();
  await expect(maker.at("mark-packed")).toBeVisible();
  await isPrinted(maker, ["Copybook", number, "8 Harbour Steps"]);
});

async function isPrinted(visitor: Visitor, words: string[]): Promise<void> {
  const { page } = visitor;
  await page.emulateMedia({ media: "print" });
  for (const word of words) {
    await expect(page.getByRole("main").getByText(word).filter({ visible: true })).not.toHaveCount(0);
  }
  for (const role of ["banner", "contentinfo", "navigation", "button", "searchbox", "textbox"] as const) {
    await expect(page.getByRole(role)).toHaveCount(0);
  }
  await page.emulateMedia({ media: "screen" });
}
