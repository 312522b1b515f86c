//! A form changes only what it showed: what another window did meanwhile stays, or both are shown.

use market::{Error, Refusal, Result, offer, order, product};
use model::{
    CancelUnits, Clash, Currency, OfferForm, ProductEdit, ProductForm, ProductState, VariantForm,
};
use trial::both_engines;
use trial::world::{Product, Store, World};

both_engines!(
    rule_f5_a_form_changes_only_what_it_showed_and_leaves_a_variant_of_another_window_alone,
    rule_f5_a_form_changes_only_what_it_showed_and_units_sold_meanwhile_stay_sold,
    rule_f5_a_form_changes_only_what_it_showed_when_two_corrected_the_same_stock,
    a_variant_is_taken_away_by_an_act_and_only_as_it_was_shown,
    a_change_of_a_variant_that_is_gone_is_told_and_not_dropped,
    publishing_puts_on_the_shelf_what_the_form_shows,
    a_product_is_taken_off_only_as_it_was_shown,
    an_offer_keeps_what_another_window_gave_it,
    units_are_cancelled_only_as_the_page_showed_them,
);

async fn opened(world: &World, maker: &Store, product: &Product) -> ProductEdit {
    product::form(&world.market, maker.owner, product.id)
        .await
        .unwrap()
}

/// The window that shows this is sent, with other words or figures.
async fn sent(
    world: &World,
    maker: &Store,
    window: &ProductEdit,
    change: impl FnOnce(&mut ProductForm),
) -> Result<()> {
    let mut form = window.form.clone();
    change(&mut form);
    let change = form.changes(&window.shown, Currency::Usd)?;
    product::update(&world.market, maker.owner, window.id, change).await
}

fn clashes(answer: Result<()>) -> Vec<Clash> {
    match answer {
        Err(Error::Clash(clashes)) => clashes,
        other => panic!("two should have changed the same, but {other:?}"),
    }
}

fn wrong_field(answer: Result<()>) -> String {
    match answer {
        Err(Error::Invalid(errors)) => errors[0].field.clone(),
        other => panic!("a field should be wrong, but {other:?}"),
    }
}

fn large() -> VariantForm {
    VariantForm {
        name: "L".into(),
        price: "30.00".into(),
        stock: "40".into(),
        ..VariantForm::default()
    }
}

async fn mug_in_two_sizes(world: &World) -> (Store, Product) {
    let maker = world.store("Kiln & Clay").await;
    let sizes = [("S", 2_000, 5), ("M", 2_500, 5)];
    let mug = world.product_in_variants(&maker, "Mug", &sizes).await;
    (maker, mug)
}

async fn rule_f5_a_form_changes_only_what_it_showed_and_leaves_a_variant_of_another_window_alone(
    world: World,
) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    let stale = opened(&world, &maker, &mug).await;
    world
        .edit(&maker, &mug, |form| form.variants.push(large()))
        .await
        .unwrap();
    let offer = world.offer(&maker, &mug, 100, 45).await;

    sent(&world, &maker, &stale, |form| form.title = "Cup".into())
        .await
        .unwrap();

    let now = opened(&world, &maker, &mug).await.form;
    let names: Vec<_> = now.variants.iter().map(|v| v.name.as_str()).collect();
    assert_eq!((now.title.as_str(), names), ("Cup", vec!["S", "M", "L"]));
    assert_eq!(world.escrow(offer).await, 4_500, "no unit is cut");
    let again = sent(&world, &maker, &stale, |form| form.variants.push(large())).await;
    assert_eq!(wrong_field(again), "variants[2][name]", "there is an L");
}

async fn rule_f5_a_form_changes_only_what_it_showed_and_units_sold_meanwhile_stay_sold(
    world: World,
) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    let stale = opened(&world, &maker, &mug).await;
    world.buy(&[(&maker, &mug, 2)]).await;

    sent(&world, &maker, &stale, |form| {
        form.variants[0].stock = "8".into();
    })
    .await
    .unwrap();

    let stock = world
        .number("SELECT on_hand FROM variants WHERE id = 1")
        .await;
    assert_eq!(stock, 6, "three more than there were, less two sold");
}

async fn rule_f5_a_form_changes_only_what_it_showed_when_two_corrected_the_same_stock(
    world: World,
) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    let stale = opened(&world, &maker, &mug).await;
    world.set_stock(&maker, &mug, 9).await.unwrap();

    let mut other = |form: &mut ProductForm| {
        form.variants[0].stock = "7".into();
        form.title = "Cup".into();
    };
    let clash = clashes(sent(&world, &maker, &stale, &mut other).await)
        .pop()
        .unwrap();
    assert_eq!(
        (
            clash.field.as_str(),
            clash.typed.as_str(),
            clash.now.as_str()
        ),
        ("variants[0][stock]", "7", "9")
    );
    assert_eq!(opened(&world, &maker, &mug).await.form.title, "Mug");

    // She has seen both, and chooses hers.
    let mut seen = stale;
    seen.shown.variants[0].stock = clash.shown;
    sent(&world, &maker, &seen, &mut other).await.unwrap();
    let stock = world
        .number("SELECT on_hand FROM variants WHERE id = 1")
        .await;
    assert_eq!(stock, 7);
}

async fn a_variant_is_taken_away_by_an_act_and_only_as_it_was_shown(world: World) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    let remove = |form: &mut ProductForm| form.variants[1].remove = "true".into();

    let stale = opened(&world, &maker, &mug).await;
    let absent = sent(&world, &maker, &stale, |form| drop(form.variants.pop()));
    absent.await.unwrap();
    assert_eq!(opened(&world, &maker, &mug).await.form.variants.len(), 2);

    world
        .edit(&maker, &mug, |form| form.variants[1].price = "26.00".into())
        .await
        .unwrap();
    let clash = clashes(sent(&world, &maker, &stale, remove).await);
    assert_eq!(clash[0].field, "variants[1][price]");

    let fresh = opened(&world, &maker, &mug).await;
    sent(&world, &maker, &fresh, remove).await.unwrap();
    sent(&world, &maker, &fresh, remove).await.unwrap();
    let left = opened(&world, &maker, &mug).await;
    assert_eq!(left.form.variants.len(), 1);

    let last = |form: &mut ProductForm| form.variants[0].remove = "true".into();
    let none = sent(&world, &maker, &left, last).await;
    assert_eq!(wrong_field(none), "variants");
}

async fn a_change_of_a_variant_that_is_gone_is_told_and_not_dropped(world: World) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    let stale = opened(&world, &maker, &mug).await;
    world
        .edit(&maker, &mug, |form| form.variants[1].remove = "true".into())
        .await
        .unwrap();

    let gone = sent(&world, &maker, &stale, |form| {
        form.variants[1].price = "1.00".into();
    });
    assert_eq!(wrong_field(gone.await), "variants[1][name]");
    sent(&world, &maker, &stale, |form| form.title = "Cup".into())
        .await
        .unwrap();
}

async fn publishing_puts_on_the_shelf_what_the_form_shows(world: World) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    product::unpublish(&world.market, maker.owner, mug.id, None)
        .await
        .unwrap();
    let window = opened(&world, &maker, &mug).await;
    let mut form = window.form.clone();
    form.title = "Cup".into();
    let change = form.changes(&window.shown, Currency::Usd).unwrap();
    let (market, standing) = (&world.market, window.standing);
    product::publish_changed(
        market,
        maker.owner,
        mug.id,
        change.clone(),
        standing.clone(),
    )
    .await
    .unwrap();
    let now = opened(&world, &maker, &mug).await;
    assert_eq!(
        (now.form.title.as_str(), now.state),
        ("Cup", ProductState::Published)
    );

    product::archive(market, maker.owner, mug.id, None)
        .await
        .unwrap();
    let stale = product::publish_changed(market, maker.owner, mug.id, change, standing).await;
    assert!(matches!(
        stale,
        Err(Error::Refused(Refusal::StandingChanged))
    ));
}

async fn a_product_is_taken_off_only_as_it_was_shown(world: World) {
    let (maker, mug) = mug_in_two_sizes(&world).await;
    let window = opened(&world, &maker, &mug).await;
    let offer = world.offer(&maker, &mug, 100, 5).await;

    for stale in [
        product::unpublish(
            &world.market,
            maker.owner,
            mug.id,
            Some(window.standing.clone()),
        )
        .await,
        product::archive(&world.market, maker.owner, mug.id, Some(window.standing)).await,
        product::archive(&world.market, maker.owner, mug.id, Some(String::new())).await,
    ] {
        assert!(matches!(
            stale,
            Err(Error::Refused(Refusal::StandingChanged))
        ));
    }
    assert_eq!(world.escrow(offer).await, 500, "the offer is still open");

    let fresh = opened(&world, &maker, &mug).await.standing;
    product::archive(&world.market, maker.owner, mug.id, Some(fresh))
        .await
        .unwrap();
}

async fn an_offer_keeps_what_another_window_gave_it(world: World) {
    let (maker, mug, id, _) = world.carried(2_800, 20, 300, 10).await;
    let row = offer::one(&world.market, maker.owner, id).await.unwrap();
    let shown = OfferForm {
        rate: row.rate.typed(),
        units: row.open_units.to_string(),
    };
    let send = |rate: &str, units: &str, cost: &str| {
        let form = OfferForm {
            rate: rate.into(),
            units: units.into(),
        };
        let change = form.changes(&shown, cost.into()).unwrap();
        let market = world.market.clone();
        async move { offer::change(&market, maker.owner, id, change).await }
    };
    world.change(&maker, id, 500, 10).await.unwrap();

    // The other window's rate stays; what the two come to is looked at first.
    match send("3.00", "4", "12.00").await {
        Err(Error::Refused(Refusal::CostNotSeen(terms))) => {
            assert_eq!((terms.rate.0, terms.units), (500, 4));
        }
        other => panic!("the cost was not seen, but {other:?}"),
    }
    let clash = clashes(send("2.00", "10", "20.00").await);
    assert_eq!(
        (clash[0].field.as_str(), clash[0].now.as_str()),
        ("rate", "5.00")
    );
    let stale = offer::revoke(&world.market, maker.owner, id, Some(row.standing)).await;
    assert!(matches!(stale, Err(Error::Refused(Refusal::OfferChanged))));
    assert_eq!(world.escrow(id).await, 5_000);

    send("3.00", "4", "20.00").await.unwrap();
    assert_eq!(world.escrow(id).await, 2_000);
    world.set_stock(&maker, &mug, 19).await.unwrap();
}

async fn units_are_cancelled_only_as_the_page_showed_them(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 10).await;
    let secret = world.buy(&[(&maker, &mug, 3)]).await;
    let line = world.sale(&maker, &secret).await.lines[0].clone();
    world.cancel(&maker, &secret, 1, true).await.unwrap();

    let ask = |standing: String| CancelUnits {
        units: 2,
        restock: true,
        key: "shownintwowindows".into(),
        standing: Some(standing),
    };
    let stale = order::cancel(&world.market, maker.owner, line.id, ask(line.standing)).await;
    assert!(
        matches!(stale, Err(Error::Refused(Refusal::ParcelChanged))),
        "it would have paid the shipping back too"
    );
    let fresh = world.sale(&maker, &secret).await.lines[0].standing.clone();
    let back = order::cancel(&world.market, maker.owner, line.id, ask(fresh)).await;
    assert_eq!(back.unwrap().0, 2 * 2_800 + 400);
}
