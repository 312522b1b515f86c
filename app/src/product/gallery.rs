use crate::prelude::*;
use crate::ui::PictureBox;
use model::Picture;

/// The pictures: one large, the others to choose from. Radio buttons do the choosing, so that it needs no
/// JavaScript and works by keyboard.
#[component]
pub fn Gallery(
    /// The pictures in the maker's order.
    pictures: Vec<Picture>,
) -> impl IntoView {
    if pictures.len() < 2 {
        return view! { <PictureBox picture=pictures.into_iter().next() large=true eager=true/> };
    }
    let items = pictures
        .into_iter()
        .enumerate()
        .map(|(at, picture)| {
            let first = at == 0;
            let small = picture.small();
            let label = format!("Picture {}: {}", at + 1, picture.alt);
            view! {
                <div class="gallery-item">
                    <label class="gallery-thumb">
                        <input type="radio" name="picture" checked=first aria-label=label/>
                        <img src=small alt="" width="480" height="480" decoding="async"/>
                    </label>
                    <div class="gallery-large"><PictureBox picture=Some(picture) large=true eager=first/></div>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="gallery" data-testid="gallery">
            <legend class="sr-only">"Pictures"</legend>
            {items}
        </fieldset>
    }
}
