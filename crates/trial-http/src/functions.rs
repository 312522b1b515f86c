//! Every server function, who may call it, and a market in which each has something to be about.

use crate::running::{PASSWORD, Running, cookie_of, function};
use market::Market;
use market::link::Link;
use market::store::Owner;
use model::{
    CardForm, CheckoutForm, CheckoutRequest, Currency, Money, OfferForm, ProductForm, ProductId,
    StoreForm, VariantForm,
};
use reqwest::Method;
use std::io::Cursor;

/// Who a server function answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// Who is signed in.
    Signed,
    /// Who has a store; what it answers is that store's own.
    Owner,
    /// Who has a store, about a thing of that store: another store's is as unknown as none.
    OwnerOf,
}

use Who::{Anyone, Owner as AnyOwner, OwnerOf, Signed};

/// Every server function by name, who may call it, and what is sent. All numbers are the first store's.
pub const FUNCTIONS: &[(&str, Who, &str)] = &[
    ("add_to_cart", Anyone, "listing=1&variant=1&units=1"),
    ("add_to_shelf", AnyOwner, "product=1"),
    ("answer_step", Anyone, "code=unknown&approve=true"),
    ("apply_changes", OwnerOf, "product=1&form[apply][0]=title"),
    ("archive_product", OwnerOf, "product=1"),
    ("begin_shop_import", OwnerOf, "shop=1&form[category]="),
    ("cancel_shop_import", OwnerOf, "shop=1"),
    (
        "cancel_units",
        OwnerOf,
        "line=1&form[units]=1&form[key]=aaaaaaaaaaaaaaaaaaaaaaaa",
    ),
    (
        "change_offer",
        OwnerOf,
        "offer=1&form[rate]=1&form[units]=1&cost=1.00",
    ),
    ("change_password", Signed, "form[current]=nonsense"),
    ("create_product", AnyOwner, "form[title]="),
    ("deliver_parcel", OwnerOf, "parcel=1"),
    ("describe_picture", OwnerOf, "picture=1&form[alt]=A"),
    ("discard_import", OwnerOf, "import=1"),
    ("end_other_log_ins", Signed, ""),
    ("find_link", Anyone, "form[link]=nonsense"),
    ("follow_link", Anyone, "link=nonsense"),
    ("follow_source", OwnerOf, "product=1&how=by_itself"),
    ("import_shop", AnyOwner, "form[link]=nonsense"),
    ("log_in", Anyone, ""),
    ("log_out", Anyone, ""),
    ("look_again", OwnerOf, "product=1"),
    ("make_picture_first", OwnerOf, "picture=1"),
    (
        "open_offer",
        OwnerOf,
        "product=1&form[rate]=1&form[units]=1&cost=1.00",
    ),
    ("open_store", Signed, "form[name]="),
    ("pack_parcel", OwnerOf, "parcel=1"),
    ("pause_shop_import", OwnerOf, "shop=1"),
    ("place_order", Anyone, ""),
    ("put_back", Anyone, "listing=1&variant=1&units=1&since=0"),
    ("read_account", Signed, ""),
    ("read_cart", Anyone, ""),
    ("read_cart_page", Anyone, "removed=1-1-1-0"),
    ("read_checkout", Anyone, ""),
    ("read_desk", OwnerOf, "product=1"),
    ("read_differences", OwnerOf, "product=1"),
    ("read_home", Anyone, ""),
    ("read_import", OwnerOf, "import=1"),
    ("read_imports", AnyOwner, "page=1"),
    (
        "read_marketplace",
        Anyone,
        "filters[search]=&filters[sort]=newest&filters[page]=1",
    ),
    ("read_offer", OwnerOf, "offer=1"),
    ("read_offers", AnyOwner, "page=1"),
    ("read_opening", Anyone, ""),
    ("read_order", Anyone, "secret=unknown"),
    ("read_orders", Signed, "page=1"),
    ("read_overview", AnyOwner, ""),
    ("read_own_product", OwnerOf, "product=1"),
    ("read_own_store", AnyOwner, ""),
    ("read_product", Anyone, "store=kiln&product=a-mug"),
    ("read_products", AnyOwner, "search=&page=1"),
    ("read_shell", Anyone, ""),
    ("read_sale", OwnerOf, "parcel=1"),
    ("read_sales", AnyOwner, "page=1"),
    ("read_shelf", AnyOwner, "page=1"),
    ("read_shop_import", OwnerOf, "shop=1&page=1"),
    ("read_source", OwnerOf, "product=1"),
    ("read_step", Anyone, "code=unknown"),
    ("read_store", Anyone, "slug=kiln&page=1"),
    ("read_stores", Anyone, "page=1"),
    ("read_wallet", AnyOwner, "page=1"),
    ("remove_from_shelf", OwnerOf, "listing=1"),
    ("remove_line", Anyone, "line=1"),
    ("remove_picture", OwnerOf, "picture=1"),
    ("resume_shop_import", OwnerOf, "shop=1"),
    ("revoke_offer", OwnerOf, "offer=1"),
    (
        "save_import",
        OwnerOf,
        "import=1&form[title]=Mine&form[category]=home&form[keep_in_step]=by_hand&form[variants][0][price]=1&form[variants][0][stock]=1",
    ),
    (
        "save_product",
        OwnerOf,
        "product=1&form[title]=Mine&form[category]=home&form[variants][0][price]=1&form[variants][0][stock]=1",
    ),
    ("save_store", AnyOwner, "form[name]="),
    ("set_theme", Anyone, "theme=dark"),
    ("set_units", Anyone, "line=1&units=1"),
    ("ship_parcel", OwnerOf, "parcel=1&form[carrier]=Post"),
    ("sign_up", Anyone, ""),
    ("try_import_again", OwnerOf, "import=1"),
    ("unpublish_product", OwnerOf, "product=1"),
];

/// The name in a server function's address, which ends in a number made from its source.
pub fn name_in(path: &str) -> &str {
    path.trim_start_matches("/api/")
        .trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The addresses of all server functions, and how each is asked.
pub fn registered() -> Vec<(String, Method)> {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method))
        .collect()
}

/// The cookie of a new log-in.
pub async fn log_in(server: &Running, email: &str) -> String {
    let form = [("form[email]", email), ("form[password]", PASSWORD)];
    let response = server
        .post(&function("log_in"), &form)
        .send()
        .await
        .unwrap();
    cookie_of(&response).unwrap()
}

/// Opens a store for somebody new.
pub async fn store(server: &Running, email: &str, name: &str) -> Owner {
    server.sign_up(email).await;
    let signed = market::account::signed(&server.market, server.account(email).await)
        .await
        .unwrap();
    let form = StoreForm {
        name: name.to_owned(),
        ships_free: "true".to_owned(),
        ..StoreForm::default()
    };
    market::store::open(
        &server.market,
        &signed,
        form.validate(Currency::Usd).unwrap(),
    )
    .await
    .unwrap()
}

/// A product that anybody can buy, nine times.
pub async fn a_mug(market: &Market, owner: Owner) -> ProductId {
    let variant = VariantForm {
        price: "12".into(),
        stock: "9".into(),
        ..VariantForm::default()
    };
    let form = ProductForm {
        title: "A mug".into(),
        category: "kitchen".into(),
        variants: vec![variant],
        ..ProductForm::default()
    };
    let product = market::product::create(market, owner, form.validate(Currency::Usd).unwrap())
        .await
        .unwrap();
    market::product::publish(market, owner, product)
        .await
        .unwrap();
    product
}

/// The checkout of somebody without an account.
pub fn guest_checkout(key: String, seen_total: Money) -> CheckoutRequest {
    let form = CheckoutForm {
        email: "guest@post.example".into(),
        name: "A guest".into(),
        line1: "1 Road".into(),
        city: "Town".into(),
        country: "Land".into(),
        key,
        seen_total: seen_total.0.to_string(),
        ..CheckoutForm::default()
    };
    form.validate().unwrap()
}

/// The first of each thing belongs to this store: product, variant, listing, picture, offer, parcel, line, import
/// and whole shop 1. Nothing is fetched for these: no jobs run here.
pub async fn one_of_everything(server: &Running, owner: Owner) {
    let market = &server.market;
    let product = a_mug(market, owner).await;
    market::picture::add(market, owner, product, png(), "A mug".into())
        .await
        .unwrap();
    let terms = OfferForm {
        rate: "1".into(),
        units: "2".into(),
    }
    .validate()
    .unwrap();
    market::offer::open(market, owner, product, terms)
        .await
        .unwrap();

    let page = |text: &str| Link::read(market, text)?.to_other_shop();
    market::import::start(market, owner, page("https://shop.example/a-cup").unwrap())
        .await
        .unwrap();
    market::import::start_shop(market, owner, page("https://shop.example/").unwrap())
        .await
        .unwrap();

    let page = market::product::page(market, "kiln", "a-mug", None)
        .await
        .unwrap();
    let cart = market::cart::new(market, None).await.unwrap();
    market::cart::add(market, cart, page.listing.unwrap(), page.variants[0].id, 1)
        .await
        .unwrap();
    let total = market::cart::view(market, cart).await.unwrap().total;
    let card = CardForm {
        card_number: "4242424242424242".into(),
        expiry: "12/40".into(),
        cvc: "123".into(),
    };
    let request = guest_checkout("a".repeat(20), total);
    market::checkout::place(market, None, cart, request, card)
        .await
        .unwrap();
}

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(400, 400, image::Rgb([200, 120, 40]));
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}
