use crate::error::AppError;
use crate::ui::page_state::PageState;
use crate::ui::send::with_token;
use crate::wire::names::TOKEN_HEADER;
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{File, FormData, Headers, RequestInit, Response};
use wasm_bindgen_futures::JsFuture;

/// One picture to be sent.
pub struct Sending<'p> {
    /// Where to.
    pub action: &'p str,
    pub file: &'p File,
    /// What it shows.
    pub alt: &'p str,
    /// Sent twice with the same key it is one picture.
    pub once: &'p str,
}

/// Sends one picture from the browser.
///
/// # Errors
/// What the server says of it; [`AppError::Offline`] when it can't be reached.
pub async fn send_picture(page: PageState, picture: Sending<'_>) -> Result<(), AppError> {
    with_token(page, |token| send(&picture, token)).await
}

async fn send(picture: &Sending<'_>, token: String) -> Result<(), AppError> {
    let answer = post(picture, &token)
        .await
        .map_err(|_unreachable| AppError::Offline)?;
    if answer.ok() {
        return Ok(());
    }
    let text = match answer.text() {
        Ok(text) => JsFuture::from(text)
            .await
            .ok()
            .and_then(|text| text.as_string()),
        Err(_) => None,
    };
    Err(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(AppError::NotUnderstood))
}

async fn post(picture: &Sending<'_>, token: &str) -> Result<Response, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("once", picture.once)?;
    form.append_with_str("alt", picture.alt)?;
    form.append_with_blob("picture", picture.file)?;
    // The server answers people with a page, and scripts with what they can read.
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set(TOKEN_HEADER, token)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&form);
    request.set_headers(&headers);
    let answer = window().fetch_with_str_and_init(picture.action, &request);
    JsFuture::from(answer).await?.dyn_into()
}
