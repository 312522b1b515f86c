//! Offers: opening, changing and revoking one, and what happens to its coverage as units are held, sold and
//! returned.

#![warn(clippy::arithmetic_side_effects)]

mod change;
pub(crate) mod coverage;
mod list;
mod open;
mod revoke;

pub use change::change;
pub use list::{desk, mine, one};
pub use open::{open, open_once};
pub use revoke::revoke;
pub(crate) use revoke::revoke_in;

use crate::db::Locked;
use crate::entity::offer;
use crate::store::Owner;
use crate::{Error, Result};
use model::{OfferId, OfferState, ProductId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};

/// The open offers on some products, by rising id, to be locked or read.
pub(crate) fn open_on(products: &[ProductId]) -> Select<offer::Entity> {
    offer::Entity::find()
        .filter(offer::Column::ProductId.is_in(products.iter().copied()))
        .filter(offer::Column::State.eq(OfferState::Open))
        .order_by_asc(offer::Column::Id)
}

/// How an offer stands: its terms as its maker left them. Sales do not change that, corrections of the stock do.
pub(crate) fn standing(row: &offer::Model) -> String {
    format!(
        "{} at {}, change {}",
        row.state,
        row.rate.typed(),
        row.revision
    )
}

/// The owner's own offer, locked; anybody else's is unknown to her.
async fn owned(db: &impl ConnectionTrait, owner: Owner, id: OfferId) -> Result<offer::Model> {
    let find = offer::Entity::find_by_id(id).filter(offer::Column::StoreId.eq(owner.store()));
    find.locked().one(db).await?.ok_or(Error::NotFound("offer"))
}
