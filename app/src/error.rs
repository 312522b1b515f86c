//! What went wrong, as the browser may know it.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::{FieldError, Shortage};
use serde::{Deserialize, Serialize};

/// The one error of every server function. It is a type, so that a page can act on it, and a sentence, so
/// that a person can; it never carries what only the log should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// Some fields of a form are wrong; each says what to do.
    Invalid(Vec<FieldError>),
    /// There is no such thing, or it is somebody else's: both answer alike.
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// The signed-in account has no store yet.
    NeedsStore,
    /// The signed-in account may not do this.
    Forbidden,
    /// A rule says no at this moment; the sentence says why and what to do.
    Conflict(String),
    /// Some lines ask for more than is left (C2).
    Shortage(Vec<Shortage>),
    /// Too many attempts.
    TooMany {
        /// Seconds until the next attempt is accepted.
        retry_after: u32,
    },
    /// Too many want the same at once, or it took too long.
    Busy,
    /// The request was not one this market's pages send.
    Unreadable,
    /// The server could not be reached, said by the browser itself.
    Offline,
    /// A fault of ours. The log has the rest under this request's id.
    Internal {
        /// Empty when there is none.
        request_id: String,
    },
}

/// What a server function gives.
pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    /// One field's mistake.
    #[must_use]
    pub fn field(name: &str, message: &str) -> AppError {
        AppError::Invalid(vec![FieldError::new(name, message)])
    }

    /// The HTTP status this error is answered with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            AppError::Invalid(_) => 422,
            AppError::NotFound => 404,
            AppError::SignIn => 401,
            AppError::NeedsStore | AppError::Forbidden => 403,
            AppError::Conflict(_) | AppError::Shortage(_) => 409,
            AppError::TooMany { .. } => 429,
            AppError::Unreadable => 400,
            AppError::Offline | AppError::Busy => 503,
            AppError::Internal { .. } => 500,
        }
    }

    /// Seconds after which asking again is worth while, when that is all there is to do.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            AppError::TooMany { retry_after } => Some(*retry_after),
            AppError::Busy => Some(5),
            _ => None,
        }
    }

    /// What is wrong with one field, if anything is.
    #[must_use]
    pub fn about(&self, field: &str) -> Option<String> {
        let AppError::Invalid(errors) = self else {
            return None;
        };
        errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.clone())
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AppError::Invalid(errors) if errors.len() == 1 => {
                f.write_str("One field needs another look.")
            }
            AppError::Invalid(errors) => write!(f, "{} fields need another look.", errors.len()),
            AppError::NotFound => {
                f.write_str("That is not here any more. Go back and choose something else.")
            }
            AppError::SignIn => f.write_str("Log in to go on."),
            AppError::NeedsStore => f.write_str("Open a store of your own to go on."),
            AppError::Forbidden => f.write_str("Your account may not do this."),
            AppError::Conflict(sentence) => f.write_str(sentence),
            AppError::Shortage(_) => f.write_str(
                "Some of these have just been bought. Change the quantities and try again.",
            ),
            AppError::TooMany { retry_after } => {
                let minutes = retry_after.div_ceil(60);
                match minutes {
                    0 | 1 => f.write_str("Too many attempts. Try again in a minute."),
                    _ => write!(f, "Too many attempts. Try again in {minutes} minutes."),
                }
            }
            AppError::Busy => f.write_str(
                "Many people are asking for this at the moment. Try again in a few seconds.",
            ),
            AppError::Unreadable => {
                f.write_str("That could not be read. Reload the page and try again.")
            }
            AppError::Offline => {
                f.write_str("The market can't be reached. Check your connection and try again.")
            }
            AppError::Internal { request_id } if request_id.is_empty() => {
                f.write_str("Something broke on our side. Try again in a moment.")
            }
            AppError::Internal { request_id } => {
                write!(
                    f,
                    "Something broke on our side. Try again in a moment, or tell us this number: {request_id}."
                )
            }
        }
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> AppError {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => {
                AppError::Offline
            }
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => AppError::Unreadable,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_) => AppError::Internal {
                request_id: String::new(),
            },
        }
    }
}
