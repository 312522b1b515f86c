//! The steps of a walk. What a step is about is a number, taken modulo what there is when the step is made: any
//! sequence of steps can be walked, so that one that fails can be made shorter by leaving steps out.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use trial::world::Card;

/// Picks one of what there is.
pub type Pick = usize;

/// One thing somebody does.
#[derive(Clone, Debug)]
pub enum Step {
    OpenStore,
    /// Tokens are issued, or taken out when there are fewer than none; `twice` under the same key.
    Issue {
        store: Pick,
        amount: i64,
        twice: bool,
    },
    Publish {
        store: Pick,
        price: i64,
        stock: [i64; 2],
    },
    /// A maker corrects the stock of one variant by so many units.
    Correct {
        variant: Pick,
        by: i64,
    },
    Reprice {
        variant: Pick,
        price: i64,
    },
    Offer {
        product: Pick,
        rate: i64,
        units: i64,
    },
    Change {
        offer: Pick,
        rate: i64,
        units: i64,
    },
    Revoke {
        offer: Pick,
    },
    Shelve {
        store: Pick,
        product: Pick,
    },
    Unshelve {
        listing: Pick,
    },
    /// A new cart for a guest, or for the owner of a store.
    Cart {
        owner: Option<Pick>,
    },
    /// The owner of a store logs in where somebody has a cart.
    LogIn {
        cart: Pick,
        owner: Pick,
    },
    Add {
        cart: Pick,
        listing: Pick,
        variant: Pick,
        units: i64,
    },
    Pay {
        cart: Pick,
        card: Card,
    },
    /// The same checkout, sent again.
    PayAgain {
        order: Pick,
    },
    TellBank {
        order: Pick,
        yes: bool,
    },
    ComeBack {
        order: Pick,
    },
    Cancel {
        line: Pick,
        units: i64,
        restock: bool,
    },
    /// The same cancellation, sent again.
    CancelAgain {
        refund: Pick,
    },
    Pack {
        parcel: Pick,
    },
    Ship {
        parcel: Pick,
    },
    Deliver {
        parcel: Pick,
    },
    Wait {
        minutes: i64,
    },
    Tick,
}

/// The market's settings and the steps that a seed stands for.
pub struct Plan {
    pub fee_basis_points: i64,
    pub reward_pending_days: i64,
    pub steps: Vec<Step>,
}

impl Plan {
    /// The same seed is the same plan.
    pub fn of(seed: u64, length: usize) -> Plan {
        let mut chance = StdRng::seed_from_u64(seed);
        let fee_basis_points = [0, 250, 1_000][chance.random_range(0..3)];
        let reward_pending_days = [0, 0, 3][chance.random_range(0..3)];
        let mut steps = opening(&mut chance);
        while steps.len() < length {
            steps.push(any(&mut chance));
        }
        Plan {
            fee_basis_points,
            reward_pending_days,
            steps,
        }
    }
}

/// Without some stores, products and shelves nothing much can happen.
fn opening(chance: &mut StdRng) -> Vec<Step> {
    vec![
        Step::OpenStore,
        Step::OpenStore,
        publish(chance),
        publish(chance),
        offer(chance),
        offer(chance),
        Step::Shelve {
            store: 0,
            product: 0,
        },
        Step::Shelve {
            store: 1,
            product: 0,
        },
        Step::Shelve {
            store: 0,
            product: 1,
        },
        Step::Shelve {
            store: 1,
            product: 1,
        },
        Step::Cart { owner: None },
    ]
}

fn publish(chance: &mut StdRng) -> Step {
    Step::Publish {
        store: pick(chance),
        price: chance.random_range(1..5_000),
        stock: [chance.random_range(0..12), chance.random_range(0..4)],
    }
}

fn offer(chance: &mut StdRng) -> Step {
    Step::Offer {
        product: pick(chance),
        rate: chance.random_range(1..1_500),
        units: chance.random_range(1..9),
    }
}

fn pick(chance: &mut StdRng) -> Pick {
    chance.random_range(0..10_000)
}

fn any(chance: &mut StdRng) -> Step {
    match chance.random_range(0..1_000) {
        0..4 => Step::OpenStore,
        4..30 => Step::Issue {
            store: pick(chance),
            amount: chance.random_range(-6_000..6_000),
            twice: chance.random_bool(0.3),
        },
        30..50 => publish(chance),
        50..130 => Step::Correct {
            variant: pick(chance),
            by: chance.random_range(-6..9),
        },
        130..150 => Step::Reprice {
            variant: pick(chance),
            price: chance.random_range(1..5_000),
        },
        150..220 => offer(chance),
        220..270 => Step::Change {
            offer: pick(chance),
            rate: chance.random_range(1..1_500),
            units: chance.random_range(1..9),
        },
        270..300 => Step::Revoke {
            offer: pick(chance),
        },
        300..350 => Step::Shelve {
            store: pick(chance),
            product: pick(chance),
        },
        350..360 => Step::Unshelve {
            listing: pick(chance),
        },
        360..390 => Step::Cart {
            owner: chance.random_bool(0.4).then(|| pick(chance)),
        },
        390..410 => Step::LogIn {
            cart: pick(chance),
            owner: pick(chance),
        },
        410..560 => Step::Add {
            cart: pick(chance),
            listing: pick(chance),
            variant: pick(chance),
            units: chance.random_range(1..5),
        },
        560..710 => Step::Pay {
            cart: pick(chance),
            card: [
                Card::Pays,
                Card::Pays,
                Card::Declined,
                Card::SecondStep,
                Card::SecondStep,
                Card::LateAnswer,
            ][chance.random_range(0..6)],
        },
        710..735 => Step::PayAgain {
            order: pick(chance),
        },
        735..785 => Step::TellBank {
            order: pick(chance),
            yes: chance.random_bool(0.8),
        },
        785..835 => Step::ComeBack {
            order: pick(chance),
        },
        835..895 => Step::Cancel {
            line: pick(chance),
            units: chance.random_range(1..4),
            restock: chance.random_bool(0.5),
        },
        895..910 => Step::CancelAgain {
            refund: pick(chance),
        },
        910..925 => Step::Pack {
            parcel: pick(chance),
        },
        925..940 => Step::Ship {
            parcel: pick(chance),
        },
        940..950 => Step::Deliver {
            parcel: pick(chance),
        },
        950..975 => Step::Wait {
            minutes: [1, 7, 15, 16, 1_440][chance.random_range(0..5)],
        },
        _ => Step::Tick,
    }
}
