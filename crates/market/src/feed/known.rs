//! What is known of the changes, and how to tell whether something from before still holds. No I/O.

use super::Topic;
use crate::db::Count;
use std::collections::{BTreeSet, HashMap};

/// Beyond so many topics everything counts as changed, and remembering begins anew.
const MOST: usize = 100_000;

/// When each topic changed last, in steps of this process's own.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Counts how often something may have been missed. Nothing that was kept before holds after it.
    epoch: u64,
    /// Counts what was applied.
    step: u64,
    changed: HashMap<Topic, u64>,
    followed: bool,
    /// Nothing that was committed up to this is missing.
    reached: Option<Count>,
}

/// A point in the order of what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    epoch: u64,
    step: u64,
}

/// What something that is kept depends on, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    moment: Moment,
    topics: Box<[Topic]>,
}

impl Moment {
    /// For what was read after this moment and that `topics` say all about.
    #[must_use]
    pub fn of(self, topics: &BTreeSet<Topic>) -> Stamp {
        Stamp {
            moment: self,
            topics: topics.iter().copied().collect(),
        }
    }
}

impl Known {
    pub fn is_followed(&self) -> bool {
        self.followed
    }

    pub fn moment(&self) -> Option<Moment> {
        self.followed.then_some(Moment {
            epoch: self.epoch,
            step: self.step,
        })
    }

    pub fn holds(&self, stamp: &Stamp) -> bool {
        self.followed
            && stamp.moment.epoch == self.epoch
            && stamp.topics.iter().all(|topic| {
                self.changed
                    .get(topic)
                    .is_none_or(|changed| *changed <= stamp.moment.step)
            })
    }

    /// From here on nothing is missed.
    pub fn begin(&mut self) {
        self.epoch = self.epoch.wrapping_add(1);
        self.changed.clear();
        self.followed = true;
        self.reached = None;
    }

    /// From here on things may be missed.
    pub fn lose(&mut self) {
        self.followed = false;
        self.reached = None;
    }

    /// All that was committed up to this is known.
    pub fn reach(&mut self, commits: Option<Count>) {
        self.reached = commits;
    }

    pub fn reached(&self) -> Option<Count> {
        self.reached
    }

    pub fn change(&mut self, topics: &BTreeSet<Topic>) {
        if topics.is_empty() {
            return;
        }
        if self.changed.len().saturating_add(topics.len()) > MOST {
            self.begin();
        }
        self.step = self.step.wrapping_add(1);
        for topic in topics {
            self.changed.insert(*topic, self.step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ProductId, StoreId};

    const MUG: Topic = Topic::Product(ProductId(1));
    const SHELF: Topic = Topic::Shelf(StoreId(1));

    fn followed() -> Known {
        let mut known = Known::default();
        known.begin();
        known
    }

    fn kept(known: &Known, topics: &[Topic]) -> Stamp {
        known
            .moment()
            .unwrap()
            .of(&topics.iter().copied().collect())
    }

    #[test]
    fn what_is_kept_holds_until_one_of_its_topics_changes() {
        let mut known = followed();
        let page = kept(&known, &[MUG, Topic::Market]);
        known.change(&BTreeSet::from([SHELF]));
        assert!(known.holds(&page));
        known.change(&BTreeSet::from([MUG, SHELF]));
        assert!(!known.holds(&page));
        let again = kept(&known, &[MUG, Topic::Market]);
        assert!(known.holds(&again));
    }

    #[test]
    fn nothing_holds_while_something_may_be_missed_and_nothing_from_before_it_after() {
        let mut known = Known::default();
        assert_eq!(known.moment(), None);
        known.begin();
        let page = kept(&known, &[MUG]);
        known.lose();
        assert!(!known.holds(&page));
        assert_eq!(known.moment(), None);
        known.begin();
        assert!(!known.holds(&page));
        assert!(known.holds(&kept(&known, &[MUG])));
    }

    #[test]
    fn what_was_read_while_it_changed_does_not_hold() {
        let mut known = followed();
        let before = known.moment().unwrap();
        known.change(&BTreeSet::from([MUG]));
        assert!(!known.holds(&before.of(&BTreeSet::from([MUG]))));
    }

    #[test]
    fn remembering_is_bounded() {
        let mut known = followed();
        let page = kept(&known, &[MUG]);
        for id in 0..=i64::try_from(MOST).unwrap() {
            known.change(&BTreeSet::from([Topic::Product(ProductId(id + 10))]));
        }
        assert!(known.changed.len() <= MOST);
        assert!(!known.holds(&page));
    }
}
