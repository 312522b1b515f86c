//! What a page's script is told of a form it sent, and of whatever was refused: first what every build can read, so
//! that a page from before an update still says it, then the rest, for pages of the same build.
//!
//! Others who ask are answered with the same as JSON. Reading JSON is a twelfth of the code a page would load.

use super::packed::{pack, unpack};
use crate::error::{AppError, AppResult};
use serde::{Deserialize, Serialize};

/// An answer to a page's script. Its shape never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Who says it.
    pub build: String,
    /// A sentence for a person.
    pub sentence: Option<String>,
    /// A path to go to.
    pub go: Option<String>,
    /// Packed: the error itself, or what else a success brings. Nothing when the page's build has come to its end.
    pub rest: Vec<u8>,
}

impl Told {
    /// It was refused.
    ///
    /// # Errors
    /// As [`pack`].
    pub fn refused(build: &str, error: &AppError) -> AppResult<Told> {
        let rest = match error {
            AppError::Outdated => Vec::new(),
            error => pack(error)?,
        };
        Ok(Told {
            build: build.to_owned(),
            sentence: Some(error.to_string()),
            go: None,
            rest,
        })
    }

    /// What went wrong, for a page of the build `ours`.
    #[must_use]
    pub fn into_error(self, ours: Option<&str>) -> AppError {
        if self.rest.is_empty() {
            return AppError::Outdated;
        }
        match (self.is_of(ours), self.sentence) {
            (true, _) => unpack(&self.rest).unwrap_or_else(|error| error),
            (false, Some(sentence)) => AppError::Conflict(sentence),
            (false, None) => AppError::Outdated,
        }
    }

    /// Whether a page of the build `ours` can read the rest; one that knows no build believes so.
    #[must_use]
    pub fn is_of(&self, ours: Option<&str>) -> bool {
        ours.is_none_or(|ours| ours == self.build)
    }
}

#[cfg(test)]
mod tests {
    use super::Told;
    use crate::error::AppError;
    use crate::wire::packed::{pack, unpack};

    fn sent(told: &Told) -> Told {
        unpack(&pack(told).unwrap()).unwrap()
    }

    #[test]
    fn a_page_of_the_same_build_reads_everything() {
        let error = AppError::TooMany { retry_after: 7 };
        let told = sent(&Told::refused("one", &error).unwrap());
        assert_eq!(told.clone().into_error(Some("one")), error);
        assert_eq!(told.into_error(None), error);
    }

    #[test]
    fn a_page_of_another_build_says_the_sentence() {
        let error = AppError::Declined("The bank said no.".to_owned());
        let told = sent(&Told::refused("two", &error).unwrap());
        let said = AppError::Conflict(error.to_string());
        assert_eq!(told.into_error(Some("one")), said);
        let told = sent(&Told::refused("two", &AppError::Outdated).unwrap());
        assert_eq!(told.into_error(Some("one")), AppError::Outdated);
    }

    /// Pages of builds long ago still read it.
    #[test]
    fn its_shape_is_what_it_always_was() {
        let told = Told::refused("b", &AppError::Conflict("s".to_owned())).unwrap();
        let packed = pack(&told).unwrap();
        assert_eq!(packed[..5], [1, b'b', 1, 1, b's']);
        assert_eq!(packed[5], 0, "no way to go");
        assert_eq!(usize::from(packed[6]), packed.len() - 7, "the rest");
    }
}
