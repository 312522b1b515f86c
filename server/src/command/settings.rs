use super::{Failure, say};
use crate::config::setting::{self, Setting};
use crate::config::{self, Config, Source};

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

/// The settings as one markdown table.
fn markdown() -> String {
    let rows = setting::ALL.iter().map(row).collect::<Vec<_>>().join("\n");
    format!("| setting | what it does | default | allowed |\n|---|---|---|---|\n{rows}")
}

fn row(setting: &Setting) -> String {
    let Setting { name, what, default, allowed } = setting;
    let variable = setting.variable();
    let default = if default.is_empty() { "(none)".to_owned() } else { format!("`{default}`") };
    format!("| `{name}`<br>`{variable}` | {what} | {default} | {allowed} |")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_of_four_cells_for_every_setting() {
        let text = markdown();
        let rows: Vec<_> = text.lines().skip(2).collect();
        assert_eq!(rows.len(), setting::ALL.len());
        for row in rows {
            assert_eq!(row.matches('|').count(), 5, "{row}");
        }
    }
}
