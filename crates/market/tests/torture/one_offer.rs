//! Paying, revoking, expiring and refunding on one offer at the same moment: each has one winner (R3, C3, C4).

use market::{Error, Refusal, issue};
use model::{CheckoutOutcome, OfferId, OrderState, Tokens};
use trial::both_engines;
use trial::world::{Product, Store, World};
use trial::{Report, so_many};

both_engines!(rule_r3_paying_revoking_expiring_and_refunding_at_once_have_one_winner_each);

const RATE: i64 = 9;
const STOCK: i64 = 20;

struct Race {
    world: World,
    /// A second server process.
    other: World,
    maker: Store,
    reseller: Store,
    mug: Product,
}

async fn rule_r3_paying_revoking_expiring_and_refunding_at_once_have_one_winner_each(world: World) {
    let races = so_many(24_u64, 1_000);
    let (maker, reseller) = (
        world.store("Kiln & Clay").await,
        world.store("Corner Books").await,
    );
    // More than the rewards of all races.
    issue(&world.market, &maker.slug, Tokens(100_000), "", "races")
        .await
        .unwrap();
    let mug = world.product(&maker, "Mug", 2_800, STOCK).await;
    let other = world.with(|_| ()).await;
    let race = Race {
        world: world.clone(),
        other,
        maker,
        reseller,
        mug,
    };
    let mut report = Report::begin();
    for number in 0..races {
        report.wrong += race.run(number).await;
        report.operations += 4;
        report.faults += 1;
        if number.is_multiple_of(100) {
            world.assert_sound().await;
        }
    }
    race.other.market.close().await.unwrap();
    report.file(
        "one offer: pay, revoke, expire, refund at once",
        world.engine().name(),
    );
}

impl Race {
    /// Gives how much of its end is wrong.
    async fn run(&self, number: u64) -> u64 {
        let world = &self.world;
        world
            .set_stock(&self.maker, &self.mug, STOCK)
            .await
            .unwrap();
        let offer = world.offer(&self.maker, &self.mug, RATE, 6).await;
        world.shelf(&self.reseller, &self.mug).await;
        let sold = world.buy(&[(&self.reseller, &self.mug, 2)]).await;
        let hold = world.hold(&[(&self.reseller, &self.mug, 3)]).await;
        let before = self.wallets().await;
        // In half of the races the hold's time is over, so that whoever comes first ends it.
        if number % 2 == 1 {
            world.wait_minutes(16);
        }

        // She tells her bank yes, or no in every fifth race, and comes back.
        let pay = async {
            world.tell_bank(&hold, number % 5 != 4).await;
            world.come_back(&hold.secret).await
        };
        let (paid, revoked, (), refunded) = tokio::join!(
            pay,
            self.other.revoke(&self.maker, offer),
            self.other.tick(),
            self.other.cancel(&self.maker, &sold, 1, number % 4 < 2),
        );

        // The loser of a race finds out when she comes back.
        world.come_back(&hold.secret).await;
        world.tick().await;
        let mut wrong = Vec::new();
        if !matches!(&revoked, Ok(_) | Err(Error::Refused(Refusal::NoOffer))) {
            wrong.push(format!("revoked: {revoked:?}"));
        }
        if refunded.is_err() {
            wrong.push(format!("refunded: {refunded:?}"));
        }
        wrong.extend(self.end(&hold.secret, offer, &paid, before, number).await);
        for what in &wrong {
            println!("race {number}: {what}");
        }
        u64::try_from(wrong.len()).unwrap()
    }

    async fn wallets(&self) -> (i64, i64) {
        (
            self.world.wallet(&self.maker).await,
            self.world.wallet(&self.reseller).await,
        )
    }

    async fn end(
        &self,
        secret: &str,
        offer: OfferId,
        paid: &CheckoutOutcome,
        (maker, reseller): (i64, i64),
        number: u64,
    ) -> Vec<String> {
        let (world, mut wrong) = (&self.world, Vec::new());
        let order = world.order(secret).await;
        let charge = world
            .text(&format!(
                "SELECT c.state || ' ' || p.state || ' ' || COALESCE(r.state, 'kept') \
                 FROM orders o JOIN payments p ON p.order_id = o.id \
                 JOIN sandbox_charges c ON c.key = 'charge:order:' || o.id \
                 LEFT JOIN refunds r ON r.order_id = o.id WHERE o.secret = '{secret}'"
            ))
            .await;
        let earned = self.wallets().await.1 - reseller;
        let end = (order.state, charge.as_str(), earned);
        // Paid after the hold had ended and the offer was revoked, the units earn what is covered then: nothing.
        let sound = match order.state {
            OrderState::Paid => {
                charge == "paid paid kept" && (earned == 3 * RATE || number % 2 == 1 && earned == 0)
            }
            OrderState::Released => {
                earned == 0
                    && matches!(
                        charge.as_str(),
                        "cancelled declined kept" | "paid late done"
                    )
            }
            OrderState::Held => false,
        };
        if !sound {
            wrong.push(format!("ended as {end:?}"));
        }
        if matches!(paid, CheckoutOutcome::Paid { .. }) && !charge.starts_with("paid") {
            wrong.push(format!("she was told it is paid, but it is {charge}"));
        }
        // Everything the offer did not pay out is back in the wallet, whichever of the two ended it.
        let offers = format!(
            "offers WHERE id = {offer} AND state <> 'open' AND open_units = 0 AND held_units = 0"
        );
        let tokens = (
            world.count(&offers).await,
            world.pool().await,
            world.wallet(&self.maker).await - maker,
        );
        let expected = (1, 0, 4 * RATE - earned);
        if tokens != expected {
            wrong.push(format!(
                "offer, pool and wallet are {tokens:?} instead of {expected:?}"
            ));
        }
        wrong
    }
}
