//! Sending in the browser: every post of a page's script goes through here, and so with the page's token.

use super::page_state::PageState;
use crate::done::Done;
use crate::error::{AppError, AppResult};
use crate::prelude::*;
use crate::wire::names::TOKEN_HEADER;
use crate::wire::packed::{CONTENT_TYPE, unpack};
use crate::wire::reading::{answer, build_of_page};
use crate::wire::told::Told;
use leptos::ev::SubmitEvent;
use leptos::server_fn::ContentType;
use leptos::server_fn::codec::PostUrl;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::request::browser::BrowserRequest;
use leptos::task::spawn_local;
use std::future::Future;

/// What was sent to one server function, and what it answered.
#[derive(Clone, Copy)]
pub(super) struct Sending {
    path: &'static str,
    answer: RwSignal<Option<AppResult<Done>>>,
    under_way: RwSignal<u32>,
    last: StoredValue<u32>,
}

impl Sending {
    pub fn to(path: &'static str) -> Sending {
        Sending {
            path,
            answer: RwSignal::new(None),
            under_way: RwSignal::new(0),
            last: StoredValue::new(0),
        }
    }

    /// Where it is sent to.
    pub fn path(self) -> &'static str {
        self.path
    }

    /// The last answer.
    pub fn answer(self) -> Signal<Option<AppResult<Done>>> {
        self.answer.into()
    }

    /// Whether an answer is awaited.
    pub fn is_under_way(self) -> Signal<bool> {
        let under_way = self.under_way;
        Signal::derive(move || under_way.get() > 0)
    }

    /// What could not even be sent.
    pub fn fail(self, error: AppError) {
        self.answer.set(Some(Err(error)));
    }

    /// Sends what was typed. Of several answers that of what was sent last counts, and none when the page has gone.
    pub fn send(self, page: PageState, typed: String) {
        let number = self.last.get_value().wrapping_add(1);
        self.last.set_value(number);
        self.under_way
            .update(|count| *count = count.saturating_add(1));
        spawn_local(async move {
            let answer =
                with_token(page, |token| post(page, self.path, typed.clone(), token)).await;
            if self.last.try_get_value() == Some(number) {
                self.answer.try_set(Some(answer));
            }
            self.under_way
                .try_update(|count| *count = count.saturating_sub(1));
        });
    }
}

/// What a form holds when it is sent, as a browser without scripts would write it.
pub(super) fn typed_in(event: &SubmitEvent) -> Option<String> {
    use leptos::wasm_bindgen::JsCast;
    use leptos::web_sys::{FormData, HtmlFormElement, UrlSearchParams};
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let fields = FormData::new_with_form(&form).ok()?;
    // The button that was pressed says which it was.
    if let Some(button) = event.submitter()
        && let Some(name) = button.get_attribute("name").filter(|name| !name.is_empty())
    {
        let value = button.get_attribute("value").unwrap_or_default();
        fields.append_with_str(&name, &value).ok()?;
    }
    let typed = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(typed.to_string().into())
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

async fn post(page: PageState, path: &str, typed: String, token: String) -> AppResult<Done> {
    let request = <BrowserRequest as ClientReq<AppError>>::try_new_post(
        path,
        PostUrl::CONTENT_TYPE,
        CONTENT_TYPE,
        typed,
    )?;
    request.headers().set(TOKEN_HEADER, &token);
    let told: Told = unpack(&answer(request).await?)?;
    let ours = build_of_page();
    if told.go.is_none() && !told.is_of(ours.as_deref()) {
        // It is done, but this page can't show what came of it.
        page.renewal().doubt(&AppError::Outdated);
    }
    Ok(Done::heard(told, ours.as_deref()))
}
