//! Products by the words of their texts, and by what is so of them at the moment.

use super::{Count, Found, counts, stretch};
use crate::facts::{Cells, Facts, Passing, Top};
use crate::fresh::Fresh;
use crate::task::Workers;
use crate::{Error, Result};
use finder::{Finder, Hit};
use model::{Corrected, LookedUp, MarketFilters, MarketSort, ProductId};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// A search that takes longer is broken off.
const LONGEST: Duration = Duration::from_millis(200);

static SEARCHES: Workers = Workers::new("search", 2, 256);

/// One page of what is found, of this size; `None` when the database has to be asked: while not all texts are at hand,
/// or when there is no word in what was typed.
pub(super) async fn page(
    fresh: Fresh<'_>,
    filters: &MarketFilters,
    size: u64,
) -> Result<Option<Found>> {
    let market = fresh.market();
    let texts = &market.texts;
    if fresh.all().is_none() || texts.finder().is_none() {
        return Ok(None);
    }
    if !texts.caught_up().await {
        market.shows_for_once();
    }
    let Some(finder) = texts.finder() else {
        return Ok(None);
    };
    let _turn = market.turn().await?;
    let (facts, filters) = (market.facts.clone(), filters.clone());
    let looked = SEARCHES.run(move || look(&finder, &facts, &filters, size));
    match looked.await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            market.texts.fail(&error);
            Ok(None)
        }
        // What is damaged badly makes the library panic.
        Err(Error::Stopped(why)) => {
            market.texts.fail(&why);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn look(
    finder: &Finder,
    facts: &Facts,
    filters: &MarketFilters,
    size: u64,
) -> finder::Result<Option<Found>> {
    let typed = counts(&filters.search);
    let (offset, limit) = stretch(filters, size);
    let mut seen = Seen {
        by_fit: filters.sort == MarketSort::Best,
        passing: Passing::of(filters),
        top: Top::new(filters.sort, offset.saturating_add(limit)),
        cells: Cells::default(),
    };
    let begun = Instant::now();
    let found = finder.find(&typed, seen.by_fit, |hits| {
        // For some at a time, so that what changes is not held up.
        let is_known = seen.all(facts, hits);
        match is_known && begun.elapsed() < LONGEST {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })?;
    let Some(finder::Found {
        corrections,
        is_cut_off,
    }) = found
    else {
        return Ok(None);
    };
    if is_cut_off {
        tracing::warn!(search = typed, "a search was broken off: it took too long");
    }
    let corrected = corrections.into_iter().map(|correction| Corrected {
        typed: correction.typed,
        taken: correction.taken,
    });
    Ok(Some(Found {
        products: seen.top.stretch(offset),
        count: Count::Of(seen.cells),
        looked_up: match is_cut_off {
            true => LookedUp::InPart,
            false => LookedUp::Well,
        },
        corrected: corrected.collect(),
    }))
}

/// What has been seen of what is found.
struct Seen {
    /// In the order of how well they fit. Nothing else of a product has to be looked at then.
    by_fit: bool,
    passing: Passing,
    top: Top,
    cells: Cells,
}

impl Seen {
    /// `false` when the facts are not at hand any more.
    fn all(&mut self, facts: &Facts, hits: &[Hit]) -> bool {
        let Some(all) = facts.all() else {
            return false;
        };
        for hit in hits {
            let id = ProductId(hit.number);
            let Some(kind) = all.kind(id) else {
                continue;
            };
            self.cells.add_at(kind, 1);
            if !self.passing.has(kind) {
                continue;
            }
            if self.by_fit {
                self.top.see_fit(id, hit.score);
            } else if let Some(fact) = all.of(id) {
                self.top.see(id, fact);
            }
        }
        true
    }
}
