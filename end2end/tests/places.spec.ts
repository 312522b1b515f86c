import { expect, test, type Visitor } from "./support/market.ts";

/** More than fit on any screen, in rows of four. */
const PRODUCTS = 24;

let maker: Visitor;

test.beforeAll(async ({ market }) => {
  test.setTimeout(180_000);
  maker = await market.storeOwner("Long & Wide");
  for (let number = 1; number <= PRODUCTS; number++) {
    await maker.publish({
      title: `Tile ${number}`,
      description: "One of many.",
      category: "home",
      variants: [{ price: "5.00", stock: 3 }],
    });
  }
});

test.afterAll(async ({ market }) => market.close());

for (const latency of [0, 300]) {
  test(`going back leads to the place that was left, with answers that take ${latency} ms`, async ({ market }) => {
    const visitor = await market.visitor();
    const { page } = visitor;
    await visitor.open("/s/long-and-wide");
    await page.route("**/api/**", async (route) => {
      await new Promise((done) => setTimeout(done, latency));
      await route.continue();
    });
    await scrollTo(visitor, 900);
    const tile = visitor.about("product-tile", "Tile 8").getByRole("heading").getByRole("link");
    await tile.scrollIntoViewIfNeeded();
    const left = await scrolled(visitor);
    expect(left).toBeGreaterThan(500);
    await tile.click();
    await visitor.arrivesAt(/\/s\/long-and-wide\/tile/);
    await expect(visitor.at("product-price")).toBeVisible();
    await expect.poll(() => scrolled(visitor)).toBe(0);

    await page.goBack();
    await visitor.arrivesAt("/s/long-and-wide");
    const away = async () => Math.abs((await scrolled(visitor)) - left);
    await expect.poll(away).toBeLessThan(50);
    await page.waitForTimeout(600);
    expect(await away(), "it stays there").toBeLessThan(50);

    await page.goForward();
    await expect(visitor.at("product-price")).toBeVisible();
    await expect.poll(() => scrolled(visitor)).toBe(0);
  });
}

test("the page before stays until the next one is there", async ({ market }) => {
  const visitor = await market.visitor();
  const { page } = visitor;
  await visitor.open("/s/long-and-wide");
  await page.route("**/api/**", async (route) => {
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  const shifted = page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: "layout-shift", buffered: false });
        setTimeout(() => done(sum), 1500);
      }),
  );
  await visitor.at("product-tile").first().getByRole("heading").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Long & Wide");
  await expect(visitor.at("product-price")).toBeVisible();
  await expect(page.locator(".bone")).toHaveCount(0);
  expect(await shifted).toBeLessThan(0.1);
});

test("a page that can't be loaded says so and can be tried again", async ({ market }) => {
  const visitor = await market.visitor();
  const { page } = visitor;
  await visitor.open("/s/long-and-wide");
  let broken = true;
  visitor.watch.expectBreaking();
  await page.route("**/api/read_product*", (route) => (broken ? route.abort() : route.continue()));
  await visitor.at("product-tile").first().getByRole("heading").getByRole("link").click();
  await expect(visitor.at("error-page")).toBeVisible();
  broken = false;
  await visitor.at("try-again").click();
  await visitor.ready();
  await expect(visitor.at("product-price")).toBeVisible();
});

test("a page that is loaded anew keeps its place too", async ({ market }) => {
  const visitor = await market.visitor();
  await visitor.open("/s/long-and-wide");
  await scrollTo(visitor, 700);
  await visitor.page.reload();
  await visitor.ready();
  await expect.poll(async () => Math.abs((await scrolled(visitor)) - 700)).toBeLessThan(50);
});

async function scrollTo(visitor: Visitor, y: number): Promise<void> {
  await visitor.page.evaluate((y) => window.scrollTo(0, y), y);
  await expect.poll(() => scrolled(visitor)).toBe(y);
}

function scrolled(visitor: Visitor): Promise<number> {
  return visitor.page.evaluate(() => Math.round(window.scrollY));
}
