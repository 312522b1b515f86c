//! A market to buy in: stores that each make six products and carry their neighbour's six.

use crate::Outcome;
use crate::database::{Database, WORKERS};
use crate::provider::Instant;
use market::account::{sign_up, signed};
use market::store::Owner;
use market::{Clock, Market, Settings, listing, offer, product, store};
use model::{
    CartId, Currency, FieldError, ListingId, OfferTerms, ProductForm, ProductId, SignUpForm,
    StoreForm, Tokens, VariantForm,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionOptions, TransactionTrait,
};
use std::fmt::Write;
use std::sync::Arc;

const STORES: usize = 60;
const PRODUCTS_EACH: usize = 6;
const GOODS: usize = STORES * PRODUCTS_EACH;
/// More than any run sells.
const STOCK: i64 = 1_000_000;
const COVERED: i64 = 900_000;

/// One price, so that a cart's total needs no arithmetic.
pub const PRICE: i64 = 2_500;
pub const SHIPPING: i64 = 400;
pub const RATE: i64 = 10;

/// A product, who makes it, and the neighbour who carries it.
#[derive(Clone, Debug)]
pub struct Good {
    owner: Owner,
    pub maker: i64,
    pub seller: i64,
    pub product: i64,
    pub variant: i64,
    pub offer: i64,
    /// On its maker's own shelf.
    pub own: ListingId,
    /// On the neighbour's shelf.
    pub carried: ListingId,
    /// Its page on its maker's shelf.
    pub page: String,
}

/// A cart to check out: what the reseller's line and the own shelf's line are of.
#[derive(Clone, Copy, Debug)]
pub struct Cart {
    pub id: CartId,
    pub carried: usize,
    pub own: Option<usize>,
}

impl Cart {
    pub fn total(&self) -> i64 {
        (PRICE + SHIPPING) * if self.own.is_some() { 2 } else { 1 }
    }
}

pub struct Town<'d> {
    pub database: &'d Database,
    pub market: Market,
    pub goods: Arc<Vec<Good>>,
    /// Past all rules.
    pub rows: DatabaseConnection,
}

impl<'d> Town<'d> {
    pub async fn build(database: &'d Database) -> Outcome<Town<'d>> {
        let mut settings = Settings::new(database.url(), database.folder());
        settings.connections = WORKERS;
        settings.welcome_grant = Tokens(1_000_000_000);
        let market = Market::connect_with(settings, Clock::system())
            .await?
            .with_payments(Arc::new(Instant));
        market.migrate().await?;
        let mut owners = Vec::new();
        for number in 0..STORES {
            owners.push(open_store(&market, number).await?);
        }
        let mut goods = Vec::new();
        for (number, (owner, slug)) in owners.iter().enumerate() {
            let (neighbour, _) = &owners[(number + 1) % STORES];
            for _ in 0..PRODUCTS_EACH {
                goods.push(make(&market, *owner, slug, *neighbour, goods.len()).await?);
            }
        }
        Ok(Town {
            database,
            market,
            goods: Arc::new(goods),
            rows: database.rows().await?,
        })
    }

    /// Makes many rows at once, all or none of them.
    pub async fn fill_in(&self, statements: &[String]) -> Outcome {
        let tx = self
            .rows
            .begin_with_options(TransactionOptions::default())
            .await?;
        if self.rows.get_database_backend() == DbBackend::Postgres {
            // The rows are right by the way they are made; looking up each foreign key would take most of the time.
            tx.execute_unprepared("SET LOCAL session_replication_role = replica")
                .await?;
        }
        for sql in statements {
            tx.execute_unprepared(sql).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What a database does in a quiet hour after many rows were made.
    pub async fn tidy(&self) -> Outcome {
        let tidy = match self.rows.get_database_backend() {
            DbBackend::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
            _ => "VACUUM ANALYZE",
        };
        self.rows.execute_unprepared(tidy).await?;
        Ok(())
    }

    pub async fn close(self) -> Outcome {
        self.rows.close().await?;
        Ok(self.market.close().await?)
    }

    /// Its maker corrects what is left of one, and offers tokens for all of it.
    pub async fn restock(&self, good: usize, left: i64) -> Outcome {
        let Good { owner, product, .. } = self.goods[good];
        let id = ProductId(product);
        let edit = product::form(&self.market, owner, id).await?;
        let mut form = edit.form;
        form.variants[0].stock = left.to_string();
        let change = form.changes(&edit.shown, Currency::Usd).map_err(told)?;
        product::update(&self.market, owner, id, change).await?;
        let terms = OfferTerms {
            rate: Tokens(RATE),
            units: left,
        };
        // One that is used up is closed.
        match product::form(&self.market, owner, id).await?.offer {
            Some(open) => offer::change(&self.market, owner, open.id, terms).await?,
            None => _ = offer::open(&self.market, owner, id, terms).await?,
        }
        Ok(())
    }

    /// Two goods of different makers, other ones for each number.
    pub fn pair(number: usize) -> (usize, usize) {
        let apart = PRODUCTS_EACH + (number / GOODS) % (GOODS - 2 * PRODUCTS_EACH);
        let first = number % GOODS;
        (first, (first + apart) % GOODS)
    }

    /// Carts of guests: a line through a reseller and, if there is one, a line from another maker's own shelf.
    pub async fn fill_carts(&self, lines: &[(usize, Option<usize>)]) -> Outcome<Vec<Cart>> {
        let mut carts = Vec::new();
        for chunk in lines.chunks(500) {
            let rows = vec!["(0)"; chunk.len()].join(", ");
            let sql = format!("INSERT INTO carts (created_at) VALUES {rows} RETURNING id");
            let made = self
                .rows
                .query_all_raw(Statement::from_string(
                    self.rows.get_database_backend(),
                    sql,
                ))
                .await?;
            let mut sql = String::new();
            for (row, (carried, own)) in made.iter().zip(chunk) {
                let id: i64 = row.try_get_by_index(0)?;
                let good = &self.goods[*carried];
                write!(sql, "({id}, {}, {}, 1, 0), ", good.carried, good.variant)?;
                if let Some(own) = own {
                    let good = &self.goods[*own];
                    write!(sql, "({id}, {}, {}, 1, 0), ", good.own, good.variant)?;
                }
                carts.push(Cart {
                    id: CartId(id),
                    carried: *carried,
                    own: *own,
                });
            }
            let rows = sql.trim_end_matches(", ");
            let sql = format!(
                "INSERT INTO cart_lines (cart_id, listing_id, variant_id, units, added_at) VALUES {rows}"
            );
            self.rows.execute_unprepared(&sql).await?;
        }
        Ok(carts)
    }
}

async fn open_store(market: &Market, number: usize) -> Outcome<(Owner, String)> {
    let person = SignUpForm {
        name: format!("Owner {number}"),
        email: format!("owner{number}@example.com"),
        password: "a shelf of one's own".to_owned(),
    };
    let account = sign_up(market, person.validate().map_err(told)?).await?;
    let form = StoreForm {
        name: format!("Store {number}"),
        shipping: "4.00".to_owned(),
        ..StoreForm::default()
    };
    let new = form.validate(Currency::Usd).map_err(told)?;
    let slug = new.slug.clone();
    let owner = store::open(market, &signed(market, account).await?, new).await?;
    Ok((owner, slug))
}

async fn make(
    market: &Market,
    maker: Owner,
    slug: &str,
    neighbour: Owner,
    number: usize,
) -> Outcome<Good> {
    let form = ProductForm {
        title: format!("Thing {number}"),
        category: "kitchen".to_owned(),
        variants: vec![VariantForm {
            price: "25.00".to_owned(),
            stock: STOCK.to_string(),
            ..VariantForm::default()
        }],
        ..ProductForm::default()
    };
    let id = product::create(market, maker, form.validate(Currency::Usd).map_err(told)?).await?;
    product::publish(market, maker, id).await?;
    let terms = OfferTerms {
        rate: Tokens(RATE),
        units: COVERED,
    };
    let offer = offer::open(market, maker, id, terms).await?;
    let carried = listing::add(market, neighbour, id).await?;
    let edit = product::form(market, maker, id).await?;
    let page = product::page(market, slug, &edit.slug, None).await?;
    Ok(Good {
        owner: maker,
        maker: maker.store().0,
        seller: neighbour.store().0,
        product: id.0,
        variant: edit.form.variants[0].id.parse()?,
        offer: offer.0,
        own: page.listing.ok_or("the product is on no shelf")?,
        carried,
        page: format!("/s/{slug}/{}", edit.slug),
    })
}

/// A form's mistakes as one error.
pub fn told(mistakes: Vec<FieldError>) -> String {
    format!("{mistakes:?}")
}
