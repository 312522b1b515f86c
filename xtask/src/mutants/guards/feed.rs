//! What keeps pages that are kept from lying.

use super::{Guard, Target};

const ALL: &str = "crates/market/src/facts/all.rs";
const SEARCH: &str = "crates/market/src/search/mod.rs";
const FEED: &str = "crates/market/src/feed/mod.rs";
const KNOWN: &str = "crates/market/src/feed/known.rs";
const FOLLOW: &str = "crates/market/src/feed/follow.rs";
const MEMORY: &str = "crates/market/src/fresh/memory.rs";
const READ: &str = "crates/market/src/feed/read.rs";
const SQLITE: &str = "crates/market/src/migration/m0012_changes/sqlite.sql";

const KEPT: &str = "server/src/kept_pages.rs";
const GUEST: &str = "app/src/server/guest.rs";

pub const CHANGES: &[Guard] = &[
    Guard {
        name: "whoever is logged in gets no page that is kept",
        removal: &[(
            GUEST,
            "cookie::values(headers, session).next().is_some()",
            "cookie::values(headers, session).next().is_some() && false",
        )],
        caught_by: (Target::Http, "nothing_of_anybody_is_in_what_others_get"),
    },
    Guard {
        name: "a page that is kept is made as for nobody",
        removal: &[
            (
                GUEST,
                "cookie::values(headers, session).next().is_some()",
                "cookie::values(headers, session).next().is_some() && false",
            ),
            (
                KEPT,
                "*request.headers_mut() = as_nobody;",
                "*request.headers_mut() = asked.clone();",
            ),
        ],
        caught_by: (Target::Http, "nothing_of_anybody_is_in_what_others_get"),
    },
    Guard {
        name: "what is left of a product is told by a trigger",
        removal: &[(
            SQLITE,
            "min(OLD.on_hand - OLD.held, 99) <> min(NEW.on_hand - NEW.held, 99)",
            "FALSE",
        )],
        caught_by: (
            Target::Rules,
            "whatever_changes_a_product_is_told_in_every_process",
        ),
    },
    Guard {
        name: "whoever keeps a page waits until all is known",
        removal: &[(
            FEED,
            "known.instrument(waits).await.map_err(|_| Behind)",
            "drop(known.instrument(waits));\n        Ok(())",
        )],
        caught_by: (
            Target::Rules,
            "whatever_changes_a_product_is_told_in_every_process",
        ),
    },
    Guard {
        name: "nobody believes that nothing was committed without asking",
        removal: &[(
            FEED,
            "reached.is_some() && self.commits() == reached",
            "reached.is_some()",
        )],
        caught_by: (
            Target::Rules,
            "whatever_changes_a_product_is_told_in_every_process",
        ),
    },
    Guard {
        name: "a snapshot says which transactions it did not see",
        removal: &[(
            READ,
            " OR changes.xid = ANY (string_to_array($2, ',')::XID8[])",
            " OR $2::TEXT IS NULL",
        )],
        caught_by: (
            Target::Rules,
            "nothing_is_missed_of_transactions_that_end_in_another_order",
        ),
    },
    Guard {
        name: "a position means something to one run of one server",
        removal: &[(READ, " && one.server == earlier.server", "")],
        caught_by: (Target::Unit, "a_database_that_was_put_back_is_noticed"),
    },
    Guard {
        name: "nothing from before holds when something may have been missed",
        removal: &[(KNOWN, "self.epoch = self.epoch.wrapping_add(1);", "")],
        caught_by: (
            Target::Unit,
            "nothing_holds_while_something_may_be_missed_and_nothing_from_before_it_after",
        ),
    },
    Guard {
        name: "facts are read before anybody is told that all is known",
        removal: &[(FOLLOW, "self.refresh(&concerned).await?;", "")],
        caught_by: (
            Target::Rules,
            "every_page_from_memory_is_as_the_database_says",
        ),
    },
    Guard {
        name: "what was read is used for as long as it holds",
        removal: &[(
            MEMORY,
            "feed.holds(&kept.stamp).then_some(kept.value)",
            "Some(kept.value)",
        )],
        caught_by: (
            Target::Rules,
            "every_page_from_memory_is_as_the_database_says",
        ),
    },
    Guard {
        name: "hits are shown only if they are for sale",
        removal: &[(ALL, "fact.filter(Fact::is_for_sale)", "fact")],
        caught_by: (Target::Rules, "what_is_changed_is_found_as_it_is_now"),
    },
    Guard {
        name: "rewards are asked for by owners only",
        removal: &[(SEARCH, "reward: filters.reward.filter(|_| is_owner),", "")],
        caught_by: (
            Target::Screens,
            "rule_r10_without_a_store_nothing_is_found_by_reward",
        ),
    },
];
