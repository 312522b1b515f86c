use crate::Result;
use crate::db::has_some;
use crate::entity::{picture, product};
use model::{Picture, ProductId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// A picture as screens show it.
pub(super) fn view(row: picture::Model) -> Picture {
    Picture {
        id: row.id,
        key: row.key,
        alt: row.alt,
    }
}

/// A product's pictures in the maker's order.
pub(crate) async fn all_of(db: &impl ConnectionTrait, product: ProductId) -> Result<Vec<Picture>> {
    let rows = picture::Entity::find()
        .filter(picture::Column::ProductId.eq(product))
        .order_by_asc(picture::Column::Position)
        .order_by_asc(picture::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(view).collect())
}

/// The product of the surrounding query has a picture.
pub(crate) fn has_one() -> Expr {
    let any = picture::Entity::find()
        .select_only()
        .column(picture::Column::Id)
        .filter(
            picture::Column::ProductId
                .into_expr()
                .eq(product::Column::Id.into_expr()),
        );
    has_some(any)
}
