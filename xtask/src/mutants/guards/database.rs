//! Guards in the database.

use super::{Guard, Target};

const CONNECT: &str = "crates/market/src/db/connect.rs";
const TABLES: &str = "crates/market/src/migration/m0001_market/tables.sql";
const TRIGGERS_POSTGRES: &str = "crates/market/src/migration/m0001_market/append_only_postgres.sql";
const TRIGGERS_SQLITE: &str = "crates/market/src/migration/m0001_market/append_only_sqlite.sql";

const KEYS: (Target, &str) = (
    Target::Rules,
    "database::rule_l4_the_database_takes_each_key_once",
);
const CHECKS: (Target, &str) = (
    Target::Rules,
    "database::rule_l2_the_database_refuses_what_no_rule_allows",
);
const APPEND_ONLY: (Target, &str) = (
    Target::Rules,
    "ledger::rule_l1_the_database_refuses_to_change_or_delete_a_transfer",
);

pub const DATABASE: &[Guard] = &[
    Guard {
        name: "SQLite checks that what a row refers to is there",
        removal: &[(CONNECT, ".foreign_keys(true)", ".foreign_keys(false)")],
        caught_by: (Target::Unit, "sqlite_refuses_a_row_that_belongs_to_nothing"),
    },
    Guard {
        name: "SQLite: transfers are never changed",
        removal: &[(
            TRIGGERS_SQLITE,
            "BEGIN SELECT RAISE(ABORT, 'transfers are never changed'); END;",
            "BEGIN SELECT 1; END;",
        )],
        caught_by: APPEND_ONLY,
    },
    Guard {
        name: "SQLite: transfers are never deleted",
        removal: &[(
            TRIGGERS_SQLITE,
            "BEGIN SELECT RAISE(ABORT, 'transfers are never deleted'); END;",
            "BEGIN SELECT 1; END;",
        )],
        caught_by: APPEND_ONLY,
    },
    Guard {
        name: "PostgreSQL: transfers are never changed or deleted",
        removal: &[(
            TRIGGERS_POSTGRES,
            "BEFORE UPDATE OR DELETE ON transfers",
            "BEFORE INSERT ON sessions",
        )],
        caught_by: APPEND_ONLY,
    },
    Guard {
        name: "PostgreSQL: the table of transfers is never emptied",
        removal: &[(
            TRIGGERS_POSTGRES,
            "BEFORE TRUNCATE ON transfers",
            "BEFORE TRUNCATE ON sessions",
        )],
        caught_by: APPEND_ONLY,
    },
    Guard {
        name: "CHECK: no wallet and no escrow below zero",
        removal: &[(
            TABLES,
            "balance BIGINT,\n    CHECK (balance IS NULL OR balance >= 0 OR code LIKE 'payable:%')",
            "balance BIGINT",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: a transfer moves more than nothing",
        removal: &[(
            TABLES,
            "amount BIGINT NOT NULL CHECK (amount > 0),\n    kind TEXT NOT NULL,",
            "amount BIGINT NOT NULL,\n    kind TEXT NOT NULL,",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: a transfer goes to another account",
        removal: &[(
            TABLES,
            "created_at BIGINT NOT NULL,\n    CHECK (debit <> credit)",
            "created_at BIGINT NOT NULL",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: no more is held than is on hand",
        removal: &[(
            TABLES,
            "retired BOOLEAN NOT NULL,\n    CHECK (held <= on_hand)",
            "retired BOOLEAN NOT NULL",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: an offer's open units are not below zero",
        removal: &[(TABLES, "CHECK (open_units >= 0)", "")],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: an offer's held units are not below zero",
        removal: &[(TABLES, "CHECK (held_units >= 0)", "")],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: an offer that is closed has nothing open",
        removal: &[(
            TABLES,
            "closed_at BIGINT,\n    CHECK (state = 'open' OR open_units = 0)",
            "closed_at BIGINT",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: an order's total is its items and shipping",
        removal: &[(TABLES, "    CHECK (total = items + shipping),\n", "")],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: an order is paid at a time",
        removal: &[(
            TABLES,
            "CHECK (total = items + shipping),\n    CHECK ((state = 'paid') = (paid_at IS NOT NULL))",
            "CHECK (total = items + shipping)",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: no more is covered than bought",
        removal: &[(TABLES, "    CHECK (covered_units <= units),\n", "")],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: no more is rewarded than covered",
        removal: &[(TABLES, "    CHECK (rewarded_units <= covered_units),\n", "")],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: no more is cancelled than bought",
        removal: &[(TABLES, "    CHECK (cancelled_units <= units),\n", "")],
        caught_by: CHECKS,
    },
    Guard {
        name: "CHECK: no more is restocked than cancelled",
        removal: &[(
            TABLES,
            "CHECK (cancelled_units <= units),\n    CHECK (restocked_units <= cancelled_units)",
            "CHECK (cancelled_units <= units)",
        )],
        caught_by: CHECKS,
    },
    Guard {
        name: "UNIQUE: a transfer's key",
        removal: &[(
            TABLES,
            "key TEXT NOT NULL UNIQUE,\n    debit",
            "key TEXT NOT NULL,\n    debit",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: an open offer on a product",
        removal: &[(
            TABLES,
            "CREATE UNIQUE INDEX offers_one_open",
            "CREATE INDEX offers_one_open",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: an attempt to pay for a cart",
        removal: &[(
            TABLES,
            "CREATE UNIQUE INDEX orders_one_held",
            "CREATE INDEX orders_one_held",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: a checkout's key",
        removal: &[(
            TABLES,
            "key TEXT NOT NULL UNIQUE,\n    fingerprint",
            "key TEXT NOT NULL,\n    fingerprint",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: an order's payment",
        removal: &[(
            TABLES,
            "order_id BIGINT NOT NULL UNIQUE REFERENCES orders (id),\n    provider",
            "order_id BIGINT NOT NULL REFERENCES orders (id),\n    provider",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: a maker's parcel of an order",
        removal: &[(
            TABLES,
            "paid_at BIGINT,\n    UNIQUE (order_id, store_id)",
            "paid_at BIGINT",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: a refund's key",
        removal: &[(
            TABLES,
            "key TEXT NOT NULL UNIQUE,\n    order_id",
            "key TEXT NOT NULL,\n    order_id",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: the key of a call to make",
        removal: &[(
            TABLES,
            "key TEXT NOT NULL UNIQUE,\n    kind",
            "key TEXT NOT NULL,\n    kind",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: a product's listing on a shelf",
        removal: &[(
            TABLES,
            "removed_at BIGINT,\n    UNIQUE (store_id, product_id)",
            "removed_at BIGINT",
        )],
        caught_by: KEYS,
    },
    Guard {
        name: "UNIQUE: a listing's line in a cart",
        removal: &[(
            TABLES,
            "added_at BIGINT NOT NULL,\n    UNIQUE (cart_id, listing_id, variant_id)",
            "added_at BIGINT NOT NULL",
        )],
        caught_by: KEYS,
    },
];
