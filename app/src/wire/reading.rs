//! How pages read: the question in the address, the answer packed.

use super::packed::{CONTENT_TYPE, pack, unpack};
use super::told::Told;
use crate::error::{AppError, AppResult};
use crate::wire::names::BUILD_HEADER;
use http::Method;
use leptos::prelude::document;
use leptos::server_fn::client::Client;
use leptos::server_fn::client::browser::BrowserClient;
use leptos::server_fn::codec::{Encoding, FromReq, GetUrl, IntoReq};
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::server_fn::response::{ClientRes, TryRes};
use leptos::server_fn::server::Server;
use leptos::server_fn::{Bytes, Protocol};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;

/// The protocol of a server function that a page reads by. What is told apart by type is only the question and what
/// is made of the answer's bytes; the rest is compiled once.
#[derive(Debug)]
pub struct Reading;

impl<Input, Output, C, S> Protocol<Input, Output, C, S, AppError> for Reading
where
    Input: IntoReq<GetUrl, BrowserRequest, AppError> + FromReq<GetUrl, S::Request, AppError> + Send,
    Output: Serialize + DeserializeOwned + Send,
    C: Client<AppError>,
    S: Server<AppError>,
{
    const METHOD: Method = GetUrl::METHOD;

    async fn run_server<F, Fut>(request: S::Request, server_fn: F) -> AppResult<S::Response>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = AppResult<Output>> + Send,
    {
        let input = Input::from_req(request).await?;
        let output = server_fn(input).await?;
        S::Response::try_from_bytes(CONTENT_TYPE, pack(&output)?.into())
    }

    async fn run_client(path: &str, input: Input) -> AppResult<Output> {
        unpack(&answer_of_this_build(input.into_req(path, CONTENT_TYPE)?).await?)
    }
}

/// The answer has to be of the page's own build: packed values of another could be read as something else.
async fn answer_of_this_build(request: BrowserRequest) -> AppResult<Bytes> {
    if let Some(build) = build_of_page() {
        request.headers().set(BUILD_HEADER, &build);
    }
    answer(request).await
}

/// What the server says, in bytes.
///
/// # Errors
/// What it says is wrong; [`AppError::Offline`] when it can't be reached.
pub(crate) async fn answer(request: BrowserRequest) -> AppResult<Bytes> {
    let response = <BrowserClient as Client<AppError>>::send(request).await?;
    let status = ClientRes::<AppError>::status(&response);
    let body = ClientRes::<AppError>::try_into_bytes(response).await?;
    match status {
        400..=599 => Err(unpack::<Told>(&body)?.into_error(build_of_page().as_deref())),
        _ => Ok(body),
    }
}

/// The build the page came from; nothing on the server.
#[must_use]
pub fn build_of_page() -> Option<String> {
    if cfg!(feature = "ssr") {
        return None;
    }
    document().document_element()?.get_attribute("data-build")
}
