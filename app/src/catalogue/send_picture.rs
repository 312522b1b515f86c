use crate::error::AppError;
use crate::ui::page_state::PageState;
use crate::ui::send::with_token;
use crate::wire::names::TOKEN_HEADER;
use crate::wire::packed::CONTENT_TYPE;
use crate::wire::reading::answer;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{File, FormData};

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
    // A form of ours can always be written.
    let form = form(picture).map_err(|_| AppError::Unreadable)?;
    let request = <BrowserRequest as ClientReq<AppError>>::try_new_post_multipart(
        picture.action,
        CONTENT_TYPE,
        form.into(),
    )?;
    request.headers().set(TOKEN_HEADER, &token);
    answer(request).await?;
    Ok(())
}

fn form(picture: &Sending<'_>) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    form.append_with_str("once", picture.once)?;
    form.append_with_str("alt", picture.alt)?;
    form.append_with_blob("picture", picture.file)?;
    Ok(form)
}
