//! What a form asks of things that others may change while it stands open.
//!
//! A page sends back, beside each field, what that field showed. What comes back as it was shown is no wish; what was
//! changed is done only while the thing still is what was shown. What a client says it saw is compared, never kept.

use serde::{Deserialize, Serialize};

/// What a form asks of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish<T> {
    /// It came back as it was shown.
    Keep,
    /// Whatever it is now: asked by who has seen nothing, such as a program.
    Set(T),
    /// It was shown as one thing and came back as another.
    Change {
        /// What the page says it showed.
        shown: String,
        /// What was typed, as it was typed.
        typed: String,
        /// What it is to become.
        to: T,
    },
}

impl<T> Wish<T> {
    /// `read` checks what was typed, and is asked only when that is not what was shown.
    pub fn of(shown: &str, typed: &str, read: impl FnOnce() -> T) -> Wish<T> {
        if same(shown, typed) {
            return Wish::Keep;
        }
        Wish::Change {
            shown: shown.to_owned(),
            typed: typed.to_owned(),
            to: read(),
        }
    }

    /// Nothing is asked.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        matches!(self, Wish::Keep)
    }
}

impl<T> From<T> for Wish<T> {
    fn from(to: T) -> Wish<T> {
        Wish::Set(to)
    }
}

/// A browser ends lines in its own way, and spaces at the ends are not kept.
#[must_use]
pub fn same(shown: &str, typed: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    plain(shown) == plain(typed)
}

/// Two changed one field: what was typed here, and what it has become meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The field's name in its form: `title`, `variants[0][price]`.
    pub field: String,
    /// What was typed.
    pub typed: String,
    /// What stands there now, as the field shows it.
    pub now: String,
    /// What the page has shown from now on, to be sent back with what is chosen.
    pub shown: String,
}

/// Decides wishes against what there is now.
#[derive(Debug, Default)]
pub struct Settling {
    clashes: Vec<Clash>,
}

impl Settling {
    /// Nothing decided yet.
    #[must_use]
    pub fn new() -> Settling {
        Settling::default()
    }

    /// What a field becomes that is `now`, and shows as `shows`.
    pub fn field<T>(&mut self, field: &str, wish: Wish<T>, now: T, shows: &str) -> T {
        match wish {
            Wish::Keep => now,
            Wish::Set(to) => to,
            Wish::Change { shown, typed, to } => {
                if same(&shown, shows) || same(&typed, shows) {
                    return to;
                }
                self.clash(field, &typed, shows, shows);
                now
            }
        }
    }

    /// Two changed this field.
    pub fn clash(&mut self, field: &str, typed: &str, now: &str, shown: &str) {
        self.clashes.push(Clash {
            field: field.to_owned(),
            typed: typed.to_owned(),
            now: now.to_owned(),
            shown: shown.to_owned(),
        });
    }

    /// The value, if nobody else changed the same field.
    ///
    /// # Errors
    /// Every field that two have changed; then nothing may be.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<Clash>> {
        if self.clashes.is_empty() {
            Ok(value)
        } else {
            Err(self.clashes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(shown: &str, typed: &str, now: &str) -> Result<String, Vec<Clash>> {
        let mut settling = Settling::new();
        let wish = Wish::of(shown, typed, || typed.to_owned());
        let becomes = settling.field("title", wish, now.to_owned(), now);
        settling.finish(becomes)
    }

    #[test]
    fn what_comes_back_as_it_was_shown_is_no_wish() {
        assert_eq!(settle("Mug", "Mug", "Cup").as_deref(), Ok("Cup"));
        assert_eq!(settle("a\nb", " a\r\nb", "Cup").as_deref(), Ok("Cup"));
    }

    #[test]
    fn what_nobody_else_changed_is_done() {
        assert_eq!(settle("Mug", "Bowl", "Mug").as_deref(), Ok("Bowl"));
        assert_eq!(settle("Mug", "Bowl", "Bowl").as_deref(), Ok("Bowl"));
    }

    #[test]
    fn what_two_changed_is_named_and_not_done() {
        let clash = &settle("Mug", "Bowl", "Cup").unwrap_err()[0];
        assert_eq!((clash.typed.as_str(), clash.now.as_str()), ("Bowl", "Cup"));
        assert!(settle("", "Bowl", "Cup").is_err(), "nothing was shown");
    }
}
