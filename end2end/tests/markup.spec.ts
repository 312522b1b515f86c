import { expect, test, type Visitor } from "./support/market.ts";
import { picture } from "./support/picture.ts";

/** Words that break out of wherever they are written, if they are written as they are; and others of their shape. */
const VOICES = {
  hostile: {
    title: `Cup </title></script></textarea><b id=x>--><"'&lt;`,
    store: `Mug </title><svg/onload=alert(1)>"'&amp;`,
    text: `Tall </textarea><!--<script>]]></noscript>{{"'\n\n<a/style=position:fixed>&#60;`,
  },
  plain: {
    title: "Cup with a handle",
    store: "Mug and others",
    text: "Tall and thin\n\nand round",
  },
};

type Voice = keyof typeof VOICES;
const pages: Record<Voice, Record<string, string>> = { hostile: {}, plain: {} };
const owners: Partial<Record<Voice, Visitor>> = {};

test.beforeAll(async ({ market }) => {
  for (const voice of ["hostile", "plain"] as const) {
    const { title, store, text } = VOICES[voice];
    const owner = await market.visitor();
    owners[voice] = owner;
    await owner.signUp(store, `owner-${voice}@mail.example`);
    await owner.fill({ name: store, slug: `voice-${voice}`, tagline: text.split("\n")[0] ?? "", about: text, shipping: "5.00" });
    await owner.at("open-store-submit").click();
    await owner.arrivesAt("/dashboard");
    const variants = ["one", "two"].map((number) => ({ name: `${number} ${title}`.slice(0, 40), price: "20.00", stock: 9 }));
    const pictures = [picture("a.png", [10, 20, 30]), picture("b.png", [40, 50, 60])];
    const product = await owner.publish({ title, description: text, category: "kitchen", variants, pictures });
    pages[voice] = { product, store: `/s/voice-${voice}`, edit: owner.path(), settings: "/dashboard/store", desk: "/dashboard/products" };
    await owner.addToCart(product);
    pages[voice]["cart"] = "/cart";
    pages[voice]["checkout"] = "/checkout";
  }
});

test.afterAll(async ({ market }) => market.close());

/** The page's elements, each with the names of its attributes. What a browser adds to a script is its own. */
function shape(visitor: Visitor): Promise<string[]> {
  return visitor.page.evaluate(() =>
    Array.from(document.querySelectorAll("*"), (element) => {
      let depth = 0;
      for (let up = element.parentElement; up; up = up.parentElement) depth += 1;
      return `${" ".repeat(depth)}${element.localName} ${element.getAttributeNames().sort().join(" ")}`;
    }),
  );
}

for (const name of ["product", "store", "edit", "settings", "desk", "cart", "checkout"]) {
  test(`the ${name} page comes to life with any text, and has no element more`, async () => {
    const shapes: string[][] = [];
    for (const voice of ["plain", "hostile"] as const) {
      const visitor = owners[voice] as Visitor;
      await visitor.open(pages[voice][name] ?? "");
      shapes.push(await shape(visitor));
    }
    expect(shapes[1]).toEqual(shapes[0]);
  });
}

test("a title is what was typed: on the page that is sent, alive, and reached by a link", async ({ market }) => {
  const { title, store } = VOICES.hostile;
  const whole = `${title} by ${store} · Shelfshare`;
  const visitor = await market.visitor();
  await visitor.open(pages.hostile["product"] ?? "");
  expect(await visitor.page.title()).toBe(whole);
  await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText(title);
  const alive = await shape(visitor);

  await visitor.open(pages.hostile["store"] ?? "");
  await visitor.page.getByRole("main").getByRole("link", { name: title }).first().click();
  await visitor.arrivesAt(pages.hostile["product"] ?? "");
  await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect.poll(() => visitor.page.title()).toBe(whole);
  const body = (lines: string[]) => lines.slice(lines.findIndex((line) => line.trim().startsWith("body")));
  expect(body(await shape(visitor))).toEqual(body(alive));

  await visitor.page.goBack();
  await expect.poll(() => visitor.page.title()).toContain(store);
});

test("a search and a refused form say what was typed", async ({ market }) => {
  const words = VOICES.hostile.title;
  const visitor = await market.visitor();
  visitor.watch.expectStatus(422);
  await visitor.searchesMarketplace(words);
  await visitor.open("/sign-up");
  await visitor.fill({ name: words, email: "nobody", password: "x" });
  await visitor.at("sign-up-submit").click();
  await visitor.isCorrected("email", /e-mail address/);
  await visitor.stillHas({ name: words });
});
