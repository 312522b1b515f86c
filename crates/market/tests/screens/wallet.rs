//! The wallet's statement and the dashboard's figures follow the ledger.

use market::{store, wallet};
use model::{DayPoint, Money, PageRequest, Tokens, TransferKind, WalletPage};
use trial::World;
use trial::both_engines;

both_engines!(
    a_statement_says_what_the_wallet_held_after_each_movement,
    a_movement_names_its_product_and_order,
    rewards_and_sales_are_counted_on_their_day,
    what_waits_for_a_sale_is_on_hold,
    the_dashboard_counts_what_there_is,
);

const MINUTES_A_DAY: i64 = 24 * 60;

async fn wallet_of(world: &World, store: &trial::world::Store) -> WalletPage {
    wallet::page(&world.market, store.owner, PageRequest::FIRST)
        .await
        .unwrap()
}

fn values(days: &[DayPoint]) -> Vec<i64> {
    days.iter().map(|day| day.value).collect()
}

async fn a_statement_says_what_the_wallet_held_after_each_movement(world: World) {
    let (maker, _, offer, _) = world.carried(1_200, 50, 100, 1).await;
    for units in 2..=40 {
        world.change(&maker, offer, 100, units).await.unwrap();
    }
    let mut rows = Vec::new();
    for (number, size) in [(1, 25), (2, 16)] {
        let page = wallet::page(&world.market, maker.owner, PageRequest::new(number))
            .await
            .unwrap();
        assert_eq!(
            (page.balance, page.in_offers),
            (Tokens(6_000), Tokens(4_000))
        );
        assert_eq!(
            (
                page.statement.total,
                page.statement.pages,
                page.statement.rows.len()
            ),
            (41, 2, size)
        );
        rows.extend(page.statement.rows);
    }
    assert_eq!(rows[0].balance, Tokens(6_000));
    assert!(
        rows.windows(2)
            .all(|pair| pair[0].balance.0 == pair[1].balance.0 + pair[0].amount.0)
    );
    assert_eq!(
        (rows[0].kind, rows[0].amount),
        (TransferKind::Fund, Tokens(-100))
    );
    let first = &rows[40];
    assert_eq!(
        (first.kind, first.amount, first.balance),
        (TransferKind::Welcome, Tokens(10_000), Tokens(10_000))
    );
}

async fn a_movement_names_its_product_and_order(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 5, 300, 2).await;
    let secret = world.buy(&[(&reseller, &mug, 1)]).await;
    world
        .edit(&maker, &mug, |form| form.title = "Renamed".into())
        .await
        .unwrap();

    let reward = wallet_of(&world, &reseller).await.statement.rows.remove(0);
    assert_eq!(
        (reward.kind, reward.amount),
        (TransferKind::Reward, Tokens(300))
    );
    assert_eq!(
        reward.product.as_deref(),
        Some("Mug"),
        "its title when it was sold"
    );
    assert_eq!(reward.order, Some(world.order(&secret).await.number));
    let fund = wallet_of(&world, &maker).await.statement.rows.remove(0);
    assert_eq!(
        (fund.kind, fund.product.as_deref(), fund.order),
        (TransferKind::Fund, Some("Renamed"), None)
    );
}

async fn rewards_and_sales_are_counted_on_their_day(world: World) {
    let world = world
        .with(|settings| settings.fee_basis_points = 1_000)
        .await;
    let (maker, mug, _, reseller) = world.carried(1_200, 9, 300, 5).await;
    world.buy(&[(&reseller, &mug, 1)]).await;
    world.wait_minutes(29 * MINUTES_A_DAY);
    world.buy(&[(&reseller, &mug, 2)]).await;

    let earned = wallet_of(&world, &reseller).await;
    assert_eq!(
        (earned.balance, earned.earned),
        (Tokens(10_900), Tokens(900))
    );
    let days = values(&earned.earned_by_day);
    assert_eq!(
        (days.len(), days[0], days[29], days.iter().sum::<i64>()),
        (30, 300, 600, 900)
    );
    let midnights = earned
        .earned_by_day
        .windows(2)
        .all(|pair| pair[0].day.plus_days(1) == pair[1].day);
    assert!(midnights && earned.earned_by_day[29].day.0 <= world.market.now().0);

    // Goods and shipping less a tenth of the goods.
    let overview = store::overview(&world.market, maker.owner).await.unwrap();
    let days = values(&overview.sales_by_day);
    assert_eq!(
        (days[0], days[29], overview.sales_30_days),
        (1_480, 2_560, Money(4_040))
    );
    assert_eq!(
        (overview.payable, wallet_of(&world, &maker).await.payable),
        (Money(4_040), Money(4_040))
    );

    world.wait_minutes(MINUTES_A_DAY);
    let overview = store::overview(&world.market, reseller.owner)
        .await
        .unwrap();
    assert_eq!(
        overview.earned_30_days,
        Tokens(600),
        "the first day is off the chart"
    );
    assert_eq!(wallet_of(&world, &reseller).await.earned, Tokens(900));
}

async fn what_waits_for_a_sale_is_on_hold(world: World) {
    let world = world
        .with(|settings| settings.reward_pending_days = 14)
        .await;
    let (maker, mug, offer, reseller) = world.carried(1_200, 9, 300, 6).await;
    let held = world.hold(&[(&reseller, &mug, 2)]).await;
    // The hold keeps the rate it was made at.
    world.change(&maker, offer, 500, 4).await.unwrap();
    let figures = |page: WalletPage| (page.in_offers, page.in_holds, page.balance);
    assert_eq!(
        figures(wallet_of(&world, &maker).await),
        (Tokens(2_000), Tokens(600), Tokens(7_400))
    );

    world.approve(&held).await;
    assert_eq!(
        figures(wallet_of(&world, &maker).await),
        (Tokens(2_000), Tokens(600), Tokens(7_400)),
        "not due yet"
    );
    world.wait_minutes(14 * MINUTES_A_DAY);
    world.tick().await;
    assert_eq!(
        figures(wallet_of(&world, &maker).await),
        (Tokens(2_000), Tokens(0), Tokens(7_400))
    );
    assert_eq!(wallet_of(&world, &reseller).await.earned, Tokens(600));
}

async fn the_dashboard_counts_what_there_is(world: World) {
    let (maker, mug, _, reseller) = world.carried(1_200, 9, 300, 5).await;
    world.product(&maker, "Vase", 4_000, 0).await;
    let secret = world.buy(&[(&reseller, &mug, 3), (&maker, &mug, 1)]).await;
    world.cancel(&maker, &secret, 1, false).await.unwrap();
    let _unpaid = world.hold(&[(&reseller, &mug, 1)]).await;

    let made = store::overview(&world.market, maker.owner).await.unwrap();
    assert_eq!(
        (made.products, made.sold_out, made.open_offers, made.to_ship),
        (2, 1, 1, 1)
    );
    assert_eq!(
        (made.carried, made.carried_by, made.sold_through_others),
        (0, 1, 2)
    );
    assert_eq!((made.wallet, made.in_offers), (Tokens(8_500), Tokens(300)));
    let carries = store::overview(&world.market, reseller.owner)
        .await
        .unwrap();
    assert_eq!(
        (
            carries.products,
            carries.carried,
            carries.carried_by,
            carries.to_ship
        ),
        (0, 1, 0, 0)
    );
    assert_eq!(
        (carries.earned_30_days, carries.wallet),
        (Tokens(900), Tokens(10_900))
    );
}
