//! `cargo bench --package finder -- 1000000`: how long searches take among so many texts, each hit looked up in an array
//! as a market looks up its facts. Words are as frequent as in a language: the first stands in half of all texts.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::as_conversions,
    reason = "a measurement that can't go on has failed"
)]

use finder::{Finder, Language, Text};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

const WORDS: usize = 40_000;
/// So many words are left out at the top: otherwise the first would stand in every text.
const COMMONEST: f64 = 12.0;
const MAKERS: u64 = 5_000;
const SEARCHES: usize = 500;
const SAVED_EVERY: usize = 1_000;

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % most
    }

    /// A word, by how frequent it is.
    fn word(&mut self) -> String {
        let of_all = self.below(1 << 30) as f64 / f64::from(1 << 30);
        let words = WORDS as f64 / COMMONEST;
        word((COMMONEST * words.powf(of_all)) as usize)
    }

    fn words(&mut self, number: usize) -> String {
        let words: Vec<_> = (0..number).map(|_| self.word()).collect();
        words.join(" ")
    }
}

/// A word that can be said, another for each number.
fn word(number: usize) -> String {
    const HEADS: [&str; 16] = [
        "b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "pr",
    ];
    const TAILS: [&str; 10] = ["a", "e", "i", "o", "u", "an", "el", "or", "ing", "ow"];
    let syllables = HEADS.len() * TAILS.len();
    let mut word = String::new();
    let mut rest = number + syllables;
    while rest > 0 {
        let syllable = rest % syllables;
        word.push_str(HEADS[syllable / TAILS.len()]);
        word.push_str(TAILS[syllable % TAILS.len()]);
        rest /= syllables;
    }
    word
}

fn main() {
    let texts = std::env::args().find_map(|text| text.parse().ok());
    let texts: usize = texts.unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(7);
    let begun = Instant::now();
    let (mut keeper, finder) = finder::open(folder.path(), Language::English, 50 << 20).unwrap();
    for number in 0..texts {
        let maker = format!(
            "{} works",
            word(usize::try_from(dice.below(MAKERS)).unwrap())
        );
        let (title, body) = (dice.words(4), dice.words(60));
        let text = Text {
            title: &title,
            maker: &maker,
            body: &body,
        };
        keeper.put(i64::try_from(number).unwrap(), &text).unwrap();
        if keeper.changes() == SAVED_EVERY {
            keeper.save().unwrap();
        }
    }
    keeper.save_whole().unwrap();
    println!(
        "{texts} texts put in in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let facts: Vec<u64> = (0..texts as u64).map(|number| number % 97).collect();
    let typed: Vec<_> = (0..SEARCHES).map(|at| typed(&mut dice, at)).collect();
    for round in 1..=3 {
        let mut times: Vec<_> = typed
            .iter()
            .map(|typed| time(&finder, &facts, typed))
            .collect();
        times.sort_unstable();
        let at = |share: usize| times[SEARCHES * share / 100 - 1].as_secs_f64() * 1_000.0;
        println!(
            "round {round}: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, longest {:.2} ms",
            at(50),
            at(95),
            at(99),
            at(100)
        );
    }
}

/// One to three words, every seventh time with a letter too many.
fn typed(dice: &mut Dice, at: usize) -> String {
    let mut typed = dice.words(1 + at % 3);
    if at.is_multiple_of(7) {
        typed.insert(2, 'x');
    }
    typed
}

fn time(finder: &Finder, facts: &[u64], typed: &str) -> Duration {
    let begun = Instant::now();
    let mut counted = [0_u64; 97];
    finder
        .find(typed, |hits| {
            for hit in hits {
                let fact = facts[usize::try_from(hit.number).unwrap()];
                counted[usize::try_from(fact).unwrap()] += 1;
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    begun.elapsed()
}
