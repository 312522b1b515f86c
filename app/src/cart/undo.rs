//! A removed line stays in the address until the next step, so that it can be put back with or without
//! JavaScript.

use super::api::PutBack;
use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, Icon, ServerForm, Submit, use_form_keyed};
use model::{ListingId, Timestamp, VariantId};
use serde::{Deserialize, Serialize};

/// What it takes to put a removed line back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The listing it came from.
    pub listing: ListingId,
    /// The variant.
    pub variant: VariantId,
    /// Units that were wanted.
    pub units: i64,
    /// Since when: its place in the cart.
    pub since: Timestamp,
}

impl Undo {
    /// The cart's address with this in it.
    #[cfg_attr(
        not(feature = "ssr"),
        allow(dead_code, reason = "only the server makes one")
    )]
    pub fn href(self) -> String {
        format!(
            "{}?removed={}-{}-{}-{}",
            paths::CART,
            self.listing,
            self.variant,
            self.units,
            self.since.0
        )
    }

    /// Reads what an address says was removed.
    pub fn read(text: &str) -> Option<Undo> {
        let mut parts = text.split('-');
        let undo = Undo {
            listing: parts.next()?.parse().ok()?,
            variant: parts.next()?.parse().ok()?,
            units: parts.next()?.parse().ok()?,
            since: Timestamp(parts.next()?.parse().ok()?),
        };
        parts.next().is_none().then_some(undo)
    }
}

/// Says that a line was removed and offers to put it back.
#[component]
pub(super) fn Removed(
    /// What was removed.
    undo: Undo,
    /// Its name, if there is one to say.
    name: Option<String>,
) -> impl IntoView {
    let sentence = match name {
        Some(name) => format!("“{name}” is removed from your cart."),
        None => "Removed from your cart.".to_owned(),
    };
    let form = use_form_keyed::<PutBack>(undo.listing);
    view! {
        <div class="removed-bar" role="status" data-testid="cart-removed">
            <Icon icon=icondata_lu::LuTrash2/>
            <p>{sentence}</p>
            <ServerForm form class="contents" only_button=true once=true>
                <input type="hidden" name="listing" value=undo.listing.to_string()/>
                <input type="hidden" name="variant" value=undo.variant.to_string()/>
                <input type="hidden" name="units" value=undo.units.to_string()/>
                <input type="hidden" name="since" value=undo.since.0.to_string()/>
                <Submit kind=ButtonKind::Secondary small=true test_id="cart-undo">
                    <Icon icon=icondata_lu::LuUndo2/>
                    "Undo"
                </Submit>
            </ServerForm>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_survives_the_address() {
        let undo = Undo {
            listing: ListingId(12),
            variant: VariantId(34),
            units: 2,
            since: Timestamp(56),
        };
        assert_eq!(undo.href(), "/cart?removed=12-34-2-56");
        assert_eq!(Undo::read("12-34-2-56"), Some(undo));
        for nonsense in ["", "1-2", "1-2-3", "1-2-3-4-5", "a-b-c-d"] {
            assert_eq!(Undo::read(nonsense), None);
        }
    }
}
