//! How the products on the page that stands open are now: stock and prices follow what happens elsewhere. A page is made
//! with what was so then, and all of it works without this.

mod stream;

use super::effect::effect;
use crate::prelude::*;
use model::{ProductId, ProductNow};

/// How a product stands now, as soon as that has been told; nothing until then.
#[must_use]
pub fn product_now(product: ProductId) -> Signal<Option<ProductNow>> {
    let now = RwSignal::new(None);
    // Only in a browser, when the page has come to life.
    effect(move || stream::watch(product, now));
    now.into()
}
