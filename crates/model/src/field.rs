//! What can be wrong with something a person typed, and the limits on every string from outside.

use crate::amount::{AmountError, read_whole};
use crate::email::{is_plain, normal_email};
use crate::text::{can_be_seen, clean, clean_prose};
use serde::{Deserialize, Serialize};

/// One thing that is wrong with one field, as a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in its form: `email`, `variants[0][price]`.
    pub field: String,
    /// A sentence for the person who typed it.
    pub message: String,
}

impl FieldError {
    /// A sentence about a field.
    #[must_use]
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> FieldError {
        FieldError {
            field: field.into(),
            message: message.into(),
        }
    }
}

/// The longest each kind of text may be, in characters.
pub mod limits {
    /// A person's or a store's name.
    pub const NAME: usize = 60;
    /// An e-mail address (RFC 5321's limit on a path).
    pub const EMAIL: usize = 254;
    /// The shortest password.
    pub const PASSWORD_MIN: usize = 8;
    /// The longest password; hashing cost does not depend on it, memory does.
    pub const PASSWORD_MAX: usize = 128;
    /// A store's one-line promise.
    pub const TAGLINE: usize = 80;
    /// A store's own story.
    pub const ABOUT: usize = 1_000;
    /// A store's or product's part of a web address.
    pub const SLUG: usize = 80;
    /// A product's title.
    pub const TITLE: usize = 90;
    /// A product's description.
    pub const DESCRIPTION: usize = 5_000;
    /// A variant's name.
    pub const VARIANT: usize = 40;
    /// A maker's own article number.
    pub const SKU: usize = 40;
    /// Variants of one product.
    pub const VARIANTS: usize = 30;
    /// Pictures of one product.
    pub const PICTURES: usize = 8;
    /// A picture's description for people who do not see it.
    pub const ALT: usize = 140;
    /// Units of one variant in stock.
    pub const STOCK: i64 = 1_000_000;
    /// Units ever put into one variant's stock.
    pub const RECEIVED: i64 = 1_000_000_000_000;
    /// The largest price, rate or other single amount, in minor units.
    pub const AMOUNT: i64 = 1_000_000_000;
    /// Units on one cart line.
    pub const CART_UNITS: i64 = 99;
    /// Lines in one cart.
    pub const CART_LINES: u64 = 60;
    /// Products that an open page is told of.
    pub const WATCHED: usize = 100;
    /// A search text.
    pub const SEARCH: usize = 100;
    /// A pasted link.
    pub const LINK: usize = 2_000;
    /// One line of an address.
    pub const ADDRESS: usize = 100;
    /// A carrier's tracking number.
    pub const TRACKING: usize = 80;
    /// A short note or reason.
    pub const NOTE: usize = 200;
}

/// Collects what is wrong while a form is read, so that every field is told at once.
#[derive(Debug, Default)]
pub struct Checker {
    errors: Vec<FieldError>,
}

impl Checker {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new() -> Checker {
        Checker::default()
    }

    /// Notes that `field` is wrong.
    pub fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.errors.push(FieldError::new(field, message));
    }

    /// A line of text that must be there and be seen, [cleaned](clean), of at most `max` characters.
    pub fn required(&mut self, field: &str, text: &str, max: usize, ask: &str) -> String {
        let text = self.optional(field, text, max);
        if !can_be_seen(&text) {
            self.refuse(field, ask);
        }
        text
    }

    /// A line of text that may be missing, [cleaned](clean), of at most `max` characters.
    pub fn optional(&mut self, field: &str, text: &str, max: usize) -> String {
        self.no_longer_than(field, clean(text), max)
    }

    /// Text of several lines that may be missing, [cleaned](clean_prose), of at most `max` characters.
    pub fn prose(&mut self, field: &str, text: &str, max: usize) -> String {
        self.no_longer_than(field, clean_prose(text), max)
    }

    fn no_longer_than(&mut self, field: &str, text: String, max: usize) -> String {
        let length = text.chars().count();
        if length > max {
            self.refuse(
                field,
                format!("Keep this to {max} characters; it has {length}."),
            );
        }
        text
    }

    /// A whole number between two bounds.
    pub fn whole(&mut self, field: &str, text: &str, min: i64, max: i64) -> i64 {
        match read_whole(text) {
            Ok(n) if (min..=max).contains(&n) => n,
            Err(question @ AmountError::TwoReadings { .. }) => {
                self.refuse(field, question.to_string());
                min
            }
            _ => {
                self.refuse(field, format!("Enter a whole number from {min} to {max}."));
                min
            }
        }
    }

    /// One of a fixed list of words.
    pub fn word<T: std::str::FromStr>(&mut self, field: &str, text: &str, ask: &str) -> Option<T> {
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(field, ask);
        }
        value
    }

    /// An amount, or the sentence that says what is wrong with it.
    pub fn amount<T: Default, E: std::fmt::Display>(
        &mut self,
        field: &str,
        read: Result<T, E>,
    ) -> T {
        read.unwrap_or_else(|error| {
            self.refuse(field, error.to_string());
            T::default()
        })
    }

    /// One plain e-mail address, in its [normal form](normal_email).
    pub fn email(&mut self, field: &str, text: &str) -> String {
        let email =
            normal_email(&self.required(field, text, limits::EMAIL, "Enter your e-mail address."));
        if !email.is_empty() && !is_plain(&email) {
            self.refuse(field, "Enter one e-mail address, such as name@example.com.");
        }
        email
    }

    /// The value if nothing was wrong, else everything that was.
    ///
    /// # Errors
    /// Everything that was refused, in the order it was found.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() {
            Ok(value)
        } else {
            Err(self.errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_and_nothing_is_cut() {
        let mut check = Checker::new();
        let long = "字".repeat(91);
        assert_eq!(check.optional("title", &long, 90), long);
        assert_eq!(
            check.optional("whole", &"e\u{301}".repeat(90), 90),
            "é".repeat(90)
        );
        let errors = check.finish(()).unwrap_err();
        assert_eq!(
            errors,
            [FieldError::new(
                "title",
                "Keep this to 90 characters; it has 91."
            )]
        );
    }

    #[test]
    fn a_name_that_nobody_sees_is_none() {
        for name in ["\u{2060}", "\u{3164}", "\u{200b} \u{2800}"] {
            let mut check = Checker::new();
            check.required("name", name, 60, "Enter a name.");
            assert!(check.finish(()).is_err(), "{name:?}");
        }
    }

    #[test]
    fn half_a_thing_and_a_thousand_of_them_are_not_guessed() {
        for (text, told) in [
            ("1,5", "Enter a whole number from 1 to 99."),
            ("1.5", "Enter a whole number from 1 to 99."),
            ("1,000", "Is this 1,000 or 1? Write 1000 or 1."),
        ] {
            let mut check = Checker::new();
            check.whole("units", text, 1, 99);
            assert_eq!(check.finish(()).unwrap_err()[0].message, told);
        }
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let mut check = Checker::new();
        check.required("name", " \u{202e} ", 5, "Enter a name.");
        check.optional("note", "too long", 3);
        check.email("email", "nobody@nowhere");
        let errors = check.finish(()).unwrap_err();
        assert_eq!(
            errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(),
            ["name", "note", "email"]
        );
    }
}
