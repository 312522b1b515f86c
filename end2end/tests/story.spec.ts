import { cell, expect, test, type Visitor } from "./support/market.ts";
import { picture } from "./support/picture.ts";

// One market day, from an empty market to an audit of its books. Each chapter begins where the last one ended.
test.describe.configure({ mode: "serial" });

const MUG = "Speckled mug";
const BOOK = "The Tide Tables of Whitby";
const SOAP = "Kelp soap";

let maker: Visitor;
let reseller: Visitor;
let soapMaker: Visitor;
let shopper: Visitor;
/** Has the mug in her cart, and thinks about it for too long. */
let hesitant: Visitor;

/** The mug on its maker's shelf. */
let mug: string;
/** The mug on the reseller's shelf. */
let resoldMug: string;
let book: string;
let soap: string;

test.beforeAll(async ({ market }) => {
  maker = await market.visitor();
  reseller = await market.visitor();
  soapMaker = await market.visitor();
  shopper = await market.visitor();
  hesitant = await market.visitor();
});

test.afterAll(async ({ market }) => market.close());

test("a maker opens Kiln & Clay and publishes a mug", async () => {
  await maker.signUp("Mara Ellis");
  await maker.openStore("Kiln & Clay", "6.00");
  await maker.isTold("100.00 RSS are in your wallet");

  mug = await maker.publish({
    title: MUG,
    description: "Stoneware, thrown by hand.\n\nHolds a third of a litre. The dishwasher does it no harm.",
    category: "kitchen",
    variants: [
      { name: "Oat", price: "32.00", stock: 4 },
      { name: "Moss", price: "34.00", stock: 2 },
    ],
    pictures: [picture("oat.png", [214, 196, 168]), picture("moss.png", [112, 130, 92])],
  });
  expect(mug).toBe("/s/kiln-and-clay/speckled-mug");

  await maker.hasInWallet("100.00", { inOffers: "0.00" });
  await expect(maker.about("statement-row", "Welcome grant")).toContainText("+100.00 RSS");
});

test("she offers 3.00 tokens for each of four mugs and sees what it costs before she confirms", async () => {
  await maker.drawUpOffer(MUG, "3.00", 4);
  await expect(maker.at("offer-cost")).toHaveText("12.00 RSS");
  await expect(maker.at("offer-after")).toHaveText("88.00 RSS");
  await expect(maker.at("offer-covers")).toHaveText("Covers 4 of 6 units");

  await maker.confirmOffer();
  await expect(cell(maker.about("offer-row", MUG), "In the offer")).toHaveText("12.00 RSS");
  await maker.hasInWallet("88.00", { inOffers: "12.00" });
});

test("a reseller opens Corner Books and puts the mug on his shelf with one click", async ({ server }) => {
  await reseller.signUp("Idris Boateng");
  await reseller.openStore("Corner Books", "3.50");
  book = await reseller.publish({
    title: BOOK,
    description: "High and low water for a year, and the stories in between.",
    category: "books",
    variants: [{ price: "18.00", stock: 5 }],
    pictures: [picture("book.png", [60, 92, 130])],
  });

  await reseller.pastesLink(`${server.origin}${mug}`);
  await expect(reseller.about("product-tile", MUG)).toContainText("3.00 RSS");

  await reseller.searchesMarketplace("speckled");
  await expect(reseller.about("product-tile", MUG)).toContainText("by Kiln & Clay");
  await expect(reseller.about("product-tile", MUG)).toContainText("3.00 RSS");
  await reseller.addToShelf(MUG);

  await reseller.open("/dashboard/shelf");
  await expect(cell(reseller.about("shelf-row", MUG), "State")).toContainText("Selling");
  resoldMug = "/s/corner-books/speckled-mug";
});

test("a shopper without an account fills one cart from two stores and pays once", async () => {
  await soapMaker.signUp("Ewa Lis");
  await soapMaker.openStore("Saltmarsh Soap", "4.00");
  soap = await soapMaker.publish({
    title: SOAP,
    description: "Smells of low tide, in a good way.",
    category: "body",
    variants: [{ price: "9.50", stock: 10 }],
  });

  await shopper.open("/s/corner-books");
  await shopper.about("product-tile", MUG).getByRole("link", { name: MUG }).click();
  await shopper.arrivesAt(resoldMug);
  await expect(shopper.at("maker-lines")).toContainText("Kiln & Clay");
  await shopper.seesNoTokens();

  await shopper.addToCart(resoldMug, { variant: "Oat" });
  await shopper.addToCart(book);
  await shopper.addToCart(soap);
  await shopper.open("/cart");
  await expect(shopper.at("cart-line")).toHaveCount(3);
  await expect(shopper.at("cart-total")).toHaveText("$73.00");
  await shopper.seesNoTokens();

  await shopper.checkOut();
  await expect(shopper.at("order-total")).toHaveText("$73.00");
  await expect(shopper.at("order-parcel")).toHaveCount(3);
  for (const from of ["Kiln & Clay", "Corner Books", "Saltmarsh Soap"]) {
    await expect(shopper.about("order-parcel", `Parcel from ${from}`)).toHaveCount(1);
  }
  await shopper.seesNoTokens();
  await expect(shopper.page.getByTestId("cart-count")).toBeHidden();
});

test("the maker is paid as if she had sold it herself, and the reseller is rewarded", async () => {
  const number = await shopper.at("order-number").innerText();

  await maker.open("/dashboard/sales");
  const sale = maker.about("sale-row", number);
  await expect(sale.getByTestId("sale-through")).toHaveText("through Corner Books");
  await expect(cell(sale, "Payable")).toHaveText("$38.00"); // the mug and its shipping
  await maker.isOwed("$38.00");
  await maker.hasInWallet("88.00", { inOffers: "9.00" });

  await reseller.hasInWallet("103.00", { inOffers: "0.00" });
  await expect(reseller.about("statement-row", number)).toContainText("+3.00 RSS");
  await reseller.isOwed("$21.50"); // the book and its shipping, and nothing of the mug

  for (const store of [mug, resoldMug]) {
    await shopper.open(store);
    await expect(shopper.at("product")).toContainText("Only 3 left.");
  }
  await maker.open("/dashboard/products");
  await expect(maker.about("product-row", MUG).getByTestId("stock")).toHaveText("5");
});

test("coverage follows the stock when mugs leave by her own shelf", async ({ market }) => {
  await hesitant.addToCart(resoldMug, { variant: "Moss" });

  // Two mugs are left, and three were covered.
  const neighbour = await market.visitor();
  await neighbour.addToCart(mug, { variant: "Oat", units: 3 });
  await neighbour.checkOut();
  await maker.hasInWallet("91.00", { inOffers: "6.00" });
  await expect(maker.at("statement-row").first()).toContainText("+3.00 RSS");
});

test("the mug sells out everywhere at once, and the maker gets back what was left in the offer", async ({ market }) => {
  const regular = await market.visitor();
  await regular.addToCart(resoldMug, { variant: "Moss" });
  await regular.checkOut();
  await reseller.hasInWallet("106.00", { inOffers: "0.00" });
  await maker.hasInWallet("91.00", { inOffers: "3.00" });

  // Both still look at a page from before.
  const slow = await market.visitor();
  // Hers is not told: its line is bad.
  await slow.page.route("**/live?*", (route) => route.fulfill({ status: 204 }));
  await slow.open(resoldMug);
  await slow.choose("Moss");
  await hesitant.goToCheckout();

  await regular.addToCart(mug, { variant: "Moss" });
  await regular.checkOut();
  await maker.hasInWallet("94.00", { inOffers: "0.00" });

  for (const store of ["/s/kiln-and-clay", "/s/corner-books"]) {
    await shopper.open(store);
    await expect(shopper.about("product-tile", MUG).getByTestId("sold-out")).toBeVisible();
    await shopper.open(`${store}/speckled-mug`);
    await expect(shopper.at("sold-out")).toBeDisabled();
    await expect(shopper.at("add-to-cart")).toHaveCount(0);
  }
  await shopper.searchesMarketplace("speckled");
  await expect(shopper.about("product-tile", MUG)).toHaveCount(0);
  await reseller.open("/dashboard/shelf");
  await expect(cell(reseller.about("shelf-row", MUG), "State")).toContainText("Sold out");
  await maker.open("/dashboard/products");
  await expect(maker.about("product-row", MUG).getByTestId("sold-out")).toBeVisible();

  // With JavaScript the refusal is said where they are; without it, the page comes back as it is now.
  slow.watch.expectStatus(409);
  await slow.at("add-to-cart").click();
  await expect(slow.page.getByText(/This is sold out\.|Sold out in every store\./)).toBeVisible();
  await expect(slow.page.getByTestId("cart-count")).toBeHidden();

  hesitant.watch.expectStatus(409);
  await hesitant.at("pay").click();
  await expect(
    hesitant.page.getByText(/“Speckled mug, Moss” has just sold out\.|Something in it can’t be bought/),
  ).toBeVisible();
  await hesitant.open("/cart");
  await expect(hesitant.about("cart-line", MUG).getByTestId("cart-problem")).toContainText("Sold out.");
  await expect(hesitant.at("to-checkout")).toBeDisabled();
});

test("she restocks and offers again, then revokes: the tokens come back and the mug leaves the other shelf", async () => {
  await maker.restock(MUG, 5);
  await maker.offer(MUG, "2.00", 3);
  await maker.hasInWallet("88.00", { inOffers: "6.00" });
  await shopper.open(resoldMug);
  await expect(shopper.at("add-to-cart")).toBeEnabled();

  await maker.revokeOffer(MUG);
  await maker.isTold("6.00 RSS are back in your wallet.");
  await maker.hasInWallet("94.00", { inOffers: "0.00" });

  await shopper.open("/s/corner-books");
  await expect(shopper.about("product-tile", BOOK)).toHaveCount(1);
  await expect(shopper.about("product-tile", MUG)).toHaveCount(0);
  await shopper.open(resoldMug);
  await expect(shopper.at("not-here")).toContainText("does not carry it now");
  await shopper.at("not-here").getByRole("link", { name: MUG }).click();
  await shopper.arrivesAt(mug);
  await expect(shopper.at("add-to-cart")).toBeEnabled();
  await reseller.open("/dashboard/shelf");
  await expect(cell(reseller.about("shelf-row", MUG), "State")).toContainText("Waiting for an offer");
});

test("the reseller spends what he earned on an offer for his own book", async () => {
  // More than he was granted: the six tokens from the mugs are in it.
  await reseller.offer(BOOK, "26.50", 4);
  await reseller.hasInWallet("0.00", { inOffers: "106.00" });

  await maker.searchesMarketplace("tide tables");
  await expect(maker.about("product-tile", BOOK)).toContainText("26.50 RSS");
});

test("the audit finds every rule kept", async ({ server }) => {
  const audit = await server.verify();
  expect(audit.code, audit.said).toBe(0);
  expect(audit.said).toContain("holds");
});
