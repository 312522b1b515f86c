//! The demo market as far as it has come: who is there, and what stands on whose shelf.

use super::Error;
use super::content::{Content, Product, StoreFile};
use super::dice::Dice;
use super::plan::{Plan, ProductAt};
use market::Market;
use market::store::Owner;
use model::{AccountId, ListingId, OfferId, ProductId, VariantId};
use std::collections::BTreeMap;

pub struct Stage<'a> {
    pub market: &'a Market,
    pub content: &'a Content,
    pub plan: &'a Plan,
    pub owners: BTreeMap<usize, Owner>,
    pub regulars: BTreeMap<usize, AccountId>,
    pub products: BTreeMap<ProductAt, Published>,
    /// Listings by the shelf they stand on.
    pub listings: BTreeMap<(usize, ProductAt), ListingId>,
    /// Orders paid so far.
    pub orders: usize,
    pub dice: Dice,
    /// Units of each variant that will have been sold.
    pub sold: BTreeMap<(ProductAt, usize), i64>,
    /// Units of each product that others will have sold.
    pub resold: BTreeMap<ProductAt, i64>,
}

/// A product that is there.
pub struct Published {
    pub id: ProductId,
    pub variants: Vec<VariantId>,
    pub offer: Option<OfferId>,
}

impl<'a> Stage<'a> {
    pub fn new(market: &'a Market, content: &'a Content, plan: &'a Plan) -> Self {
        Self {
            market,
            content,
            plan,
            owners: BTreeMap::new(),
            regulars: BTreeMap::new(),
            products: BTreeMap::new(),
            listings: BTreeMap::new(),
            orders: 0,
            dice: Dice::new(0xca11),
            sold: plan.sold(),
            resold: plan.resold(),
        }
    }

    pub fn file(&self, store: usize) -> Result<&'a StoreFile, Error> {
        self.content
            .stores
            .get(store)
            .ok_or_else(|| missing("store", store))
    }

    pub fn described(&self, at: ProductAt) -> Result<&'a Product, Error> {
        self.file(at.store)?
            .products
            .get(at.product)
            .ok_or_else(|| missing("product", at.product))
    }

    pub fn owner(&self, store: usize) -> Result<Owner, Error> {
        self.owners
            .get(&store)
            .copied()
            .ok_or_else(|| missing("owner", store))
    }

    pub fn published(&self, at: ProductAt) -> Result<&Published, Error> {
        self.products
            .get(&at)
            .ok_or_else(|| missing("published product", at.product))
    }
}

fn missing(what: &str, number: usize) -> Error {
    Error::Impossible(format!("there is no {what} {number} yet"))
}
