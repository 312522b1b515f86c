import type { Page } from "@playwright/test";
import { ADDRESS, CARD, expect, PASSWORD, test, type Visitor } from "./support/market.ts";

let bowl: string;

test.beforeAll(async ({ market }) => {
  const maker = await market.storeOwner("Bowls & Sons");
  bowl = await maker.publish({
    title: "Porridge bowl",
    description: "Deep.",
    category: "kitchen",
    variants: [
      { name: "Small", price: "20.00", stock: 90 },
      { name: "Large", price: "25.00", stock: 90 },
    ],
  });
  await maker.offer("Porridge bowl", "1.00", 4);
});

test.afterAll(async ({ market }) => market.close());

/** Before the page's scripts run, and with nothing of the page there yet. */
type Meddling = (page: Page) => Promise<unknown>;

/** What changes a page before it can come to life. */
const MEDDLING: Record<string, Meddling> = {
  "an extension puts something first into the page": (page) =>
    page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        document.body.prepend(document.createElement("div"));
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    }),
  "a password manager puts icons beside the fields": (page) =>
    page.addInitScript(() => {
      document.addEventListener("DOMContentLoaded", () => {
        for (const input of document.querySelectorAll("input")) input.after(document.createElement("div"));
      });
    }),
  "a password manager puts icons beside the fields while the page still comes": (page) =>
    page.addInitScript(() => {
      new MutationObserver(() => {
        for (const input of document.querySelectorAll("input:not([data-marked])")) {
          input.setAttribute("data-marked", "");
          input.after(document.createElement("icon-of-mine"));
        }
      }).observe(document, { childList: true, subtree: true });
    }),
  "a translation wraps every text": (page) =>
    page.addInitScript(() => {
      document.addEventListener("DOMContentLoaded", () => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const texts: Text[] = [];
        while (walker.nextNode()) texts.push(walker.currentNode as Text);
        for (const text of texts) {
          if (!text.data.trim() || text.parentElement?.closest("script, noscript, [translate=no]")) continue;
          const font = document.createElement("font");
          font.textContent = text.data;
          text.replaceWith(font);
        }
      });
    }),
  "a proxy takes the comments out": (page) =>
    page.route("**/*", async (route) => {
      if (route.request().resourceType() !== "document") return route.fallback();
      const answer = await route.fetch({ maxRedirects: 0 });
      if (!answer.headers()["content-type"]?.startsWith("text/html")) return route.fulfill({ response: answer });
      return route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/<!--.*?-->|<!>/g, "") });
    }),
  "the program does not load": (page) => page.route("**/*.wasm", (route) => route.abort()),
  "a part of the program does not load": (page) => page.route("**/pkg/**/split_*.wasm", (route) => route.abort()),
  "the script does not load": (page) => page.route("**/pkg/**/*.js", (route) => route.abort()),
};

/** The page is usable: alive, or left as it is without scripts. */
async function settled(visitor: Visitor): Promise<void> {
  await visitor.page.locator("html[data-hydrated], html[data-plain]").waitFor({ state: "attached" });
}

async function goes(visitor: Visitor, path: string): Promise<void> {
  await visitor.page.goto(path);
  await settled(visitor);
}

for (const [what, meddle] of Object.entries(MEDDLING)) {
  test.describe(`when ${what}`, () => {
    let visitor: Visitor;

    test.beforeEach(async ({ market }) => {
      visitor = await market.visitor();
      visitor.watch.expectBreaking();
      await meddle(visitor.page);
    });

    test("links lead on, and Back leads back", async () => {
      const { page } = visitor;
      await goes(visitor, "/");
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Marketplace" }).click();
      await expect(page).toHaveURL("/market");
      await settled(visitor);
      await visitor.about("product-tile", "Porridge bowl").getByRole("link", { name: "Porridge bowl" }).click();
      await expect(page).toHaveURL(bowl);
      await settled(visitor);
      await page.goBack();
      await expect(page).toHaveURL("/market");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Marketplace");
    });

    test("searching finds", async () => {
      await goes(visitor, "/market");
      await visitor.page.getByTestId("search").fill("porridge");
      await visitor.page.getByTestId("search").press("Enter");
      await expect(visitor.at("result-count")).toContainText("for “porridge”");
    });

    test("a variant is chosen, put into the cart and paid", async () => {
      const { page } = visitor;
      await goes(visitor, bowl);
      await visitor.at("variant").getByRole("radio", { name: "Large" }).check();
      await visitor.at("units").fill("2");
      await visitor.at("add-to-cart").click();
      await expect(page.getByTestId("cart-count")).toHaveText("2");
      await settled(visitor);
      await page.getByTestId("cart-link").click();
      await expect(page).toHaveURL("/cart");
      await settled(visitor);
      await expect(visitor.at("cart-line")).toContainText("Large");
      await visitor.at("to-checkout").click();
      await expect(page).toHaveURL("/checkout");
      await settled(visitor);
      await visitor.fill({ ...ADDRESS, card_number: CARD.pays, expiry: "12/39", cvc: "123" });
      await visitor.at("pay").click();
      await expect(page).toHaveURL(/\/order\/\w+$/);
      await expect(visitor.at("order-total")).toHaveText("$55.00");
    });

    test("units in the cart are changed", async () => {
      await goes(visitor, bowl);
      await visitor.at("add-to-cart").click();
      await expect(visitor.page.getByTestId("cart-count")).toHaveText("1");
      await goes(visitor, "/cart");
      await visitor.at("cart-units").fill("3");
      await visitor.at("cart-units").press("Enter");
      await expect(visitor.at("cart-total")).toHaveText("$65.00");
      await expect(visitor.page.getByTestId("cart-count")).toHaveText("3");
    });

    test("somebody signs up and logs in, and is told what is wrong", async () => {
      const { page } = visitor;
      visitor.watch.expectStatus(422);
      const email = `${what.replaceAll(/\W+/g, "-").slice(0, 60)}@mail.example`;
      await goes(visitor, "/sign-up");
      await visitor.fill({ name: "Eda Blum", email, password: "short" });
      await visitor.at("sign-up-submit").click();
      await visitor.isCorrected("password", /Use at least 8 characters\./);
      await settled(visitor);
      await visitor.fill({ password: PASSWORD });
      await visitor.at("sign-up-submit").click();
      await expect(page).toHaveURL("/open-a-store");
      await page.context().clearCookies();
      await goes(visitor, "/log-in");
      await visitor.fill({ email, password: PASSWORD });
      await visitor.at("log-in-submit").click();
      await expect(page).toHaveURL("/");
    });
  });
}

test.describe("a page that can't come to life", () => {
  test("is marked as plain, never as alive", async ({ market }) => {
    for (const what of ["a proxy takes the comments out", "the program does not load", "the script does not load"]) {
      const visitor = await market.visitor();
      visitor.watch.expectBreaking();
      await MEDDLING[what]?.(visitor.page);
      for (const path of ["/", bowl, "/log-in"]) {
        await visitor.page.goto(path);
        await visitor.isPlain();
      }
    }
  });

  test("does not mind what lies beside it", async ({ market }) => {
    const visitor = await market.visitor();
    await MEDDLING["an extension puts something first into the page"]?.(visitor.page);
    await visitor.open("/");
    await visitor.open(bowl);
  });

  test("shows what was written for browsers without scripts", async ({ market }) => {
    const visitor = await market.visitor();
    visitor.watch.expectBreaking();
    await visitor.addToCart(bowl);
    await visitor.goToCheckout(CARD.answersLate);
    await visitor.page.route("**/*.wasm", (route) => route.abort());
    await visitor.at("pay").click();
    await expect(visitor.page).toHaveURL(/\/order\//);
    await visitor.page.reload();
    await visitor.isPlain();
    await expect(visitor.at("order-thanks")).toBeVisible({ timeout: 20_000 });
  });
});

test.describe("when something breaks in a page that was alive", () => {
  let visitor: Visitor;

  test.beforeEach(async ({ market }) => {
    visitor = await market.visitor();
    visitor.watch.expectBreaking();
    await visitor.open(bowl);
    // As a panic in a handler does.
    await visitor.page.evaluate(() => {
      setTimeout(() => {
        throw new WebAssembly.RuntimeError("unreachable");
      });
    });
    await visitor.isPlain();
  });

  test("links lead on and forms are sent by the browser", async () => {
    const { page } = visitor;
    await visitor.at("variant").getByRole("radio", { name: "Large" }).check();
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await visitor.at("add-to-cart").click();
    expect((await sent).resourceType()).toBe("document");
    await visitor.ready();
    await expect(page.getByTestId("cart-count")).toHaveText("1");
  });

  test("a link loads its page anew", async () => {
    const { page } = visitor;
    const loaded = page.waitForRequest((request) => request.resourceType() === "document");
    await visitor.at("maker-lines").getByRole("link", { name: "Bowls & Sons" }).click();
    await loaded;
    await visitor.arrivesAt("/s/bowls-and-sons");
  });
});

test("Back works after something broke on the way", async ({ market }) => {
  const visitor = await market.visitor();
  visitor.watch.expectBreaking();
  const { page } = visitor;
  await visitor.open("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Marketplace" }).click();
  await visitor.arrivesAt("/market");
  await page.evaluate(() => void Promise.reject(new WebAssembly.RuntimeError("unreachable")));
  await visitor.isPlain();
  await page.goBack();
  await visitor.arrivesAt("/");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Marketplace");
});
