//! Sending pictures. A plain form that takes several files at once; hydrated, it shows what was chosen and sends
//! the files one after another.

use super::send_picture::{self, send_picture};
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::server_form::PageInputs;
use crate::ui::{Alert, Changes, Icon, Tone, use_page, use_toasts};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};
use model::{ProductId, limits};
use wasm_bindgen_futures::JsFuture;

/// The side of a chosen picture's preview, in pixels: enough for a fine screen.
const PREVIEW: u32 = 144;

/// What is said when pictures are stored.
#[must_use]
pub fn pictures_added(pictures: usize) -> String {
    match pictures {
        1 => "The picture is added.".to_owned(),
        several => format!("{several} pictures are added."),
    }
}

/// How far the files have got.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sending {
    sent: usize,
    of: usize,
}

/// Files go to a route of their own, not to a server function.
#[component]
pub fn Upload(
    /// The product.
    product: ProductId,
    /// How many more pictures it can have.
    room: usize,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let action = paths::upload_pictures(product);
    let page = use_page();
    let once = page.next_key();
    let refused = page.refused(&action, None);
    let alt = refused
        .as_ref()
        .and_then(|refused| refused.typed("alt").map(ToOwned::to_owned));
    let trouble = RwSignal::new(refused.map(|refused| sentence(&refused.error)));
    let input = NodeRef::<html::Input>::new();
    let words = NodeRef::<html::Input>::new();
    let chosen = RwSignal::new(Vec::<String>::new());
    let sending = RwSignal::new(None::<Sending>);
    let toasts = use_toasts();
    let renewal = use_page().renewal();
    let send = StoredValue::new(action.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let files = files(input);
        if files.len() > room {
            trouble.set(Some(too_many(room)));
            return;
        }
        let alt = words
            .get_untracked()
            .filter(|_| files.len() == 1)
            .map(|input| input.value())
            .unwrap_or_default();
        trouble.set(None);
        let action = send.get_value();
        spawn_local(async move {
            let of = files.len();
            let mut added = 0;
            let mut wrong = Vec::new();
            for (sent, file) in files.iter().enumerate() {
                sending.set(Some(Sending { sent, of }));
                let picture = send_picture::Sending {
                    action: &action,
                    file,
                    alt: &alt,
                    once: &page.next_key(),
                };
                match send_picture(page, picture).await {
                    Ok(_) => added += 1,
                    Err(error) => {
                        renewal.doubt(&error);
                        wrong.push(format!(
                            "“{}” is not added. {}",
                            file.name(),
                            sentence(&error)
                        ));
                    }
                }
            }
            sending.set(None);
            if added > 0 {
                toasts.say(pictures_added(added));
            }
            let wrong = (!wrong.is_empty()).then(|| wrong.join(" "));
            if added == 0 {
                trouble.set(wrong);
                return;
            }
            // The form is built anew with what was added; what went wrong would go with it.
            if let Some(wrong) = wrong {
                toasts.complain(wrong);
            }
            changes.note();
        });
    };
    view! {
        <form
            class="upload"
            method="post"
            action=action
            enctype="multipart/form-data"
            on:submit=submit
            data-testid="picture-upload"
        >
            <PageInputs/>
            <input type="hidden" name="once" value=once/>
            {move || trouble.get().map(|sentence| view! { <Alert tone=Tone::Error test_id="upload-error">{sentence}</Alert> })}
            <label class="upload-drop">
                <Icon icon=icondata_lu::LuImagePlus/>
                <span>"Add pictures"</span>
                <span class="note">{format!("JPEG, PNG or WebP; room for {room}")}</span>
                <input
                    node_ref=input
                    type="file"
                    name="picture"
                    accept="image/jpeg,image/png,image/webp"
                    multiple
                    required
                    on:change=move |_| chosen.set(files(input).iter().map(File::name).collect())
                    data-testid="picture-file"
                />
            </label>
            <Chosen input chosen=chosen.into()/>
            <div class="field" class:hidden=move || chosen.with(|chosen| chosen.len() > 1)>
                <label class="field-label" for="upload-alt">
                    "What it shows" <span class="field-optional">"optional"</span>
                </label>
                <div class="input-box">
                    <input node_ref=words class="input-text" id="upload-alt" name="alt" value=alt data-testid="picture-alt"/>
                </div>
                <p class="field-hint">"For people who do not see it. Several at once are described in the list afterwards."</p>
            </div>
            <Progress sending=sending.into()/>
            <button
                type="submit"
                class="button button-secondary button-small"
                class:is-pending=move || sending.get().is_some()
                disabled=move || sending.get().is_some()
                aria-busy=move || sending.get().map(|_| "true")
                data-testid="picture-send"
            >
                <span class="button-label">"Upload"</span>
                <span class="button-spinner" aria-hidden="true"></span>
            </button>
        </form>
    }
}

/// What was chosen, to look at before it is sent.
#[component]
fn Chosen(input: NodeRef<html::Input>, chosen: Signal<Vec<String>>) -> impl IntoView {
    move || {
        let names = chosen.get();
        let any = !names.is_empty();
        let pictures = names
            .into_iter()
            .enumerate()
            .map(|(at, name)| view! { <Preview input at name/> })
            .collect_view();
        any.then(
            || view! { <ul class="upload-chosen" aria-label="Chosen pictures">{pictures}</ul> },
        )
    }
}

#[component]
fn Preview(input: NodeRef<html::Input>, at: usize, name: String) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    effect(move || {
        if let (Some(canvas), Some(file)) = (canvas.get(), files(input).into_iter().nth(at)) {
            // A picture that can't be drawn keeps its name; the server will say what is wrong with it.
            spawn_local(async move { _ = draw(canvas, file).await });
        }
    });
    view! {
        <li data-testid="picture-chosen">
            <canvas node_ref=canvas width=PREVIEW height=PREVIEW aria-hidden="true"></canvas>
            <span>{name}</span>
        </li>
    }
}

#[component]
fn Progress(sending: Signal<Option<Sending>>) -> impl IntoView {
    let words = move || {
        sending
            .get()
            .map(|Sending { sent, of }| format!("Sending {} of {of}", sent + 1))
    };
    let bar = move || {
        sending.get().map(|Sending { sent, of }| {
            view! { <progress class="progress-bar" max=of value=sent aria-hidden="true"></progress> }
        })
    };
    view! {
        <div class="upload-progress" class:hidden=move || sending.get().is_none()>
            {bar}
            <p class="note" role="status">{words}</p>
        </div>
    }
}

fn too_many(room: usize) -> String {
    format!(
        "A product can have up to {} pictures. Choose at most {room} more.",
        limits::PICTURES,
    )
}

/// What is wrong with the picture or its description, rather than how many fields are.
fn sentence(error: &AppError) -> String {
    let field = error.about("picture").or_else(|| error.about("alt"));
    field.unwrap_or_else(|| error.to_string())
}

/// The files chosen now.
fn files(input: NodeRef<html::Input>) -> Vec<File> {
    input
        .get_untracked()
        .and_then(|input| input.files())
        .map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect())
        .unwrap_or_default()
}

/// Fills the square with the middle of the picture.
async fn draw(canvas: HtmlCanvasElement, file: File) -> Option<()> {
    let bitmap = window().create_image_bitmap_with_blob(&file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(bitmap).await.ok()?.dyn_into().ok()?;
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let side = f64::from(PREVIEW);
    let scale = side / width.min(height).max(1.0);
    let (width, height) = (width * scale, height * scale);
    let (left, top) = ((side - width) / 2.0, (side - height) / 2.0);
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, left, top, width, height)
        .ok()
}
