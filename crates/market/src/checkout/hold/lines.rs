use crate::Result;
use crate::db::Tx;
use crate::entity::{order_line, parcel};
use crate::stock::{self, Units};
use model::OrderId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DerivePartialModel, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// An order's lines, by rising id.
pub(super) async fn of(tx: &Tx, order: OrderId) -> Result<Vec<order_line::Model>> {
    let find = order_line::Entity::find().filter(order_line::Column::OrderId.eq(order));
    Ok(find
        .order_by_asc(order_line::Column::Id)
        .all(tx.db())
        .await?)
}

/// The units of each variant that an order has.
pub(in crate::checkout) fn units(lines: &[order_line::Model]) -> Result<Units> {
    stock::summed(lines.iter().map(|line| (line.variant_id, line.units)))
}

/// A line and the parcel it lies in.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "order_line::Entity")]
struct Packed {
    #[sea_orm(nested)]
    line: order_line::Model,
    #[sea_orm(nested)]
    parcel: parcel::Model,
}

/// An order's lines by rising id, and its parcels.
pub(in crate::checkout) async fn with_parcels(
    tx: &Tx,
    order: OrderId,
) -> Result<(Vec<order_line::Model>, Vec<parcel::Model>)> {
    let mut find = order_line::Entity::find()
        .filter(order_line::Column::OrderId.eq(order))
        .order_by_asc(order_line::Column::Id);
    let its_parcel = Expr::col((parcel::Entity, parcel::Column::Id))
        .equals((order_line::Entity, order_line::Column::ParcelId));
    QuerySelect::query(&mut find).inner_join(parcel::Entity, its_parcel);
    let packed = find.into_partial_model::<Packed>().all(tx.db()).await?;
    let (lines, mut parcels): (Vec<_>, Vec<_>) =
        packed.into_iter().map(|row| (row.line, row.parcel)).unzip();
    parcels.sort_by_key(|parcel| parcel.id);
    parcels.dedup_by_key(|parcel| parcel.id);
    Ok((lines, parcels))
}
