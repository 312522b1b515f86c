//! Which of a page's readings are about its product.

use super::Vote;
use crate::draft::Source;
use crate::reading::Reading;
use crate::subject::Subject;
use url::Url;

/// As close as a product's name has to be to the page's, among several.
const CLOSE: f32 = 0.5;
/// A single product with nothing in common with the page's headings may be in another language, or another product.
const FAR: f32 = 0.2;
const MOST_VOTES: usize = 24;

/// The readings about the page's product, the weightiest first.
pub fn votes<'a>(readings: &'a [Reading], subject: &Subject, url: &Url) -> Vec<Vote<'a>> {
    let mut votes = Vec::new();
    let mut by_source: Vec<(Source, Vec<&Reading>)> = Vec::new();
    for reading in readings {
        match reading.source {
            // These speak of the page as a whole.
            Source::Meta | Source::Visible | Source::Platform | Source::Address => {
                votes.push(Vote {
                    reading,
                    trust: 1.0,
                });
            }
            source => match by_source.iter_mut().find(|(known, _)| *known == source) {
                Some((_, group)) => group.push(reading),
                None => by_source.push((source, vec![reading])),
            },
        }
    }
    for (_, group) in by_source {
        votes.extend(of_source(group, subject, url));
    }
    // Stable: of equals, the source that was read first.
    votes.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    votes.truncate(MOST_VOTES);
    votes
}

/// One source's reading of the product, and those that add to it.
fn of_source<'a>(group: Vec<&'a Reading>, subject: &Subject, url: &Url) -> Vec<Vote<'a>> {
    let (products, rest): (Vec<&Reading>, Vec<&Reading>) = group
        .into_iter()
        .partition(|reading| reading.title.is_some() || reading.price.is_some());
    let mut votes: Vec<Vote<'a>> = rest
        .into_iter()
        .map(|reading| Vote {
            reading,
            trust: 0.6,
        })
        .collect();
    let closeness: Vec<f32> = products
        .iter()
        .map(|reading| {
            let closeness = subject.closeness(reading, url);
            let completeness = if reading.price.is_some() { 0.03 } else { 0.0 };
            let unnamed = if reading.title.is_none() { 0.1 } else { 0.0 };
            if reading.related {
                closeness * 0.8
            } else {
                closeness + completeness - unnamed
            }
        })
        .collect();
    let own = products.iter().filter(|reading| !reading.related).count();
    // The first of the closest.
    let mut best: Option<(usize, f32)> = None;
    for (index, closeness) in closeness.iter().enumerate() {
        if best.is_none_or(|(_, known)| *closeness > known + 0.001) {
            best = Some((index, *closeness));
        }
    }
    let Some((best, close)) = best else {
        return votes;
    };
    let is_only = own == 1 && products.get(best).is_some_and(|reading| !reading.related);
    let trust = match (close, is_only) {
        (CLOSE.., _) => 1.0,
        (FAR.., true) => 0.9,
        (_, true) => 0.6,
        // Several, and nothing to tell them apart: the first, in doubt. Beside a heading they are all strangers.
        (_, false) if !subject.has_heading() => 0.4,
        (_, false) => 0.25,
    };
    let is_listed = products.get(best).is_some_and(|reading| reading.related) && close < CLOSE;
    if is_listed {
        return votes;
    }
    let title = products
        .get(best)
        .and_then(|reading| reading.title.as_deref());
    for (index, reading) in products.into_iter().enumerate() {
        if index == best {
            votes.push(Vote { reading, trust });
        } else if reading.title.is_some() && reading.title.as_deref() == title && !reading.related {
            votes.push(Vote {
                reading,
                trust: trust * 0.6,
            });
        } else if reading.title.is_none() && own <= 3 && !reading.related {
            // An offer beside its product.
            votes.push(Vote {
                reading,
                trust: trust * 0.5,
            });
        }
    }
    votes
}
