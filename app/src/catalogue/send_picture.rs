use crate::error::AppError;
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{File, FormData, Headers, RequestInit, Response};
use wasm_bindgen_futures::JsFuture;

/// Sends one picture from the browser.
///
/// # Errors
/// What the server says of it; [`AppError::Offline`] when it can't be reached.
pub async fn send_picture(action: &str, file: &File, alt: &str) -> Result<(), AppError> {
    let answer = post(action, file, alt)
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

async fn post(action: &str, file: &File, alt: &str) -> Result<Response, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("alt", alt)?;
    form.append_with_blob("picture", file)?;
    // The server answers people with a page, and scripts with what they can read.
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&form);
    request.set_headers(&headers);
    let answer = window().fetch_with_str_and_init(action, &request);
    JsFuture::from(answer).await?.dyn_into()
}
