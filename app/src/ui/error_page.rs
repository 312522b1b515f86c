use super::button::{ButtonKind, LinkButton};
use super::head::Head;
use crate::error::AppError;
use crate::paths;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A whole page that says what went wrong and where to go from here; it answers with the error's status.
#[component]
pub fn ErrorPage(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server::set_status(error.status());

    let (title, sentence) = match &error {
        AppError::NotFound => (
            "This shelf is empty",
            "The page you are looking for is not here, or not any more.".to_owned(),
        ),
        AppError::SignIn => (
            "Log in to see this page",
            "It belongs to an account.".to_owned(),
        ),
        AppError::NeedsStore => (
            "This page needs a store",
            "Open your own store in a minute; it costs nothing.".to_owned(),
        ),
        AppError::Forbidden => ("This page is not yours", error.to_string()),
        AppError::TooMany { .. } | AppError::Busy => ("A moment, please", error.to_string()),
        AppError::Offline => ("No connection", error.to_string()),
        _ => ("Something broke on our side", error.to_string()),
    };
    let action = match &error {
        AppError::SignIn => {
            let here = use_location().pathname.get_untracked();
            view! { <LinkButton href=paths::log_in_then(&here) test_id="log-in">"Log in"</LinkButton> }.into_any()
        }
        AppError::NeedsStore => {
            view! { <LinkButton href=paths::OPEN_STORE>"Open a store"</LinkButton> }.into_any()
        }
        _ => {
            view! { <LinkButton href=paths::MARKET>"Go to the marketplace"</LinkButton> }.into_any()
        }
    };
    view! {
        <Head title=title robots=false/>
        <section class="error-page" data-testid="error-page" data-status=error.status().to_string()>
            <p class="error-code" aria-hidden="true">{error.status()}</p>
            <h1>{title}</h1>
            <p>{sentence}</p>
            <div class="flex flex-wrap justify-center gap-3 pt-2">
                {action}
                <LinkButton href=paths::HOME kind=ButtonKind::Secondary>"Home"</LinkButton>
            </div>
        </section>
    }
    .into_any()
}

/// The page of an address nobody knows.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <ErrorPage error=AppError::NotFound/> }
}
