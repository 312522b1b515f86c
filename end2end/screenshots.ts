// Pictures of every page of a running demo market, on a phone and on a desk, by day and by night:
//
//   SCREENSHOTS=folder BASE_URL=http://127.0.0.1:3000 npx playwright test
//
// It buys something, to have an order to show.

import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { join } from "node:path";
import { ADDRESS, CARD } from "./tests/support/market.ts";

const FOLDER = process.env["SCREENSHOTS"] ?? "screenshots";
const WIDTHS = [375, 1440];
const SCHEMES = ["light", "dark"] as const;

/** Somebody's cookies, and the pages to look at as that person, by name. */
type Tour = { storageState: Awaited<ReturnType<BrowserContext["storageState"]>>; pages: Record<string, string> };

const tours: { shopper?: Tour; owner?: Tour } = {};

test.use({ baseURL: process.env["BASE_URL"] ?? "http://127.0.0.1:3000", reducedMotion: "reduce" });
test.setTimeout(300_000);

test.beforeAll(async ({ browser, baseURL }) => {
  const newPage = () => browser.newPage({ baseURL });
  tours.shopper = await shop(await newPage());
  tours.owner = await runStore(await newPage());
});

for (const colorScheme of SCHEMES) {
  for (const width of WIDTHS) {
    for (const who of ["shopper", "owner"] as const) {
      test(`what the ${who} sees, ${width} px wide, ${colorScheme}`, async ({ browser, baseURL }) => {
        const { storageState, pages } = tours[who]!;
        const viewport = { width, height: width < 600 ? 812 : 900 };
        const context = await browser.newContext({ baseURL, colorScheme, storageState, viewport });
        const page = await context.newPage();
        for (const [name, path] of Object.entries(pages)) {
          await open(page, path);
          await everythingLoaded(page);
          // As on a screen of that height: a bar at the bottom stands there, not in the middle.
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width, height });
          await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) });
          await page.setViewportSize(viewport);
        }
        await context.close();
      });
    }
  }
}

/** Buys two things and leaves two more in the cart. */
async function shop(page: Page): Promise<Tour> {
  await open(page, "/market");
  const tiles = page.getByTestId("product-tile").getByRole("heading").getByRole("link");
  const products = await hrefs(page, tiles, 4);
  for (const product of products.slice(0, 2)) await addToCart(page, product);
  await open(page, "/checkout");
  const card = { card_number: CARD.pays, expiry: "12/39", cvc: "123" };
  for (const [name, text] of Object.entries({ ...ADDRESS, ...card })) await page.getByTestId(name).fill(text);
  await page.getByTestId("pay").click();
  await expect(page.getByTestId("order-thanks")).toBeVisible();
  const order = new URL(page.url()).pathname;
  for (const product of products.slice(2)) await addToCart(page, product);

  await open(page, "/stores");
  const [store = ""] = await hrefs(page, page.getByTestId("store-tile").getByRole("link"), 1);
  const pages = {
    home: "/",
    marketplace: "/market",
    search: "/market?search=mug",
    stores: "/stores",
    store,
    product: products[0] ?? "",
    cart: "/cart",
    checkout: "/checkout",
    order,
    "log-in": "/log-in",
    "sign-up": "/sign-up",
    "open-a-store": "/open-a-store",
    missing: "/nowhere",
  };
  return { storageState: await page.context().storageState(), pages };
}

/** Logs in as the first of the demo's people. */
async function runStore(page: Page): Promise<Tour> {
  await open(page, "/log-in");
  await page.getByTestId("demo-log-ins").getByRole("button").first().click();
  await expect(page.getByTestId("account-menu")).toBeVisible();
  const first = async (list: string, row: string) => {
    await open(page, list);
    const [path = list] = await hrefs(page, page.getByTestId(row).first().getByRole("link"), 1);
    return path;
  };
  const pages = {
    "owner-marketplace": "/market",
    account: "/account",
    dashboard: "/dashboard",
    products: "/dashboard/products",
    "new-product": "/dashboard/products/new",
    imports: "/dashboard/products/imports",
    "edit-product": await first("/dashboard/products", "product-row"),
    shelf: "/dashboard/shelf",
    offers: "/dashboard/offers",
    "new-offer": "/dashboard/offers/new",
    "edit-offer": await first("/dashboard/offers", "offer-row"),
    sales: "/dashboard/sales",
    sale: await first("/dashboard/sales", "sale-row"),
    wallet: "/dashboard/wallet",
    "store-settings": "/dashboard/store",
  };
  return { storageState: await page.context().storageState(), pages };
}

async function addToCart(page: Page, product: string): Promise<void> {
  await open(page, product);
  await page.getByTestId("add-to-cart").click();
  await expect(page.getByTestId("toast")).toBeVisible();
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}

/** Fonts, and the pictures that a browser only loads once they are scrolled to. */
async function everythingLoaded(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
}

async function hrefs(page: Page, links: Locator, most: number): Promise<string[]> {
  await links.first().waitFor();
  const found = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return found.filter((href) => new URL(href, page.url()).origin === new URL(page.url()).origin).slice(0, most);
}
