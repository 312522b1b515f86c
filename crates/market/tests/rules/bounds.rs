//! Numbers have bounds: whatever a form says, what results of it is within them, or nothing happens.

use market::{Error, Refusal, Result, product};
use model::{Currency, ProductForm, limits};
use trial::both_engines;
use trial::world::{Product, Store, World};

both_engines!(
    a_form_that_lies_about_the_stock_it_was_shown_puts_nothing_beyond_bounds,
    units_that_come_back_do_not_push_a_stock_beyond_bounds,
    rule_r1_rate_times_units_beyond_all_numbers_is_refused,
);

/// Sends a product's form that says it was shown this stock.
async fn sent_with(
    world: &World,
    maker: &Store,
    mug: &Product,
    shown: &str,
    to: i64,
) -> Result<()> {
    let edit = product::form(&world.market, maker.owner, mug.id).await?;
    let typed = |stock: String| {
        let mut form: ProductForm = edit.form.clone();
        form.variants[0].stock = stock;
        form
    };
    let shown = typed(shown.to_owned());
    let change = typed(to.to_string()).changes(&shown, Currency::Usd)?;
    product::update(&world.market, maker.owner, mug.id, change).await
}

async fn a_form_that_lies_about_the_stock_it_was_shown_puts_nothing_beyond_bounds(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 10).await;

    for shown in [
        "-9223372036854775790 of 10",
        "-9223372036854775790",
        "9223372036854775807 of 10",
        "1000001 of 10",
        "NaN of 10",
    ] {
        let refused = sent_with(&world, &maker, &mug, shown, 5).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{shown}");
    }
    let full = sent_with(&world, &maker, &mug, "0 of 10", limits::STOCK).await;
    assert!(matches!(full, Err(Error::Refused(Refusal::StockFull))));
    let other = sent_with(&world, &maker, &mug, "0 of 11", 20).await;
    assert!(matches!(other, Err(Error::Clash(_))));
    assert_eq!(world.number("SELECT on_hand FROM variants").await, 10);
}

async fn units_that_come_back_do_not_push_a_stock_beyond_bounds(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 10).await;
    let secret = world.buy(&[(&maker, &mug, 2)]).await;
    world.set_stock(&maker, &mug, limits::STOCK).await.unwrap();

    let full = world.cancel(&maker, &secret, 1, true).await;
    assert!(matches!(full, Err(Error::Refused(Refusal::RestockFull))));
    world.cancel(&maker, &secret, 1, false).await.unwrap();
    let stock = world.number("SELECT on_hand FROM variants").await;
    assert_eq!(stock, limits::STOCK);
}

async fn rule_r1_rate_times_units_beyond_all_numbers_is_refused(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 10).await;
    for (rate, units) in [(i64::MAX, 2), (i64::MAX, i64::MAX), (2, i64::MAX)] {
        let refused = world.try_offer(&maker, &mug, rate, units).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Quote(_)))));
    }
}
