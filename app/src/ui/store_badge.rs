use crate::paths;
use crate::prelude::*;
use model::Accent;

/// A store's initial in its colour.
#[component]
pub fn StoreAvatar(
    /// The store's name.
    #[prop(into)]
    name: String,
    /// The store's colour.
    accent: Accent,
) -> impl IntoView {
    // Style makes it large: the tables of all alphabets' large letters are no small part of what browsers would load.
    let initial = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('·');
    view! { <span class="store-face" data-accent=accent.as_str() aria-hidden="true">{initial}</span> }
}

/// A store's avatar and name, leading to its front.
#[component]
pub fn StoreLink(
    /// The store's part of the web address.
    slug: String,
    /// The store's name.
    name: String,
    /// The store's colour.
    accent: Accent,
    /// A few words below the name.
    #[prop(into, optional)]
    note: Option<String>,
) -> impl IntoView {
    view! {
        <a class="store-link" href=paths::store(&slug)>
            <StoreAvatar name=name.clone() accent/>
            <span class="shrinks">
                <span class="store-link-name">{name}</span>
                {note.map(|note| view! { <span class="store-link-note">{note}</span> })}
            </span>
        </a>
    }
}
