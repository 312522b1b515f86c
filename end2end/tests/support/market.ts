import { test as base, type Browser, expect, type Locator, type Page } from "@playwright/test";
import { picture } from "./picture.ts";
import { Server } from "./server.ts";
import { Shop } from "./shop.ts";
import { Watch } from "./watch.ts";

export { expect };

/** How a project looks at the market. */
export type Mode = {
  /** With JavaScript: pages are clicked only after they have come to life. */
  hydrated: boolean;
};

/** One market for each worker, and people who visit it. */
export const test = base.extend<{ nothingUnexpected: void }, Mode & { shop: Shop; server: Server; market: Market }>({
  hydrated: [true, { option: true, scope: "worker" }],

  shop: [
    async ({}, use) => {
      const shop = await Shop.open();
      await use(shop);
      await shop.close();
    },
    { scope: "worker" },
  ],

  server: [
    async ({ shop }, use) => {
      const server = await Server.start(shop.place);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  market: [
    async ({ browser, server, hydrated }, use) => {
      const market = new Market(browser, server, hydrated);
      await use(market);
      await market.close();
    },
    { scope: "worker" },
  ],

  // Around every test: nobody met an error, and who came for this test alone leaves again.
  nothingUnexpected: [
    async ({ market, server }, use, info) => {
      const before = market.visitors.length;
      await use();
      const problems = market.visitors.flatMap((visitor) => visitor.watch.take());
      await market.close(before);
      if (info.status !== info.expectedStatus) {
        await info.attach("server log", { body: server.log(), contentType: "text/plain" });
      }
      expect(problems, "what no visitor should meet").toEqual([]);
    },
    { auto: true },
  ],
});

export const PASSWORD = "a kiln full of mugs";

/** The sandbox's test cards. */
export const CARD = {
  pays: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  secondStep: "4000 0000 0000 3220",
  answersLate: "4000 0000 0000 0341",
};

export const ADDRESS = {
  email: "shopper@mail.example",
  name: "Noor Haddad",
  line1: "8 Harbour Steps",
  city: "Whitby",
  postcode: "YO21 3PU",
  country: "United Kingdom",
};

export type Variant = { name?: string; price: string; stock: number };

export type Product = {
  title: string;
  description: string;
  category: string;
  variants: Variant[];
  pictures?: ReturnType<typeof picture>[];
};

export class Market {
  readonly visitors: Visitor[] = [];
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #hydrated: boolean;

  constructor(browser: Browser, server: Server, hydrated: boolean) {
    this.#browser = browser;
    this.#server = server;
    this.#hydrated = hydrated;
  }

  /** Somebody with a browser of her own. */
  async visitor(): Promise<Visitor> {
    const { origin } = this.#server;
    const context = await this.#browser.newContext({ baseURL: origin, javaScriptEnabled: this.#hydrated });
    const watch = new Watch(context, origin, this.#hydrated);
    const visitor = new Visitor(await context.newPage(), watch, this.#hydrated);
    this.visitors.push(visitor);
    return visitor;
  }

  /** Somebody who has signed up and opened a store. */
  async storeOwner(store: string, shipping = "5.00"): Promise<Visitor> {
    const owner = await this.visitor();
    await owner.signUp(`Owner of ${store}`);
    await owner.openStore(store, shipping);
    return owner;
  }

  /** All but the first `staying` visitors leave. */
  async close(staying = 0): Promise<void> {
    for (const visitor of this.visitors.splice(staying)) await visitor.page.context().close();
  }
}

/** What a person does on the market. Every step ends when its outcome can be seen. */
export class Visitor {
  readonly page: Page;
  readonly watch: Watch;
  readonly #hydrated: boolean;

  constructor(page: Page, watch: Watch, hydrated: boolean) {
    this.page = page;
    this.watch = watch;
    this.#hydrated = hydrated;
  }

  // --- Looking ---

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** The page can be clicked, and is no longer the one before it, which stays until the next is there. */
  async ready(): Promise<void> {
    if (!this.#hydrated) return;
    await this.page.locator("html[data-hydrated] .progress-line:not(.is-busy)").waitFor({ state: "attached" });
  }

  /** The page has given up coming to life, or what was alive in it has broken: it is plain HTML from here on. */
  async isPlain(): Promise<void> {
    const html = this.page.locator("html");
    await expect(html).toHaveAttribute("data-plain", "");
    await expect(html).not.toHaveAttribute("data-hydrated");
  }

  /** Where she is, without the market's own address. */
  path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** In the page itself, without header, footer and the dashboard's own navigation. */
  at(testId: string): Locator {
    return this.page.getByRole("main").getByTestId(testId);
  }

  /** The row, tile or line that is about `what`. */
  about(testId: string, what: string): Locator {
    return this.at(testId).filter({ hasText: what });
  }

  async arrivesAt(path: string | RegExp | ((url: URL) => boolean)): Promise<void> {
    await expect(this.page).toHaveURL(path);
    await this.ready();
  }

  /** Something worked, and the market said so. */
  async isTold(sentence: string): Promise<void> {
    // The same may have been said before, and still be there.
    await expect(this.page.getByTestId("toast").filter({ hasText: sentence }).last()).toBeVisible();
    await this.ready();
  }

  /** A field says what is wrong with it, to screen readers too. */
  async isCorrected(field: string, sentence: string | RegExp): Promise<void> {
    await expect(this.at(field)).toHaveAttribute("aria-invalid", "true");
    await expect(this.at(field)).toHaveAccessibleDescription(sentence);
  }

  /** Shoppers never deal with tokens. */
  async seesNoTokens(): Promise<void> {
    await expect(this.page.getByTestId("tokens")).toHaveCount(0);
    await expect(this.page.getByRole("main")).not.toContainText("RSS");
  }

  // --- Having an account and a store ---

  async signUp(name: string, email = `${slug(name)}@mail.example`): Promise<void> {
    await this.open("/sign-up");
    await this.fill({ name, email, password: PASSWORD });
    await this.at("sign-up-submit").click();
    await this.arrivesAt("/open-a-store");
  }

  async openStore(name: string, shipping: string): Promise<void> {
    if (this.path() !== "/open-a-store") await this.open("/open-a-store");
    await this.fill({ name, shipping });
    await this.at("open-store-submit").click();
    await this.arrivesAt("/dashboard");
    await this.isTold("Your store is open.");
  }

  /** Writes a product down, adds its pictures and publishes it. Gives its address on her own shelf. */
  async publish(product: Product): Promise<string> {
    await this.open("/dashboard/products/new");
    await this.describe(product);
    await this.at("save-product").click();
    await this.isTold("Saved as a draft.");
    if (product.pictures) await this.addPictures(product.title, product.pictures);
    await this.at("publish").click();
    await this.isTold("Published.");
    const address = await this.at("view-on-shelf").getAttribute("href");
    return address ?? "";
  }

  /** Fills in a product's form. */
  async describe({ title, description, category, variants }: Product): Promise<void> {
    await this.fill({ title, description });
    await this.at("category").selectOption(category);
    if (variants.length > 1) await this.at("more-variants").click();
    for (const [row, variant] of variants.entries()) {
      await this.fill({
        [`variants[${row}][name]`]: variant.name ?? "",
        [`variants[${row}][price]`]: variant.price,
        [`variants[${row}][stock]`]: String(variant.stock),
      });
    }
  }

  async addPictures(alt: string, pictures: ReturnType<typeof picture>[]): Promise<void> {
    for (const [sent, picture] of pictures.entries()) {
      await this.at("picture-file").setInputFiles(picture);
      await this.fill({ "picture-alt": `${alt}, seen from side ${sent + 1}` });
      await this.at("picture-send").click();
      await expect(this.at("picture-row")).toHaveCount(sent + 1);
      await this.ready();
    }
  }

  /** Chooses several pictures and sends them together. */
  async sendsPictures(number: number): Promise<void> {
    const pictures = Array.from({ length: number }, (_, at) => picture(`view-${at + 1}.png`, [90 + 30 * at, 120, 150]));
    await this.at("picture-file").setInputFiles(pictures);
    if (this.#hydrated) await expect(this.at("picture-chosen")).toHaveCount(number);
    await this.at("picture-send").click();
    await this.isTold(`${number} pictures are added.`);
  }

  /** Sets how many units of a product's first variant are in stock. */
  async restock(title: string, units: number): Promise<void> {
    await this.open("/dashboard/products");
    await this.about("product-row", title).getByRole("link", { name: title }).click();
    await this.fill({ "variants[0][stock]": String(units) });
    await this.at("save-product").click();
    await this.isTold("Saved.");
  }

  async hasInWallet(balance: string, { inOffers }: { inOffers: string }): Promise<void> {
    await this.open("/dashboard/wallet");
    await expect(this.at("wallet-balance")).toHaveText(`${balance} RSS`);
    await expect(this.at("in-offers").getByTestId("tokens")).toHaveText(`${inOffers} RSS`);
  }

  async isOwed(money: string): Promise<void> {
    await this.open("/dashboard/wallet");
    await expect(this.at("payable").getByTestId("money")).toHaveText(money);
  }

  // --- Offers and shelves ---

  /** Types an offer in, up to where its cost can be seen; nothing has moved yet. */
  async drawUpOffer(title: string, rate: string, units: number): Promise<void> {
    await this.open("/dashboard/products");
    await this.about("product-row", title).getByRole("link", { name: "Make an offer" }).click();
    await this.fill({ rate, units: String(units) });
    if (!this.#hydrated) await this.at("offer-show-cost").click();
    await expect(this.at("offer-quote")).toBeVisible();
  }

  async confirmOffer(): Promise<void> {
    await this.at("offer-confirm").click();
    await this.arrivesAt("/dashboard/offers");
    await this.isTold("Your offer is open.");
  }

  async offer(title: string, rate: string, units: number): Promise<void> {
    await this.drawUpOffer(title, rate, units);
    await this.confirmOffer();
  }

  async revokeOffer(title: string): Promise<void> {
    await this.open("/dashboard/offers");
    await this.about("offer-row", title).filter({ hasText: "Open" }).getByTestId("offer-change").click();
    await this.at("offer-revoke").click();
    await this.at("offer-revoke-confirm").click();
    await this.arrivesAt("/dashboard/offers");
    await this.isTold("Revoked.");
  }

  async searchesMarketplace(words: string): Promise<void> {
    await this.open("/market");
    await this.page.getByTestId("search").fill(words);
    await this.page.getByTestId("search").press("Enter");
    // Until then the last search's tiles stand there.
    await expect(this.at("result-count")).toContainText(`for “${words}”`);
    await this.ready();
  }

  async pastesLink(link: string): Promise<void> {
    await this.open("/dashboard/shelf");
    await this.fill({ "paste-link": link });
    await this.at("paste-link-go").click();
    await this.arrivesAt(/\/market\/link\?/);
  }

  /** Puts a link into the box of the page she is on. */
  async pastes(link: string): Promise<void> {
    await this.fill({ "paste-link": link });
    await this.at("paste-link-go").click();
    await this.arrivesAt((url) => url.pathname !== "/dashboard/products/imports");
  }

  /** The page behind a link was read; what was found stands in a form. */
  async isReadIn(): Promise<void> {
    await expect(this.at("import-form")).toBeVisible({ timeout: 30_000 });
    await this.ready();
  }

  /** Pastes a link to a shop and waits until it was read. */
  async imports(shop: Shop, path: string): Promise<void> {
    await this.open("/dashboard/products/imports");
    await this.pastes(shop.address(path));
    await this.isReadIn();
  }

  /** One click on the tile that is shown. */
  async addToShelf(title: string): Promise<void> {
    await this.about("product-tile", title).getByTestId("add-to-shelf").click();
    await this.isTold("It is on your shelf now.");
  }

  // --- Buying ---

  async addToCart(product: string, { variant, units = 1 }: { variant?: string; units?: number } = {}): Promise<void> {
    await this.open(product);
    await this.choose(variant, units);
    await this.at("add-to-cart").click();
    await this.isTold("It is in your cart.");
  }

  /** Chooses on the product's page. */
  async choose(variant?: string, units = 1): Promise<void> {
    if (variant) await this.at("variant").getByRole("radio", { name: variant }).check();
    await this.fill({ units: String(units) });
  }

  /** From the cart to the checkout, with everything filled in but not sent. */
  async goToCheckout(card = CARD.pays): Promise<void> {
    await this.page.getByTestId("cart-link").click();
    await this.arrivesAt("/cart");
    await this.at("to-checkout").click();
    await this.arrivesAt("/checkout");
    await this.fill({ ...ADDRESS, card_number: card, expiry: "12/39", cvc: "123" });
  }

  /** Pays for what is in the cart. Gives the order's number. */
  async checkOut(): Promise<string> {
    await this.goToCheckout();
    await this.at("pay").click();
    await this.arrivesAt(/\/order\/\w+$/);
    await expect(this.at("order-thanks")).toBeVisible();
    return this.at("order-number").innerText();
  }

  // --- Any form ---

  /** Types into fields by their names. */
  async fill(fields: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(fields)) await this.at(name).fill(text);
  }

  /** What was typed is still there. */
  async stillHas(fields: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(fields)) await expect(this.at(name)).toHaveValue(text);
  }
}

/** The cell of a table's row in the column of this name. */
export function cell(row: Locator, column: string): Locator {
  return row.locator(`td[data-column="${column}"]`);
}

/** Letters and figures only, for an e-mail address that nobody else has. */
function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
