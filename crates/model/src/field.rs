//! What can be wrong with something a person typed, and the limits on every string from outside.

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

    /// A text that must be there: trimmed, without control characters, at most `max` characters.
    pub fn required(&mut self, field: &str, text: &str, max: usize, ask: &str) -> String {
        let text = self.optional(field, text, max);
        if text.is_empty() {
            self.refuse(field, ask);
        }
        text
    }

    /// A text that may be missing: trimmed, without control characters, at most `max` characters.
    pub fn optional(&mut self, field: &str, text: &str, max: usize) -> String {
        let text: String = text
            .replace("\r\n", "\n")
            .chars()
            .filter(|c| *c == '\n' || !is_invisible(*c))
            .collect::<String>()
            .trim()
            .to_owned();
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
        let bare: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        match bare.parse::<i64>() {
            Ok(n) if (min..=max).contains(&n) => n,
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

    /// An e-mail address that could exist, lower-cased.
    pub fn email(&mut self, field: &str, text: &str) -> String {
        let email = self
            .required(field, text, limits::EMAIL, "Enter your e-mail address.")
            .to_lowercase();
        if !email.is_empty() && !looks_like_email(&email) {
            self.refuse(
                field,
                "Enter a whole e-mail address, such as name@example.com.",
            );
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

/// Control and text-direction characters can make a title read as something it is not.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn looks_like_email(email: &str) -> bool {
    let Some((name, host)) = email.rsplit_once('@') else {
        return false;
    };
    let labels = host.split('.').collect::<Vec<_>>();
    !name.is_empty()
        && labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && !email.contains(char::is_whitespace)
}

/// Turns a name into its part of a web address: `Kiln & Clay` → `kiln-and-clay`. Empty when nothing is left.
#[must_use]
pub fn slugify(name: &str) -> String {
    let mut slug = String::new();
    for c in name.replace('&', " and ").to_lowercase().chars() {
        match plain_letter(c) {
            "" if c.is_ascii_alphanumeric() => slug.push(c),
            "" if matches!(c, '\'' | '’') => {}
            "" if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            letters => slug.push_str(letters),
        }
    }
    slug.truncate(limits::SLUG);
    slug.trim_matches('-').to_owned()
}

fn plain_letter(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ł' => "l",
        'ñ' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ö' | 'œ' => "oe",
        'š' | 'ś' => "s",
        'ß' => "ss",
        'ù' | 'ú' | 'û' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ž' | 'ź' | 'ż' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        for (name, slug) in [
            ("Kiln & Clay", "kiln-and-clay"),
            ("  Café Müller's  ", "cafe-muellers"),
            ("--A  B--", "a-b"),
            ("日本", ""),
        ] {
            assert_eq!(slugify(name), slug);
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
