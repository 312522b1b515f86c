import { AxeBuilder } from "@axe-core/playwright";
import { CARD, expect, test, type Visitor } from "./support/market.ts";
import { picture } from "./support/picture.ts";

let owner: Visitor;
let shopper: Visitor;
let product: string;
let editProduct: string;
let editOffer: string;
let sale: string;
let order: string;
let secondStep: string;
let importCheck: string;
let importProblem: string;
let shopImport: string;
let importedProduct: string;

test.beforeAll(async ({ market, shop }) => {
  owner = await market.storeOwner("Plain & Clear");
  product = await owner.publish({
    title: "Reading glass",
    description: "Makes small print large.",
    category: "paper",
    variants: [
      { name: "Small", price: "15.00", stock: 9 },
      { name: "Large", price: "25.00", stock: 0 },
    ],
    pictures: [picture("small.png", [180, 190, 200]), picture("large.png", [90, 100, 120])],
  });
  editProduct = owner.path();
  await owner.offer("Reading glass", "2.00", 5);
  editOffer = await owner.about("offer-row", "Reading glass").getByTestId("offer-change").getAttribute("href") ?? "";

  shopper = await market.visitor();
  await shopper.addToCart(product);
  const number = await shopper.checkOut();
  order = shopper.path();
  await owner.open("/dashboard/sales");
  sale = await owner.at("sale-row").getByRole("link", { name: number }).getAttribute("href") ?? "";

  await shopper.addToCart(product);
  await shopper.goToCheckout(CARD.secondStep);
  await shopper.at("pay").click();
  await shopper.arrivesAt(/\/pay\/step\//);
  secondStep = shopper.path();

  await owner.imports(shop, "/products/bread-board");
  await owner.fill({ "variants[0][stock]": "3" });
  await owner.at("category").selectOption("kitchen");
  await owner.at("import-save").click();
  await owner.isTold("Saved as a draft.");
  importedProduct = owner.path();
  await owner.imports(shop, "/products/oak-tray");
  importCheck = owner.path();
  await owner.open("/dashboard/products/imports");
  await owner.pastes(shop.address("/collections/kitchen"));
  await expect(owner.at("import-problem")).toBeVisible();
  importProblem = owner.path();
  await owner.at("import-shop").click();
  await expect(owner.at("shop-offer")).toBeVisible();
  shopImport = owner.path();
});

test.afterAll(async ({ market }) => market.close());

/** What shoppers see. */
const PUBLIC: Record<string, () => string> = {
  home: () => "/",
  marketplace: () => "/market",
  "a search without results": () => "/market?search=nothing+like+it",
  stores: () => "/stores",
  store: () => "/s/plain-and-clear",
  product: () => product,
  cart: () => "/cart",
  checkout: () => "/checkout",
  "second step": () => secondStep,
  order: () => order,
  "log-in": () => "/log-in",
  "sign-up": () => "/sign-up",
  "open a store": () => "/open-a-store",
};

/** What a store's owner sees. */
const OWN: Record<string, () => string> = {
  "marketplace, for owners": () => "/market",
  "product, for its maker": () => product,
  "pasted link": () => `/market/link?link=${product}`,
  account: () => "/account",
  overview: () => "/dashboard",
  products: () => "/dashboard/products",
  "new product": () => "/dashboard/products/new",
  "edit product": () => editProduct,
  imports: () => "/dashboard/products/imports",
  "import to check": () => importCheck,
  "import that failed": () => importProblem,
  "whole shop": () => shopImport,
  "imported product": () => importedProduct,
  "changes at the original": () => `${importedProduct}/source`,
  shelf: () => "/dashboard/shelf",
  offers: () => "/dashboard/offers",
  "edit offer": () => editOffer,
  sales: () => "/dashboard/sales",
  sale: () => sale,
  wallet: () => "/dashboard/wallet",
  "store settings": () => "/dashboard/store",
};

for (const [name, path] of Object.entries(PUBLIC)) {
  test(`everybody can use ${name}`, () => isUsable(shopper, path()));
}

for (const [name, path] of Object.entries(OWN)) {
  test(`every owner can use ${name}`, () => isUsable(owner, path()));
}

/** Nothing on the page shuts somebody out, by day or by night. */
async function isUsable(visitor: Visitor, path: string): Promise<void> {
  const { page } = visitor;
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await visitor.open(path);
  expect(await graveViolations(new AxeBuilder({ page })), `${path}, light`).toEqual([]);
  // By night only the colours are others.
  await page.emulateMedia({ colorScheme: "dark" });
  await page.evaluate(coloursHaveChanged);
  const colours = new AxeBuilder({ page }).withRules("color-contrast");
  expect(await graveViolations(colours), `${path}, dark`).toEqual([]);
}

async function graveViolations(scan: AxeBuilder): Promise<string[]> {
  const { violations } = await scan.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}

/** In the browser: half-way between day and night nothing could be read. */
async function coloursHaveChanged(): Promise<void> {
  const changing = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  // One change can set off another: what follows a colour begins when that has arrived.
  for (let changes = changing(); changes.length > 0; changes = changing()) {
    await Promise.allSettled(changes.map((change) => change.finished));
  }
}
