//! One advisory: a Markdown file that begins with a little TOML.

use super::version::{Version, satisfies};

/// What an advisory says, as far as it matters here.
#[derive(Debug)]
pub struct Advisory {
    pub id: String,
    pub package: String,
    pub title: String,
    withdrawn: bool,
    /// Versions in which it is mended.
    patched: Vec<String>,
    /// Versions that never had it.
    unaffected: Vec<String>,
}

impl Advisory {
    /// Reads the file; nothing if it does not look like an advisory.
    pub fn parse(text: &str) -> Option<Self> {
        let (toml, prose) = text
            .trim_start()
            .strip_prefix("```toml")?
            .split_once("\n```")?;
        let title = prose.lines().find_map(|line| line.strip_prefix("# "));
        Some(Self {
            id: string(toml, "id")?,
            package: string(toml, "package")?,
            title: title.unwrap_or("(without a title)").to_owned(),
            withdrawn: string(toml, "withdrawn").is_some(),
            patched: strings(toml, "patched"),
            unaffected: strings(toml, "unaffected"),
        })
    }

    /// Whether this version has it.
    pub fn is_about(&self, version: &Version) -> bool {
        let free = self.patched.iter().chain(&self.unaffected);
        !self.withdrawn && !free.into_iter().any(|range| satisfies(version, range))
    }
}

/// What stands after `key =`.
fn value<'toml>(toml: &'toml str, key: &str) -> Option<&'toml str> {
    let mut rest = toml;
    while let Some(at) = rest.find(key) {
        let begins_line = rest[..at]
            .chars()
            .next_back()
            .is_none_or(|before| before == '\n');
        rest = &rest[at + key.len()..];
        if let Some(value) = rest.trim_start().strip_prefix('=').filter(|_| begins_line) {
            return Some(value.trim_start());
        }
    }
    None
}

fn string(toml: &str, key: &str) -> Option<String> {
    let (string, _) = value(toml, key)?.strip_prefix('"')?.split_once('"')?;
    Some(string.to_owned())
}

/// A list of strings, on one line or on several.
fn strings(toml: &str, key: &str) -> Vec<String> {
    let list = value(toml, key)
        .and_then(|value| value.strip_prefix('['))
        .and_then(|value| value.split_once(']'))
        .map_or("", |(list, _)| list);
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(ToOwned::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "```toml
[advisory]
id = \"RUSTSEC-2026-0007\"
package = \"leaky\"
date = \"2026-01-02\"
references = [\"https://example.com/id = 3\"]

[versions]
patched = [
  \">= 0.9.3, < 1.0.0\",
  \">= 1.0.2\",
]
unaffected = [\"< 0.5\"]
```

# It leaks

More about it.
";

    fn has_it(text: &str, version: &str) -> bool {
        Advisory::parse(text)
            .unwrap()
            .is_about(&Version::parse(version).unwrap())
    }

    #[test]
    fn an_advisory_says_which_versions_have_it() {
        let advisory = Advisory::parse(TEXT).unwrap();
        assert_eq!(
            (&*advisory.id, &*advisory.title),
            ("RUSTSEC-2026-0007", "It leaks")
        );
        for bad in ["0.5.0", "0.9.2", "1.0.0", "1.0.1"] {
            assert!(has_it(TEXT, bad), "{bad}");
        }
        for good in ["0.4.9", "0.9.3", "0.12.0", "1.0.2", "2.0.0"] {
            assert!(!has_it(TEXT, good), "{good}");
        }
    }

    #[test]
    fn a_withdrawn_advisory_is_about_nothing() {
        let withdrawn = TEXT.replace("date =", "withdrawn = \"2026-03-01\"\ndate =");
        assert!(!has_it(&withdrawn, "1.0.0"));
    }
}
