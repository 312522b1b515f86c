//! The one place where the market's errors become what a browser may know.

use super::request;
use crate::error::AppError;
use market::Error;
use model::FieldError;

impl From<Error> for AppError {
    fn from(error: Error) -> AppError {
        match error {
            busy if busy.is_busy() => AppError::Busy,
            Error::Invalid(errors) => AppError::Invalid(errors),
            Error::NotFound(_) => AppError::NotFound,
            Error::Short(shortages) => AppError::Shortage(shortages),
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
        AppError::Internal { request_id }
    }
}

fn token() -> String {
    super::market()
        .map(|market| market.info().token)
        .unwrap_or_default()
}

fn request_id() -> String {
    request()
        .ok()
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
