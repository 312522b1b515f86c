//! The market in a file, out of a file, and from one database to another. What is done is in `market::backup`; here it is
//! said.

use super::{Failure, open, say};
use crate::config::Config;
use market::backup::{self, Progress, Told};
use market::{Market, verify};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Who waits is told something now and then.
const NOW_AND_THEN: Duration = Duration::from_secs(5);

/// Writes the market into a file.
pub async fn take(config: &Config, file: &Path, force: bool) -> Result<(), Failure> {
    let market = open(config).await?;
    let taken = backup::take(&market, file, force, &aloud()).await?;
    let backup::Taken {
        rows,
        pictures,
        missing,
        bytes,
    } = &taken;
    let file = file.display();
    say(format_args!(
        "{file} is whole: {rows} rows and {pictures} files of pictures, {} KiB. Keep it safe: it holds e-mail and \
         postal addresses, password hashes and log-ins.",
        bytes / 1024
    ));
    market.close().await?;
    all_pictures(missing, "were not in `data_dir` and are not in it")
}

/// Fills an empty database from a file.
pub async fn restore(config: &Config, file: &Path) -> Result<(), Failure> {
    if !file.exists() && !file.as_os_str().as_encoded_bytes().contains(&b'/') {
        return Err(Failure::Refused(format!(
            "There is no file {}. (What takes a suspension back is called `shelfshare reinstate`.)",
            file.display()
        )));
    }
    let mut settings = config.market();
    settings.make_database = true;
    let market = Market::connect(settings).await?;
    let restored = backup::restore(&market, file, &aloud()).await?;
    market.close().await?;
    let taken = OffsetDateTime::from_unix_timestamp(restored.taken_at.0 / 1000)
        .ok()
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .unwrap_or_default();
    say(format_args!(
        "The market is as it was on {taken}: {} rows and {} files of pictures, each as it was read.",
        restored.rows, restored.pictures
    ));
    audited(&restored.report)?;
    all_pictures(
        &restored.missing,
        "were missing already when the backup was taken",
    )
}

/// Moves the market of an SQLite file to a PostgreSQL database.
pub async fn to_postgres(config: &Config, to: &str) -> Result<(), Failure> {
    let from = open(config).await?;
    let mut settings = config.market();
    to.clone_into(&mut settings.database_url);
    settings.make_database = true;
    let to = Market::connect(settings).await?;
    let moved = backup::to_postgres(&from, &to, &aloud()).await?;
    to.close().await?;
    from.close().await?;
    for (table, rows) in &moved.tables {
        say(format_args!(
            "{table:24} {rows} rows, the same on both sides"
        ));
    }
    let [left, now] = &moved.reports;
    if !left.is_sound() {
        say(format_args!(
            "Some rules were broken before the market moved:"
        ));
        breaches(left);
    }
    say(format_args!(
        "The market is in the new database. Set `database_url` to it and start the server again; the old file can be read, \
         and nobody can write to it any more."
    ));
    audited(now)
}

/// Says how far it is, now and then.
fn aloud() -> Told {
    let last = Mutex::new(Instant::now());
    Arc::new(move |progress| {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() < NOW_AND_THEN {
            return;
        }
        *last = Instant::now();
        match progress {
            Progress::Checked { done, of } => {
                let (done, of) = (done >> 20, of >> 20);
                say(format_args!("{done} of {of} MiB checked"));
            }
            Progress::Rows { table, done, of } => {
                say(format_args!("{table}: {done} of {of} rows"));
            }
            Progress::Compared { table } => say(format_args!("{table}: compared")),
            Progress::Pictures { done, of } => {
                say(format_args!("{done} of {of} pictures"));
            }
        }
    })
}

fn audited(report: &verify::Report) -> Result<(), Failure> {
    if report.is_sound() {
        say(format_args!(
            "Every rule holds ({} checks).",
            report.checks.len()
        ));
        return Ok(());
    }
    breaches(report);
    Err(Failure::Refused(
        "Every row is as it was, but some rules are broken. The lines above name them.".into(),
    ))
}

fn breaches(report: &verify::Report) {
    for check in report.checks.iter().filter(|c| !c.breaches.is_empty()) {
        say(format_args!("BROKEN {:4} {}", check.rule, check.name));
        for breach in &check.breaches {
            say(format_args!("            {breach}"));
        }
    }
}

/// What is whole but for some pictures is no success that goes by unseen.
fn all_pictures(missing: &[String], they: &str) -> Result<(), Failure> {
    let Some(first) = missing.first() else {
        return Ok(());
    };
    Err(Failure::Refused(format!(
        "{} files of pictures that the database speaks of {they}, among them {first}. All else is there.",
        missing.len()
    )))
}
