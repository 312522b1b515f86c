use super::{Failure, say};
use crate::config::setting::{self, Setting};
use crate::config::{self, Config, FILE, Source};

/// Prints the table that `docs/settings.md` is made from or, with `check`, what is in effect here.
pub fn run(source: &Source, check: bool) -> Result<(), Failure> {
    if check {
        for (setting, value, origin) in config::effective(source) {
            say(format_args!("{:24} {:48} {origin}", setting.name, value));
        }
        Config::from_source(source)?;
    } else {
        say(format_args!("{}", markdown()));
    }
    Ok(())
}

/// `docs/settings.md`.
fn markdown() -> String {
    let rows = setting::ALL.iter().map(row).collect::<Vec<_>>().join("\n");
    format!(
        "# Settings\n\n\
         Each setting is an environment variable or a line in `{FILE}` in the working directory; the environment\n\
         wins. `shelfshare settings` prints this page, `shelfshare settings --check` what is in force and where it\n\
         comes from. `RUST_LOG`, when set, says more exactly than `log_level` what to log.\n\n\
         | setting | what it does | default | allowed |\n|---|---|---|---|\n{rows}"
    )
}

fn row(setting: &Setting) -> String {
    let Setting {
        name,
        what,
        default,
        allowed,
    } = setting;
    let variable = setting.variable();
    let default = if default.is_empty() {
        "(none)".to_owned()
    } else {
        format!("`{default}`")
    };
    format!("| `{name}`<br>`{variable}` | {what} | {default} | {allowed} |")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_is_what_the_command_prints() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/settings.md");
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            written.trim_end(),
            markdown(),
            "write it anew: shelfshare settings > docs/settings.md"
        );
    }

    #[test]
    fn every_setting_has_a_row_of_four_cells() {
        for setting in setting::ALL {
            assert_eq!(row(setting).matches('|').count(), 5, "{}", setting.name);
        }
    }
}
