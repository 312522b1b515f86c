import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CARD, expect, type Market, type Visitor } from "./market.ts";
import { picture } from "./picture.ts";
import type { Shop } from "./shop.ts";

/** Who looks at a page. */
export type Who = "shopper" | "owner";

/** One page to look at: who does, which of the app's addresses it is, and where it is in the market that was set up. */
export type Sight = { name: string; who: Who; route: string; path: (places: Places) => string };

/** What only the market that was set up knows the addresses of. */
export type Places = Record<
  | "product"
  | "editProduct"
  | "editOffer"
  | "newOffer"
  | "sale"
  | "order"
  | "secondStep"
  | "importCheck"
  | "importProblem"
  | "shopImport"
  | "importedProduct",
  string
>;

/** Every page that there is. `routes()` are the addresses of the app, and each has to be among these. */
export const PAGES: Sight[] = [
  page("home", "shopper", "/", "/"),
  page("marketplace", "shopper", "/market", "/market"),
  page("a search without results", "shopper", "/market", "/market?search=nothing+like+it"),
  page("stores", "shopper", "/stores", "/stores"),
  page("store", "shopper", "/s/:store", "/s/plain-and-clear"),
  page("product", "shopper", "/s/:store/:product", (to) => to.product),
  page("cart", "shopper", "/cart", "/cart"),
  page("removed from the cart", "shopper", "/cart", "/cart?removed=1-1-1"),
  page("checkout", "shopper", "/checkout", "/checkout"),
  page("second step", "shopper", "/pay/step/:code", (to) => to.secondStep),
  page("order", "shopper", "/order/:secret", (to) => to.order),
  page("log-in", "shopper", "/log-in", "/log-in"),
  page("sign-up", "shopper", "/sign-up", "/sign-up"),
  page("open a store", "shopper", "/open-a-store", "/open-a-store"),
  page("an unknown address", "shopper", "", "/nowhere/at/all"),
  page("a page that needs an account", "shopper", "/dashboard/wallet", "/dashboard/wallet"),

  page("marketplace, for owners", "owner", "/market", "/market"),
  page("product, for its maker", "owner", "/s/:store/:product", (to) => to.product),
  page("pasted link", "owner", "/market/link", (to) => `/market/link?link=${to.product}`),
  page("account", "owner", "/account", "/account"),
  page("orders", "owner", "/account/orders", "/account/orders"),
  page("overview", "owner", "/dashboard", "/dashboard"),
  page("products", "owner", "/dashboard/products", "/dashboard/products"),
  page("new product", "owner", "/dashboard/products/new", "/dashboard/products/new"),
  page("edit product", "owner", "/dashboard/products/:product", (to) => to.editProduct),
  page("imports", "owner", "/dashboard/products/imports", "/dashboard/products/imports"),
  page("import to check", "owner", "/dashboard/products/imports/:import", (to) => to.importCheck),
  page("import that failed", "owner", "/dashboard/products/imports/:import", (to) => to.importProblem),
  page("whole shop", "owner", "/dashboard/products/imports/shop/:shop", (to) => to.shopImport),
  page("imported product", "owner", "/dashboard/products/:product", (to) => to.importedProduct),
  page("changes at the original", "owner", "/dashboard/products/:product/source", (to) => `${to.importedProduct}/source`),
  page("shelf", "owner", "/dashboard/shelf", "/dashboard/shelf"),
  page("offers", "owner", "/dashboard/offers", "/dashboard/offers"),
  page("choose a product for an offer", "owner", "/dashboard/offers/new", "/dashboard/offers/new"),
  page("new offer", "owner", "/dashboard/offers/new", (to) => to.newOffer),
  page("edit offer", "owner", "/dashboard/offers/:offer", (to) => to.editOffer),
  page("sales", "owner", "/dashboard/sales", "/dashboard/sales"),
  page("sale", "owner", "/dashboard/sales/:parcel", (to) => to.sale),
  page("wallet", "owner", "/dashboard/wallet", "/dashboard/wallet"),
  page("store settings", "owner", "/dashboard/store", "/dashboard/store"),
];

function page(name: string, who: Who, route: string, path: string | ((places: Places) => string)): Sight {
  return { name, who, route, path: typeof path === "string" ? () => path : path };
}

/** Who looks, and where everything is. */
export type Scene = { visitors: Record<Who, Visitor>; places: Places };

/** Sets up a market in which there is something on every page. */
export async function setUp(market: Market, shop: Shop): Promise<Scene> {
  const owner = await market.storeOwner("Plain & Clear");
  const product = await owner.publish({
    title: "Reading glass",
    description: "Makes small print large.",
    category: "paper",
    variants: [
      { name: "Small", price: "15.00", stock: 9 },
      { name: "Large", price: "25.00", stock: 0 },
    ],
    pictures: [picture("small.png", [180, 190, 200]), picture("large.png", [90, 100, 120])],
  });
  const editProduct = owner.path();
  await owner.offer("Reading glass", "2.00", 5);
  const editOffer = await href(owner.about("offer-row", "Reading glass").getByTestId("offer-change"));
  await owner.publish({
    title: "Page marker",
    description: "Stays where it was put.",
    category: "paper",
    variants: [{ price: "3.00", stock: 4 }],
  });
  await owner.open("/dashboard/products");
  const makeOffer = owner.about("product-row", "Page marker").getByRole("link", { name: "Make an offer" });
  const newOffer = await href(makeOffer);

  const shopper = await market.visitor();
  await shopper.addToCart(product);
  const number = await shopper.checkOut();
  const order = shopper.path();
  await owner.open("/dashboard/sales");
  const sale = await href(owner.at("sale-row").getByRole("link", { name: number }));

  await shopper.addToCart(product);
  await shopper.goToCheckout(CARD.secondStep);
  await shopper.at("pay").click();
  await shopper.arrivesAt(/\/pay\/step\//);
  const secondStep = shopper.path();
  // What these pages are there to say.
  for (const status of [401, 404]) shopper.watch.expectStatus(status);

  return { visitors: { shopper, owner }, places: { product, editProduct, editOffer, newOffer, sale, order, secondStep, ...(await imports(owner, shop)) } };
}

async function imports(owner: Visitor, shop: Shop) {
  await owner.imports(shop, "/products/bread-board");
  await owner.fill({ "variants[0][stock]": "3" });
  await owner.at("category").selectOption("kitchen");
  await owner.at("import-save").click();
  await owner.isTold("Saved as a draft.");
  const importedProduct = owner.path();
  await owner.imports(shop, "/products/oak-tray");
  const importCheck = owner.path();
  await owner.open("/dashboard/products/imports");
  await owner.pastes(shop.address("/collections/kitchen"));
  await expect(owner.at("import-problem")).toBeVisible();
  const importProblem = owner.path();
  await owner.at("import-shop").click();
  await expect(owner.at("shop-offer")).toBeVisible();
  return { importedProduct, importCheck, importProblem, shopImport: owner.path() };
}

async function href(link: { getAttribute(name: "href"): Promise<string | null> }): Promise<string> {
  return (await link.getAttribute("href")) ?? "";
}

const SOURCES = resolve(import.meta.dirname, "../../../app/src");

/** Every address that the app has: `app.rs` puts each group of `routes.rs` below a layout. */
export function routes(): string[] {
  const read = (name: string): string => readFileSync(join(SOURCES, name), "utf8");
  const groups = read("routes.rs").split("pub fn ").slice(1);
  const layouts = [...read("app.rs").matchAll(/<ParentRoute path=at\(path!\("(.*?)"\)\).*?>\s*<(\w+)\/>/gs)];
  return layouts.flatMap(([, layout, name]) => {
    const group = groups.find((group) => group.startsWith(`${name}()`)) ?? "";
    return [...group.matchAll(/<Route path=at\(path!\("(.*?)"\)\)/g)].map(([, own]) => `/${[layout, own].filter(Boolean).join("/")}`);
  });
}
