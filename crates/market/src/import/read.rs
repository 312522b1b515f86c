//! One link on its way: read, understood, its pictures copied, each step written down as it begins.

use super::found::Found;
use super::pages::{keys, note, own_product};
use super::problem::Trouble;
use super::{copy, save, shop};
use crate::db::Tx;
use crate::entity::import;
use crate::lease::{self, Leased, Turn};
use crate::{Market, Result};
use importer::import::{Import, Step, read};
use model::{ImportProblem, ImportState, ProductId};
use sea_orm::ActiveValue::Set;
use tokio::sync::watch;

/// How often a page of a whole shop is asked for when it may work later.
const TRIES_OF_SHOP_PAGE: i64 = 3;
/// How long such a page is left alone first, unless the shop names a time.
const PAUSE_MS: i64 = 60_000;
/// How long it is left alone at most.
const LONGEST_PAUSE_MS: i64 = 60 * 60_000;

/// Works on a link that this process has taken, until it is ready, failed, or taken away.
pub(super) async fn read_import(market: &Market, row: import::Model) -> Result<()> {
    let found = match Found::read(&row.found)? {
        // Another worker got this far.
        Some(found) => found,
        None => match read_page(market, &row).await? {
            Ok(import) => Found::of(import),
            Err(trouble) => return give_up(market, &row, trouble).await,
        },
    };
    let keys = keys(&row.page_key, Some(&found));
    if let Some(known) = own_product(market.reader(), row.store_id, &keys).await? {
        // The link led to a page that the store already has a product from: the next time it leads there at once.
        let noted = market.db.write((known.id, keys), |tx, (product, keys)| {
            Box::pin(note(tx, product, keys))
        });
        noted.await?;
        return end(market, &row, ImportState::Saved, None, Some(known.id)).await;
    }
    if !note_found(market, &row, &found).await? {
        return Ok(());
    }
    copy::pictures(market, &row, &found).await?;
    if !step(market, &row, ImportState::Ready).await? {
        return Ok(());
    }
    if let Some(category) = shop::draft_category(market, &row).await? {
        save::as_draft(market, &row, &found, category).await?;
    }
    Ok(())
}

/// Fetches and understands the page, and writes down which of both is going on.
async fn read_page(market: &Market, row: &import::Model) -> Result<Result<Import, Trouble>> {
    let Some(fetcher) = &market.fetcher else {
        return Ok(Err(ImportProblem::Stopped.into()));
    };
    let (steps, mut changes) = watch::channel(ImportState::Waiting);
    let mut tell = |now: Step| {
        steps.send_replace(match now {
            Step::Reading => ImportState::Reading,
            Step::Understanding => ImportState::Understanding,
        });
    };
    let reading = read(fetcher, &row.url, &mut tell);
    tokio::pin!(reading);
    loop {
        tokio::select! {
            done = &mut reading => return Ok(done.map_err(Trouble::from)),
            Ok(()) = changes.changed() => {
                let now = *changes.borrow_and_update();
                if !step(market, row, now).await? {
                    // Thrown away meanwhile: nobody wants to know any more.
                    return Ok(Err(ImportProblem::Stopped.into()));
                }
            }
        }
    }
}

/// What went wrong is shown to whoever pasted the link. A page of a whole shop is asked for again first.
async fn give_up(market: &Market, row: &import::Model, trouble: Trouble) -> Result<()> {
    let tries = row.attempts % super::start::ROUND;
    if row.shop_id.is_none() || !trouble.problem.is_passing() || tries >= TRIES_OF_SHOP_PAGE {
        return fail(market, row, trouble.problem).await;
    }
    let named = trouble
        .wait
        .and_then(|wait| i64::try_from(wait.as_millis()).ok());
    let pause = named.unwrap_or(lease::pause(PAUSE_MS, tries, LONGEST_PAUSE_MS));
    let ours = (import::Entity::turn(row), pause);
    market
        .db
        .write(ours, |tx, (turn, pause)| Box::pin(put_off(tx, turn, pause)))
        .await
}

async fn put_off(tx: &Tx, turn: Turn, pause_ms: i64) -> Result<()> {
    let waits = import::ActiveModel {
        state: Set(ImportState::Waiting),
        ..Default::default()
    };
    lease::back_off::<import::Entity>(tx, turn, pause_ms, waits).await?;
    Ok(())
}

/// Ends a link with the reason why nothing came of it.
pub(super) async fn fail(
    market: &Market,
    row: &import::Model,
    problem: ImportProblem,
) -> Result<()> {
    end(market, row, ImportState::Failed, Some(problem), None).await
}

async fn end(
    market: &Market,
    row: &import::Model,
    state: ImportState,
    problem: Option<ImportProblem>,
    product: Option<ProductId>,
) -> Result<()> {
    let changes = import::ActiveModel {
        state: Set(state),
        problem: Set(problem),
        product_id: Set(product),
        ..Default::default()
    };
    change(market, row, changes).await?;
    shop::finish_if_done(market, row.shop_id).await
}

/// Says how far it is; false when the link is not this worker's any more.
pub(super) async fn step(market: &Market, row: &import::Model, state: ImportState) -> Result<bool> {
    let changes = import::ActiveModel {
        state: Set(state),
        ..Default::default()
    };
    let ours = change(market, row, changes).await?;
    if state == ImportState::Ready {
        shop::finish_if_done(market, row.shop_id).await?;
    }
    Ok(ours)
}

async fn note_found(market: &Market, row: &import::Model, found: &Found) -> Result<bool> {
    let changes = import::ActiveModel {
        state: Set(ImportState::Pictures),
        found: Set(found.write()?),
        title: Set(found.draft.title.as_ref().map(|title| title.value.clone())),
        ..Default::default()
    };
    change(market, row, changes).await
}

/// Changes a row that is still this worker's, and keeps it for another while.
async fn change(
    market: &Market,
    row: &import::Model,
    changes: import::ActiveModel,
) -> Result<bool> {
    let ours = (import::Entity::turn(row), changes);
    market
        .db
        .write(ours, |tx, (turn, changes)| {
            Box::pin(change_in(tx, turn, changes))
        })
        .await
}

async fn change_in(tx: &Tx, turn: Turn, changes: import::ActiveModel) -> Result<bool> {
    let changes = import::ActiveModel {
        changed_at: Set(tx.now),
        ..changes
    };
    lease::keep::<import::Entity>(tx, turn, changes).await
}
