//! The price and the price it is compared with.

use super::Vote;
use crate::document::Document;
use crate::draft::{Amount, Confidence, Source, Sourced};
use crate::text::price::Hints;
use rust_decimal::Decimal;
use url::Url;

/// A list price this many times the price is another thing's.
const MOST_TIMES: i64 = 20;

/// What was decided.
pub struct Prices {
    pub price: Option<Sourced<Amount>>,
    pub list: Option<Sourced<Amount>>,
}

/// A price and who says so.
struct Candidate {
    value: Decimal,
    weight: f32,
    /// The weightiest source.
    source: Source,
    confidence: Confidence,
    sources: usize,
}

/// Decides by vote, with what is known of how prices are misread.
pub fn decide(votes: &[Vote], doc: &Document, url: &Url, warnings: &mut Vec<String>) -> Prices {
    let mut candidates = candidates(votes);
    correct_thousands(&mut candidates, votes);
    prefer_sale(&mut candidates, votes);
    prefer_shown_of_many(&mut candidates, votes);
    candidates.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let Some(winner) = candidates.first() else {
        return Prices {
            price: None,
            list: None,
        };
    };
    let rival = candidates
        .get(1)
        .filter(|rival| rival.weight > winner.weight * 0.6);
    let currency = currency(votes, winner.value, doc, url);
    if let Some(rival) = rival {
        warnings.push(format!(
            "The page shows more than one price: {} and {}. Check which one is right.",
            winner.value, rival.value
        ));
    }
    if currency.is_none() {
        warnings.push("The page does not say in which currency the price is.".to_owned());
    }
    let confidence = match (rival, winner.sources) {
        (Some(_), _) => winner.confidence.min(Confidence::Likely),
        (None, 2..) => Confidence::Sure,
        (None, _) => winner.confidence,
    };
    let list = list_price(votes, winner.value).map(|(value, source)| Sourced {
        value: Amount {
            value,
            currency: currency.clone(),
        },
        source,
        confidence: Confidence::Likely,
    });
    Prices {
        price: Some(Sourced {
            value: Amount {
                value: winner.value,
                currency,
            },
            source: winner.source,
            confidence,
        }),
        list,
    }
}

fn candidates(votes: &[Vote]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for vote in votes.iter().filter(|vote| vote.trust > 0.3) {
        let Some(price) = &vote.reading.price else {
            continue;
        };
        if price.value <= Decimal::ZERO {
            continue;
        }
        let weight = vote.weight();
        match candidates
            .iter_mut()
            .find(|known| known.value == price.value)
        {
            Some(known) => {
                // Two readings of one source are one opinion.
                if known.source != vote.reading.source {
                    known.weight += weight;
                    known.sources += 1;
                }
            }
            None => candidates.push(Candidate {
                value: price.value,
                weight,
                source: vote.reading.source,
                confidence: vote.confidence(),
                sources: 1,
            }),
        }
    }
    candidates
}

/// Data for machines with `24.990` where people read 24990, or with cents where people read units: what people read
/// is right.
fn correct_thousands(candidates: &mut [Candidate], votes: &[Vote]) {
    let visible: Vec<Decimal> = votes
        .iter()
        .filter(|vote| vote.reading.source == Source::Visible)
        .filter_map(|vote| vote.reading.price.as_ref().map(|price| price.value))
        .collect();
    let factors = [
        Decimal::from(1000),
        Decimal::from(100),
        Decimal::new(1, 2),
        Decimal::new(1, 3),
    ];
    for shown in visible {
        let moved: f32 = candidates
            .iter_mut()
            .filter(|candidate| {
                candidate.value != shown
                    && factors
                        .iter()
                        .any(|factor| candidate.value * factor == shown)
            })
            .map(|candidate| std::mem::take(&mut candidate.weight))
            .sum();
        if let Some(right) = candidates
            .iter_mut()
            .find(|candidate| candidate.value == shown)
        {
            right.weight += moved;
        }
    }
}

/// A price that another source calls the former one loses to the lower one.
fn prefer_sale(candidates: &mut [Candidate], votes: &[Vote]) {
    let former: Vec<(Decimal, Decimal)> = votes
        .iter()
        .filter_map(|vote| {
            let list = vote.reading.list_price.as_ref()?.value;
            let price = vote.reading.price.as_ref()?.value;
            (list > price && vote.trust > 0.5 && vote.reading.confidence > Confidence::Doubtful)
                .then_some((list, price))
        })
        .collect();
    for (list, price) in former {
        let moved: f32 = candidates
            .iter_mut()
            .filter(|candidate| candidate.value == list)
            .map(|candidate| std::mem::take(&mut candidate.weight))
            .sum();
        if let Some(right) = candidates
            .iter_mut()
            .find(|candidate| candidate.value == price)
        {
            right.weight += moved;
        }
    }
}

/// Of a range, or of many variants' prices, the page shows the one that is chosen.
fn prefer_shown_of_many(candidates: &mut [Candidate], votes: &[Vote]) {
    let shown = votes
        .iter()
        .filter(|vote| {
            vote.reading.source == Source::Visible && vote.reading.confidence >= Confidence::Likely
        })
        .find_map(|vote| Some(vote.reading.price.as_ref()?.value));
    let Some(shown) = shown else { return };
    let of_many: Vec<Decimal> = votes
        .iter()
        .filter(|vote| vote.reading.source != Source::Visible && vote.trust > 0.5)
        .filter_map(|vote| {
            let reading = &vote.reading;
            let own = reading.price.as_ref()?.value;
            let in_range = reading
                .price_high
                .as_ref()
                .is_some_and(|high| own < shown && shown <= high.value);
            let is_variants = reading
                .variants
                .iter()
                .filter_map(|variant| variant.price.as_ref())
                .any(|price| price.value == shown);
            (own != shown && (in_range || is_variants)).then_some(own)
        })
        .collect();
    let moved: f32 = candidates
        .iter_mut()
        .filter(|candidate| of_many.contains(&candidate.value))
        .map(|candidate| std::mem::take(&mut candidate.weight))
        .sum();
    if let Some(right) = candidates
        .iter_mut()
        .find(|candidate| candidate.value == shown)
    {
        right.weight += moved;
    }
}

/// What some source calls the former price, or a source's price that is higher than a shown, lower one.
fn list_price(votes: &[Vote], price: Decimal) -> Option<(Decimal, Source)> {
    votes
        .iter()
        .filter(|vote| vote.trust > 0.5)
        .filter_map(|vote| Some((vote.reading.list_price.as_ref()?.value, vote.reading.source)))
        .find(|(list, _)| *list > price && *list <= price * Decimal::from(MOST_TIMES))
}

/// Named beside that price, or anywhere in the data, or else what people pay in where the shop is.
fn currency(votes: &[Vote], price: Decimal, doc: &Document, url: &Url) -> Option<String> {
    let beside = votes
        .iter()
        .filter_map(|vote| vote.reading.price.as_ref())
        .filter(|amount| amount.value == price)
        .find_map(|amount| amount.currency.clone());
    beside
        .or_else(|| {
            votes
                .iter()
                .flat_map(|vote| {
                    [
                        &vote.reading.price,
                        &vote.reading.price_high,
                        &vote.reading.list_price,
                    ]
                })
                .flatten()
                .find_map(|amount| amount.currency.clone())
        })
        .or_else(|| {
            votes
                .iter()
                .flat_map(|vote| &vote.reading.variants)
                .find_map(|variant| variant.price.as_ref()?.currency.clone())
        })
        .or_else(|| Hints::of(url, doc.language().as_deref()).usual_currency())
}
