//! What went wrong, as the browser may know it.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::{CartChange, Clash, FieldError, Shortage};
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
    /// Somebody else changed the same fields since the form was shown: what was typed and what is there now.
    Clash(Vec<Clash>),
    /// A rule says no at this moment; the sentence says why and what to do.
    Conflict(String),
    /// The bank said no to a card; the sentence says why and what to do (C4).
    Declined(String),
    /// Some lines ask for more than is left (C2).
    Shortage(Vec<Shortage>),
    /// What is about to be paid for is not what the page showed (C1).
    Changed(Vec<CartChange>),
    /// Too many attempts.
    TooMany {
        /// Seconds until the next attempt is accepted.
        retry_after: u32,
    },
    /// Too many want the same at once, or it took too long.
    Busy,
    /// The request was not one this market's pages send.
    Unreadable,
    /// More than may be sent; the sentence says how much may.
    TooLarge(String),
    /// No page of this market made the form.
    Forged,
    /// The page is from before its viewer logged in, or from another first visit.
    Stale {
        /// The token to send it with.
        token: String,
    },
    /// The page was made for somebody else than who is signed in now.
    OtherPerson,
    /// A page of this market sent it, but the browser keeps no cookies.
    NoCookies,
    /// The server could not be reached, said by the browser itself.
    Offline,
    /// The page is from another build: the server does not know what it asks for.
    Outdated,
    /// There was an answer, but not one that the page can read, said by the browser itself. Another build may have
    /// given it, or somebody between the browser and the market.
    NotUnderstood,
    /// The database can't be used now, whatever was asked; the sentence says so. It is not known what became of it.
    Unavailable(String),
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
            AppError::Invalid(_) | AppError::Declined(_) => 422,
            AppError::NotFound | AppError::Outdated => 404,
            AppError::SignIn => 401,
            AppError::NeedsStore
            | AppError::Forbidden
            | AppError::Forged
            | AppError::Stale { .. }
            | AppError::OtherPerson
            | AppError::NoCookies => 403,
            AppError::Clash(_)
            | AppError::Conflict(_)
            | AppError::Shortage(_)
            | AppError::Changed(_) => 409,
            AppError::TooMany { .. } => 429,
            AppError::Unreadable => 400,
            AppError::TooLarge(_) => 413,
            AppError::NotUnderstood => 502,
            AppError::Offline | AppError::Unavailable(_) | AppError::Busy => 503,
            AppError::Internal { .. } => 500,
        }
    }

    /// Whether the next attempt may well find it gone.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            AppError::Offline
                | AppError::NotUnderstood
                | AppError::TooMany { .. }
                | AppError::Busy
                | AppError::Internal { .. }
        )
    }

    /// Seconds after which asking again is worth while, when that is all there is to do.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            AppError::TooMany { retry_after } => Some(*retry_after),
            AppError::Busy | AppError::Unavailable(_) => Some(5),
            _ => None,
        }
    }

    /// What is wrong with one field, if anything is.
    #[must_use]
    pub fn about(&self, field: &str) -> Option<String> {
        match self {
            AppError::Invalid(errors) => errors
                .iter()
                .find(|error| error.field == field)
                .map(|error| error.message.clone()),
            AppError::Declined(reason) => (field == "card_number").then(|| reason.clone()),
            _ => None,
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AppError::Invalid(errors) if errors.len() == 1 => f.write_str("Check one field."),
            AppError::Invalid(errors) => write!(f, "Check {} fields.", errors.len()),
            AppError::Declined(_) => {
                f.write_str("The payment did not go through, and nothing was charged.")
            }
            AppError::NotFound => {
                f.write_str("That is not here any more. Go back and choose something else.")
            }
            AppError::SignIn => f.write_str("Log in to go on."),
            AppError::NeedsStore => f.write_str("Open a store of your own to go on."),
            AppError::Forbidden => f.write_str("Your account may not do this."),
            AppError::Clash(_) => f.write_str(
                "Somebody changed the same since you opened this page, so nothing is saved yet. Choose below what stands, then send it again.",
            ),
            AppError::Conflict(sentence)
            | AppError::TooLarge(sentence)
            | AppError::Unavailable(sentence) => f.write_str(sentence),
            AppError::Shortage(_) => f.write_str(
                "Some of these have just been bought. Change the quantities and try again.",
            ),
            AppError::Changed(_) => f.write_str(
                "Your cart or a price changed while you were here. Look at what changed, then pay.",
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
            AppError::Forged => f.write_str(
                "That was not sent by a page of this market. Reload the page and send it again.",
            ),
            AppError::Stale { .. } => f.write_str(
                "This page stood open while something changed, so it was not sent yet. Look it over, then send it \
                 again.",
            ),
            AppError::OtherPerson => f.write_str(
                "Somebody else has logged in on this browser since this page was opened, so it was not sent. Reload \
                 the page to go on.",
            ),
            AppError::NoCookies => f.write_str(
                "Your browser did not send this market's cookie, without which there is no cart and no log-in. Allow \
                 cookies for this site, then send this again.",
            ),
            AppError::Offline => {
                f.write_str("The market can't be reached. Check your connection and try again.")
            }
            AppError::Outdated => f.write_str(
                "The market was updated since you opened this page. Reload it and try again.",
            ),
            AppError::NotUnderstood => {
                f.write_str("The answer could not be read. Reload the page and try again.")
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
            ServerFnErrorErr::Request(_) => AppError::Offline,
            // Whoever reads says so: the browser of an answer, the server of a body.
            ServerFnErrorErr::Deserialization(_) if cfg!(target_arch = "wasm32") => {
                AppError::NotUnderstood
            }
            ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Args(_)
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
