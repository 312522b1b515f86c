//! What of a pasted link is taken for a while: a link, a whole shop, the source of a product that follows it.

use super::worker::WORKING;
use crate::entity::{import, shop_import, source};
use crate::lease::{Leased, Turn};
use model::{ShopImportState, Timestamp};
use sea_orm::{ColumnTrait, Condition};

impl Leased for import::Entity {
    const ID: import::Column = import::Column::Id;
    const TAKEN_UNTIL: import::Column = import::Column::TakenUntil;
    const ATTEMPTS: Option<import::Column> = Some(import::Column::Attempts);
    const LEASE_MS: i64 = 60_000;

    fn is_open(_now: Timestamp) -> Condition {
        Condition::all().add(import::Column::State.is_in(WORKING))
    }

    fn turn(row: &import::Model) -> Turn {
        Turn {
            id: row.id.0,
            number: row.attempts,
        }
    }

    fn taken(row: import::Model, taken_until: Timestamp) -> import::Model {
        import::Model {
            attempts: row.attempts + 1,
            taken_until,
            ..row
        }
    }
}

impl Leased for shop_import::Entity {
    const ID: shop_import::Column = shop_import::Column::Id;
    const TAKEN_UNTIL: shop_import::Column = shop_import::Column::TakenUntil;
    /// A list takes many requests.
    const LEASE_MS: i64 = 5 * 60_000;

    fn is_open(_now: Timestamp) -> Condition {
        Condition::all().add(shop_import::Column::State.eq(ShopImportState::Listing))
    }

    fn turn(row: &shop_import::Model) -> Turn {
        Turn {
            id: row.id.0,
            number: row.taken_until.0,
        }
    }

    fn taken(row: shop_import::Model, taken_until: Timestamp) -> shop_import::Model {
        shop_import::Model { taken_until, ..row }
    }
}

impl Leased for source::Entity {
    const ID: source::Column = source::Column::ProductId;
    const TAKEN_UNTIL: source::Column = source::Column::TakenUntil;
    const LEASE_MS: i64 = 60_000;

    /// Its maker may have had it looked at meanwhile.
    fn is_open(now: Timestamp) -> Condition {
        Condition::all().add(source::Column::NextAt.lte(now))
    }

    fn turn(row: &source::Model) -> Turn {
        Turn {
            id: row.product_id.0,
            number: row.taken_until.0,
        }
    }

    fn taken(row: source::Model, taken_until: Timestamp) -> source::Model {
        source::Model { taken_until, ..row }
    }
}
