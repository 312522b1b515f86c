//! What there is to buy: two makers' products with offers on them, on a reseller's shelf.

use market::store::Owner;
use market::{Market, account, issue, listing, offer, product, random_code, store};
use model::{
    Currency, ListingId, OfferId, OfferTerms, ProductForm, SignUpForm, StoreForm, Tokens,
    VariantForm, VariantId,
};

/// Enough for every test.
const STOCK: i64 = 50_000;

/// What a maker asks for a parcel.
const SHIPPING: i64 = 400;

/// Tokens for every unit sold.
const RATE: i64 = 2;

#[derive(Clone, Debug)]
pub struct Stage {
    pub makers: Vec<Maker>,
}

/// A maker, and the product of hers that the reseller carries.
#[derive(Clone, Debug)]
pub struct Maker {
    pub email: String,
    pub offer: OfferId,
    pub price: i64,
    /// The reseller's.
    pub listing: ListingId,
    pub variant: VariantId,
}

impl Stage {
    /// Sets an empty, migrated market.
    pub async fn set(market: &Market) -> Stage {
        let reseller = open(market, "Corner Books").await;
        let mut makers = Vec::new();
        for (name, price) in [("Kiln and Clay", 2_800), ("Loom Street", 4_150)] {
            makers.push(maker(market, name, price, reseller.owner).await);
        }
        Stage { makers }
    }

    /// What one unit of each maker's product costs, shipping included.
    pub fn total(&self) -> i64 {
        self.makers.iter().map(|maker| maker.price + SHIPPING).sum()
    }
}

struct Opened {
    email: String,
    slug: String,
    owner: Owner,
}

async fn open(market: &Market, name: &str) -> Opened {
    let email = format!("{}@post.example", random_code(12).to_lowercase());
    let person = SignUpForm {
        name: format!("Owner of {name}"),
        email: email.clone(),
        password: trial_http::running::PASSWORD.to_owned(),
    };
    let account = account::sign_up(market, person.validate().unwrap())
        .await
        .unwrap();
    let form = StoreForm {
        name: name.to_owned(),
        shipping: "4.00".to_owned(),
        ..StoreForm::default()
    };
    let new = form.validate(Currency::Usd).unwrap();
    let slug = new.slug.clone();
    let signed = account::signed(market, account).await.unwrap();
    let owner = store::open(market, &signed, new).await.unwrap();
    Opened { email, slug, owner }
}

async fn maker(market: &Market, name: &str, price: i64, reseller: Owner) -> Maker {
    let Opened { email, slug, owner } = open(market, name).await;
    issue(
        market,
        &slug,
        Tokens(STOCK * RATE * 2),
        "",
        &random_code(20),
    )
    .await
    .unwrap();
    let variant = VariantForm {
        price: model::Money(price).typed(Currency::Usd),
        stock: STOCK.to_string(),
        ..VariantForm::default()
    };
    let form = ProductForm {
        title: "A mug".to_owned(),
        category: "kitchen".to_owned(),
        variants: vec![variant],
        ..ProductForm::default()
    };
    let product = product::create(market, owner, form.validate(Currency::Usd).unwrap())
        .await
        .unwrap();
    product::publish(market, owner, product).await.unwrap();
    let terms = OfferTerms {
        rate: Tokens(RATE),
        units: STOCK,
    };
    let offer = offer::open(market, owner, product, terms).await.unwrap();
    let listing = listing::add(market, reseller, product).await.unwrap();
    let form = product::form(market, owner, product).await.unwrap().form;
    Maker {
        email,
        offer,
        price,
        listing,
        variant: form.variants[0].id.parse().unwrap(),
    }
}
