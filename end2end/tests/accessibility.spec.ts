import type { Browser, Page } from "@playwright/test";
import { COLOURS, EVERYTHING, obstacles } from "./support/axe.ts";
import { faults } from "./support/html.ts";
import { expect, test, type Visitor } from "./support/market.ts";
import { PAGES, routes, type Scene, setUp } from "./support/pages.ts";

/** A desk and a phone: what is beside each other on the one stands below each other on the other. */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 375, height: 812 },
];

let scene: Scene;

test.beforeAll(async ({ market, shop }) => {
  test.setTimeout(180_000);
  scene = await setUp(market, shop);
});

test.afterAll(async ({ market }) => market.close());

test("no page of the app is left out here", () => {
  const looked = new Set(PAGES.map(({ route }) => route));
  expect(routes().length, "the routes were found").toBeGreaterThan(25);
  expect(routes().filter((route) => !looked.has(route)), "addresses that nobody looks at").toEqual([]);
});

for (const { name, who, path } of PAGES) {
  test(`everybody can use ${name}`, async ({ browser, hydrated }) => {
    const visitor = scene.visitors[who];
    const page = hydrated ? visitor.page : await withoutScripts(browser, visitor);
    const found: string[] = [];
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(path(scene.places));
    if (hydrated) await visitor.ready();
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      found.push(...(await obstacles(page, EVERYTHING, `${size.width} px`)));
    }
    // By night only the colours are others.
    await page.emulateMedia({ colorScheme: "dark" });
    await coloursHaveChanged(page);
    for (const size of SIZES.toReversed()) {
      await page.setViewportSize(size);
      found.push(...(await obstacles(page, COLOURS, `${size.width} px, dark`)));
    }
    if (!hydrated) await page.context().close();
    expect(found).toEqual([]);
  });

  test(`what is sent of ${name} is valid HTML`, async ({ hydrated }) => {
    test.skip(hydrated, "the same is sent to a browser with JavaScript");
    const answer = await scene.visitors[who].page.request.get(path(scene.places));
    expect(await faults(await answer.text())).toEqual([]);
  });
}

/**
 * The page as somebody without JavaScript has it. Axe is a script itself, and so the browser runs scripts, but
 * those of the market never arrive, and its styles believe that there are none.
 */
async function withoutScripts(browser: Browser, visitor: Visitor): Promise<Page> {
  const context = await browser.newContext({
    baseURL: new URL(visitor.page.url()).origin,
    storageState: await visitor.page.context().storageState(),
  });
  await context.route(/\.(js|wasm)$/, (route) => route.abort());
  await context.route(/\.css$/, async (route) => {
    const styles = await (await route.fetch()).text();
    await route.fulfill({ contentType: "text/css", body: styles.replaceAll("scripting:", "not-scripting:") });
  });
  return context.newPage();
}

/** Half-way between day and night nothing could be read. */
async function coloursHaveChanged(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const changing = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    // One change can set off another: what follows a colour begins when that has arrived.
    for (let changes = changing(); changes.length > 0; changes = changing()) {
      for (const change of changes) change.finish();
      await new Promise((done) => setTimeout(done));
    }
  });
}
