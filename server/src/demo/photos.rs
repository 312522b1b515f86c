//! Product pictures, composed and then stored the way an upload is.

use super::Error;
use super::content::PictureOf;
use super::plan::ProductAt;
use super::stage::Stage;
use futures::stream::{self, StreamExt, TryStreamExt};
use pixels::Studio;
use std::path::Path;
use std::sync::Arc;

/// Products photographed at the same time; composing keeps a processor busy.
const AT_ONCE: usize = 4;

/// Takes every product's pictures, and says how many there are.
pub async fn take(stage: &Stage<'_>, objects: &Path) -> Result<usize, Error> {
    let studio = Arc::new(Studio::default());
    let shoots: Vec<_> = stage
        .products
        .keys()
        .map(|at| shoot(stage, *at, &studio, objects))
        .collect();
    stream::iter(shoots)
        .buffer_unordered(AT_ONCE)
        .try_fold(0, |sum, taken| async move { Ok(sum + taken) })
        .await
}

/// One product's pictures, in their order.
async fn shoot(
    stage: &Stage<'_>,
    at: ProductAt,
    studio: &Arc<Studio>,
    objects: &Path,
) -> Result<usize, Error> {
    let (owner, product, id) = (
        stage.owner(at.store)?,
        stage.described(at)?,
        stage.published(at)?.id,
    );
    for picture in &product.pictures {
        let png = compose(studio.clone(), picture, objects).await?;
        let stored = market::picture::add(stage.market, owner, id, png, picture.alt.clone()).await;
        stored.map_err(Error::while_doing(format!("picturing {}", product.title)))?;
    }
    Ok(product.pictures.len())
}

async fn compose(
    studio: Arc<Studio>,
    picture: &PictureOf,
    objects: &Path,
) -> Result<Vec<u8>, Error> {
    let object = objects.join(format!("{}.webp", picture.emoji));
    let backdrop = picture.backdrop.clone();
    let work = tokio::task::spawn_blocking(move || studio.compose(&object, &backdrop));
    Ok(work
        .await
        .map_err(|stopped| Error::Impossible(format!("composing stopped: {stopped}")))??)
}
