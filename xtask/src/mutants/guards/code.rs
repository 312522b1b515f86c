//! Guards in code.

use super::{Guard, Target};

const ALLOWANCE: &str = "crates/market/src/checkout/allowance.rs";
const CHARGE: &str = "crates/market/src/checkout/charge.rs";
const CANCEL: &str = "crates/market/src/order/cancel.rs";
const COVERAGE: &str = "crates/market/src/offer/coverage.rs";
const CORRECTION: &str = "crates/market/src/stock/correct.rs";
const DB: &str = "crates/market/src/db/mod.rs";
const ITEMS: &str = "crates/market/src/cart/items.rs";
const LEASE: &str = "crates/market/src/lease.rs";
const OPEN: &str = "crates/market/src/offer/open.rs";
const OUTBOX: &str = "crates/market/src/outbox/mod.rs";
const PARCEL: &str = "crates/market/src/order/parcel.rs";
const PLACE: &str = "crates/market/src/checkout/place.rs";
const POST: &str = "crates/market/src/ledger/post.rs";
const PRODUCT: &str = "crates/market/src/product/change.rs";
const RELEASE: &str = "crates/market/src/checkout/hold/release.rs";
const ROWS: &str = "crates/market/src/db/rows.rs";
const FILE: &str = "crates/market/src/db/file.rs";
const TRUST: &str = "crates/market/src/db/trust.rs";
const RETRY: &str = "crates/market/src/db/retry.rs";
const SETTLE: &str = "crates/market/src/checkout/settle.rs";
const SIGNATURE: &str = "crates/market/src/payment/signature.rs";
const STOCK: &str = "crates/market/src/stock/aside.rs";
const WISH: &str = "crates/model/src/wish.rs";

pub const CODE: &[Guard] = &[
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
            CORRECTION,
            "\n        .filter(after().gte(Expr::col(variant::Column::Held)))",
            "",
        )],
        caught_by: (
            Target::Rules,
            "rule_r4_a_stock_correction_returns_the_excess",
        ),
    },
    Guard {
        name: "stock is corrected only WHERE a variant can have so much",
        removal: &[(
            CORRECTION,
            "\n        .filter(after().gte(Expr::col(variant::Column::Held)))\n        .filter(after().lte(limits::STOCK))",
            "\n        .filter(after().gte(Expr::col(variant::Column::Held)))",
        )],
        caught_by: (
            Target::Rules,
            "a_form_that_lies_about_the_stock_it_was_shown_puts_nothing_beyond_bounds",
        ),
    },
    Guard {
        name: "what two windows have changed is not done",
        removal: &[(
            WISH,
            "if same(&shown, shows) || same(&typed, shows) {",
            "if true || same(&shown, shows) || same(&typed, shows) {",
        )],
        caught_by: (Target::Rules, "an_offer_keeps_what_another_window_gave_it"),
    },
    Guard {
        name: "a paid order that can't be finished is paid back",
        removal: &[(
            SETTLE,
            "Err(problem) if is_paid =>",
            "Err(problem) if is_paid && false =>",
        )],
        caught_by: (
            Target::Rules,
            "rule_c4_an_order_that_cant_be_finished_is_refunded_in_full",
        ),
    },
    Guard {
        name: "checkouts of one buyer wait for each other",
        removal: &[(ALLOWANCE, "\n        one_at_a_time(tx, name).await?;", "")],
        caught_by: (
            Target::Rules,
            "rule_c3_checkouts_of_one_place_at_the_same_moment_are_counted_one_after_the_other",
        ),
    },
    Guard {
        name: "what is on hold already counts against the next hold",
        removal: &[(
            ALLOWANCE,
            "halved(UNITS, FEWEST_UNITS).saturating_sub(self.on_hold.units)",
            "halved(UNITS, FEWEST_UNITS)",
        )],
        caught_by: (
            Target::Rules,
            "rule_c3_a_guest_without_money_cannot_empty_the_market",
        ),
    },
    Guard {
        name: "units of one variant are counted together",
        removal: &[(
            ITEMS,
            "entry.wanted = entry.wanted.saturating_add(item.line.units);",
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
            "made.fingerprint == attempt.fingerprint() || is_hers",
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
            "if !before.is_empty() {",
            "if false && !before.is_empty() {",
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
            "let pays_anew = !on_hold && is_paying_anew(tx, order, &wanted).await?;",
            "let pays_anew = false && is_paying_anew(tx, order, &wanted).await?;",
        )],
        caught_by: (
            Target::Rules,
            "rule_c4_what_she_pays_for_anew_is_not_bought_by_the_first_attempt_too",
        ),
    },
    Guard {
        name: "money is asked for only while there is a hold",
        removal: &[(
            CHARGE,
            "OrderState::Released => in_time(market.payments.cancel(&ask)).await,",
            "OrderState::Released => in_time(market.payments.charge(&ask)).await,",
        )],
        caught_by: (
            Target::Torture,
            "rule_c4_a_call_that_never_arrives_and_a_shopper_who_never_returns",
        ),
    },
    Guard {
        name: "a call is made by the one who has taken it",
        removal: &[
            (
                LEASE,
                "\n        .add(E::ATTEMPTS.unwrap_or(E::TAKEN_UNTIL).eq(turn.number))",
                "",
            ),
            (LEASE, "\n        .filter(is_free::<E>(tx.now))", ""),
        ],
        caught_by: (
            Target::Torture,
            "rule_l4_one_checkout_sent_fifty_times_at_once_has_one_effect_and_fifty_equal_answers",
        ),
    },
    Guard {
        name: "a message is signed by who knows the secret",
        removal: &[(
            SIGNATURE,
            ".verify_slice(&hash)\n        .map_err(|_| Forged)?;",
            ".verify_slice(&hash)\n        .ok();",
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
            PRODUCT,
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
            "        .one(tx.db())\n        .await?\n    {\n        return if (done.units",
            "        .one(tx.db())\n        .await?\n        .filter(|_| false)\n    {\n        return if (done.units",
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
            "return if (done.units, done.restocked_units) == (ask.units, restocked) {",
            "return if done.units == ask.units {",
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
        name: "a transaction that gave way runs again",
        removal: &[(
            RETRY,
            "if tries < ATTEMPTS && gave_way(&error)",
            "if tries < 1 && gave_way(&error)",
        )],
        caught_by: (Target::Rules, "rule_c1_the_first_cart_is_made_once"),
    },
    Guard {
        name: "what may have been committed is not run again blindly",
        removal: &[(RETRY, "unknown == Unknown::IsLookedUp", "true")],
        caught_by: (
            Target::Unit,
            "what_may_have_been_committed_is_run_again_only_if_it_is_looked_up",
        ),
    },
    Guard {
        name: "an attempt to pay that may have been committed takes its order up",
        removal: &[(PLACE, "if made.secret != attempt.secret", "if true")],
        caught_by: (
            Target::Unit,
            "rule_l4_an_attempt_that_was_committed_and_not_told_so_is_taken_up_by_itself",
        ),
    },
    Guard {
        name: "a transaction of which a statement failed is not committed",
        removal: &[(DB, "if transaction.has_failed()", "if false")],
        caught_by: (
            Target::Unit,
            "a_failed_statement_that_is_passed_over_is_never_committed",
        ),
    },
    Guard {
        name: "a connection with an open transaction is not used again",
        removal: &[(
            TRUST,
            ".after_release(|connection, _| Box::pin(has_nothing_open(connection)))",
            ".after_release(|_, _| Box::pin(async { Ok(true) }))",
        )],
        caught_by: (
            Target::Unit,
            "a_connection_with_an_open_transaction_is_not_used_again",
        ),
    },
    Guard {
        name: "a database file that was removed or replaced is noticed",
        removal: &[(
            FILE,
            "identity(&self.path) == Some(self.opened)",
            "identity(&self.path) == Some(self.opened) || self.path.is_absolute()",
        )],
        caught_by: (
            Target::Unit,
            "nothing_is_written_to_a_file_that_is_gone_or_replaced",
        ),
    },
    Guard {
        name: "a bare EXISTS makes no list's pages wrong",
        removal: &[(ROWS, "find.limit(1).into_query()", "find.into_query()")],
        caught_by: (
            Target::Screens,
            "every_page_of_the_marketplace_follows_the_one_before",
        ),
    },
    Guard {
        name: "a transaction has a task of its own",
        removal: &[(DB, "to_its_end(all).await", "all.await")],
        caught_by: (
            Target::Rules,
            "rule_l1_a_client_who_hangs_up_cuts_no_transaction_in_half",
        ),
    },
    Guard {
        name: "a checkout goes on when nobody waits for it",
        removal: &[(
            PLACE,
            "to_its_end(async move { try_to_pay(&market, attempt).await }).await",
            "try_to_pay(&market, attempt).await",
        )],
        caught_by: (
            Target::Torture,
            "rule_c4_somebody_who_hangs_up_while_the_provider_is_asked",
        ),
    },
    Guard {
        name: "a call's answer is heard when nobody waits for it",
        removal: &[(
            OUTBOX,
            "to_its_end(async move { run(&market, row).await }).await",
            "run(&market, row).await",
        )],
        caught_by: (
            Target::Torture,
            "rule_c4_somebody_who_hangs_up_while_the_provider_is_asked",
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
];
