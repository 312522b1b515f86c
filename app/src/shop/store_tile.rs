use crate::paths;
use crate::prelude::*;
use crate::ui::StoreAvatar;
use model::StoreCard;

/// How many pictures a tile has room for.
const PICTURES: usize = 3;

/// A store in a grid: what it looks like, who it is, how much it has.
#[component]
pub fn StoreTile(
    /// The store.
    card: StoreCard,
) -> impl IntoView {
    let count = match card.products {
        0 => "Nothing on the shelf right now".to_owned(),
        1 => "1 product".to_owned(),
        products => format!("{products} products"),
    };
    // An empty place keeps its width, so that tiles with fewer pictures look like the others.
    let places = (0..PICTURES).map(|at| card.pictures.get(at).cloned());
    let pictures = places
        .map(|picture| {
            let picture = picture.map(|picture| {
                view! { <img src=picture.small() alt="" width="480" height="480" loading="lazy" decoding="async"/> }
            });
            view! { <span>{picture}</span> }
        })
        .collect_view();
    view! {
        <li class="store-tile" data-accent=card.accent.as_str() data-testid="store-tile">
            <div class="store-tile-pictures" aria-hidden="true">{pictures}</div>
            <div class="store-tile-words">
                <StoreAvatar name=card.name.clone() accent=card.accent/>
                <div class="shrinks">
                    <h3><a class="product-link" href=paths::store(&card.slug)>{card.name}</a></h3>
                    <p class="store-tile-line">{card.tagline}</p>
                    <p class="store-tile-line">{count}</p>
                </div>
            </div>
        </li>
    }
}
