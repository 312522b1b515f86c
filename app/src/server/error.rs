//! The one place where the market's errors become what a browser may know.

use crate::error::AppError;
use axum::http::request::Parts;
use leptos::prelude::use_context;
use market::{Error, Market, Unavailable};
use model::FieldError;
use tower_sessions::session_store;

impl From<Error> for AppError {
    fn from(error: Error) -> AppError {
        match error {
            busy if busy.is_busy() => AppError::Busy,
            Error::Invalid(errors) => AppError::Invalid(errors),
            Error::Clash(clashes) => AppError::Clash(clashes),
            Error::NotFound(_) => AppError::NotFound,
            Error::Short(shortages) => AppError::Shortage(shortages),
            Error::Changed(changes) => AppError::Changed(changes),
            Error::Refused(market::Refusal::NoStore) => AppError::NeedsStore,
            Error::Refused(market::Refusal::TooManyTries { seconds }) => AppError::TooMany {
                retry_after: seconds,
            },
            Error::Refused(refusal) => {
                let sentence = refusal.sentence(&token());
                match refusal.field() {
                    Some(field) => AppError::field(field, &sentence),
                    None => AppError::Conflict(sentence),
                }
            }
            Error::KeyReused(_) => AppError::Conflict(
                "This page was sent before with something else in it. Reload it and try again."
                    .to_owned(),
            ),
            Error::Unavailable(why) => {
                tracing::error!(%why, request_id = request_id(), "a request could not be carried out");
                AppError::Unavailable(why.sentence().to_owned())
            }
            fault => {
                let request_id = request_id();
                tracing::error!(error = %fault, request_id, "a request failed");
                AppError::Internal { request_id }
            }
        }
    }
}

impl From<Vec<FieldError>> for AppError {
    fn from(errors: Vec<FieldError>) -> AppError {
        AppError::Invalid(errors)
    }
}

impl From<tower_sessions::session::Error> for AppError {
    fn from(error: tower_sessions::session::Error) -> AppError {
        let request_id = request_id();
        tracing::error!(%error, request_id, "a session could not be read or written");
        match error {
            // Sessions are kept in the database.
            tower_sessions::session::Error::Store(session_store::Error::Backend(reason)) => {
                let away = Unavailable::Away(reason);
                AppError::Unavailable(away.sentence().to_owned())
            }
            _ => AppError::Internal { request_id },
        }
    }
}

/// An upload is refused outside of a page's context; what it says there speaks of no token.
fn token() -> String {
    use_context::<Market>()
        .map(|market| market.info().token)
        .unwrap_or_default()
}

fn request_id() -> String {
    use_context::<Parts>()
        .and_then(|request| {
            Some(
                request
                    .headers
                    .get("x-request-id")?
                    .to_str()
                    .ok()?
                    .to_owned(),
            )
        })
        .unwrap_or_default()
}
