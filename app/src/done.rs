//! What a form's server function answers when it worked.

use crate::error::AppResult;
use crate::wire::packed::{Carried, pack, unpack};
use crate::wire::told::Told;
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
    #[serde(default)]
    pub cart: Option<Carried<CartView>>,
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
    pub fn with_cart(self, cart: &CartView) -> Done {
        Done {
            cart: Carried::of(cart).ok(),
            ..self
        }
    }

    /// As the server of the build `build` tells a page's script.
    ///
    /// # Errors
    /// As [`pack`].
    pub fn tell(self, build: &str) -> AppResult<Told> {
        Ok(Told {
            build: build.to_owned(),
            sentence: self.say,
            go: self.go,
            rest: pack(&self.cart)?,
        })
    }

    /// As a page of the build `ours` hears it.
    #[must_use]
    pub fn heard(told: Told, ours: Option<&str>) -> Done {
        let cart = match told.is_of(ours) {
            true => unpack(&told.rest).unwrap_or_default(),
            false => None,
        };
        Done {
            say: told.sentence,
            go: told.go,
            cart,
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
    use super::{Done, own_path};
    use crate::wire::packed::Carried;
    use model::CartView;

    #[test]
    fn a_page_of_another_build_goes_on_without_the_cart() {
        let cart = CartView::default();
        let done = Done::go("/cart").and_say("Done.").with_cart(&cart);
        let heard = |by: &str| Done::heard(done.clone().tell("one").unwrap(), Some(by));
        assert_eq!(heard("one"), done);
        let same = heard("one").cart.as_ref().map(Carried::read);
        assert_eq!(same, Some(Ok(cart.clone())));
        let without = Done {
            cart: None,
            ..done.clone()
        };
        assert_eq!(heard("two"), without);
    }

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
