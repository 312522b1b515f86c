use crate::prelude::*;
use crate::ui::PictureBox;
use model::Picture;

/// A product at the start of a row: its picture, its title as a link, a few words below.
#[component]
pub fn ProductName(
    /// Its first picture.
    picture: Option<Picture>,
    /// Its title.
    #[prop(into)]
    title: String,
    /// Where the title leads.
    #[prop(into)]
    href: String,
    /// A few words below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    // The title beside it says the same.
    let picture = picture.map(|picture| Picture {
        alt: String::new(),
        ..picture
    });
    view! {
        <div class="product-name">
            <PictureBox picture class="product-name-picture"/>
            <div class="shrinks">
                <a class="product-name-title" href=href>{title}</a>
                {children.map(|children| view! { <p class="product-name-note">{children()}</p> })}
            </div>
        </div>
    }
}
