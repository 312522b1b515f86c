//! What an answer leaves for the page it leads to: a sentence; or the posted values and the error of a form that was
//! refused, which that page shows again.

use super::packed::{pack, read_text, to_text};
use crate::error::AppError;
use serde::{Deserialize, Serialize};

/// What one page shows of the answer before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// A sentence for the toast.
    pub say: Option<Said>,
    /// The form that was refused.
    pub refused: Option<Refused>,
    /// The form of another page that waits for a log-in.
    pub kept: Option<Kept>,
}

/// A form that was sent after its sender's session had ended. The log-in's form carries it there and back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The path of the page the form stands on.
    pub page: String,
    /// What was typed.
    pub refused: Refused,
}

impl Kept {
    /// As the value of an input: where it stands and what was typed. Why it was not sent is known.
    #[must_use]
    pub fn as_input(&self) -> String {
        let Refused { action, values, .. } = &self.refused;
        // Texts can always be packed.
        to_text(&pack(&(&self.page, action, values)).unwrap_or_default())
    }

    /// What an input brings back; nothing when it is none of ours.
    #[must_use]
    pub fn from_input(value: &str) -> Option<Kept> {
        let (page, action, values) = read_text(value).ok()?;
        let error = AppError::SignIn;
        Some(Kept {
            page,
            refused: Refused {
                action,
                values,
                error,
            },
        })
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

/// A form that was refused, as a browser without JavaScript sent it.
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
    use super::{Kept, Refused, may_keep};
    use crate::error::AppError;

    #[test]
    fn what_was_typed_comes_back_from_the_log_in() {
        let kept = Kept {
            page: "/dashboard/products/7".to_owned(),
            refused: Refused {
                action: "/api/save_product1".to_owned(),
                values: vec![("form[title]".to_owned(), "Größe <b> \n & Co".to_owned())],
                error: AppError::SignIn,
            },
        };
        assert_eq!(Kept::from_input(&kept.as_input()), Some(kept));
        assert_eq!(Kept::from_input("{\"page\":\"/\"}"), None);
    }

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
