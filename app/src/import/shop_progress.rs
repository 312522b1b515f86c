use crate::prelude::*;
use model::counted;
use model::{ShopImportState, ShopImportView};

/// How far a whole shop has come: a bar, and the figures in words.
#[component]
pub fn ShopProgress(
    /// The shop, as it is now.
    shop: Signal<ShopImportView>,
) -> impl IntoView {
    let percent = move || shop.with(ShopImportView::percent);
    view! {
        <div class="shop-progress" data-testid="shop-progress">
            <p class="shop-progress-words" role="status" aria-live="polite">{move || shop.with(sentence)}</p>
            <progress class="progress-bar" max="100" value=percent aria-label="Progress of the import"></progress>
            <p class="note">{move || shop.with(figures)}</p>
        </div>
    }
}

/// Products of which it is known what became of them.
pub fn past(shop: &ShopImportView) -> i64 {
    shop.done + shop.failed + shop.known + shop.discarded
}

fn sentence(shop: &ShopImportView) -> String {
    let past = past(shop);
    match shop.state {
        ShopImportState::Done => match shop.found {
            1 => "The one product was read.".to_owned(),
            found => format!("All {found} products were read."),
        },
        ShopImportState::Cancelled => format!(
            "Cancelled after {past} of {}.",
            counted(shop.found, "product", "products")
        ),
        ShopImportState::Paused => format!(
            "Paused at {past} of {}.",
            counted(shop.found, "product", "products")
        ),
        _ => format!(
            "{past} of {} read",
            counted(shop.found, "product", "products")
        ),
    }
}

fn figures(shop: &ShopImportView) -> String {
    let mut parts = vec![format!("{} ready or saved", shop.done)];
    if shop.failed > 0 {
        parts.push(format!("{} could not be read", shop.failed));
    }
    if shop.known > 0 {
        parts.push(format!("{} you had already", shop.known));
    }
    if shop.discarded > 0 {
        parts.push(format!("{} left out", shop.discarded));
    }
    parts.join(" · ")
}
