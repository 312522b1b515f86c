use crate::{Error, Result};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// The SQLite that is built in must be one that keeps what it is given and finds it again. Before 3.51.3 two connections
/// that copy the log into the file at the same time can damage it; the mend went back into 3.50.7 and 3.44.6. (Faults
/// that are worked around are no reason to refuse: see [`super::has_some`].)
pub(super) async fn check(db: &DatabaseConnection) -> Result<()> {
    let ask = Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version()");
    let Some(row) = db.query_one_raw(ask).await? else {
        return Err(Error::Broken("SQLite does not know its version".into()));
    };
    let version: String = row.try_get_by_index(0)?;
    if is_sound(&version) {
        Ok(())
    } else {
        Err(Error::UnsoundSqlite(version))
    }
}

fn is_sound(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0_u32));
    let mut next = || parts.next().unwrap_or(0);
    match [next(), next(), next()] {
        [3, 44, patch] => patch >= 6,
        [3, 50, patch] => patch >= 7,
        version => version >= [3, 51, 3],
    }
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn versions_that_can_damage_the_file_are_refused_by_number() {
        for version in ["3.51.3", "3.53.0", "3.54.1", "4.0.0", "3.50.7", "3.44.6"] {
            assert!(is_sound(version), "{version}");
        }
        for version in [
            "3.51.2", "3.51.0", "3.50.6", "3.49.9", "3.45.0", "3.44.5", "",
        ] {
            assert!(!is_sound(version), "{version}");
        }
    }
}
