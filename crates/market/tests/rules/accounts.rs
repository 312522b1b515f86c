//! A1, A2: passwords, log-ins, and accounts that the operator suspends.

use market::account::{change_password, log_in, reinstate, signed, suspend};
use market::session::{self, StoredSession};
use market::{Error, Refusal, listing};
use model::{ChangePasswordForm, CheckoutOutcome, LogIn, Timestamp};
use trial::both_engines;
use trial::world::{Card, Store, World};

both_engines!(
    rule_a1_another_password_needs_the_old_one_and_ends_every_log_in,
    rule_a1_log_ins_of_others_stay,
    rule_a2_nobody_acts_for_a_suspended_account,
    rule_a2_what_a_suspended_maker_makes_is_for_sale_nowhere,
    rule_a2_a_suspended_reseller_sells_nothing_of_others,
    rule_a2_a_hold_of_a_suspended_makers_things_ends_as_it_would,
    rule_a2_restoring_brings_everything_back,
);

const OLD: &str = "a long enough one";
const NEW: &str = "another long enough one";

async fn email_of(world: &World, store: &Store) -> String {
    let sql = format!("SELECT email FROM accounts WHERE id = {}", store.account());
    world.text(&sql).await
}

async fn change(world: &World, store: &Store, current: &str) -> Result<(), Error> {
    let form = ChangePasswordForm {
        current: current.into(),
        password: NEW.into(),
    };
    let change = form.validate().unwrap();
    let who = signed(&world.market, store.account()).await.unwrap();
    change_password(&world.market, &who, change).await
}

async fn opens(world: &World, store: &Store, password: &str) -> bool {
    let tried = LogIn {
        email: email_of(world, store).await,
        password: password.into(),
    };
    log_in(&world.market, tried, None).await.is_ok()
}

async fn logged_in(world: &World, store: &Store, device: &str) {
    let session = StoredSession {
        account: Some(store.account()),
        data: "{}".into(),
        expires_at: Timestamp(i64::MAX),
    };
    session::create(&world.market, device, session)
        .await
        .unwrap();
}

async fn rule_a1_another_password_needs_the_old_one_and_ends_every_log_in(world: World) {
    let maker = world.store("Kiln & Clay").await;
    logged_in(&world, &maker, "phone").await;
    logged_in(&world, &maker, "desk").await;

    let refused = change(&world, &maker, "not my password").await;
    assert!(matches!(
        refused,
        Err(Error::Refused(Refusal::WrongPassword))
    ));
    assert!(opens(&world, &maker, OLD).await);
    assert_eq!(world.count("sessions").await, 2);

    change(&world, &maker, OLD).await.unwrap();
    assert!(opens(&world, &maker, NEW).await && !opens(&world, &maker, OLD).await);
    assert_eq!(world.count("sessions").await, 0);
}

async fn rule_a1_log_ins_of_others_stay(world: World) {
    let (maker, other) = (world.store("Kiln").await, world.store("Other").await);
    logged_in(&world, &maker, "phone").await;
    logged_in(&world, &other, "desk").await;

    change(&world, &maker, OLD).await.unwrap();

    let others = session::count_of(&world.market, other.account()).await;
    assert_eq!(others.unwrap(), 1);
}

async fn rule_a2_nobody_acts_for_a_suspended_account(world: World) {
    let maker = world.store("Kiln & Clay").await;
    logged_in(&world, &maker, "phone").await;

    suspend(&world.market, &maker.slug).await.unwrap();

    assert_eq!(world.count("sessions").await, 0);
    let acting = signed(&world.market, maker.account()).await;
    assert!(matches!(acting, Err(Error::Refused(Refusal::Suspended))));
    assert!(!opens(&world, &maker, OLD).await);
    let unknown = suspend(&world.market, "nobody").await;
    assert!(matches!(unknown, Err(Error::NotFound(_))));
}

async fn rule_a2_what_a_suspended_maker_makes_is_for_sale_nowhere(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let third = world.store("Third").await;
    let waiting = world.cart(&[(&reseller, &mug, 1)]).await;

    suspend(&world.market, &email_of(&world, &maker).await)
        .await
        .unwrap();

    assert!(!world.is_in_marketplace(&mug).await);
    for shelf in [&maker, &reseller] {
        assert!(world.page(shelf, &mug, None).await.is_err());
        let empty = market::cart::new(&world.market, None).await.unwrap();
        assert!(world.add(empty, (shelf, &mug, 1)).await.is_err());
    }
    let carrying = listing::add(&world.market, third.owner, mug.id).await;
    assert!(carrying.is_err());
    let paid = world.pay(waiting, Card::Pays).await;
    assert!(matches!(paid, Err(Error::Short(_))), "{paid:?}");
}

async fn rule_a2_a_suspended_reseller_sells_nothing_of_others(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let waiting = world.cart(&[(&reseller, &mug, 1)]).await;

    suspend(&world.market, &reseller.slug).await.unwrap();

    assert!(world.page(&reseller, &mug, None).await.is_err());
    let paid = world.pay(waiting, Card::Pays).await;
    assert!(matches!(paid, Err(Error::Short(_))), "{paid:?}");
    // Her maker goes on.
    world.buy(&[(&maker, &mug, 1)]).await;
    assert!(world.is_in_marketplace(&mug).await);
}

async fn rule_a2_a_hold_of_a_suspended_makers_things_ends_as_it_would(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;

    suspend(&world.market, &maker.slug).await.unwrap();
    world.tell_bank(&hold, true).await;

    let done = world.come_back(&hold.secret).await;
    assert!(matches!(done, CheckoutOutcome::Paid { .. }));
    assert_eq!(world.stock(&mug).await, (4, 0));
}

async fn rule_a2_restoring_brings_everything_back(world: World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 6, 300, 4).await;
    suspend(&world.market, &maker.slug).await.unwrap();
    suspend(&world.market, &maker.slug).await.unwrap();

    reinstate(&world.market, &maker.slug).await.unwrap();

    assert!(opens(&world, &maker, OLD).await);
    assert!(world.is_in_marketplace(&mug).await);
    world.buy(&[(&reseller, &mug, 1), (&maker, &mug, 1)]).await;
}
