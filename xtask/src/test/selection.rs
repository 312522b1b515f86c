//! Which tests to run.

use crate::failure::{Failure, Outcome};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Fmt,
    Clippy,
    Advisories,
    Unit,
    EndToEnd,
    Size,
}

impl Part {
    const ALL: [Self; 6] = [
        Self::Fmt,
        Self::Clippy,
        Self::Advisories,
        Self::Unit,
        Self::EndToEnd,
        Self::Size,
    ];

    fn parse(word: &str) -> Outcome<Self> {
        match word {
            "fmt" => Ok(Self::Fmt),
            "clippy" => Ok(Self::Clippy),
            "advisories" => Ok(Self::Advisories),
            "unit" => Ok(Self::Unit),
            "e2e" => Ok(Self::EndToEnd),
            "size" => Ok(Self::Size),
            _ => Err(Failure::new(format!(
                "There is no part `{word}` of the tests; there are fmt, clippy, advisories, unit, e2e and size."
            ))),
        }
    }
}

/// Some parts of the tests, and what to tell the program that runs a single one.
#[derive(Debug, PartialEq, Eq)]
pub struct Selection {
    parts: Vec<Part>,
    arguments: Vec<String>,
}

impl Selection {
    /// Reads `[PART]... [-- ARGUMENT...]`; without parts, all are meant.
    pub fn parse(words: &[&str]) -> Outcome<Self> {
        let mut halves = words.splitn(2, |word| *word == "--");
        let parts = halves.next().unwrap_or_default();
        let mut parts: Vec<_> = parts
            .iter()
            .map(|word| Part::parse(word))
            .collect::<Outcome<_>>()?;
        let arguments = halves.next().unwrap_or_default();
        if !arguments.is_empty() && !matches!(parts[..], [Part::Unit | Part::EndToEnd]) {
            return Err(Failure::new(
                "Arguments after -- are for one runner: name `unit` or `e2e` before them.",
            ));
        }
        if parts.is_empty() {
            parts.extend(Part::ALL);
        }
        Ok(Self {
            parts,
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
        })
    }

    /// Whether it takes a build of everything.
    pub fn compiles(&self) -> bool {
        self.has(Part::Unit) || self.has(Part::EndToEnd)
    }

    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_named_is_everything() {
        let all = Selection::parse(&[]).unwrap();
        assert!(Part::ALL.iter().all(|part| all.has(*part)));
    }

    #[test]
    fn arguments_go_to_a_single_runner() {
        let one = Selection::parse(&["unit", "--", "rule_r5", "--", "--nocapture"]).unwrap();
        assert!(one.has(Part::Unit) && !one.has(Part::Fmt));
        assert_eq!(one.arguments(), ["rule_r5", "--", "--nocapture"]);
        assert!(Selection::parse(&["--", "rule_r5"]).is_err());
        assert!(Selection::parse(&["fmt", "--", "x"]).is_err());
    }

    #[test]
    fn a_misspelt_part_is_refused() {
        assert!(Selection::parse(&["units"]).is_err());
    }
}
