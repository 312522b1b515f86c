//! What keeps a cart and what hangs on it together.

use super::{Guard, Target};

const BOUGHT: &str = "crates/market/src/cart/bought.rs";
const HOLD: &str = "crates/market/src/checkout/hold/take.rs";
const MERGE: &str = "crates/market/src/cart/merge.rs";
const WHOSE: &str = "crates/market/src/cart/whose.rs";

pub const CART: &[Guard] = &[
    Guard {
        name: "a cart is locked by the checkout that goes first",
        removal: &[(
            WHOSE,
            ".order_by_asc(cart::Column::Id)\n        .locked()",
            ".order_by_asc(cart::Column::Id)",
        )],
        caught_by: (
            Target::Rules,
            "rule_l4_one_checkout_key_twenty_times_at_once_is_one_order",
        ),
    },
    Guard {
        name: "an attempt to pay is found in the cart that its lines went into",
        removal: &[(
            WHOSE,
            "\n        .add(cart::Column::MergedInto.eq(cart));",
            ";",
        )],
        caught_by: (
            Target::Rules,
            "rule_c4_a_cart_is_paid_for_once_whoever_she_becomes_meanwhile",
        ),
    },
    Guard {
        name: "an attempt to pay is handed over with its cart",
        removal: &[(
            MERGE,
            "hand_over(tx, from, account).await?;",
            "if false {\n        hand_over(tx, from, account).await?;\n    }",
        )],
        caught_by: (
            Target::Rules,
            "rule_r6_who_logs_in_at_the_bank_buys_from_her_own_shelf",
        ),
    },
    Guard {
        name: "what was not bought stays in the cart",
        removal: &[(
            BOUGHT,
            "units if units < line.units =>",
            "units if false && units < line.units =>",
        )],
        caught_by: (
            Target::Rules,
            "rule_c1_what_is_put_in_beside_the_units_being_paid_for_stays",
        ),
    },
    Guard {
        name: "what is bought is compared with what was seen",
        removal: &[(
            HOLD,
            "if !changes.is_empty() {",
            "if false && !changes.is_empty() {",
        )],
        caught_by: (
            Target::Rules,
            "rule_c1_another_thing_at_the_same_price_is_not_bought_unseen",
        ),
    },
    Guard {
        name: "whoever puts something into a cart locks it",
        removal: &[(
            WHOSE,
            "Some(cart) => locked(tx, cart).await?,",
            "Some(cart) => cart::Entity::find_by_id(cart).one(tx.db()).await?,",
        )],
        caught_by: (
            Target::Rules,
            "rule_c1_twenty_additions_to_a_cart_at_once_are_all_in_it",
        ),
    },
];
