//! L1-L3, L5: transfers, balances, where tokens come from, the pool.

use market::{Error, issue};
use model::Tokens;
use trial::both_engines;
use trial::world::{WELCOME, World};

both_engines!(
    rule_l1_a_movement_is_one_transfer_that_says_what_it_is_for,
    rule_l1_the_database_refuses_to_change_or_delete_a_transfer,
    rule_l2_the_database_refuses_a_balance_below_zero,
    rule_l2_nobody_spends_more_than_she_holds,
    rule_l2_balances_are_the_sum_of_their_transfers,
    rule_l3_tokens_come_from_issuance_and_leave_by_a_burn,
    rule_l5_an_escrow_is_rate_times_open_units_at_every_step,
);

async fn rule_l1_a_movement_is_one_transfer_that_says_what_it_is_for(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 6).await;
    let before = world.count("transfers").await;

    let offer = world.offer(&maker, &mug, 300, 4).await;

    assert_eq!(world.count("transfers").await, before + 1);
    let made = "SELECT debit || ' ' || credit || ' ' || asset || ' ' || amount || ' ' || kind || ' ' || offer_id \
                || ' ' || key FROM transfers ORDER BY id DESC LIMIT 1";
    let (wallet, escrow) = (format!("wallet:{}", maker.id()), format!("offer:{offer}"));
    assert_eq!(
        world.text(made).await,
        format!("{wallet} {escrow} token 1200 fund {offer} fund:offer:{offer}:1")
    );
}

async fn rule_l1_the_database_refuses_to_change_or_delete_a_transfer(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    world.buy(&[(&maker, &mug, 1)]).await;
    let (count, sum) = (
        world.count("transfers").await,
        world.number("SELECT SUM(amount) FROM transfers").await,
    );

    for sql in [
        "UPDATE transfers SET amount = amount + 1",
        "UPDATE transfers SET note = 'nothing happened' WHERE id = 1",
        "DELETE FROM transfers",
        "DELETE FROM transfers WHERE id = 1",
        // No such statement on SQLite: refused as well.
        "TRUNCATE transfers",
    ] {
        assert!(world.execute(sql).await.is_err(), "{sql}");
    }

    assert_eq!(world.count("transfers").await, count);
    assert_eq!(world.number("SELECT SUM(amount) FROM transfers").await, sum);
}

async fn rule_l2_the_database_refuses_a_balance_below_zero(world: World) {
    let (maker, _, offer, _) = world.carried(2_800, 6, 300, 4).await;
    for code in [format!("wallet:{}", maker.id()), format!("offer:{offer}")] {
        let overdraw = format!("UPDATE ledger_accounts SET balance = -1 WHERE code = '{code}'");
        assert!(world.execute(&overdraw).await.is_err(), "{code}");
    }
    assert_eq!(
        (world.wallet(&maker).await, world.escrow(offer).await),
        (WELCOME - 1_200, 1_200)
    );
}

async fn rule_l2_nobody_spends_more_than_she_holds(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let too_much = issue(&world.market, &maker.slug, Tokens(-WELCOME - 1), "", "burn").await;
    assert!(
        matches!(too_much, Err(Error::Overdrawn { account }) if account == format!("wallet:{}", maker.id()))
    );
    assert_eq!(world.wallet(&maker).await, WELCOME);
}

async fn rule_l2_balances_are_the_sum_of_their_transfers(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 9, 300, 6).await;
    world.buy(&[(&reseller, &mug, 2), (&maker, &mug, 1)]).await;
    world.change(&maker, offer, 200, 3).await.unwrap();
    world.hold(&[(&reseller, &mug, 1)]).await;
    world.revoke(&maker, offer).await.unwrap();

    for store in [&maker, &reseller] {
        let wallet = format!("wallet:{}", store.id());
        let moved = format!(
            "SELECT SUM(CASE WHEN credit = '{wallet}' THEN amount ELSE -amount END) FROM transfers \
             WHERE credit = '{wallet}' OR debit = '{wallet}'"
        );
        assert_eq!(world.wallet(store).await, world.number(&moved).await);
    }
}

async fn rule_l3_tokens_come_from_issuance_and_leave_by_a_burn(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    issue(
        &world.market,
        &reseller.slug,
        Tokens(700),
        "a prize",
        "prize",
    )
    .await
    .unwrap();
    issue(
        &world.market,
        &maker.slug,
        Tokens(-200),
        "a correction",
        "correction",
    )
    .await
    .unwrap();
    world.buy(&[(&reseller, &mug, 3)]).await;

    let out = 2 * WELCOME + 700 - 200;
    let held = "SELECT SUM(balance) FROM ledger_accounts WHERE asset = 'token'";
    assert_eq!(world.number(held).await, out);
    let issued = "SELECT SUM(CASE WHEN debit = 'issuance' THEN amount ELSE -amount END) FROM transfers \
                  WHERE debit = 'issuance' OR credit = 'issuance'";
    assert_eq!(world.number(issued).await, out);
    let unknown = issue(&world.market, "nobody", Tokens(1), "", "nobody").await;
    assert!(matches!(unknown, Err(Error::NotFound("store"))));
}

async fn rule_l5_an_escrow_is_rate_times_open_units_at_every_step(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 10, 300, 6).await;
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (1_800, 1_800)
    );

    let hold = world.hold(&[(&reseller, &mug, 2)]).await;
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (1_200, 1_800)
    );
    world.assert_sound().await;

    world.change(&maker, offer, 500, 5).await.unwrap();
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (2_500, 2_500 + 600)
    );
    world.assert_sound().await;

    world.approve(&hold).await;
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (2_500, 2_500)
    );
    world.assert_sound().await;

    world.buy(&[(&reseller, &mug, 1)]).await;
    assert_eq!(
        (world.escrow(offer).await, world.pool().await),
        (2_000, 2_000)
    );
    world.assert_sound().await;

    world.revoke(&maker, offer).await.unwrap();
    assert_eq!((world.escrow(offer).await, world.pool().await), (0, 0));
}
