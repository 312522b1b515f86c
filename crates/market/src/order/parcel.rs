use crate::db::{Locked, Tx};
use crate::entity::parcel;
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result};
use model::{ParcelId, ParcelState, Tracking};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

/// Marks a parcel as packed.
///
/// # Errors
/// [`Refusal::ParcelPast`] when it is past that step; [`Error::NotFound`] for another maker's parcel.
pub async fn pack(market: &Market, owner: Owner, id: ParcelId) -> Result<()> {
    step(market, owner, id, Step::Pack).await
}

/// Marks a parcel as on its way.
///
/// # Errors
/// As [`pack`].
pub async fn ship(market: &Market, owner: Owner, id: ParcelId, tracking: Tracking) -> Result<()> {
    step(market, owner, id, Step::Ship(tracking)).await
}

/// Marks a parcel as arrived.
///
/// # Errors
/// As [`pack`].
pub async fn deliver(market: &Market, owner: Owner, id: ParcelId) -> Result<()> {
    step(market, owner, id, Step::Deliver).await
}

#[derive(Clone)]
enum Step {
    Pack,
    Ship(Tracking),
    Deliver,
}

async fn step(market: &Market, owner: Owner, id: ParcelId, step: Step) -> Result<()> {
    market
        .db
        .write((owner, id, step), |tx, (owner, id, step)| {
            Box::pin(take_step(tx, owner, id, step))
        })
        .await
}

async fn take_step(tx: &Tx, owner: Owner, id: ParcelId, step: Step) -> Result<()> {
    let row = owned(tx, owner, id).await?;
    let allowed = matches!(
        (&step, row.state),
        (Step::Pack, ParcelState::New)
            | (Step::Ship(_), ParcelState::New | ParcelState::Packed)
            | (Step::Deliver, ParcelState::Shipped)
    );
    if !allowed {
        return Err(Refusal::ParcelPast(now_word(row.state)).into());
    }
    let mut row = row.into_active_model();
    match step {
        Step::Pack => {
            row.state = Set(ParcelState::Packed);
            row.packed_at = Set(Some(tx.now));
        }
        Step::Ship(tracking) => {
            row.state = Set(ParcelState::Shipped);
            row.shipped_at = Set(Some(tx.now));
            row.carrier = Set(tracking.carrier);
            row.tracking = Set(tracking.number);
        }
        Step::Deliver => {
            row.state = Set(ParcelState::Delivered);
            row.delivered_at = Set(Some(tx.now));
        }
    }
    row.update(tx.db()).await?;
    Ok(())
}

fn now_word(state: ParcelState) -> &'static str {
    match state {
        ParcelState::New => "being prepared",
        ParcelState::Packed => "packed",
        ParcelState::Shipped => "shipped",
        ParcelState::Delivered => "delivered",
        ParcelState::Cancelled => "cancelled",
    }
}

/// The maker's own paid parcel, locked; anybody else's is unknown to her.
pub(super) async fn owned(tx: &Tx, owner: Owner, id: ParcelId) -> Result<parcel::Model> {
    let find = parcel::Entity::find_by_id(id)
        .filter(parcel::Column::StoreId.eq(owner.store()))
        .filter(parcel::Column::PaidAt.is_not_null());
    find.locked()
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("parcel"))
}
