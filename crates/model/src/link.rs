use crate::{ImportId, ProductCard, ProductId};
use serde::{Deserialize, Serialize};

/// The box for any link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    /// What was pasted; checked by the market.
    pub link: String,
}

/// Where a pasted link leads (K1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTarget {
    /// A product of this market.
    Product(Box<ProductCard>),
    /// A store of this market.
    Store {
        /// Its part of the web address.
        slug: String,
        /// Its name.
        name: String,
    },
    /// The viewer's own product that shoppers can't see: she goes on with it.
    OwnDraft {
        /// The product.
        product: ProductId,
        /// Its title.
        title: String,
    },
    /// A page that the viewer is importing right now.
    Import(ImportId),
    /// A page of this market that is no product, or a product that is gone.
    NotFound,
    /// A page of another shop.
    OtherShop {
        /// The other shop's host.
        host: String,
    },
}
