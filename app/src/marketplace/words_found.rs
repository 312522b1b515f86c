//! What came of the words of a search, beside products.

use super::address;
use crate::prelude::*;
use crate::ui::StoreLink;
use model::{Category, Corrected, LookedUp, MarketFilters, StoreName};

/// Says so when other words were looked for than were typed, or not as well as could be.
#[component]
pub fn LookedFor(
    /// Words that stand nowhere, and what was looked for instead.
    corrected: Vec<Corrected>,
    /// How well words were looked up.
    looked_up: LookedUp,
) -> impl IntoView {
    let note = match looked_up {
        LookedUp::Well => None,
        LookedUp::InPart => {
            Some("There was no time to look through everything. One more word helps.")
        }
        LookedUp::AsWritten => Some(
            "Words are found only as they are written at the moment. If something is missing, try another spelling.",
        ),
    };
    let others = corrected.into_iter().map(|Corrected { typed, taken }| {
        let instead = match taken {
            Some(taken) => {
                view! { "This is what holds "<strong>"“"{taken}"”"</strong>"." }.into_any()
            }
            None => "It was left out.".into_any(),
        };
        view! { <p data-testid="corrected">"Nothing holds “"{typed}"”. "{instead}</p> }
    });
    view! {
        {others.collect_view()}
        {note.map(|note| view! { <p class="market-note" data-testid="looked-up">{note}</p> })}
    }
}

/// Stores and categories that are called by the words.
#[component]
pub fn CalledSo(
    /// The stores.
    stores: Vec<StoreName>,
    /// The categories.
    categories: Vec<Category>,
) -> impl IntoView {
    let stores = stores.into_iter().map(|StoreName { slug, name, accent }| {
        view! { <li><StoreLink slug name accent/></li> }
    });
    let stores: Vec<_> = stores.collect();
    let categories = categories.into_iter().map(|category| {
        let href = address::write(&MarketFilters {
            category: Some(category),
            ..MarketFilters::default()
        });
        view! { <li><a class="link" href=href>"All of "{category.label()}</a></li> }
    });
    let categories: Vec<_> = categories.collect();
    (!stores.is_empty() || !categories.is_empty()).then(|| {
        view! {
            <nav aria-label="Stores and categories" data-testid="called-so">
                <ul class="called-row">{stores}{categories}</ul>
            </nav>
        }
    })
}
