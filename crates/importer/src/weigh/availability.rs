//! Can it be bought? Markup is often older than the page around it.

use super::Vote;
use crate::draft::{Availability, Confidence, Source, Sourced};

/// What the page shows beats what the markup says where the two are known to differ.
///
/// A page that says nothing, but names a price, offers what it shows: that is taken as in stock, in doubt.
pub fn decide(
    votes: &[Vote],
    has_price: bool,
    warnings: &mut Vec<String>,
) -> Option<Sourced<Availability>> {
    let shown = votes
        .iter()
        .find(|vote| vote.reading.source == Source::Visible && vote.reading.availability.is_some());
    let stated = votes
        .iter()
        .filter(|vote| {
            vote.reading.source != Source::Visible && vote.reading.availability.is_some()
        })
        .max_by(|one, other| one.weight().total_cmp(&other.weight()));
    let (Some(shown), Some(stated)) = (shown, stated) else {
        if let Some(only) = shown.or(stated) {
            return only.reading.availability.map(|value| only.sourced(value));
        }
        if !has_price {
            return None;
        }
        warnings.push("The page does not say whether this is in stock.".to_owned());
        return Some(Sourced {
            value: Availability::InStock,
            source: Source::Visible,
            confidence: Confidence::Doubtful,
        });
    };
    let (seen, said) = (shown.reading.availability?, stated.reading.availability?);
    if seen == said {
        return Some(Sourced {
            value: said,
            source: stated.reading.source,
            confidence: Confidence::Sure,
        });
    }
    let value = match (said, seen) {
        // A template's "in stock" under a sold-out sign.
        (Availability::InStock, _) => seen,
        // The software calls it sold out, and the shop lets you order it all the same.
        (
            Availability::OutOfStock,
            Availability::BackOrder | Availability::PreOrder | Availability::Discontinued,
        ) => seen,
        _ => said,
    };
    warnings.push(
        "The page contradicts itself about whether this can be bought. Check its stock.".to_owned(),
    );
    let source = if value == said {
        stated.reading.source
    } else {
        Source::Visible
    };
    Some(Sourced {
        value,
        source,
        confidence: Confidence::Likely,
    })
}
