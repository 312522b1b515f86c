import { test as base, type Browser, expect, type Locator, type Page } from "@playwright/test";
import type { picture } from "./picture.ts";
import { Server } from "./server.ts";
import { Watch } from "./watch.ts";

export { expect };

/** How a project looks at the market. */
export type Mode = {
  /** With JavaScript: pages are clicked only after they have come to life. */
  hydrated: boolean;
};

/** One market for each worker, and people who visit it. */
export const test = base.extend<{ nothingUnexpected: void }, Mode & { server: Server; market: Market }>({
  hydrated: [true, { option: true, scope: "worker" }],

  server: [
    async ({}, use) => {
      const server = await Server.start();
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
    const watch = new Watch(context, origin);
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

  // --- Looking around ---

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** The page can be clicked. */
  async ready(): Promise<void> {
    if (this.#hydrated) await this.page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** The row, tile or line that is about `title`. */
  about(testId: string, title: string | RegExp): Locator {
    return this.at(testId).filter({ hasText: title });
  }

  /** A form worked and said so. */
  async isTold(sentence: string | RegExp): Promise<void> {
    await expect(this.at("toast").filter({ hasText: sentence }).last()).toBeVisible();
    await this.ready();
  }

  async arrivesAt(path: string | RegExp): Promise<void> {
    await expect(this.page).toHaveURL(path);
    await this.ready();
  }

  /** What is wrong is said at the field, which screen readers are told too. */
  async isCorrected(field: string, sentence: string | RegExp): Promise<void> {
    const input = this.at(field);
    await expect(input).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(sentence);
  }
}
