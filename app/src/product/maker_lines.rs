use crate::prelude::*;
use crate::shop::ShippingTerms;
use crate::ui::{Icon, StoreLink};
use model::StoreView;

/// Who makes and ships it, who sells it, and what the parcel costs. The maker is always named.
#[component]
pub fn MakerLines(
    /// The store that makes and ships it.
    maker: StoreView,
    /// The store whose shelf it stands on.
    store: StoreView,
) -> impl IntoView {
    let resold = maker.id != store.id;
    let maker_note = if resold {
        "Makes it and ships it to you"
    } else {
        "Makes it, sells it, ships it to you"
    };
    let terms = maker.clone();
    view! {
        <div class="maker-lines" data-testid="maker-lines">
            <StoreLink slug=maker.slug name=maker.name accent=maker.accent note=maker_note/>
            {resold
                .then(|| {
                    view! {
                        <StoreLink slug=store.slug name=store.name accent=store.accent note="Sells it here, on its own shelf"/>
                    }
                })}
            <p class="maker-shipping"><Icon icon=icondata_lu::LuTruck/><ShippingTerms store=terms/></p>
        </div>
    }
}
