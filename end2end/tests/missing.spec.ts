import { expect, PASSWORD, test, type Visitor } from "./support/market.ts";

let visitor: Visitor;

test.beforeAll(async ({ market }) => {
  visitor = await market.visitor();
  visitor.watch.expectStatus(404);
});

test.afterAll(async ({ market }) => market.close());

const NOWHERE = {
  "an unknown address": "/nowhere/at/all",
  "a missing store": "/s/no-such-store",
  "a missing product": "/s/no-such-store/no-such-product",
  "an unknown order": "/order/0123456789abcdefghijklmn",
  "an unknown payment": "/pay/step/0123456789abcdefghijklmn",
};

for (const [what, path] of Object.entries(NOWHERE)) {
  test(`${what} is a real 404 with a page around it`, async () => {
    const answer = await visitor.page.goto(path);
    expect(answer?.status()).toBe(404);
    await visitor.ready();
    await expect(visitor.at("error-page")).toBeVisible();
    await expect(visitor.page).toHaveTitle(/This shelf is empty/);
    await expect(visitor.page.locator('meta[name="robots"]').first()).toHaveAttribute("content", /noindex/);

    await visitor.at("error-page").getByRole("link", { name: "Go to the marketplace" }).click();
    await visitor.arrivesAt("/market");
    await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText("Marketplace");
  });
}

test("another maker's product can't be edited, and looks as if it were not there", async ({ market }) => {
  const maker = await market.storeOwner("Yours & Mine");
  await maker.publish({
    title: "Spoon",
    description: "Wooden.",
    category: "kitchen",
    variants: [{ price: "7.00", stock: 1 }],
  });
  const edit = maker.path();

  const other = await market.storeOwner("Mine & Yours");
  other.watch.expectStatus(404);
  const answer = await other.page.goto(edit);
  expect(answer?.status()).toBe(404);
  await expect(other.at("error-page")).toBeVisible();
});

test("the dashboard asks a guest to log in and then leads back", async ({ market }) => {
  const owner = await market.storeOwner("Back & Forth");
  await owner.page.context().clearCookies();
  owner.watch.expectStatus(401);
  const answer = await owner.page.goto("/dashboard/wallet");
  expect(answer?.status()).toBe(401);
  await owner.ready();
  await owner.at("log-in").click();
  await owner.fill({ email: "owner-of-back-forth@mail.example", password: PASSWORD });
  await owner.at("log-in-submit").click();
  await owner.arrivesAt("/dashboard/wallet");
  await expect(owner.at("wallet-balance")).toHaveText("100.00 RSS");
});
