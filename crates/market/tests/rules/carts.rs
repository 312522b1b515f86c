//! C1, C4: what hangs on a cart follows its lines, and what was not bought stays in it.

use market::cart::{self, Visitor, Wanted, Whose};
use market::{Error, Refusal, order, random_code};
use model::{AccountId, CartId, ListingId, Money, OrderState, PageRequest, VariantId};
use tokio::task::JoinSet;
use trial::both_engines;
use trial::world::{Card, Product, SHIPPING, Store, World, secret_of};

both_engines!(
    rule_c4_a_cart_is_paid_for_once_whoever_she_becomes_meanwhile,
    rule_c4_what_she_has_paid_for_anew_is_not_bought_late,
    rule_c4_a_checkout_sent_again_after_logging_in_is_the_same,
    rule_r6_who_logs_in_at_the_bank_buys_from_her_own_shelf,
    rule_c1_what_is_put_in_beside_the_units_being_paid_for_stays,
    rule_c1_a_line_is_its_listing_and_its_variant_together,
    rule_c1_the_first_cart_is_made_once,
    rule_c1_what_is_put_in_while_she_logs_in_comes_along,
    rule_c1_a_cart_says_when_a_price_is_no_longer_the_one_shown,
    rule_c1_a_line_put_back_stands_where_it_stood,
);

/// What becomes of a shopper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    LogIn,
    LogOutAndIn,
    IntoACartWithLines,
    IntoACartAtTheBank,
    SecondTab,
    OtherDevice,
}

/// How far she is with paying then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    NotYet,
    AtTheBank,
    HoldOver,
    Paid,
    Declined,
}

/// Two mugs in her cart, in every stage of paying, at every move, and then she pays for what her cart holds before or
/// after what she still sees at her bank is approved.
async fn rule_c4_a_cart_is_paid_for_once_whoever_she_becomes_meanwhile(world: World) {
    use {Move::*, Stage::*};
    let maker = world.store("Kiln & Clay").await;
    let shop = Shop {
        mug: world.product(&maker, "Mug", 2_800, 500).await,
        bowl: world.product(&maker, "Bowl", 3_000, 500).await,
        maker,
        world,
    };
    for stage in [NotYet, AtTheBank, HoldOver, Paid, Declined] {
        for step in [
            LogIn,
            LogOutAndIn,
            IntoACartWithLines,
            IntoACartAtTheBank,
            SecondTab,
            OtherDevice,
        ] {
            for approves_first in [true, false] {
                shop.walk(stage, step, approves_first).await;
                shop.world.assert_sound().await;
            }
        }
    }
}

struct Shop {
    world: World,
    maker: Store,
    mug: Product,
    bowl: Product,
}

impl Shop {
    async fn walk(&self, stage: Stage, step: Move, approves_first: bool) {
        let case = format!("{stage:?}, {step:?}, approves first: {approves_first}");
        let world = &self.world;
        let before = (self.left().await, world.payable(&self.maker).await);
        let account = world
            .store(&format!("Ann {}", random_code(8)))
            .await
            .account();
        let starts_as = matches!(step, Move::LogOutAndIn | Move::OtherDevice).then_some(account);

        let cart = cart::new(&world.market, starts_as).await.unwrap();
        world.add(cart, (&self.maker, &self.mug, 2)).await.unwrap();
        let mut at_the_bank = Vec::new();
        match stage {
            Stage::NotYet => {}
            Stage::AtTheBank => at_the_bank.push(world.hold_as(starts_as, cart).await),
            Stage::HoldOver => {
                at_the_bank.push(world.hold_as(starts_as, cart).await);
                world.wait_minutes(16);
            }
            Stage::Paid => {
                secret_of(world.pay_as(starts_as, cart, Card::Pays).await.unwrap());
            }
            Stage::Declined => {
                world.pay_as(starts_as, cart, Card::Declined).await.unwrap();
            }
        }
        let (mut mugs, mut bowls) = (2, 0);
        world.wait_minutes(1);
        let mut now = starts_as;
        let mut hers = Some(cart);
        match step {
            Move::SecondTab => {}
            Move::LogIn => (now, hers) = self.log_in(account, hers).await,
            Move::LogOutAndIn | Move::OtherDevice => {
                (now, hers) = self.log_in(account, None).await;
            }
            Move::IntoACartWithLines => {
                let other = cart::new(&world.market, Some(account)).await.unwrap();
                world.add(other, (&self.maker, &self.mug, 1)).await.unwrap();
                world
                    .add(other, (&self.maker, &self.bowl, 1))
                    .await
                    .unwrap();
                (mugs, bowls) = (mugs + 1, bowls + 1);
                (now, hers) = self.log_in(account, hers).await;
            }
            Move::IntoACartAtTheBank => {
                let other = cart::new(&world.market, Some(account)).await.unwrap();
                world.add(other, (&self.maker, &self.mug, 1)).await.unwrap();
                at_the_bank.push(world.hold_as(Some(account), other).await);
                mugs += 1;
                world.wait_minutes(1);
                (now, hers) = self.log_in(account, hers).await;
            }
        }
        let hers = hers.unwrap();
        if approves_first {
            for hold in &at_the_bank {
                world.approve(hold).await;
            }
        }
        let still = cart::units(&world.market, hers).await.unwrap();
        let sold = before.0 - self.left().await;
        assert_eq!(
            still,
            mugs + bowls - sold,
            "{case}: what was not bought stays"
        );
        if still > 0 {
            let paid = world.pay_as(now, hers, Card::Pays).await;
            secret_of(paid.unwrap());
        }
        for hold in &at_the_bank {
            world.approve(hold).await;
        }
        world.tick().await;

        assert_eq!(before.0 - self.left().await, mugs + bowls, "{case}: units");
        let paid = world.payable(&self.maker).await - before.1;
        let parcels = (paid - mugs * 2_800 - bowls * 3_000) / SHIPPING;
        assert_eq!(
            paid,
            mugs * 2_800 + bowls * 3_000 + parcels * SHIPPING,
            "{case}: money"
        );
        assert!((1..=2).contains(&parcels), "{case}: {parcels} parcels");
        assert_eq!(cart::units(&world.market, hers).await.unwrap(), 0, "{case}");
        // What she paid for as somebody with an account, or finished paying for as such, stands among her orders.
        let as_guest = i64::from(now.is_none() || (stage == Stage::Paid && starts_as.is_none()));
        let listed = order::of_account(&world.market, account, PageRequest::FIRST).await;
        let listed = i64::try_from(listed.unwrap().rows.len()).unwrap();
        assert_eq!(listed, parcels - as_guest, "{case}: her orders");
    }

    async fn log_in(
        &self,
        account: AccountId,
        guest: Option<CartId>,
    ) -> (Option<AccountId>, Option<CartId>) {
        let cart = cart::of_account(&self.world.market, account, guest).await;
        (Some(account), cart.unwrap())
    }

    /// Units of everything that are left.
    async fn left(&self) -> i64 {
        self.world.stock(&self.mug).await.0 + self.world.stock(&self.bowl).await.0
    }
}

async fn rule_c4_what_she_has_paid_for_anew_is_not_bought_late(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let first = world.hold(&[(&maker, &mug, 1)]).await;
    world.wait_minutes(16);
    world.tell_bank(&first, true).await;
    // The hold has ended and goes back, as somebody else wants all six; nobody has asked the bank yet.
    world.cart(&[(&maker, &mug, 6)]).await;
    let second = secret_of(world.pay(first.cart, Card::Pays).await.unwrap());
    world.wait_minutes(1);
    // She wants another one some day.
    world.add(first.cart, (&maker, &mug, 1)).await.unwrap();

    world.come_back(&first.secret).await;
    world.tick().await;

    assert_eq!(world.order(&second).await.state, OrderState::Paid);
    let order = world.order(&first.secret).await;
    assert_eq!(
        (order.state, order.refunded),
        (OrderState::Released, order.total)
    );
    assert_eq!(world.stock(&mug).await, (5, 0));
    assert_eq!(cart::units(&world.market, first.cart).await.unwrap(), 1);
}

async fn rule_c4_a_checkout_sent_again_after_logging_in_is_the_same(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let ann = world.store("Ann").await.account();
    let guest = world.cart(&[(&maker, &mug, 2)]).await;
    let request = world.request(guest, "thesamepagesentagain").await;
    let first = world.send(guest, request.clone(), Card::SecondStep).await;

    let hers = cart::of_account(&world.market, ann, Some(guest)).await;
    let hers = hers.unwrap().unwrap();
    let again = world.send(hers, request.clone(), Card::SecondStep).await;

    assert_eq!(first.unwrap(), again.unwrap());
    let strangers = world.cart(&[(&maker, &mug, 2)]).await;
    let refused = world.send(strangers, request, Card::SecondStep).await;
    assert!(matches!(refused, Err(Error::KeyReused(_))));
    assert_eq!(world.count("orders").await, 1);
}

async fn rule_r6_who_logs_in_at_the_bank_buys_from_her_own_shelf(world: World) {
    let (maker, mug, offer, reseller) = world.carried(2_800, 6, 300, 4).await;
    let before = (world.wallet(&maker).await, world.wallet(&reseller).await);
    let hold = world.hold(&[(&reseller, &mug, 2)]).await;
    let owner = reseller.account();
    cart::of_account(&world.market, owner, Some(hold.cart))
        .await
        .unwrap();

    secret_of(world.approve(&hold).await);

    assert_eq!(world.wallet(&reseller).await, before.1);
    assert_eq!(world.wallet(&maker).await, before.0 + 600);
    assert_eq!(world.open_units(&maker, offer).await, 2);
}

async fn rule_c1_what_is_put_in_beside_the_units_being_paid_for_stays(world: World) {
    let (maker, mug, _, _) = world.carried(2_800, 6, 300, 4).await;
    let hold = world.hold(&[(&maker, &mug, 1)]).await;
    world.add(hold.cart, (&maker, &mug, 2)).await.unwrap();

    secret_of(world.approve(&hold).await);

    assert_eq!(cart::units(&world.market, hold.cart).await.unwrap(), 2);
    assert_eq!(world.stock(&mug).await, (5, 0));
}

async fn rule_c1_a_line_is_its_listing_and_its_variant_together(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let reseller = world.store("Corner Books").await;
    let sizes = [("Small", 2_800, 6), ("Large", 3_800, 6)];
    let mug = world.product_in_variants(&maker, "Mug", &sizes).await;
    world.offer(&maker, &mug, 300, 9).await;
    let resold = world.shelf(&reseller, &mug).await;
    let own = world.page(&maker, &mug, None).await.unwrap().listing;
    let (own, [small, large]) = (own.unwrap(), [mug.variants[0], mug.variants[1]]);
    let cart = world.cart(&[]).await;
    let add = async |listing, variant| {
        let added = cart::add(&world.market, cart, listing, variant, 1).await;
        added.unwrap();
    };
    add(own, small).await;
    add(resold, large).await;
    let hold = world.hold_as(None, cart).await;
    add(own, large).await;
    add(resold, small).await;

    secret_of(world.approve(&hold).await);

    let view = cart::view(&world.market, cart).await.unwrap();
    let lines: Vec<_> = view.groups[0]
        .lines
        .iter()
        .map(|line| (line.listing, line.variant, line.units))
        .collect();
    assert_eq!(lines, [(own, large, 1), (resold, small, 1)]);
}

/// A product's own listing and its one variant.
async fn on_shelf(world: &World, maker: &Store, product: &Product) -> (ListingId, VariantId) {
    let page = world.page(maker, product, None).await.unwrap();
    (page.listing.unwrap(), product.variants[0])
}

async fn rule_c1_the_first_cart_is_made_once(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let ann = world.store("Ann").await.account();
    let nobody = Whose {
        visitor: Some(Visitor::known_by("a secret of her browser")),
        ..Whose::default()
    };
    let signed_in = Whose {
        account: Some(ann),
        ..Whose::default()
    };
    let mut things = Vec::new();
    for number in 0..8 {
        let thing = world
            .product(&maker, &format!("Thing {number}"), 900, 9)
            .await;
        things.push(on_shelf(&world, &maker, &thing).await);
    }
    for whose in [nobody, signed_in] {
        let mut tabs = JoinSet::new();
        for (listing, variant) in things.clone() {
            let (market, whose) = (world.market.clone(), whose.clone());
            let wanted = Wanted::units(listing, variant, 1);
            tabs.spawn(async move { cart::put(&market, whose, wanted).await });
        }
        let mut carts: Vec<_> = tabs
            .join_all()
            .await
            .into_iter()
            .map(|put| put.unwrap().cart)
            .collect();
        carts.sort_unstable();
        carts.dedup();
        assert_eq!(carts.len(), 1, "{whose:?}");
        let units = cart::units(&world.market, carts[0]).await.unwrap();
        assert_eq!(units, 8, "{whose:?}");
    }
    assert_eq!(world.count("carts").await, 2);
}

async fn rule_c1_what_is_put_in_while_she_logs_in_comes_along(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let ann = world.store("Ann").await.account();
    let mug = world.product(&maker, "Mug", 2_800, 9).await;
    let (listing, variant) = on_shelf(&world, &maker, &mug).await;
    let visitor = Whose {
        visitor: Some(Visitor::known_by("a secret of her browser")),
        ..Whose::default()
    };
    let one = Wanted::units(listing, variant, 1);
    let guest = cart::put(&world.market, visitor.clone(), one).await;
    let guest = guest.unwrap().cart;

    let hers = cart::of_account(&world.market, ann, Some(guest)).await;
    let hers = hers.unwrap().unwrap();
    // A request of another tab that set out before.
    world.add(guest, (&maker, &mug, 1)).await.unwrap();

    assert_eq!(cart::units(&world.market, hers).await.unwrap(), 2);
    assert_eq!(cart::mine(&world.market, ann).await.unwrap(), Some(hers));
    // Whoever sits at this browser after her does not come upon her cart.
    let next = cart::put(&world.market, visitor, one).await.unwrap().cart;
    assert!(next != hers && next != guest);
}

async fn rule_c1_a_cart_says_when_a_price_is_no_longer_the_one_shown(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let mug = world.product(&maker, "Mug", 2_800, 9).await;
    let (listing, variant) = on_shelf(&world, &maker, &mug).await;
    world.set_price(&maker, &mug, 3_100).await.unwrap();
    let wanted = Wanted {
        seen_price: Some(Money(2_800)),
        ..Wanted::units(listing, variant, 1)
    };

    let put = cart::put(&world.market, Whose::default(), wanted).await;
    let put = put.unwrap();

    let shown = async |cart| {
        let view = cart::view(&world.market, cart).await.unwrap();
        let line = view.groups[0].lines[0].clone();
        (line.was, line.price)
    };
    assert_eq!(put.price, Money(3_100));
    assert_eq!(shown(put.cart).await, (Some(Money(2_800)), Money(3_100)));
    let later = world.cart(&[(&maker, &mug, 1)]).await;
    assert_eq!(shown(later).await, (None, Money(3_100)));
    world.set_price(&maker, &mug, 3_000).await.unwrap();
    assert_eq!(shown(later).await, (Some(Money(3_100)), Money(3_000)));
}

async fn rule_c1_a_line_put_back_stands_where_it_stood(world: World) {
    let maker = world.store("Kiln & Clay").await;
    let cart = world.cart(&[]).await;
    for title in ["Mug", "Bowl", "Plate"] {
        let thing = world.product(&maker, title, 900, 9).await;
        world.add(cart, (&maker, &thing, 1)).await.unwrap();
        world.wait_minutes(1);
    }
    let titles = async || {
        let view = cart::view(&world.market, cart).await.unwrap();
        let lines = &view.groups[0].lines;
        let titles = lines.iter().map(|line| (line.title.clone(), line.id));
        titles.collect::<Vec<_>>()
    };
    let bowl = titles().await[1].1;

    let removed = cart::remove(&world.market, cart, bowl).await.unwrap();
    let name = cart::title_of(&world.market, removed.listing, removed.variant).await;
    assert_eq!(name.unwrap().as_deref(), Some("Bowl"));
    let back = Wanted {
        since: Some(removed.since),
        ..Wanted::units(removed.listing, removed.variant, removed.units)
    };
    let hers = Whose {
        cart: Some(cart),
        ..Whose::default()
    };
    cart::put(&world.market, hers.clone(), back).await.unwrap();

    let named: Vec<_> = titles().await.into_iter().map(|(title, _)| title).collect();
    assert_eq!(named, ["Mug", "Bowl", "Plate"]);
    let too_many = Wanted { units: 99, ..back };
    let refused = cart::put(&world.market, hers, too_many).await;
    assert!(matches!(
        refused,
        Err(Error::Refused(Refusal::TooMany { most: 9 }))
    ));
}
