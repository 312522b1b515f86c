//! Looks at a product's source again: asked by its maker, or by itself for those that follow theirs.

use super::super::facts::Facts;
use super::super::fetcher;
use super::super::found::Found;
use super::super::problem::Trouble;
use super::apply::{Choice, apply_in};
use super::keep::next_look;
use super::view::differences;
use super::{find, lock};
use crate::db::{Locked, Tx};
use crate::entity::{product, source, store};
use crate::product::owned;
use crate::store::Owner;
use crate::{Error, Market, Result, lease};
use importer::fetch::{Fetcher, Validators};
use importer::import::{Again, read_again};
use model::{ImportProblem, ProductId, ProductState, RefreshView, Timestamp};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use std::time::Duration;

/// How long a maker waits for an answer before she is told that the shop is too slow.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest pause after a source could not be read, in periods.
const LONGEST_PAUSE: i64 = 14;

/// Asks the source now, and shows what is different. Nothing is applied.
///
/// # Errors
/// [`Error::NotFound`] for another store's product, and for one that was not imported;
/// [`crate::Refusal::NoReader`].
pub async fn look_again(market: &Market, owner: Owner, id: ProductId) -> Result<RefreshView> {
    owned(market.reader(), owner, id).await?;
    let row = find(market.reader(), id).await?;
    let row = row.ok_or(Error::NotFound("source"))?;
    let seen = look(fetcher(market)?, &row).await;
    market
        .db
        .write((id, seen), |tx, (id, seen)| Box::pin(note(tx, id, seen)))
        .await?;
    differences(market, owner, id).await
}

/// Looks at the source of a product that follows it, and applies price and stock.
pub(in crate::import) async fn follow_source(market: &Market, row: source::Model) -> Result<()> {
    let id = row.product_id;
    let seen = look(fetcher(market)?, &row).await;
    market
        .db
        .write((id, seen), |tx, (id, seen)| {
            Box::pin(follow_in(tx, id, seen))
        })
        .await
}

async fn follow_in(tx: &Tx, id: ProductId, seen: Seen) -> Result<()> {
    let product = product::Entity::find_by_id(id).one(tx.db()).await?;
    let product = product.ok_or(Error::NotFound("product"))?;
    note(tx, id, seen).await?;
    if product.state == ProductState::Archived {
        return Ok(());
    }
    let maker = store::Entity::find_by_id(product.store_id)
        .one(tx.db())
        .await?;
    let maker = maker.ok_or(Error::NotFound("store"))?;
    apply_in(tx, Owner::of(&maker), id, Choice::PriceAndStock).await
}

/// What a look at a source brought.
#[derive(Clone)]
enum Seen {
    Same,
    Facts(Box<Facts>, Validators),
    Trouble(Trouble),
}

async fn look(fetcher: &Fetcher, row: &source::Model) -> Seen {
    let known = Validators {
        etag: row.etag.clone(),
        last_modified: row.last_modified.clone(),
    };
    match tokio::time::timeout(PATIENCE, read_again(fetcher, &row.url, &known)).await {
        Err(_elapsed) => Seen::Trouble(ImportProblem::TooSlow.into()),
        Ok(Err(error)) => Seen::Trouble(error.into()),
        Ok(Ok(Again::Same)) => Seen::Same,
        Ok(Ok(Again::Read(import))) => {
            let found = Found::of(*import);
            Seen::Facts(Box::new(Facts::of(&found.draft)), found.validators)
        }
    }
}

/// Writes down what was seen, and when to look next.
async fn note(tx: &Tx, id: ProductId, seen: Seen) -> Result<()> {
    // Before the source, as everywhere.
    let product = product::Entity::find_by_id(id).locked();
    product.one(tx.db()).await?;
    let row = lock(tx.db(), id).await?;
    let hours = tx.settings.refresh_hours;
    let failures = row.failures;
    let never_read = Facts::read(&row.agreed)?.variants.is_empty();
    let mut row = row.into_active_model();
    row.taken_until = Set(lease::FREE);
    row.next_at = Set(next_look(tx.now, hours, id));
    row.failures = Set(0);
    row.problem = Set(None);
    match seen {
        Seen::Same => row.read_at = Set(tx.now),
        Seen::Facts(facts, validators) => {
            let facts = facts.write()?;
            row.read_at = Set(tx.now);
            row.etag = Set(validators.etag);
            row.last_modified = Set(validators.last_modified);
            if never_read {
                row.agreed = Set(facts.clone());
            }
            row.latest = Set(facts);
        }
        Seen::Trouble(trouble) => {
            row.problem = Set(Some(trouble.problem));
            row.failures = Set(failures + 1);
            row.next_at = Set(later(tx.now, hours, failures, id));
        }
    }
    row.update(tx.db()).await?;
    Ok(())
}

/// After a failure: twice as many periods as the last time, at most two weeks of daily looks.
fn later(now: Timestamp, hours: i64, failures: i64, id: ProductId) -> Timestamp {
    let periods = lease::pause(1, failures, LONGEST_PAUSE);
    let skipped = (periods - 1) * hours.max(1) * 60;
    next_look(now.plus_minutes(skipped), hours, id)
}
