use super::button::{ButtonKind, LinkButton};
use super::head::Head;
use super::icon::Icon;
use super::page_state::use_page;
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::effect::effect;
use leptos_router::hooks::use_location;

/// A whole page that says what went wrong and where to go from here; it answers with the error's status.
#[component]
pub fn ErrorPage(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server::set_status(error.status());

    let (renewal, doubtful) = (use_page().renewal(), error.clone());
    effect(move || renewal.doubt(&doubtful));

    // In plain words; the number is for programs.
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
        AppError::Outdated => ("The market was updated", error.to_string()),
        AppError::NotUnderstood => ("That did not arrive", error.to_string()),
        AppError::Unavailable(sentence) => ("Not at the moment", sentence.clone()),
        _ => ("Something broke on our side", error.to_string()),
    };
    let action = match &error {
        AppError::SignIn => {
            let here = use_location().pathname.get_untracked();
            view! { <LinkButton href=paths::log_in_then(&here) test_id="log-in">"Log in"</LinkButton> }
        }
        AppError::Outdated | AppError::NotUnderstood => {
            // The browser's own way there, not the router's.
            let here = use_location().pathname.get_untracked();
            view! { <a class="button button-primary" href=here rel="external" data-testid="load-again">"Load it again"</a> }
        }
        AppError::NeedsStore => {
            view! { <LinkButton href=paths::OPEN_STORE>"Open a store"</LinkButton> }
        }
        // Every error that is not about the address itself may be over by the next try.
        AppError::TooMany { .. } | AppError::Offline | AppError::Internal { .. } => {
            let location = use_location();
            let (path, search) = (
                location.pathname.get_untracked(),
                location.search.get_untracked(),
            );
            let here = if search.is_empty() {
                path
            } else {
                format!("{path}?{search}")
            };
            // Not a step of the router: the page is to be loaded anew.
            view! {
                <a class=ButtonKind::Primary.class() href=here rel="external" data-testid="try-again">
                    <span class="button-label">"Try again"</span>
                </a>
            }
        }
        _ => {
            view! { <LinkButton href=paths::MARKET>"Go to the marketplace"</LinkButton> }
        }
    };
    view! {
        <Head title=title robots=false/>
        <section class="error-page" data-testid="error-page" data-status=error.status().to_string()>
            <span class="empty-icon" aria-hidden="true"><Icon icon=icon_of(&error)/></span>
            <h1>{title}</h1>
            <p>{sentence}</p>
            <div class="error-page-actions">
                {action}
                <LinkButton href=paths::HOME kind=ButtonKind::Secondary>"Home"</LinkButton>
            </div>
        </section>
    }
}

/// A picture of what went wrong.
fn icon_of(error: &AppError) -> icondata_core::Icon {
    match error {
        AppError::NotFound => icondata_lu::LuSearchX,
        AppError::SignIn | AppError::Forbidden => icondata_lu::LuLock,
        AppError::NeedsStore => icondata_lu::LuStore,
        AppError::TooMany { .. } => icondata_lu::LuHourglass,
        AppError::Offline => icondata_lu::LuWifiOff,
        _ => icondata_lu::LuTriangleAlert,
    }
}

/// The page of an address nobody knows.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <ErrorPage error=AppError::NotFound/> }
}
