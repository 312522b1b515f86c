//! Chance that falls the same way every time, on every machine: the demo is the same market wherever it runs.

use std::ops::Range;

/// A stream of numbers (the splitmix64 sequence of its seed).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in the range; its start when the range is empty.
    pub fn within(&mut self, range: Range<i64>) -> i64 {
        match u64::try_from(range.end.saturating_sub(range.start)) {
            Ok(width) if width > 0 => range
                .start
                .saturating_add(i64::try_from(self.roll() % width).unwrap_or_default()),
            _ => range.start,
        }
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.within(0..100) < percent
    }

    /// One of them; `None` when there are none.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        let count = i64::try_from(among.len()).unwrap_or(i64::MAX);
        among.get(usize::try_from(self.within(0..count)).unwrap_or_default())
    }

    /// One of them, each as likely as its weight says.
    pub fn weighed<'a, T>(&mut self, among: &'a [T], weight: impl Fn(&T) -> i64) -> Option<&'a T> {
        let mut left = self.within(0..among.iter().map(&weight).sum());
        among.iter().find(|item| {
            left -= weight(item);
            left < 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way() {
        let rolls = || {
            let mut dice = Dice::new(7);
            (0..20).map(|_| dice.within(0..6)).collect::<Vec<_>>()
        };
        assert_eq!(rolls(), rolls());
        assert!(rolls().iter().all(|roll| (0..6).contains(roll)));
    }

    #[test]
    fn weights_of_nothing_are_never_picked() {
        let mut dice = Dice::new(1);
        for _ in 0..50 {
            assert_eq!(dice.weighed(&[0, 3, 0], |weight| *weight), Some(&3));
        }
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
