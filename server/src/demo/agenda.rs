//! What is to happen next. Some of it is known from the start, some follows from what happened.

use super::content::Content;
use super::plan::{DAY, DAYS, Plan, ProductAt, all, shelves};
use model::{ParcelId, Timestamp};
use std::collections::BTreeMap;

/// One thing that somebody does.
#[derive(Debug, Clone)]
pub enum Event {
    /// A regular shopper gets an account.
    Join(usize),
    OpenStore(usize),
    Publish(ProductAt),
    Offer(ProductAt),
    /// A maker offers more for each unit.
    Raise(ProductAt),
    TryOffer(ProductAt),
    Revoke(ProductAt),
    /// A store puts another's product on its shelf.
    Carry {
        shelf: usize,
        product: ProductAt,
    },
    /// One of the plan's purchases.
    Buy(usize),
    Pack(Parcel),
    Ship(Parcel),
    Deliver(Parcel),
    /// The maker can't send one unit after all.
    Cancel(Parcel),
}

/// A maker's part of an order.
#[derive(Debug, Clone, Copy)]
pub struct Parcel {
    pub id: ParcelId,
    pub maker: usize,
}

/// Events by the plan's minutes; those of the same minute in the order they were written down.
pub struct Agenda {
    events: BTreeMap<(i64, usize), Event>,
    written: usize,
    minute: i64,
    now: Timestamp,
}

impl Agenda {
    /// Everything that is known from the start. The plan's last day is today, so far as it has passed.
    pub fn of(plan: &Plan, content: &Content, now: Timestamp) -> Self {
        let mut agenda = Self {
            events: BTreeMap::new(),
            written: 0,
            minute: i64::MIN,
            now,
        };
        for (store, _) in content.stores.iter().enumerate() {
            let day = i64::try_from(store).unwrap_or_default() - 21;
            agenda.write(day * DAY + 10 * 60, Event::OpenStore(store));
        }
        for (product, minute) in &plan.arrivals {
            agenda.write(*minute, Event::Publish(*product));
        }
        for (product, _) in all(content).filter(|(_, it)| it.offer.is_some()) {
            let published = plan.arrivals.get(&product).copied().unwrap_or_default();
            agenda.write(published + 90, Event::Offer(product));
            if plan.raised.contains(&product) {
                agenda.write(
                    (published + 90).max(DAYS / 2 * DAY) + 9 * 60,
                    Event::Raise(product),
                );
            }
        }
        for (shelf, products) in shelves(content).into_iter().enumerate() {
            for (place, product) in products
                .into_iter()
                .filter(|at| at.store != shelf)
                .enumerate()
            {
                let minute = i64::try_from(place * 40 + shelf).unwrap_or_default();
                agenda.write(minute - 2 * DAY, Event::Carry { shelf, product });
            }
        }
        for product in &plan.tried {
            agenda.write(6 * DAY + 11 * 60, Event::TryOffer(*product));
            if let Some(shelf) = Plan::carrier_of(*product, content) {
                agenda.write(
                    8 * DAY + 15 * 60,
                    Event::Carry {
                        shelf,
                        product: *product,
                    },
                );
            }
            agenda.write(20 * DAY + 17 * 60, Event::Revoke(*product));
        }
        for (regular, _) in plan.regulars.iter().enumerate() {
            agenda.write(-DAY, Event::Join(regular));
        }
        for (at, purchase) in plan.purchases.iter().enumerate() {
            agenda.write(purchase.minute, Event::Buy(at));
        }
        agenda
    }

    /// Writes down what follows `minutes` after what is happening.
    pub fn after(&mut self, minutes: i64, event: Event) {
        self.write(self.minute.saturating_add(minutes), event);
    }

    /// What comes next, and when it does. What lies in the future stays undone.
    pub fn next(&mut self) -> Option<(Timestamp, Event)> {
        let ((minute, _), event) = self
            .events
            .pop_first()
            .filter(|((minute, _), _)| *minute < DAYS * DAY)?;
        self.minute = minute;
        Some((self.moment(minute), event))
    }

    fn write(&mut self, minute: i64, event: Event) {
        self.events.insert((minute, self.written), event);
        self.written += 1;
    }

    /// The plan's minutes are the clock's, but for today: its plan is squeezed into the part that has passed.
    fn moment(&self, minute: i64) -> Timestamp {
        let midnight = Timestamp(0).plus_days(self.now.day());
        let into_today = minute - (DAYS - 1) * DAY;
        if into_today <= 0 {
            midnight.plus_minutes(into_today)
        } else {
            midnight.plus_millis(into_today * (self.now.0 - midnight.0) / DAY)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_happens_in_order_and_before_now() {
        let content = Content::read().unwrap();
        let plan = Plan::of(&content);
        let now = Timestamp(1_795_363_500_000);
        let mut agenda = Agenda::of(&plan, &content, now);
        let (mut last, mut bought) = (Timestamp(0), 0);
        while let Some((at, event)) = agenda.next() {
            assert!(last <= at && at <= now, "{event:?}");
            last = at;
            bought += usize::from(matches!(event, Event::Buy(_)));
        }
        assert_eq!(bought, plan.purchases.len());
        assert_eq!(last.day(), now.day(), "today is part of it");
    }
}
