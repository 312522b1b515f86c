//! A product's pictures: sending new ones, describing them, their order.

use super::api::{DescribePicture, MakePictureFirst, RemovePicture};
use crate::error::AppError;
use crate::paths;
use crate::ui::{
    Alert, Badge, ButtonKind, Changes, Confirm, Field, Icon, PictureBox, ServerForm, Submit, Tone,
    use_form_keyed, use_page,
};
use leptos::prelude::*;
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
                view! { <Upload product/> }.into_any()
            } else {
                view! { <p class="note">{format!("That are all {} a product can have.", limits::PICTURES)}</p> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// A plain form: files go to a route of their own, not to a server function.
#[component]
fn Upload(product: ProductId) -> impl IntoView {
    let action = paths::upload_pictures(product);
    let refused = use_page().refused(&action, None);
    let alt = refused
        .as_ref()
        .and_then(|refused| refused.typed("alt").map(ToOwned::to_owned));
    let refused = refused.map(|refused| sentence(&refused.error));
    let sending = RwSignal::new(false);
    view! {
        <form
            class="upload"
            method="post"
            action=action
            enctype="multipart/form-data"
            on:submit=move |_| sending.set(true)
            data-testid="picture-upload"
        >
            {refused.map(|sentence| view! { <Alert tone=Tone::Error test_id="upload-error">{sentence}</Alert> })}
            <label class="upload-drop">
                <Icon icon=icondata_lu::LuImagePlus class="size-6"/>
                <span>"Add a picture"</span>
                <span class="note">"JPEG, PNG or WebP"</span>
                <input
                    type="file"
                    name="picture"
                    accept="image/jpeg,image/png,image/webp"
                    required
                    data-testid="picture-file"
                />
            </label>
            <div class="field">
                <label class="field-label" for="upload-alt">
                    "What it shows" <span class="field-optional">"optional"</span>
                </label>
                <div class="input-box">
                    <input class="input-text" id="upload-alt" name="alt" value=alt maxlength=limits::ALT data-testid="picture-alt"/>
                </div>
                <p class="field-hint">"For people who do not see it."</p>
            </div>
            <button
                type="submit"
                class="button button-secondary button-small"
                class:is-pending=move || sending.get()
                aria-busy=move || sending.get().then_some("true")
                data-testid="picture-send"
            >
                <span class="button-label">"Upload"</span>
                <span class="button-spinner" aria-hidden="true"></span>
            </button>
        </form>
    }
    .into_any()
}

/// What is wrong with the picture or its description, rather than how many fields are.
fn sentence(error: &AppError) -> String {
    let field = error.about("picture").or_else(|| error.about("alt"));
    field.unwrap_or_else(|| error.to_string())
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
    .into_any()
}

#[component]
fn Describe(picture: Picture, changes: Changes) -> impl IntoView {
    let form = use_form_keyed::<DescribePicture>(picture.id);
    changes.follow(form);
    view! {
        <details class="describe">
            <summary>{if picture.alt.is_empty() { "Describe it".to_owned() } else { picture.alt.clone() }}</summary>
            <ServerForm form class="describe-form">
                <input type="hidden" name="picture" value=picture.id.to_string()/>
                <Field name="alt" label="What it shows" value=picture.alt max=limits::ALT/>
                <Submit kind=ButtonKind::Secondary small=true>"Save"</Submit>
            </ServerForm>
        </details>
    }
    .into_any()
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
