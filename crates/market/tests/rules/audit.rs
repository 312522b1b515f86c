//! The audit itself: it sees what is wrong and names the row.

use crate::engine::both_engines;
use crate::world::World;
use market::verify;

both_engines!(
    the_audit_looks_at_everything_and_finds_an_open_market_sound,
    the_audit_names_the_row_that_breaks_a_rule,
);

/// Something of everything: sales from both shelves, a cancellation, a late payment, a hold under way.
async fn busy(world: &World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 20, 300, 10).await;
    let secret = world.buy(&[(&reseller, &mug, 2), (&maker, &mug, 1)]).await;
    world.cancel(&maker, &secret, 1, true).await.unwrap();
    let bowl = world.product(&maker, "Bowl", 3_000, 1).await;
    world.hold_without_answer(&[(&maker, &bowl, 1)]).await;
    world.wait_minutes(16);
    world.buy(&[(&maker, &bowl, 1)]).await;
    world.tick().await;
    world.tick().await;
    world.hold(&[(&reseller, &mug, 3)]).await;
}

async fn the_audit_looks_at_everything_and_finds_an_open_market_sound(world: World) {
    let empty = verify::run(&world.market).await.unwrap();
    assert!(empty.is_sound(), "{empty:#?}");

    busy(&world).await;

    let report = verify::run(&world.market).await.unwrap();
    assert!(report.is_sound(), "{report:#?}");
    assert_eq!(report.checks.len(), empty.checks.len());
    for check in report.checks {
        let waits = check.name.starts_with("paid at the provider");
        assert_eq!(
            check.looked_at == 0,
            waits,
            "{} looked at {}",
            check.name,
            check.looked_at
        );
    }
}

async fn the_audit_names_the_row_that_breaks_a_rule(world: World) {
    busy(&world).await;
    for (rule, named, harm, undo) in [
        (
            "L2",
            "wallet:1 keeps",
            "UPDATE ledger_accounts SET balance = balance + 1 WHERE code = 'wallet:1'",
            "UPDATE ledger_accounts SET balance = balance - 1 WHERE code = 'wallet:1'",
        ),
        (
            "L3",
            "token accounts together hold 1",
            "UPDATE ledger_accounts SET balance = balance + 1 WHERE code = 'wallet:1'",
            "UPDATE ledger_accounts SET balance = balance - 1 WHERE code = 'wallet:1'",
        ),
        (
            "L5",
            "offer 1 (open)",
            "UPDATE offers SET open_units = open_units - 1",
            "UPDATE offers SET open_units = open_units + 1",
        ),
        (
            "R4",
            "offer 1 counts",
            "UPDATE offers SET held_units = held_units - 1",
            "UPDATE offers SET held_units = held_units + 1",
        ),
        (
            "R4",
            "product 1 has",
            "UPDATE variants SET on_hand = on_hand - 14, received = received - 14 WHERE id = 1",
            "UPDATE variants SET on_hand = on_hand + 14, received = received + 14 WHERE id = 1",
        ),
        (
            "R5",
            "(reward:line:1)",
            "UPDATE order_lines SET rewarded_units = 1 WHERE id = 1",
            "UPDATE order_lines SET rewarded_units = 2 WHERE id = 1",
        ),
        (
            "C2",
            "variant 1 counts",
            "UPDATE variants SET held = held + 1 WHERE id = 1",
            "UPDATE variants SET held = held - 1 WHERE id = 1",
        ),
        (
            "C4",
            "variant 1 has",
            "UPDATE variants SET received = received + 1 WHERE id = 1",
            "UPDATE variants SET received = received - 1 WHERE id = 1",
        ),
        (
            "C3",
            "still on hold, 16 minutes",
            "UPDATE orders SET hold_expires_at = hold_expires_at - 1860000 WHERE state = 'held'",
            "UPDATE orders SET hold_expires_at = hold_expires_at + 1860000 WHERE state = 'held'",
        ),
        (
            "C1",
            "its parcels to 401",
            "UPDATE parcels SET shipping = shipping + 1 WHERE id = 1",
            "UPDATE parcels SET shipping = shipping - 1 WHERE id = 1",
        ),
        (
            "C4",
            "(paid, ",
            "UPDATE payments SET state = 'asked' WHERE order_id = 1",
            "UPDATE payments SET state = 'paid' WHERE order_id = 1",
        ),
        (
            "C4",
            "the provider says",
            "UPDATE sandbox_charges SET amount = amount + 1 WHERE state = 'paid'",
            "UPDATE sandbox_charges SET amount = amount - 1 WHERE state = 'paid'",
        ),
        (
            "C4",
            "(second_step) of order",
            "UPDATE outbox SET done_at = -1 WHERE done_at IS NULL",
            "UPDATE outbox SET done_at = NULL WHERE done_at = -1",
        ),
        (
            "C5",
            "payable:1 holds",
            "UPDATE order_lines SET price = price + 1 WHERE id = 2",
            "UPDATE order_lines SET price = price - 1 WHERE id = 2",
        ),
        (
            "C6",
            "line 1 counts",
            "UPDATE order_lines SET cancelled_units = cancelled_units + 1 WHERE id = 1",
            "UPDATE order_lines SET cancelled_units = cancelled_units - 1 WHERE id = 1",
        ),
        (
            "C6",
            "refunds hold",
            "UPDATE refunds SET amount = amount + 1 WHERE state = 'done'; UPDATE refunds SET state = 'due'",
            "UPDATE refunds SET amount = amount - 1; UPDATE refunds SET state = 'done'",
        ),
    ] {
        world.execute(harm).await.unwrap();
        let report = verify::run(&world.market).await.unwrap();
        let seen = |check: &verify::Check| {
            check.rule == rule && check.breaches.iter().any(|row| row.contains(named))
        };
        assert!(report.checks.iter().any(seen), "{harm}: {report:#?}");
        world.execute(undo).await.unwrap();
        world.assert_sound().await;
    }
}
