import { ADDRESS, expect, PASSWORD, test, type Visitor } from "./support/market.ts";

/** What a dashboard shows of its owner. */
const HERS = /100\.00 RSS|Rosa|rosa/i;

async function hasNothingOfHers(visitor: Visitor): Promise<void> {
  await expect(visitor.page.locator("body")).not.toContainText(HERS);
  await expect(visitor.page.getByTestId("viewer-name")).toHaveCount(0);
}

test("after logging out, Back shows nothing of hers", async ({ market }) => {
  const owner = await market.storeOwner("Rosa & Thorn");
  owner.watch.expectStatus(401);
  for (const page of ["/dashboard", "/dashboard/wallet", "/dashboard/store", "/account"]) await owner.open(page);
  await owner.at("log-out").click();
  await owner.arrivesAt("/");
  await owner.isTold("You are logged out.");
  for (const page of ["/account", "/dashboard/store", "/dashboard/wallet", "/dashboard"]) {
    await owner.page.goBack();
    await expect(owner.page).toHaveURL(page);
    await owner.ready();
    await hasNothingOfHers(owner);
    await expect(owner.at("error-page")).toBeVisible();
  }
});

test("going from page to page without loading, then out, then back", async ({ market }) => {
  const owner = await market.storeOwner("Rosa & Root");
  owner.watch.expectStatus(401);
  const places = owner.page.getByRole("complementary");
  await places.getByRole("link", { name: "Wallet" }).click();
  await owner.arrivesAt("/dashboard/wallet");
  await owner.page.getByTestId("account-menu").click();
  await owner.page.getByTestId("log-out").first().click();
  await owner.arrivesAt("/");
  await owner.page.goBack();
  await expect(owner.page).toHaveURL("/dashboard/wallet");
  await hasNothingOfHers(owner);
});

test("what she looked at in another tab goes when she logs out", async ({ market, hydrated }) => {
  test.skip(!hydrated, "without JavaScript a page stays what it was until it is asked for again");
  const owner = await market.storeOwner("Rosa & Leaf");
  owner.watch.expectStatus(401);
  await owner.open("/dashboard/wallet");
  const other = await owner.page.context().newPage();
  await other.goto("/account");
  await other.locator("html[data-hydrated]").waitFor({ state: "attached" });
  await other.getByRole("main").getByTestId("log-out").click();
  await expect(owner.at("error-page")).toBeVisible();
  await hasNothingOfHers(owner);
});

test("a guest who goes back to a checkout finds what she typed", async ({ market }) => {
  const maker = await market.storeOwner("Lily & Pad");
  const pad = await maker.publish({
    title: "Lily pad",
    description: "Green.",
    category: "home",
    variants: [{ price: "9.00", stock: 5 }],
  });
  const shopper = await market.visitor();
  await shopper.addToCart(pad);
  await shopper.open("/checkout");
  await shopper.fill(ADDRESS);
  await shopper.page.goto("/stores");
  await shopper.ready();
  await shopper.page.goBack();
  await shopper.arrivesAt("/checkout");
  await shopper.stillHas(ADDRESS);
});

test("somebody else who logs in sees her own, not what was there before", async ({ market }) => {
  const owner = await market.storeOwner("Rosa & Vine");
  owner.watch.expectStatus(401);
  owner.watch.expectStatus(403);
  await owner.open("/dashboard/wallet");
  await owner.open("/account");
  await owner.at("log-out").click();
  await owner.arrivesAt("/");
  const email = `ines-${Date.now()}@mail.example`;
  await owner.open("/sign-up");
  await owner.fill({ name: "Ines Lund", email, password: PASSWORD });
  await owner.at("sign-up-submit").click();
  await owner.arrivesAt("/open-a-store");
  while (owner.path() !== "/dashboard/wallet") {
    await owner.page.goBack();
    await owner.ready();
    await expect(owner.page.getByRole("main")).not.toContainText(/Rosa/);
  }
});
