//! Sending in the browser: every post of a page's script goes through here, and so with the page's token.

use super::form::{FormFn, TOKEN_HEADER};
use super::page_state::PageState;
use crate::done::Done;
use crate::error::{AppError, AppResult};
use leptos::server_fn::ContentType;
use leptos::server_fn::client::Client;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::codec::{FromRes, IntoReq, Json, PostUrl};
use leptos::server_fn::error::FromServerFnError;
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::server_fn::response::ClientRes;
use leptos::server_fn::response::browser::BrowserResponse;
use std::future::Future;

/// Sends a form.
///
/// # Errors
/// What the server says of it; [`AppError::Offline`] when it can't be reached.
pub(super) async fn send_form<S: FormFn>(page: PageState, input: S) -> AppResult<Done> {
    with_token(page, |token| post(input.clone(), token)).await
}

/// Sends with the page's token. A page from before its viewer logged in is given another one and sends at once
/// again: only a script of ours can read it.
pub(crate) async fn with_token<T, F>(
    page: PageState,
    send: impl Fn(String) -> F,
) -> Result<T, AppError>
where
    F: Future<Output = Result<T, AppError>>,
{
    match send(page.form_token()).await {
        Err(AppError::Stale { token }) => {
            page.set_form_token(token.clone());
            send(token).await
        }
        answer => answer,
    }
}

async fn post<S: FormFn>(input: S, token: String) -> AppResult<Done> {
    let request: BrowserRequest =
        IntoReq::<PostUrl, BrowserRequest, AppError>::into_req(input, S::PATH, Json::CONTENT_TYPE)?;
    request.headers().set(TOKEN_HEADER, &token);
    let response: BrowserResponse = <BrowserClient as Client<AppError>>::send(request).await?;
    if (400..=599).contains(&ClientRes::<AppError>::status(&response)) {
        let body = ClientRes::<AppError>::try_into_bytes(response).await?;
        return Err(AppError::de(body));
    }
    <Done as FromRes<Json, BrowserResponse, AppError>>::from_res(response).await
}
