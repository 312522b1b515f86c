//! Where a setting's value comes from: the environment, else the file, else the default.

use super::setting::{self, Setting};
use super::{Error, FILE};
use std::collections::BTreeMap;
use std::path::Path;

/// The values as written, before anything is parsed.
#[derive(Debug, Default, Clone)]
pub struct Source {
    environment: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
}

/// Which of the three said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Environment,
    File,
    Default,
}

impl Origin {
    pub fn words(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::File => FILE,
            Self::Default => "default",
        }
    }
}

impl Source {
    /// Reads the process environment and, if it is there, `shelfshare.toml` in the working directory.
    pub fn read() -> Result<Self, Error> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let file = match std::fs::read_to_string(Path::new(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Error::Unreadable(error.to_string())),
        };
        Self::new(environment, &file)
    }

    /// Takes what is ours from `environment` and everything from `file`; a name that is no setting is
    /// refused, because a misspelt one would otherwise be a setting silently not made.
    pub fn new(
        environment: impl IntoIterator<Item = (String, String)>,
        file: &str,
    ) -> Result<Self, Error> {
        let mut source = Self::default();
        for (variable, value) in environment {
            if variable == "DATABASE_URL" {
                // Our own variable wins over the common one, whichever is listed first.
                source
                    .environment
                    .entry(setting::DATABASE_URL.name.to_owned())
                    .or_insert(value);
            } else if let Some(rest) = variable.strip_prefix(setting::PREFIX) {
                let name = rest.to_lowercase();
                known(&name, &variable)?;
                source.environment.insert(name, value);
            }
        }
        let table: toml::Table =
            toml::from_str(file).map_err(|error| Error::Unreadable(error.to_string()))?;
        for (name, value) in table {
            known(&name, &name)?;
            source.file.insert(name, as_written(&value));
        }
        Ok(source)
    }

    pub fn value<'a>(&'a self, setting: &Setting) -> (&'a str, Origin) {
        if let Some(value) = self.environment.get(setting.name) {
            (value, Origin::Environment)
        } else if let Some(value) = self.file.get(setting.name) {
            (value, Origin::File)
        } else {
            (setting.default, Origin::Default)
        }
    }
}

fn known(name: &str, written: &str) -> Result<(), Error> {
    if setting::ALL.iter().any(|setting| setting.name == name) {
        Ok(())
    } else {
        Err(Error::Unknown(written.to_owned()))
    }
}

/// A list becomes the same comma-separated text that the environment would hold.
fn as_written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(as_written).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
