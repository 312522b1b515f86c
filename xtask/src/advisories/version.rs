//! Versions and ranges of them, as far as advisories use them.

use std::cmp::Ordering;

/// `1.4.2-rc.1`; what is left out is zero. What is built in (`+…`) does not count.
#[derive(Debug, PartialEq, Eq)]
pub struct Version {
    numbers: [u64; 3],
    before: Vec<Identifier>,
}

/// A part of what stands after the dash: figures come before words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(u64),
    Word(String),
}

impl Version {
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self::parse_short(text)?.0)
    }

    /// Also how many numbers were written.
    fn parse_short(text: &str) -> Option<(Self, usize)> {
        let text = text.trim().split('+').next()?;
        let (numbers, before) = text.split_once('-').unwrap_or((text, ""));
        let written: Vec<u64> = numbers
            .split('.')
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        let number = |at: usize| written.get(at).copied().unwrap_or(0);
        let version = Self {
            numbers: [number(0), number(1), number(2)],
            before: before
                .split('.')
                .filter(|part| !part.is_empty())
                .map(identifier)
                .collect(),
        };
        (written.len() <= 3).then_some((version, written.len()))
    }
}

fn identifier(part: &str) -> Identifier {
    part.parse()
        .map_or_else(|_| Identifier::Word(part.to_owned()), Identifier::Number)
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let finished = |version: &Self| version.before.is_empty();
        self.numbers
            .cmp(&other.numbers)
            .then_with(|| finished(self).cmp(&finished(other)))
            .then_with(|| self.before.cmp(&other.before))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether it lies in a range such as `>= 1.2, < 2`. It does not when the range can't be read: an advisory is
/// then about every version.
pub fn satisfies(version: &Version, range: &str) -> bool {
    range
        .split(',')
        .all(|bound| within(version, bound.trim()).unwrap_or(false))
}

fn within(version: &Version, bound: &str) -> Option<bool> {
    let digits = bound.find(|c: char| c.is_ascii_digit())?;
    let (sign, limit) = bound.split_at(digits);
    let (limit, written) = Version::parse_short(limit)?;
    Some(match sign.trim() {
        ">=" => *version >= limit,
        ">" => *version > limit,
        "<=" => *version <= limit,
        "<" => *version < limit,
        "=" => *version == limit,
        "~" => *version >= limit && version.numbers < next(limit.numbers, written.min(2) - 1),
        "^" | "" => {
            // The first number that is not zero may not change.
            let leading = limit.numbers.iter().position(|number| *number > 0);
            let stays = leading.unwrap_or(written - 1).min(written - 1);
            *version >= limit && version.numbers < next(limit.numbers, stays)
        }
        _ => return None,
    })
}

/// The first version in which the number at `at` is another.
fn next(mut numbers: [u64; 3], at: usize) -> [u64; 3] {
    for (place, number) in numbers.iter_mut().enumerate() {
        match place.cmp(&at) {
            Ordering::Less => {}
            Ordering::Equal => *number += 1,
            Ordering::Greater => *number = 0,
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(range: &str, inside: &[&str], outside: &[&str]) {
        for version in inside {
            assert!(
                satisfies(&Version::parse(version).unwrap(), range),
                "{version} in {range}"
            );
        }
        for version in outside {
            assert!(
                !satisfies(&Version::parse(version).unwrap(), range),
                "{version} out of {range}"
            );
        }
    }

    #[test]
    fn ranges_are_those_of_cargo() {
        check(
            ">= 1.2.3",
            &["1.2.3", "1.10.0", "2.0.0"],
            &["1.2.2", "1.2.3-rc.1"],
        );
        check(">=0.9, <1", &["0.9.0", "0.99.1"], &["1.0.0", "0.8.9"]);
        check("^1.2.3", &["1.2.3", "1.9.0"], &["2.0.0", "1.2.2"]);
        check("^0.3.4", &["0.3.4", "0.3.9"], &["0.4.0"]);
        check("^0.0.7", &["0.0.7"], &["0.0.8"]);
        check("1", &["1.0.0", "1.7.3"], &["2.0.0", "0.9.0"]);
        check("~1.2", &["1.2.0", "1.2.9"], &["1.3.0"]);
        check("= 1.0.1", &["1.0.1", "1.0.1+build.5"], &["1.0.2"]);
        check(
            "<= 2.0.0-alpha.2",
            &["2.0.0-alpha.1", "2.0.0-alpha.2"],
            &["2.0.0-alpha.10", "2.0.0"],
        );
    }

    #[test]
    fn a_range_that_makes_no_sense_holds_nothing() {
        check("whatever", &[], &["1.0.0"]);
        check("!= 1.0.0", &[], &["1.0.0", "2.0.0"]);
        check("1.2.3.4", &[], &["1.2.3"]);
    }
}
