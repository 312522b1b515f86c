use crate::feed::{Feed, Moment, Stamp, Topic};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

/// What was read, each for as long as nothing changes that it is about. Bounded; what is asked for most stays.
pub(super) struct Memory<K, V>(Cache<K, Kept<V>, Weight>);

struct Kept<V> {
    value: Arc<V>,
    stamp: Stamp,
    bytes: usize,
}

impl<V> Clone for Kept<V> {
    fn clone(&self) -> Kept<V> {
        Kept {
            value: Arc::clone(&self.value),
            stamp: self.stamp.clone(),
            bytes: self.bytes,
        }
    }
}

#[derive(Clone)]
struct Weight;

impl<K, V> Weighter<K, Kept<V>> for Weight {
    fn weight(&self, _: &K, kept: &Kept<V>) -> u64 {
        u64::try_from(kept.bytes).unwrap_or(u64::MAX)
    }
}

/// What is kept of a thing beside its own words, about, in bytes.
const ENTRY: usize = 256;

impl<K: Clone + Eq + Hash, V> Memory<K, V> {
    /// With room for so many bytes, of things that have about so many each.
    pub fn new(room: u64, usual: u64) -> Memory<K, V> {
        let things = usize::try_from(room / usual).unwrap_or(usize::MAX);
        Memory(Cache::with_weighter(things, room, Weight))
    }

    /// What was kept, if it still holds as far as `feed` knows.
    pub fn get(&self, feed: &Feed, key: &K) -> Option<Arc<V>> {
        let kept = self.0.get(key)?;
        feed.holds(&kept.stamp).then_some(kept.value)
    }

    /// Keeps what was read after `moment` and that `topics` say all about, with so many bytes of words in it.
    pub fn keep(
        &self,
        moment: Option<Moment>,
        topics: impl IntoIterator<Item = Topic>,
        bytes: usize,
        key: K,
        value: V,
    ) -> Arc<V> {
        let value = Arc::new(value);
        if let Some(moment) = moment {
            let kept = Kept {
                value: Arc::clone(&value),
                stamp: moment.of(&BTreeSet::from_iter(topics)),
                bytes: bytes.saturating_add(ENTRY),
            };
            self.0.insert(key, kept);
        }
        value
    }
}
