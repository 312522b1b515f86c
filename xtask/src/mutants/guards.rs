//! What keeps the books right, the change that takes it away, and the test that must fail then.

/// A thing without which something could go wrong.
pub struct Guard {
    /// What it is.
    pub name: &'static str,
    /// How it is taken away: a file, a text that stands in it once, and what takes its place.
    pub removal: &'static [(&'static str, &'static str, &'static str)],
    /// A test that fails without it, as `cargo test -p market` is told: what to run, and which test of it.
    pub caught_by: (Target, &'static str),
}

/// Where a test is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// In the crate.
    Unit,
    /// `crates/market/tests/rules`.
    Rules,
    /// `crates/market/tests/torture`.
    Torture,
}

impl Target {
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Unit => &["--lib"],
            Self::Rules => &["--test", "rules"],
            Self::Torture => &["--test", "torture"],
        }
    }
}

const CANCEL: &str = "crates/market/src/order/cancel.rs";
const CHANGE: &str = "crates/market/src/cart/change.rs";
const CONNECT: &str = "crates/market/src/db/connect.rs";
const COVERAGE: &str = "crates/market/src/offer/coverage.rs";
const DB: &str = "crates/market/src/db/mod.rs";
const ERRANDS: &str = "crates/market/src/outbox/errands.rs";
const ITEMS: &str = "crates/market/src/cart/items.rs";
const OPEN: &str = "crates/market/src/offer/open.rs";
const OUTBOX: &str = "crates/market/src/outbox/mod.rs";
const PARCEL: &str = "crates/market/src/order/parcel.rs";
const PLACE: &str = "crates/market/src/checkout/place.rs";
const POST: &str = "crates/market/src/ledger/post.rs";
const RELEASE: &str = "crates/market/src/checkout/release.rs";
const RETRY: &str = "crates/market/src/db/retry.rs";
const SAVE: &str = "crates/market/src/product/save.rs";
const SETTLE: &str = "crates/market/src/checkout/settle.rs";
const SIGNATURE: &str = "crates/market/src/payment/signature.rs";
const STOCK: &str = "crates/market/src/checkout/stock.rs";
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

/// In code first, then in the database.
pub const GUARDS: &[Guard] = &[
    Guard {
        name: "stock is taken only WHERE so much is left",
        removal: &[(
            STOCK,
            "\n        .filter(held().lte(Expr::col(variant::Column::OnHand)))",
            "",
        )],
        caught_by: (
            Target::Unit,
            "rule_c2_no_more_units_are_taken_than_are_left",
        ),
    },
    Guard {
        name: "stock is corrected only WHERE what is on hold stays",
        removal: &[(
            SAVE,
            "\n        .filter(after().gte(Expr::col(variant::Column::Held)))",
            "",
        )],
        caught_by: (
            Target::Rules,
            "rule_r4_a_stock_correction_returns_the_excess",
        ),
    },
    Guard {
        name: "units of one variant are counted together",
        removal: &[(
            ITEMS,
            "entry.wanted += item.line.units;",
            "entry.wanted = item.line.units;",
        )],
        caught_by: (
            Target::Rules,
            "rule_c2_units_of_one_variant_are_summed_over_all_stores",
        ),
    },
    Guard {
        name: "the variants of a hold are locked",
        removal: &[(
            ITEMS,
            "QuerySelect::query(&mut find).lock_with_tables(LockType::NoKeyUpdate, [variant::Entity]);",
            "let _ = LockType::NoKeyUpdate;",
        )],
        caught_by: (Target::Torture, "last_unit"),
    },
    Guard {
        name: "a cart is locked by the checkout that goes first",
        removal: &[(
            PLACE,
            "cart::Entity::find_by_id(attempt.cart).locked()",
            "cart::Entity::find_by_id(attempt.cart)",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_one_checkout_key_twenty_times_at_once_is_one_order",
        ),
    },
    Guard {
        name: "a balance goes down only WHERE it stays above zero",
        removal: &[(
            POST,
            "let allowed: SimpleExpr = new_balance().gte(0);",
            "let allowed: SimpleExpr = Expr::val(1).eq(1);",
        )],
        caught_by: (Target::Rules, "rule_l2_nobody_spends_more_than_she_holds"),
    },
    Guard {
        name: "a journal that was made before is not made again",
        removal: &[(POST, "0 => Ok(false),", "0 => Ok(true),")],
        caught_by: (Target::Rules, "rule_l4_the_same_issue_twice_issues_once"),
    },
    Guard {
        name: "a key is not taken for something else",
        removal: &[(
            POST,
            ".find(|movement| !made.iter()",
            ".find(|movement| false && !made.iter()",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_an_issue_key_with_other_content_is_refused",
        ),
    },
    Guard {
        name: "a checkout's key finds the order that was made",
        removal: &[(
            PLACE,
            "position(|order| order.key == key)",
            "position(|order| order.key == key && false)",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_the_same_declined_checkout_twice_gives_the_same_answer",
        ),
    },
    Guard {
        name: "a checkout's key stands for its content",
        removal: &[(
            PLACE,
            "made.fingerprint == attempt.fingerprint()",
            "made.fingerprint == attempt.fingerprint() || true",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_a_checkout_key_with_other_content_is_refused",
        ),
    },
    Guard {
        name: "a cart has one attempt to pay at a time",
        removal: &[(
            PLACE,
            "if let Some(earlier) = before.pop() {",
            "if let Some(earlier) = before.pop().filter(|_| false) {",
        )],
        caught_by: (
            Target::Rules,
            "rule_c4_one_cart_paid_ten_times_at_once_is_paid_once",
        ),
    },
    Guard {
        name: "an earlier attempt to pay is given up",
        removal: &[(
            PLACE,
            "if give_up(market, order.id).await? == ChargeAnswer::Paid {",
            "if false && give_up(market, order.id).await? == ChargeAnswer::Paid {",
        )],
        caught_by: (
            Target::Rules,
            "rule_c4_pressing_pay_again_gives_the_first_attempt_up",
        ),
    },
    Guard {
        name: "a payment is settled once",
        removal: &[(
            SETTLE,
            "if !is_open(&payment) {",
            "if false && !is_open(&payment) {",
        )],
        caught_by: (
            Target::Torture,
            "rule_c4_an_answer_that_comes_after_the_hold_has_ended",
        ),
    },
    Guard {
        name: "an order is locked while an answer is carried out",
        removal: &[(
            SETTLE,
            "let mut find = order::Entity::find_by_id(id).locked();",
            "let mut find = order::Entity::find_by_id(id);",
        )],
        caught_by: (Target::Torture, "rule_c4_two_answers_at_the_same_moment"),
    },
    Guard {
        name: "a hold is given back only WHERE it is still one",
        removal: &[(
            RELEASE,
            ".filter(order::Column::Id.eq(id))\n        .filter(order::Column::State.eq(OrderState::Held))",
            ".filter(order::Column::Id.eq(id))",
        )],
        caught_by: (
            Target::Torture,
            "rule_r3_paying_revoking_expiring_and_refunding_at_once_have_one_winner_each",
        ),
    },
    Guard {
        name: "a hold is made again only while nobody pays for the cart anew",
        removal: &[(
            SETTLE,
            "let pays_anew = !on_hold && is_paying_anew(tx, order).await?;",
            "let pays_anew = false && is_paying_anew(tx, order).await?;",
        )],
        caught_by: (
            Target::Rules,
            "rule_c4_what_she_pays_for_anew_is_not_bought_by_the_first_attempt_too",
        ),
    },
    Guard {
        name: "money is asked for only while there is a hold",
        removal: &[(
            ERRANDS,
            "OrderState::Released => answered(market.payments.cancel(&ask)).await?,",
            "OrderState::Released => answered(market.payments.charge(&ask)).await?,",
        )],
        caught_by: (
            Target::Torture,
            "rule_c4_a_call_that_never_arrives_and_a_shopper_who_never_returns",
        ),
    },
    Guard {
        name: "a call is made by the one who has taken it",
        removal: &[(
            OUTBOX,
            "\n                        .filter(outbox::Column::Attempts.eq(attempts))\n                        .filter(outbox::Column::TakenUntil.lte(tx.now))",
            "",
        )],
        caught_by: (
            Target::Torture,
            "rule_l4_one_checkout_sent_fifty_times_at_once_has_one_effect_and_fifty_equal_answers",
        ),
    },
    Guard {
        name: "a message is signed by who knows the secret",
        removal: &[(
            SIGNATURE,
            ".ok_or(Forged)?)\n        .map_err(|_| Forged)?;",
            ".ok_or(Forged)?)\n        .ok();",
        )],
        caught_by: (Target::Unit, "whatever_is_changed_is_noticed"),
    },
    Guard {
        name: "a message is believed for some minutes only",
        removal: &[(
            SIGNATURE,
            ".abs_diff(sent) > TOLERANCE_SECONDS",
            ".abs_diff(sent) > 1_000 * TOLERANCE_SECONDS",
        )],
        caught_by: (Target::Unit, "what_was_signed_is_believed_for_five_minutes"),
    },
    Guard {
        name: "a product has one open offer",
        removal: &[(
            OPEN,
            "if open_on(&[product]).one(tx.db()).await?.is_some() {",
            "if false && open_on(&[product]).one(tx.db()).await?.is_some() {",
        )],
        caught_by: (Target::Rules, "rule_r1_a_product_has_one_open_offer"),
    },
    Guard {
        name: "coverage follows a sale from the maker's own shelf",
        removal: &[(
            COVERAGE,
            "    take_excess(&mut offers, on_hand, journal)?;",
            "    let _ = (on_hand, &journal);",
        )],
        caught_by: (
            Target::Rules,
            "rule_r4_a_sale_from_her_own_shelf_returns_the_excess",
        ),
    },
    Guard {
        name: "coverage follows a correction of stock",
        removal: &[(
            SAVE,
            "coverage::trim(tx, &[id], &mut journal).await?;",
            "let _ = &mut journal;",
        )],
        caught_by: (
            Target::Rules,
            "rule_r4_a_stock_correction_returns_the_excess",
        ),
    },
    Guard {
        name: "units of an order line are cancelled once",
        removal: &[(
            CANCEL,
            "if ask.units > left {",
            "if false && ask.units > left {",
        )],
        caught_by: (
            Target::Rules,
            "rule_c6_no_more_is_cancelled_than_was_bought",
        ),
    },
    Guard {
        name: "a cancellation's key finds the refund that was made",
        removal: &[(
            CANCEL,
            "        .one(tx.db())\n        .await?\n    {\n        return if done.units",
            "        .one(tx.db())\n        .await?\n        .filter(|_| false)\n    {\n        return if done.units",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_the_same_cancellation_twice_refunds_once",
        ),
    },
    Guard {
        name: "a cancellation's key stands for its content",
        removal: &[(
            CANCEL,
            "return if done.units == ask.units {",
            "return if done.units == ask.units || true {",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_the_same_cancellation_twice_refunds_once",
        ),
    },
    Guard {
        name: "a parcel and its line are locked while units are cancelled",
        removal: &[
            (
                PARCEL,
                "    find.locked()\n        .one(tx.db())",
                "    find\n        .one(tx.db())",
            ),
            (
                CANCEL,
                "order_line::Entity::find_by_id(id).locked();",
                "order_line::Entity::find_by_id(id);",
            ),
        ],
        caught_by: (
            Target::Rules,
            "rule_c6_ten_cancellations_at_once_cancel_no_more_than_was_bought",
        ),
    },
    Guard {
        name: "a cart's line grows by what is added to it",
        removal: &[(
            CHANGE,
            "Some(line) => add_units(tx, line.id, units, most(&variant)).await?,",
            "Some(line) => save_units(tx, line.id, wanted).await?,",
        )],
        caught_by: (
            Target::Rules,
            "rule_c1_twenty_additions_to_a_cart_at_once_are_all_in_it",
        ),
    },
    Guard {
        name: "a transaction that gave way runs again",
        removal: &[(
            RETRY,
            "if tries < ATTEMPTS && gave_way(&error)",
            "if tries < 1 && gave_way(&error)",
        )],
        caught_by: (
            Target::Rules,
            "rule_c1_twenty_additions_to_a_cart_at_once_are_all_in_it",
        ),
    },
    Guard {
        name: "a transaction has a task of its own",
        removal: &[(
            DB,
            "tokio::spawn(all).await",
            "Ok::<_, tokio::task::JoinError>(all.await)",
        )],
        caught_by: (
            Target::Rules,
            "rule_l1_a_client_who_hangs_up_cuts_no_transaction_in_half",
        ),
    },
    Guard {
        name: "SQLite: a transaction that writes is IMMEDIATE",
        removal: &[(
            DB,
            "sqlite.then_some(SqliteTransactionMode::Immediate)",
            "sqlite.then_some(SqliteTransactionMode::Deferred)",
        )],
        caught_by: (
            Target::Torture,
            "rule_l3_readers_see_the_right_totals_while_thirty_two_clients_move_tokens",
        ),
    },
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
