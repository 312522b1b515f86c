//! Whose turn it is to have a link read. Each reader may wait long for a slow shop, so no store and no shop has all of
//! them, and a person who pasted one link does not wait for lists and whole shops.

use model::StoreId;

/// Links that one process reads at the same time.
pub(super) const READERS: usize = 8;
/// Of these, how many may be at what nobody sits in front of: whole shops, and sources that are looked at again.
const BEHIND: usize = 3;
/// How many one store may have.
const ONE_STORE: usize = 3;
/// How many may be at one shop.
const ONE_SHOP: usize = 3;
/// Readers left for stores that have none.
const SPARE: usize = 3;

/// What one reader is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub store: StoreId,
    /// The shop that is read: scheme, host and port.
    pub shop: String,
    /// Nobody sits in front of it and waits.
    pub behind: bool,
}

/// What a free reader may take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Allowed {
    /// What nobody waits for, too.
    pub behind: bool,
    /// Not for these stores.
    pub not_for: Vec<StoreId>,
    /// Not from these shops.
    pub not_from: Vec<String>,
}

/// What may be taken beside what is read already; `None` while no reader is free.
pub(super) fn allowed(reading: &[At]) -> Option<Allowed> {
    let free = READERS
        .checked_sub(reading.len())
        .filter(|free| *free > 0)?;
    let most = if free > SPARE { ONE_STORE } else { 1 };
    let stores = reading.iter().map(|at| at.store);
    let shops = reading.iter().map(|at| at.shop.clone());
    Some(Allowed {
        behind: reading.iter().filter(|at| at.behind).count() < BEHIND,
        not_for: as_often_as(stores, most),
        not_from: as_often_as(shops, ONE_SHOP),
    })
}

fn as_often_as<T: PartialEq + Clone>(all: impl Iterator<Item = T>, most: usize) -> Vec<T> {
    let all: Vec<T> = all.collect();
    let mut often: Vec<T> = Vec::new();
    for one in &all {
        let times = all.iter().filter(|other| *other == one).count();
        if times >= most && !often.contains(one) {
            often.push(one.clone());
        }
    }
    often
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(store: i64, shop: &str) -> At {
        At {
            store: StoreId(store),
            shop: shop.to_owned(),
            behind: false,
        }
    }

    /// Lets stores take readers, the first first, for as long as any is allowed one.
    fn take_all(stores: &[i64]) -> Vec<At> {
        let mut reading = Vec::new();
        while let Some(allowed) = allowed(&reading) {
            let may = |store: &&i64| !allowed.not_for.contains(&StoreId(**store));
            let Some(store) = stores.iter().find(may) else {
                break;
            };
            reading.push(at(*store, &format!("https://{}.example", reading.len())));
        }
        reading
    }

    #[test]
    fn one_store_never_has_all_readers() {
        assert_eq!(take_all(&[1]).len(), ONE_STORE);
        let reading = take_all(&[1, 2]);
        assert!(reading.len() < READERS, "one is left for a third");
        assert!(reading.iter().any(|at| at.store == StoreId(2)));
    }

    #[test]
    fn stores_that_come_later_find_readers_that_were_left_for_them() {
        let stores: Vec<i64> = (1..=5).collect();
        let reading = take_all(&stores);
        for store in stores {
            assert!(
                reading.iter().any(|at| at.store == StoreId(store)),
                "{store}"
            );
        }
    }

    #[test]
    fn a_slow_shop_keeps_few_readers_waiting_whoever_asks_for_it() {
        let slow = "https://slow.example";
        let reading = [at(1, slow), at(2, slow), at(3, slow)];
        assert_eq!(allowed(&reading).unwrap().not_from, [slow]);
        assert!(allowed(&reading[..2]).unwrap().not_from.is_empty());
    }

    #[test]
    fn what_nobody_waits_for_leaves_readers_to_those_who_do() {
        let behind = |store| At {
            behind: true,
            ..at(store, "https://a.example")
        };
        assert!(allowed(&[behind(1), behind(2)]).unwrap().behind);
        assert!(!allowed(&[behind(1), behind(2), behind(3)]).unwrap().behind);
    }
}
