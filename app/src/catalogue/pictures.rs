//! A product's pictures: describing them, their order, and the form for new ones below them.

use super::api::{DescribePicture, MakePictureFirst, RemovePicture};
use super::upload::Upload;
use crate::prelude::*;
use crate::ui::{
    Badge, ButtonKind, Changes, Confirm, Field, PictureBox, ServerForm, Submit, Tone,
    use_form_keyed,
};
use model::{Picture, PictureId, ProductId, limits};

/// The pictures and the form for more.
#[component]
pub fn Pictures(
    /// The product.
    product: ProductId,
    /// In the maker's order.
    pictures: Vec<Picture>,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let room = limits::PICTURES.saturating_sub(pictures.len());
    let none = pictures.is_empty();
    view! {
        <section class="panel panel-stack" aria-labelledby="pictures">
            <h2 id="pictures">"Pictures"</h2>
            {none.then(|| view! { <p class="note">"A good picture in daylight sells better than any sentence."</p> })}
            <ul class="picture-list">
                {pictures
                    .into_iter()
                    .enumerate()
                    .map(|(at, picture)| view! { <PictureLine picture first=at == 0 changes/> })
                    .collect_view()}
            </ul>
            {if room > 0 {
                view! { <Upload product room changes/> }
            } else {
                view! { <p class="note">{format!("That are all {} a product can have.", limits::PICTURES)}</p> }
            }}
        </section>
    }
}

#[component]
fn PictureLine(picture: Picture, first: bool, changes: Changes) -> impl IntoView {
    let id = picture.id;
    let missing = picture.alt.is_empty();
    view! {
        <li class="picture-line" data-testid="picture-row">
            <PictureBox picture=Some(picture.clone()) class="picture-line-box"/>
            <div class="picture-line-words">
                <div class="picture-line-tags">
                    {first.then(|| view! { <Badge tone=Tone::Info>"First"</Badge> })}
                    {missing.then(|| view! { <Badge tone=Tone::Warning>"No description"</Badge> })}
                </div>
                <Describe picture changes/>
                <div class="row-actions">
                    {(!first).then(|| view! { <MakeFirst id changes/> })}
                    <Remove id changes/>
                </div>
            </div>
        </li>
    }
}

#[component]
fn Describe(picture: Picture, changes: Changes) -> impl IntoView {
    let form = use_form_keyed::<DescribePicture>(picture.id);
    changes.follow(form);
    view! {
        <details class="describe">
            <summary>{if picture.alt.is_empty() { "Describe it".to_owned() } else { picture.alt.clone() }}</summary>
            <ServerForm form shared=true class="describe-form">
                <input type="hidden" name="picture" value=picture.id.to_string()/>
                <Field name="alt" label="What it shows" value=picture.alt max=limits::ALT/>
                <Submit kind=ButtonKind::Secondary small=true>"Save"</Submit>
            </ServerForm>
        </details>
    }
}

#[component]
fn MakeFirst(id: PictureId, changes: Changes) -> impl IntoView {
    let form = use_form_keyed::<MakePictureFirst>(id);
    changes.follow(form);
    view! {
        <ServerForm form class="contents">
            <input type="hidden" name="picture" value=id.to_string()/>
            <Submit kind=ButtonKind::Quiet small=true test_id="picture-first">"Make first"</Submit>
        </ServerForm>
    }
}

#[component]
fn Remove(id: PictureId, changes: Changes) -> impl IntoView {
    let form = use_form_keyed::<RemovePicture>(id);
    changes.follow(form);
    view! {
        <Confirm button="Remove" question="Remove this picture?" kind=ButtonKind::Quiet test_id="picture-remove">
            <ServerForm form class="form-actions">
                <input type="hidden" name="picture" value=id.to_string()/>
                <Submit kind=ButtonKind::Danger small=true test_id="picture-remove-confirm">"Remove"</Submit>
            </ServerForm>
        </Confirm>
    }
}
