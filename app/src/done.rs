//! What a form's server function answers when it worked.

use model::CartView;
use serde::{Deserialize, Serialize};

/// What happens next on the screen. The same answer works hydrated, where the browser acts on it, and as a
/// plain form post, where the server turns it into a redirect and a sentence on the next page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// A sentence to show, such as "Added to your cart."
    #[serde(default)]
    pub say: Option<String>,
    /// A path of this market to go to; without one the same page is shown again.
    #[serde(default)]
    pub go: Option<String>,
    /// The cart as it is now, for a page that shows it: one answer brings the change and what it led to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<Box<CartView>>,
}

impl Done {
    /// Stay here and say so.
    #[must_use]
    pub fn say(sentence: impl Into<String>) -> Done {
        Done {
            say: Some(sentence.into()),
            ..Done::default()
        }
    }

    /// Go to another page.
    #[must_use]
    pub fn go(path: impl Into<String>) -> Done {
        Done {
            go: Some(path.into()),
            ..Done::default()
        }
    }

    /// Go to another page and say so there.
    #[must_use]
    pub fn and_say(self, sentence: impl Into<String>) -> Done {
        Done {
            say: Some(sentence.into()),
            ..self
        }
    }

    /// Bring the cart as it is now.
    #[must_use]
    pub fn with_cart(self, cart: CartView) -> Done {
        Done {
            cart: Some(Box::new(cart)),
            ..self
        }
    }

    /// Stay here; the page shows by itself what changed.
    #[must_use]
    pub fn quietly() -> Done {
        Done::default()
    }
}

/// Room for a pasted link with every character escaped, on its way through the log-in.
const LONGEST: usize = 8_000;

/// A path of this market out of what a request asked for, else `fallback`: a link to another site must never
/// come out of `?next=`.
#[must_use]
pub fn own_path(asked: Option<&str>, fallback: &str) -> String {
    asked
        .filter(|path| {
            path.starts_with('/')
                && !path.starts_with("//")
                && !path.contains(['\\', '\n', '\r', '\t'])
        })
        .filter(|path| path.len() <= LONGEST)
        .unwrap_or(fallback)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn next_never_leaves_the_market() {
        for foreign in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "evil",
            "/\t/evil.example",
        ] {
            assert_eq!(own_path(Some(foreign), "/"), "/");
        }
        assert_eq!(own_path(Some("/cart?a=1"), "/"), "/cart?a=1");
        assert_eq!(own_path(None, "/account"), "/account");
    }
}
