//! What stores do.

use super::{Product, Store, World};
use market::account::{sign_up, signed};
use market::{Result, listing, offer, order, product, random_code, store};
use model::{
    AccountId, CancelUnits, Currency, ListingId, Money, OfferId, OfferTerms, ProductForm,
    SignUpForm, StoreForm, Tokens, VariantForm,
};
use std::sync::OnceLock;

impl World {
    /// Somebody with an account. The first in a process signs up; a password takes longer to hash than most rules take to
    /// try, so the others are written down with the same.
    async fn person(&self, name: &str) -> AccountId {
        static HASH: OnceLock<String> = OnceLock::new();
        let email = format!("{}@example.com", random_code(12));
        if let Some(hash) = HASH.get() {
            let (name, now) = (name.replace('\'', "''"), self.market.now().0);
            let insert = format!(
                "INSERT INTO accounts (email, name, password_hash, operator, created_at) \
                 VALUES ('{email}', '{name}', '{hash}', FALSE, {now})"
            );
            self.execute(&insert).await.unwrap();
            let id = format!("SELECT id FROM accounts WHERE email = '{email}'");
            return AccountId(self.number(&id).await);
        }
        let person = SignUpForm {
            name: name.into(),
            email,
            password: "a long enough one".into(),
        };
        let id = sign_up(&self.market, person.validate().unwrap())
            .await
            .unwrap();
        let hash = format!("SELECT password_hash FROM accounts WHERE id = {id}");
        // Another test may have been quicker.
        let _ = HASH.set(self.text(&hash).await);
        id
    }

    pub async fn store(&self, name: &str) -> Store {
        let account = self.person(&format!("Owner of {name}")).await;
        let form = StoreForm {
            name: name.into(),
            shipping: "4.00".into(),
            ..StoreForm::default()
        };
        let new = form.validate(Currency::Usd).unwrap();
        let slug = new.slug.clone();
        let owner = store::open(
            &self.market,
            &signed(&self.market, account).await.unwrap(),
            new,
        )
        .await
        .unwrap();
        Store {
            name: name.into(),
            slug,
            owner,
        }
    }

    /// A published product with one variant.
    pub async fn product(&self, maker: &Store, title: &str, price: i64, stock: i64) -> Product {
        self.product_in_variants(maker, title, &[("", price, stock)])
            .await
    }

    /// A published product; each variant has a name, a price and a stock.
    pub async fn product_in_variants(
        &self,
        maker: &Store,
        title: &str,
        variants: &[(&str, i64, i64)],
    ) -> Product {
        let typed = variants.iter().map(|(name, price, stock)| VariantForm {
            name: (*name).into(),
            price: Money(*price).typed(Currency::Usd),
            stock: stock.to_string(),
            ..VariantForm::default()
        });
        let form = ProductForm {
            title: title.into(),
            category: "kitchen".into(),
            variants: typed.collect(),
            ..ProductForm::default()
        };
        let new = form.validate(Currency::Usd).unwrap();
        let id = product::create(&self.market, maker.owner, new)
            .await
            .unwrap();
        product::publish(&self.market, maker.owner, id)
            .await
            .unwrap();
        let edit = product::form(&self.market, maker.owner, id).await.unwrap();
        let variants = edit
            .form
            .variants
            .iter()
            .map(|variant| variant.id.parse().unwrap())
            .collect();
        let product = Product {
            id,
            slug: edit.slug,
            variants,
        };
        let page = self.page(maker, &product, None).await.unwrap();
        self.remember(maker, &product, page.listing.unwrap());
        product
    }

    /// The maker opens the product's form, changes it and saves it.
    pub async fn edit(
        &self,
        maker: &Store,
        product: &Product,
        change: impl FnOnce(&mut ProductForm),
    ) -> Result<()> {
        let edit = product::form(&self.market, maker.owner, product.id).await?;
        let mut form = edit.form;
        change(&mut form);
        let change = form.changes(&edit.shown, Currency::Usd).unwrap();
        product::update(&self.market, maker.owner, product.id, change).await
    }

    pub async fn set_stock(&self, maker: &Store, product: &Product, stock: i64) -> Result<()> {
        self.edit(maker, product, |form| {
            form.variants[0].stock = stock.to_string()
        })
        .await
    }

    pub async fn set_price(&self, maker: &Store, product: &Product, price: i64) -> Result<()> {
        self.edit(maker, product, |form| {
            form.variants[0].price = Money(price).typed(Currency::Usd)
        })
        .await
    }

    pub async fn try_offer(
        &self,
        maker: &Store,
        product: &Product,
        rate: i64,
        units: i64,
    ) -> Result<OfferId> {
        offer::open(&self.market, maker.owner, product.id, terms(rate, units)).await
    }

    pub async fn offer(&self, maker: &Store, product: &Product, rate: i64, units: i64) -> OfferId {
        self.try_offer(maker, product, rate, units).await.unwrap()
    }

    pub async fn change(&self, maker: &Store, id: OfferId, rate: i64, units: i64) -> Result<()> {
        offer::change(&self.market, maker.owner, id, terms(rate, units)).await
    }

    /// Gives the tokens that came back.
    pub async fn revoke(&self, maker: &Store, id: OfferId) -> Result<i64> {
        Ok(offer::revoke(&self.market, maker.owner, id, None).await?.0)
    }

    /// The store puts another maker's product on its shelf.
    pub async fn shelf(&self, reseller: &Store, product: &Product) -> ListingId {
        let id = listing::add(&self.market, reseller.owner, product.id)
            .await
            .unwrap();
        self.remember(reseller, product, id);
        id
    }

    /// A maker, a product of hers with an offer on it, and a reseller who carries it.
    pub async fn carried(
        &self,
        price: i64,
        stock: i64,
        rate: i64,
        units: i64,
    ) -> (Store, Product, OfferId, Store) {
        let maker = self.store("Kiln & Clay").await;
        let reseller = self.store("Corner Books").await;
        let mug = self.product(&maker, "Mug", price, stock).await;
        let offer = self.offer(&maker, &mug, rate, units).await;
        self.shelf(&reseller, &mug).await;
        (maker, mug, offer, reseller)
    }

    pub async fn cancel(
        &self,
        maker: &Store,
        secret: &str,
        units: i64,
        restock: bool,
    ) -> Result<i64> {
        let line = self.sale(maker, secret).await.lines[0].id;
        let ask = CancelUnits {
            units,
            restock,
            key: random_code(20),
            standing: None,
        };
        Ok(order::cancel(&self.market, maker.owner, line, ask).await?.0)
    }

    fn remember(&self, store: &Store, product: &Product, listing: ListingId) {
        self.listings
            .lock()
            .unwrap()
            .insert((store.id(), product.id), listing);
    }
}

fn terms(rate: i64, units: i64) -> OfferTerms {
    OfferTerms {
        rate: Tokens(rate),
        units,
    }
}
