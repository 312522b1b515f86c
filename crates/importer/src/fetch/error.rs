//! What can go wrong on the way to a page, as a person can understand it.

use super::guard::Refusal;
use super::resolver::Refused;
use std::error::Error;
use std::time::Duration;

/// Why there is no answer to work with. Each says what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The link, or where it led, must not be followed. Nothing was asked for.
    #[error(transparent)]
    NotAllowed(#[from] Refusal),
    #[error("There is no website at this address. Check the link for typing mistakes.")]
    UnknownHost,
    #[error("The shop's website can't be reached. Try again later.")]
    Unreachable,
    #[error("The shop's website has no valid certificate, so what it shows can't be trusted.")]
    Insecure,
    #[error("The shop's website took too long to answer. Try again later.")]
    TooSlow,
    #[error("The page is too big to read. Try a link to a single product.")]
    TooBig,
    #[error("The shop's website broke off in the middle of its answer. Try again later.")]
    BrokenOff,
    #[error(
        "The page sends visitors from one address to the next without end. Open it in a browser and copy the address it ends at."
    )]
    TooManyRedirects,
    #[error(
        "There is no page at this address any more. Check that the link still opens in a browser."
    )]
    Gone,
    /// Status 401, 403, 407 or 451.
    #[error("The shop does not let us read this page. Fill in the product by hand instead.")]
    Blocked,
    /// Status 429, or 503 with `Retry-After`.
    #[error("The shop asks us to wait before reading more of its pages. Try again later.")]
    Busy { wait: Option<Duration> },
    #[error("The shop's website has a problem of its own (status {status}). Try again later.")]
    Failed { status: u16 },
    /// The media type of what came instead.
    #[error("This link leads to a file ({kind}), not to a page.")]
    NotAPage { kind: String },
    #[error("This link leads to something else than a picture ({kind}).")]
    NotAPicture { kind: String },
    /// The fetcher itself could not be set up.
    #[error("Links can't be read at the moment. Try again later.")]
    Unavailable,
}

impl FetchError {
    /// Whether the same request may well succeed later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::UnknownHost
                | Self::Unreachable
                | Self::TooSlow
                | Self::BrokenOff
                | Self::Busy { .. }
                | Self::Failed { .. }
                | Self::Unavailable
        )
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if let Some(Refused(refusal)) = cause(&error) {
            return Self::NotAllowed(*refusal);
        }
        if error.is_timeout() {
            return Self::TooSlow;
        }
        if error.is_dns() {
            return Self::UnknownHost;
        }
        if cause::<rustls::Error>(&error).is_some() {
            return Self::Insecure;
        }
        if error.is_connect() {
            return Self::Unreachable;
        }
        Self::BrokenOff
    }
}

/// The first error of type `E` among `error`'s causes.
fn cause<E: Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    std::iter::successors(error.source(), |error| below(*error))
        .find_map(|error| error.downcast_ref())
}

/// The error that another one is about. I/O errors leave out the one they wrap when asked for their source.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let Some(error) = error.downcast_ref::<std::io::Error>() else {
        return error.source();
    };
    let inner: &(dyn Error + 'static) = error.get_ref()?;
    Some(inner)
}
