import { ADDRESS, CARD, expect, PASSWORD, type Product, test, type Visitor } from "./support/market.ts";

/** The status of a refusal. */
const REFUSED = 422;

/** The cookie that says who is logged in. */
const SESSION = "shelfshare";

test.describe("signing up and logging in", () => {
  test("a sign-up says at each field what is wrong and keeps the rest", async ({ market }) => {
    const visitor = await market.visitor();
    visitor.watch.expectStatus(REFUSED);
    await visitor.open("/sign-up");
    await visitor.at("sign-up-submit").click();
    await visitor.isCorrected("name", /Enter your name\./);
    await visitor.isCorrected("password", /Use at least 8 characters\./);

    await visitor.fill({ name: "Ada Osei", email: "ada at home", password: "short" });
    await visitor.at("sign-up-submit").click();
    await expect(visitor.at("form-error")).toContainText("Check 2 fields.");
    await visitor.isCorrected("email", /e-mail address/);
    await visitor.stillHas({ name: "Ada Osei", email: "ada at home" });
    await expect(visitor.at("name")).not.toHaveAttribute("aria-invalid");

    await visitor.fill({ email: "ada@mail.example", password: "long enough now" });
    await visitor.at("sign-up-submit").click();
    await visitor.arrivesAt("/open-a-store");
  });

  test("an address that is taken, and a password that is not hers", async ({ market }) => {
    const visitor = await market.visitor();
    await visitor.signUp("Berit Holm");

    const other = await market.visitor();
    other.watch.expectStatus(REFUSED);
    other.watch.expectStatus(409);
    await other.open("/sign-up");
    await other.fill({ name: "Berit", email: "berit-holm@mail.example", password: "another password" });
    await other.at("sign-up-submit").click();
    await other.isCorrected("email", /already signed up/);
    await other.stillHas({ name: "Berit", email: "berit-holm@mail.example" });

    await other.open("/log-in");
    await other.fill({ email: "berit-holm@mail.example", password: "another password" });
    await other.at("log-in-submit").click();
    await expect(other.at("form-error")).toHaveText("That e-mail address and password do not go together.");
    await other.stillHas({ email: "berit-holm@mail.example" });
  });
});

test("a product's form says what is wrong with which variant and keeps every word", async ({ market }) => {
  const maker = await market.storeOwner("Form & Fault");
  maker.watch.expectStatus(REFUSED);
  const vase: Product = {
    title: "",
    description: "Tall & <thin>.\n\nFor one flower.",
    category: "home",
    variants: [
      { name: "Chalk", price: "twenty", stock: 3 },
      { price: "25.00", stock: 2 },
    ],
  };
  await maker.open("/dashboard/products/new");
  await maker.describe(vase);
  await maker.at("save-product").click();
  await maker.isCorrected("title", /Give the product a title\./);
  await maker.isCorrected("variants[0][price]", /amount/);
  await maker.isCorrected("variants[1][name]", /Name this variant/);
  await maker.stillHas({
    description: vase.description,
    category: "home",
    "variants[0][name]": "Chalk",
    "variants[0][price]": "twenty",
    "variants[1][price]": "25.00",
    "variants[1][stock]": "2",
  });

  await maker.fill({ title: "Bud vase", "variants[0][price]": "20.00", "variants[1][name]": "Soot" });
  await maker.at("save-product").click();
  await maker.isTold("Saved as a draft.");
  await maker.stillHas({ title: "Bud vase", description: vase.description });
});

test("an offer says that it covers too much or costs too much, and keeps the figures", async ({ market }) => {
  const maker = await market.storeOwner("Over & Above");
  maker.watch.expectStatus(REFUSED);
  await maker.publish({
    title: "Bowl",
    description: "Round.",
    category: "kitchen",
    variants: [{ price: "20.00", stock: 6 }],
  });

  await maker.drawUpOffer("Bowl", "1.00", 7);
  await expect(maker.at("offer-problem")).toContainText("Only 6 units are on hand.");
  await maker.at("offer-confirm").click();
  await maker.isCorrected("units", /Only 6 units are on hand\./);
  await maker.stillHas({ rate: "1.00", units: "7" });

  await maker.drawUpOffer("Bowl", "20.00", 6);
  await expect(maker.at("offer-problem")).toContainText("Your wallet is 20.00 RSS short.");
  await maker.at("offer-confirm").click();
  await maker.isCorrected("rate", /Your wallet is 20\.00 RSS short\./);
  await maker.stillHas({ rate: "20.00", units: "6" });
  await maker.hasInWallet("100.00", { inOffers: "0.00" });
});

test.describe("checking out", () => {
  let maker: Visitor;
  let bowl: string;
  let shopper: Visitor;

  test.beforeAll(async ({ market }) => {
    maker = await market.storeOwner("Check & Mate");
    bowl = await maker.publish({
      title: "Bowl",
      description: "Round.",
      category: "kitchen",
      variants: [{ price: "20.00", stock: 50 }],
    });
  });

  test.beforeEach(async ({ market }) => {
    shopper = await market.visitor();
    await shopper.addToCart(bowl);
  });

  test.afterAll(async ({ market }) => market.close());

  test("what is missing is said at its field, and the rest stays", async () => {
    shopper.watch.expectStatus(REFUSED);
    await shopper.goToCheckout();
    await shopper.fill({ email: "nobody", city: "", expiry: "13/39", cvc: "1" });
    await shopper.at("pay").click();
    await shopper.isCorrected("email", /e-mail address/);
    await shopper.isCorrected("city", /Enter the town\./);
    await shopper.isCorrected("expiry", /month and year/);
    await shopper.isCorrected("cvc", /figures on the back/);
    await shopper.stillHas({ ...ADDRESS, email: "nobody", city: "" });
  });

  test("a declined card keeps the cart and the address, and another card pays", async () => {
    shopper.watch.expectStatus(REFUSED);
    await shopper.goToCheckout(CARD.declined);
    await shopper.at("pay").click();
    await shopper.isCorrected("card_number", /Your bank declined the payment\./);
    await shopper.stillHas(ADDRESS);
    await expect(shopper.page.getByTestId("cart-count")).toHaveText("1");

    await shopper.fill({ card_number: CARD.pays, expiry: "12/39", cvc: "123" });
    await shopper.at("pay").click();
    await shopper.arrivesAt(/\/order\//);
    await expect(shopper.at("order-thanks")).toBeVisible();
  });

  test("what sold out meanwhile is named, and the address stays", async ({ market }) => {
    const last = await maker.publish({
      title: "Last bowl",
      description: "The only one.",
      category: "kitchen",
      variants: [{ price: "30.00", stock: 1 }],
    });
    shopper.watch.expectStatus(409);
    await shopper.addToCart(last);
    await shopper.goToCheckout(CARD.pays);
    const quicker = await market.visitor();
    await quicker.addToCart(last);
    await quicker.goToCheckout(CARD.pays);
    await quicker.at("pay").click();
    await quicker.arrivesAt(/\/order\//);

    await shopper.at("pay").click();
    await expect(shopper.at("shortages")).toContainText("Last bowl");
    await shopper.stillHas(ADDRESS);
    await shopper.open("/cart");
    await expect(shopper.at("cart-line")).toHaveCount(2);
  });

  test("what has changed since she looked is said, and not bought unseen", async () => {
    const plate = await maker.publish({
      title: "Plate",
      description: "Flat.",
      category: "kitchen",
      variants: [{ price: "20.00", stock: 50 }],
    });
    shopper.watch.expectStatus(409);
    await shopper.goToCheckout(CARD.pays);
    const otherTab = await shopper.page.context().newPage();
    await otherTab.goto(new URL("/cart", shopper.page.url()).href);
    await otherTab.getByTestId("cart-remove").click();
    await expect(otherTab.getByTestId("cart-removed")).toContainText("Bowl");
    await otherTab.goto(new URL(plate, shopper.page.url()).href);
    await otherTab.getByTestId("add-to-cart").click();
    await expect(otherTab.getByTestId("toast")).toContainText("It is in your cart.");
    await otherTab.close();

    await shopper.at("pay").click();
    for (const words of ["Bowl", "Plate", "Not in your cart", "1 × $20.00"]) {
      await expect(shopper.at("cart-changes")).toContainText(words);
    }
    await shopper.stillHas(ADDRESS);
  });

  test("a card that wants a second step pays after it", async () => {
    await shopper.goToCheckout(CARD.secondStep);
    await shopper.at("pay").click();
    await shopper.arrivesAt(/\/pay\/step\//);
    await expect(shopper.at("money")).toHaveText("$25.00");
    await shopper.at("step-confirm").click();
    await shopper.arrivesAt(/\/order\//);
    await expect(shopper.at("order-thanks")).toBeVisible();
  });

  test("a second step that is cancelled keeps the cart", async () => {
    await shopper.goToCheckout(CARD.secondStep);
    await shopper.at("pay").click();
    await shopper.arrivesAt(/\/pay\/step\//);
    await shopper.at("step-cancel").click();
    await shopper.arrivesAt(/\/order\//);
    await expect(shopper.at("order-released")).toContainText("Nothing was charged.");
    await shopper.open("/cart");
    await expect(shopper.at("cart-line")).toHaveCount(1);
    await expect(shopper.at("to-checkout")).toBeEnabled();
  });

  test("a bank that answers late is waited for, and the order ends paid", async () => {
    await shopper.goToCheckout(CARD.answersLate);
    await shopper.at("pay").click();
    await shopper.arrivesAt(/\/order\//);
    // The page looks again by itself, with JavaScript or without.
    await expect(shopper.at("order-thanks")).toBeVisible({ timeout: 20_000 });
    await shopper.open("/cart");
    await expect(shopper.at("cart-line")).toHaveCount(0);
  });
});

test("who is logged out while she types finds every word again after the log-in", async ({ market, hydrated }) => {
  const maker = await market.storeOwner("Out of Time");
  maker.watch.expectStatus(401);
  maker.watch.expectStatus(REFUSED);
  await maker.open("/dashboard/products/new");
  await maker.fill({ title: "Half a thought", description: "Tall & <thin>." });
  await maker.page.context().clearCookies({ name: SESSION });
  await maker.at("save-product").click();
  if (hydrated) {
    // The page stays as it is; she logs in beside it and sends it again.
    await expect(maker.at("form-error")).toContainText("Log in to go on.");
  } else {
    await expect(maker.at("kept")).toContainText("what you typed is kept");
    await maker.fill({ email: "owner-of-out-of-time@mail.example", password: PASSWORD });
    await maker.at("log-in-submit").click();
    await expect(maker.at("save-product")).toBeVisible();
  }
  await maker.stillHas({ title: "Half a thought", description: "Tall & <thin>." });
});

test("who logs in beside an open page goes on in it", async ({ market, hydrated }) => {
  const maker = await market.storeOwner("Side by Side");
  const tote = await maker.publish({
    title: "Tote",
    description: "Holds six.",
    category: "home",
    variants: [{ price: "20.00", stock: 5 }],
  });
  const visitor = await market.visitor();
  visitor.watch.expectStatus(403);
  await visitor.signUp("Ida Beside");
  await visitor.page.context().clearCookies({ name: SESSION });
  await visitor.open(tote);
  const beside = await visitor.page.context().newPage();
  await beside.goto("/log-in");
  await beside.getByTestId("email").fill("ida-beside@mail.example");
  await beside.getByTestId("password").fill(PASSWORD);
  await beside.getByTestId("log-in-submit").click();
  await expect(beside).toHaveURL("/");
  await beside.close();
  await visitor.at("add-to-cart").click();
  if (!hydrated) {
    // The page says that it is from before, and is pressed once more.
    await expect(visitor.at("field-error")).toContainText("Look it over, then send it again.");
    await visitor.at("add-to-cart").click();
  }
  await expect(visitor.page.getByTestId("cart-count")).toHaveText("1");
});
