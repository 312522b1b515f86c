//! Why something could not be done, in a sentence.

use std::fmt::{self, Display};

/// What went wrong and, where that is known, what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns the errors of the standard library into a [`Failure`] that says what was being attempted.
pub trait While<T> {
    /// `attempt` completes the sentence "Failed to …".
    fn while_(self, attempt: impl Display) -> Outcome<T>;
}

impl<T, E: Display> While<T> for Result<T, E> {
    fn while_(self, attempt: impl Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("Failed to {attempt}: {error}")))
    }
}
