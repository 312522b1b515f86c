import { expect, test, type Visitor } from "./support/market.ts";
import { picture } from "./support/picture.ts";

/** As long as a title may be, and nowhere a place to break it. */
const WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".padEnd(90, "x");
const NAME = `Rindfleischetikettierungsüberwachungsaufgaben${"y".repeat(15)}`;

/** The narrowest screens in use, and common ones. */
const WIDTHS = [320, 360, 768, 1280];

let owner: Visitor;
let product: string;
let store: string;

test.beforeAll(async ({ market }) => {
  owner = await market.storeOwner("Long Words");
  await owner.open("/dashboard/store");
  await owner.fill({ name: NAME, tagline: "t".repeat(80) });
  await owner.at("save-store").click();
  await owner.isTold("Saved.");
  product = await owner.publish({
    title: WORD,
    description: "d".repeat(300),
    category: "paper",
    variants: [
      { name: "v".repeat(40), price: "1234567.00", stock: 9 },
      { name: "w".repeat(40), price: "25.00", stock: 9 },
    ],
    pictures: [picture("long.png", [180, 190, 200])],
  });
  store = product.split("/").slice(0, 3).join("/");
  await owner.offer(WORD, "2.00", 5);
});

test.afterAll(async ({ market }) => market.close());

const PAGES: Record<string, () => string> = {
  home: () => "/",
  marketplace: () => "/market",
  "a search": () => `/market?search=${WORD}`,
  stores: () => "/stores",
  store: () => store,
  product: () => product,
  cart: () => "/cart",
  checkout: () => "/checkout",
  account: () => "/account",
  overview: () => "/dashboard",
  products: () => "/dashboard/products",
  offers: () => "/dashboard/offers",
  shelf: () => "/dashboard/shelf",
  sales: () => "/dashboard/sales",
  wallet: () => "/dashboard/wallet",
  "store settings": () => "/dashboard/store",
};

test("a long word never makes a page wider than its screen", async () => {
  await owner.addToCart(product);
  for (const [name, path] of Object.entries(PAGES)) {
    await owner.open(path());
    for (const width of WIDTHS) {
      await owner.page.setViewportSize({ width, height: 800 });
      const tooWide = await owner.page.locator("html").evaluate((html) => {
        if (html.scrollWidth <= html.clientWidth) return [];
        const over = [...html.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > html.clientWidth);
        return over.map((one) => `${one.tagName} ${one.className}`);
      });
      expect(tooWide, `${name} at ${width} px`).toEqual([]);
    }
  }
});
