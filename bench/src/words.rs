//! Words as frequent as in a language: the first stands in half of all texts, most in a few.

const WORDS: f64 = 40_000.0;

/// So many words are left out at the top: otherwise the first would stand in every text.
const COMMONEST: f64 = 12.0;

/// The same numbers each time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn below(&mut self, most: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u32::try_from((self.0 >> 33) % u64::from(most)).unwrap_or(0)
    }

    /// One to so many words, each by how frequent it is.
    pub fn words(&mut self, number: usize) -> String {
        let words: Vec<_> = (0..number).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn word(&mut self) -> String {
        let of_all = f64::from(self.below(1 << 30)) / f64::from(1 << 30);
        let rank = COMMONEST * (WORDS / COMMONEST).powf(of_all);
        word(rank)
    }
}

/// A word that can be said, another for each rank.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rank is from 12 to 40,000"
)]
fn word(rank: f64) -> String {
    const HEADS: [&str; 16] = [
        "b", "c", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "pr",
    ];
    const TAILS: [&str; 10] = ["a", "e", "i", "o", "u", "an", "el", "or", "ing", "ow"];
    let syllables = HEADS.len() * TAILS.len();
    let mut word = String::new();
    let mut rest = rank as usize + syllables;
    while rest > 0 {
        let syllable = rest % syllables;
        word.push_str(HEADS[syllable / TAILS.len()]);
        word.push_str(TAILS[syllable % TAILS.len()]);
        rest /= syllables;
    }
    word
}
