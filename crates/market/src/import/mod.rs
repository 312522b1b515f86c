//! A pasted link becomes a product of one's own (K2), and the product remembers where it came from (K3).
//!
//! A link is a row that a worker takes for a while, as with the outbox: it reads the page, copies its pictures and
//! leaves what it found in the row, step by step, so that a page can show how far it is and another process can go
//! on when this one ends. Nothing of it is a product until a person has looked at it and saved it.
//!
//! `shop` does the same for the products of a whole shop, `source` for what happens at the source afterwards.

mod category;
mod copy;
mod discard;
mod facts;
mod found;
mod leased;
mod pages;
mod prefill;
mod problem;
mod read;
mod save;
mod share;
mod shop;
mod source;
mod start;
mod view;
mod worker;

pub use discard::{discard, sweep};
pub(crate) use pages::{KnownPage, known_page};
pub use save::{publish, save};
pub use shop::{begin_shop, cancel_shop, pause_shop, resume_shop, shop, start_shop};
pub use source::{apply, differences, keep_in_step, look_again, source};
pub use start::{again, start};
pub use view::{desk, one};
pub use worker::{asked, work};

use crate::db::Locked;
use crate::entity::import;
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result, Settings};
use importer::fetch::{FetchError, Fetcher, Guard};
use model::ImportId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select};

/// Pictures that are looked at to find as many as a product can have: some are too small or no pictures.
const PICTURES_TRIED: usize = 12;

fn of_owner(owner: Owner, id: ImportId) -> Select<import::Entity> {
    import::Entity::find_by_id(id).filter(import::Column::StoreId.eq(owner.store()))
}

/// The owner's own import; anybody else's is unknown to her.
async fn owned(db: &impl ConnectionTrait, owner: Owner, id: ImportId) -> Result<import::Model> {
    let row = of_owner(owner, id).one(db).await?;
    row.ok_or(Error::NotFound("import"))
}

/// The same, locked until the transaction ends.
async fn lock_owned(
    db: &impl ConnectionTrait,
    owner: Owner,
    id: ImportId,
) -> Result<import::Model> {
    let row = of_owner(owner, id).locked().one(db).await?;
    row.ok_or(Error::NotFound("import"))
}

/// The one way to other shops, as the settings have it.
pub(crate) fn fetcher_by(settings: &Settings) -> Result<Fetcher, FetchError> {
    let fetching = importer::fetch::Settings {
        contact: Some(settings.public_url.clone()),
        ..importer::fetch::Settings::default()
    };
    let guard = settings
        .import_from
        .iter()
        .fold(Guard::new(&[]), |guard, server| {
            guard.allowing_for_tests(*server)
        });
    Fetcher::with_guard(&fetching, guard)
}

fn fetcher(market: &Market) -> Result<&Fetcher> {
    Ok(market.fetcher.as_ref().ok_or(Refusal::NoReader)?)
}
