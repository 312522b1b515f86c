use super::icon::Icon;
use crate::prelude::*;
use model::Picture;

/// A product's picture in a square, which it fills where it is small, or a quiet stand-in while there is none.
#[component]
pub fn PictureBox(
    /// The picture.
    picture: Option<Picture>,
    /// The large size, for a product's own page: all of the picture is seen, whatever its shape.
    #[prop(optional)]
    large: bool,
    /// Load it at once: only for what is seen first.
    #[prop(optional)]
    eager: bool,
    /// Its size on the page.
    #[prop(into, optional)]
    class: String,
) -> impl IntoView {
    let inside = match picture {
        Some(picture) => {
            let (src, side) = if large {
                (picture.large(), "1200")
            } else {
                (picture.small(), "480")
            };
            // What is seen first comes first, then what brings the page to life, then the rest.
            let (loading, priority) = if eager {
                ("eager", "high")
            } else {
                ("lazy", "low")
            };
            view! {
                <img
                    src=src
                    alt=picture.alt
                    width=side
                    height=side
                    loading=loading
                    fetchpriority=priority
                    decoding="async"
                />
            }
        }
        None => {
            view! { <Icon icon=icondata_lu::LuImage class="picture-none"/> }
        }
    };
    let whole = if large { "picture-whole" } else { "" };
    view! { <span class=format!("picture {whole} {class}")>{inside}</span> }
}
