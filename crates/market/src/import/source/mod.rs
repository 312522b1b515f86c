//! Where a product came from, and what has changed there since (K3).

mod apply;
mod compare;
mod follow;
mod keep;
mod view;

pub use apply::apply;
pub(super) use follow::follow_source;
pub use follow::look_again;
pub(super) use keep::SourceRow;
pub use keep::keep_in_step;
pub use view::{differences, source};

use crate::db::Locked;
use crate::entity::source;
use crate::{Error, Result};
use model::ProductId;
use sea_orm::{ConnectionTrait, EntityTrait};

async fn find(db: &impl ConnectionTrait, product: ProductId) -> Result<Option<source::Model>> {
    Ok(source::Entity::find_by_id(product).one(db).await?)
}

/// A product's source, locked until the transaction ends. The product's own row is locked before it.
async fn lock(db: &impl ConnectionTrait, product: ProductId) -> Result<source::Model> {
    let find = source::Entity::find_by_id(product).locked();
    find.one(db).await?.ok_or(Error::NotFound("source"))
}
