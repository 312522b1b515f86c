//! Who reads the links: a worker in each server process, several links at a time, each taken for a while.

use super::read::read_import;
use super::share::{Allowed, At, allowed};
use super::shop::list_shop;
use super::source::follow_source;
use super::start::ROUND;
use crate::entity::{import, product, shop_import, source};
use crate::lease::{self, is_free};
use crate::{Market, Result};
use model::{ImportProblem, ImportState, KeepInStep, ShopImportState, StoreId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use std::collections::HashMap;
use tokio::task::{Id, JoinSet};
use url::Url;

/// After so many attempts that never came to an end, a link is given up.
const ATTEMPTS: i64 = 5;
/// Rows looked at to find one that no other worker takes at this moment.
const LOOKED_AT: u64 = 8;

/// A piece of work that this process has taken.
enum Taken {
    Import(import::Model),
    Shop(shop_import::Model),
    /// With the store whose product follows it.
    Source(source::Model, StoreId),
}

impl Taken {
    fn at(&self) -> At {
        let (store, url, behind) = match self {
            Taken::Import(row) => (row.store_id, &row.url, row.shop_id.is_some()),
            Taken::Shop(row) => (row.store_id, &row.url, true),
            Taken::Source(row, store) => (*store, &row.url, true),
        };
        At {
            store,
            shop: shop_of(url),
            behind,
        }
    }
}

fn shop_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Resolves when somebody has pasted a link in this process since it was last asked.
pub async fn asked(market: &Market) {
    market.links_asked.notified().await;
}

/// Reads what is due, until nothing is: pasted links, whole shops, sources of products that follow them. Harmless
/// to run at the same time in several processes; what is cut off is taken up again by whoever comes next.
///
/// # Errors
/// [`crate::Error::Database`] when the database gives no work; what goes wrong with one link is written down with it.
pub async fn work(market: &Market) -> Result<()> {
    let mut running = JoinSet::new();
    let mut reading: HashMap<Id, At> = HashMap::new();
    loop {
        let now: Vec<At> = reading.values().cloned().collect();
        if let Some(allowed) = allowed(&now)
            && let Some(taken) = take(market, &allowed).await?
        {
            let at = taken.at();
            let market = market.clone();
            let task = running.spawn(async move { carry_out(&market, taken).await });
            reading.insert(task.id(), at);
            continue;
        }
        if running.is_empty() {
            return Ok(());
        }
        tokio::select! {
            Some(done) = running.join_next_with_id() => {
                let id = done.as_ref().map_or_else(tokio::task::JoinError::id, |(id, ())| *id);
                reading.remove(&id);
                if let Err(stopped) = done {
                    // Its lease runs out, and somebody takes it up again.
                    tracing::error!(%stopped, "reading a link was cut off");
                }
            }
            () = asked(market) => {}
        }
    }
}

async fn carry_out(market: &Market, taken: Taken) {
    let (what, done) = match taken {
        Taken::Import(row) => (format!("import {}", row.id), read_import(market, row).await),
        Taken::Shop(row) => (
            format!("shop import {}", row.id),
            list_shop(market, row).await,
        ),
        Taken::Source(row, _) => (
            format!("source of product {}", row.product_id),
            follow_source(market, row).await,
        ),
    };
    if let Err(error) = done {
        // The row is still there: it is tried again when its lease has run out.
        tracing::error!(what, %error, "a link could not be worked on");
    }
}

async fn take(market: &Market, allowed: &Allowed) -> Result<Option<Taken>> {
    if let Some(row) = take_import(market, allowed, Pasted::Alone).await? {
        return Ok(Some(Taken::Import(row)));
    }
    if !allowed.behind {
        return Ok(None);
    }
    if let Some(row) = take_shop(market, allowed).await? {
        return Ok(Some(Taken::Shop(row)));
    }
    if let Some(row) = take_import(market, allowed, Pasted::WithItsShop).await? {
        return Ok(Some(Taken::Import(row)));
    }
    if market.settings().refresh_hours > 0 {
        return take_source(market, allowed).await;
    }
    Ok(None)
}

/// Which links are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pasted {
    Alone,
    WithItsShop,
}

/// Rows whose `url` leads to none of these shops. A `_` in a name may leave one more out for a moment.
fn elsewhere(url: impl ColumnTrait, shops: &[String]) -> Condition {
    shops.iter().fold(Condition::all(), |elsewhere, shop| {
        elsewhere.add(url.starts_with(format!("{shop}/")).not())
    })
}

/// States of a link that is not done with.
pub(super) const WORKING: [ImportState; 4] = [
    ImportState::Waiting,
    ImportState::Reading,
    ImportState::Understanding,
    ImportState::Pictures,
];

async fn take_import(
    market: &Market,
    allowed: &Allowed,
    pasted: Pasted,
) -> Result<Option<import::Model>> {
    let which = match pasted {
        Pasted::Alone => import::Column::ShopId.is_null(),
        Pasted::WithItsShop => {
            let running = shop_import::Entity::find()
                .select_only()
                .column(shop_import::Column::Id)
                .filter(shop_import::Column::State.eq(ShopImportState::Running));
            import::Column::ShopId.in_subquery(running.into_query())
        }
    };
    let due = import::Entity::find()
        .filter(import::Column::State.is_in(WORKING))
        .filter(is_free::<import::Entity>(market.now()))
        .filter(which)
        .filter(import::Column::StoreId.is_not_in(allowed.not_for.iter().copied()))
        .filter(elsewhere(import::Column::Url, &allowed.not_from))
        .order_by_asc(import::Column::AskedAt)
        .order_by_asc(import::Column::Id)
        .limit(LOOKED_AT)
        .all(market.reader())
        .await?;
    for row in due {
        let Some(row) = lease::take::<import::Entity>(market, row).await? else {
            continue;
        };
        if row.attempts % ROUND > ATTEMPTS {
            super::read::fail(market, &row, ImportProblem::Stopped).await?;
            continue;
        }
        return Ok(Some(row));
    }
    Ok(None)
}

async fn take_shop(market: &Market, allowed: &Allowed) -> Result<Option<shop_import::Model>> {
    let due = shop_import::Entity::find()
        .filter(shop_import::Column::State.eq(ShopImportState::Listing))
        .filter(is_free::<shop_import::Entity>(market.now()))
        .filter(shop_import::Column::StoreId.is_not_in(allowed.not_for.iter().copied()))
        .filter(elsewhere(shop_import::Column::Url, &allowed.not_from))
        .order_by_asc(shop_import::Column::Id)
        .limit(LOOKED_AT)
        .all(market.reader())
        .await?;
    for row in due {
        let taken = lease::take::<shop_import::Entity>(market, row).await?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
    Ok(None)
}

async fn take_source(market: &Market, allowed: &Allowed) -> Result<Option<Taken>> {
    let of_others = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::StoreId.is_in(allowed.not_for.iter().copied()));
    let due = source::Entity::find()
        .filter(source::Column::ProductId.not_in_subquery(of_others.into_query()))
        .filter(elsewhere(source::Column::Url, &allowed.not_from))
        .filter(source::Column::KeepInStep.eq(KeepInStep::ByItself))
        .filter(source::Column::NextAt.lte(market.now()))
        .filter(is_free::<source::Entity>(market.now()))
        .order_by_asc(source::Column::NextAt)
        .order_by_asc(source::Column::ProductId)
        .limit(LOOKED_AT)
        .all(market.reader())
        .await?;
    for row in due {
        let Some(row) = lease::take::<source::Entity>(market, row).await? else {
            continue;
        };
        let owned = product::Entity::find_by_id(row.product_id)
            .one(market.reader())
            .await?;
        let store = owned.ok_or(crate::Error::NotFound("product"))?.store_id;
        return Ok(Some(Taken::Source(row, store)));
    }
    Ok(None)
}
