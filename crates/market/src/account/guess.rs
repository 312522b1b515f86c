//! Passwords that are tried first: those that many people have, keys in a row, dates, and what is known of a person.

use crate::{Refusal, Result};
use model::fold;
use zxcvbn::zxcvbn;

/// What a program that knows the common ones needs fewer guesses for is no secret: as many are made against one
/// account, slowly and from many addresses, before anybody notices.
const FEWEST_GUESSES: u64 = 1_000_000;

/// Beyond these letters a password is no easier to guess, and the estimate takes time by length.
const LETTERS: usize = 64;

/// `about` is what anybody may know of the account: its e-mail address, a name, a store's name.
///
/// # Errors
/// [`Refusal::CommonPassword`] when the password is guessed soon.
pub(super) fn refuse_easy(password: &str, about: &[&str]) -> Result<()> {
    let mut known: Vec<String> = about
        .iter()
        .flat_map(|text| {
            [*text]
                .into_iter()
                .chain(text.split(|c: char| !c.is_alphanumeric()))
        })
        .chain(["shelfshare"])
        .map(fold)
        .filter(|text| text.chars().count() >= 3)
        .collect();
    known.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let start: String = password.chars().take(LETTERS).collect();
    let words: Vec<&str> = known.iter().map(String::as_str).collect();
    if zxcvbn(&start, &words).guesses() < FEWEST_GUESSES || is_made_of(&fold(&start), &words) {
        return Err(Refusal::CommonPassword.into());
    }
    Ok(())
}

/// Whether next to nothing is left of a password without what is known, figures and signs: `holm-mara-2024`.
fn is_made_of(password: &str, known: &[&str]) -> bool {
    const LITTLE: usize = 4;
    let rest = known
        .iter()
        .fold(password.to_owned(), |rest, word| rest.replace(word, " "));
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    rest != password && letters < LITTLE
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    const ABOUT: [&str; 3] = ["mara.holm@mail.example", "Mara Holm", "Kiln & Clay"];

    #[test]
    fn what_is_tried_first_is_refused() {
        for password in [
            "12345678",
            "1234567890",
            "password",
            "Password!",
            "p@ssw0rd",
            "P@ssw0rd1",
            "qwerty12345",
            "1qaz2wsx",
            "iloveyou1",
            "letmein123",
            "abcd1234",
            "aaaaaaaa",
            "abababab",
            "qwertyuiop",
            "zxcvbnm,./",
            "welcome1",
            "football1",
            "sunshine99",
            "trustno1",
            "superman1",
            "monkey123",
            "dragon12",
            "starwars",
            "whatever1",
            "11112222",
            "19871987",
            "20240101",
            "asdfasdf",
            "michael1",
            "baseball",
            "shelfshare",
            "Shelfshare1",
            "mara.holm@mail.example",
            "mara.holm1",
            "holm2024",
            "maraholm1",
            "MaraHolm!",
            "kilnclay1",
        ] {
            assert!(refuse_easy(password, &ABOUT).is_err(), "{password}");
        }
    }

    #[test]
    fn words_that_have_nothing_to_do_with_each_other_pass() {
        for password in [
            "a long enough one",
            "another password",
            "long enough now",
            "carved from ash",
            "a shelf of one's own",
            "correct horse battery staple",
            "x7#kQ9!mZ2",
            "дорога без конца",
            "陶器の町へ行く",
            "teapot-gravel-nine",
        ] {
            assert!(refuse_easy(password, &ABOUT).is_ok(), "{password}");
        }
    }

    #[test]
    fn the_longest_takes_no_time_to_speak_of() {
        for password in [
            "p@ssw0rd1!".repeat(13),
            "aA1!".repeat(32),
            "字".repeat(128),
            "1".repeat(128),
        ] {
            let begun = Instant::now();
            let _ = refuse_easy(&password, &ABOUT);
            assert!(
                begun.elapsed() < Duration::from_secs(2),
                "{password}: {:?}",
                begun.elapsed()
            );
        }
    }
}
