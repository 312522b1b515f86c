import { tmpdir } from "node:os";
import { join } from "node:path";
import { Buckets } from "./support/bucket.ts";
import { expect, Market, test, type Visitor } from "./support/market.ts";
import { picture } from "./support/picture.ts";
import { Server } from "./support/server.ts";

/** Ends what a test has begun, the last first. */
const endings: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

test("pictures in a bucket are there for every process, and move with a backup", async ({ browser, shop, hydrated }) => {
  const buckets = await Buckets.open();
  endings.push(() => buckets.close());
  const started = async (settings: Record<string, string>) => {
    const server = await Server.start(shop.place, { ...buckets.settings(), ...settings });
    const market = new Market(browser, server, hydrated);
    endings.push(() => server.stop(), () => market.close());
    return { server, market };
  };
  const { server: first, market: here } = await started({});
  const { market: there } = await started({ SHELFSHARE_DATABASE_URL: first.database });

  const maker = await here.storeOwner("Fern & Flint");
  const views = [picture("a.png", [90, 120, 80]), picture("b.png", [180, 120, 80])];
  const variants = [{ price: "12.00", stock: 5 }];
  const product = { title: "Fern print", description: "On paper.", category: "home", variants, pictures: views };
  const print = await maker.publish(product);
  expect(buckets.files()).toHaveLength(4);

  const visitor = await there.visitor();
  await visitor.open(print);
  await showsPictures(visitor);

  // While the store is away, what was asked for is still shown, and who adds a picture is told.
  await buckets.stop();
  const late = await there.visitor();
  await late.open(print);
  await showsPictures(late);
  maker.watch.expectStatus(503);
  await maker.at("picture-file").setInputFiles(picture("c.png", [60, 60, 120]));
  await maker.at("picture-send").click();
  await expect(maker.page.locator("body")).toContainText("Pictures can't be saved at the moment.");
  await buckets.start();

  const file = join(tmpdir(), `shelfshare-${process.pid}-${hydrated}.backup`);
  const taken = await first.run("backup", [file, "--force"]);
  expect(taken, taken.said).toMatchObject({ code: 0 });
  const elsewhere = { ...buckets.settings("moved"), SHELFSHARE_DATABASE_URL: `${first.database}-moved` };
  const restored = await first.run("restore", [file], elsewhere);
  expect(restored, restored.said).toMatchObject({ code: 0 });
  expect(buckets.files("moved")).toEqual(buckets.files());

  for (const problems of [here, there].flatMap((market) => market.visitors.map((each) => each.watch.take()))) {
    expect(problems).toEqual([]);
  }
});

/** Every picture of the page has come. */
async function showsPictures(visitor: Visitor): Promise<void> {
  const pictures = visitor.page.locator("main img[src*='/pictures/']:visible");
  await expect(pictures).not.toHaveCount(0);
  for (const one of await pictures.all()) {
    await one.scrollIntoViewIfNeeded();
    await expect.poll(() => one.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
}
