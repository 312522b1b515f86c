//! What keeps a copy of a market from being less than it.

use super::{Guard, Target};

const FILES: &str = "crates/market/src/picture/files.rs";
const FEED: &str = "crates/market/src/feed/read.rs";
const FILL: &str = "crates/market/src/backup/fill.rs";
const READ: &str = "crates/market/src/backup/archive/read.rs";
const MOVE: &str = "crates/market/src/backup/to_postgres.rs";
const GUARDS: &str = "crates/market/src/migration/guards.rs";

pub const BACKUP: &[Guard] = &[
    Guard {
        name: "a picture that is removed lies aside for a day",
        removal: &[(
            FILES,
            "market.pictures.rename(&name, &aside).await",
            "market.pictures.remove(&name).await",
        )],
        caught_by: (
            Target::Rules,
            "a_picture_that_is_removed_meanwhile_is_in_the_backup",
        ),
    },
    Guard {
        name: "a file is compared with its seal",
        removal: &[(
            READ,
            "hex::encode(hash.finalize()) != self.seal.sha256",
            "hash.finalize().is_empty()",
        )],
        caught_by: (Target::Rules, "damaged_and_foreign_files_are_refused"),
    },
    Guard {
        name: "what guards the rows is put back",
        removal: &[(
            FILL,
            "guards.put_back(tx.db().schema()).await?;",
            "drop(guards);",
        )],
        caught_by: (
            Target::Rules,
            "what_is_backed_up_is_restored_on_either_engine",
        ),
    },
    Guard {
        name: "SQLite: rows may refer to some that come later",
        removal: &[(
            GUARDS,
            "PRAGMA defer_foreign_keys = ON",
            "PRAGMA defer_foreign_keys = OFF",
        )],
        caught_by: (
            Target::Rules,
            "what_is_backed_up_is_restored_on_either_engine",
        ),
    },
    Guard {
        name: "numbers go on where they were",
        removal: &[(
            FILL,
            "number_on(tx, table, orders_passed_over).await?;",
            "let _ = (table, orders_passed_over);",
        )],
        caught_by: (Target::Rules, "a_restored_market_goes_on"),
    },
    Guard {
        name: "a database that was put back is another one",
        removal: &[(FEED, "self.database == earlier.database", "true")],
        caught_by: (Target::Rules, "whoever_follows_another_database_notices"),
    },
    Guard {
        name: "a file whose market has moved is closed",
        removal: &[(MOVE, "migration::close(tx.db()).await?;", "")],
        caught_by: (
            Target::Rules,
            "a_market_moves_to_postgres_and_its_file_is_closed",
        ),
    },
];
