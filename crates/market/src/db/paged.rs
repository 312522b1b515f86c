use crate::Result;
use model::PageRequest;
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QuerySelect, Select};

/// One page of what is found, the last one instead of one beyond it: its rows, which page it is, and how many rows there
/// are on all pages.
pub(crate) async fn paged<E>(
    db: &impl ConnectionTrait,
    find: Select<E>,
    request: PageRequest,
    size: u64,
) -> Result<(Vec<E::Model>, PageRequest, u64)>
where
    E: EntityTrait<Model: FromQueryResult + Send + Sync>,
{
    let total = find.clone().count(db).await?;
    let request = request.within(size, total);
    let rows = find
        .offset(request.offset(size))
        .limit(size)
        .all(db)
        .await?;
    Ok((rows, request, total))
}
