//! What one answer leaves for the next page: the posted values and the error of a form that was refused, or
//! a sentence to show. It is kept in the session for exactly one page.

use crate::error::AppError;
use serde::{Deserialize, Serialize};

/// One page's worth of memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The path of the page it is for; no other page takes it.
    pub page: String,
    /// A sentence for the toast.
    pub say: Option<Said>,
    /// The form that was refused.
    pub refused: Option<Refused>,
}

impl Flash {
    /// For the page at this path, with or without a query.
    #[must_use]
    pub fn on(way: &str, say: Option<Said>, refused: Option<Refused>) -> Flash {
        let page = way.split(['?', '#']).next().unwrap_or_default().to_owned();
        Flash { page, say, refused }
    }

    /// Nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.say.is_none() && self.refused.is_none()
    }
}

/// A sentence for a toast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The sentence.
    pub sentence: String,
    /// Whether it says that something worked.
    pub worked: bool,
}

impl Said {
    /// Something worked.
    #[must_use]
    pub fn done(sentence: String) -> Said {
        Said {
            sentence,
            worked: true,
        }
    }

    /// Something did not.
    #[must_use]
    pub fn failed(sentence: String) -> Said {
        Said {
            sentence,
            worked: false,
        }
    }
}

/// A plain form post that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The server function's path, which is the form's `action`.
    pub action: String,
    /// What was typed, by input name; secrets are never kept.
    pub values: Vec<(String, String)>,
    /// Why.
    pub error: AppError,
}

impl Refused {
    /// What was typed into one input.
    #[must_use]
    pub fn typed(&self, input: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(name, _)| name == input)
            .map(|(_, value)| value.as_str())
    }
}

/// Whether an input's value may be kept until the next page: passwords and card details never are.
#[must_use]
pub fn may_keep(input: &str) -> bool {
    !["password", "card", "cvc", "secret"]
        .iter()
        .any(|word| input.contains(word))
}

#[cfg(test)]
mod tests {
    use super::may_keep;

    #[test]
    fn secrets_are_not_kept() {
        for secret in [
            "form[password]",
            "form[card_number]",
            "form[card][cvc]",
            "form[new_password]",
        ] {
            assert!(!may_keep(secret));
        }
        assert!(may_keep("form[email]"));
    }
}
