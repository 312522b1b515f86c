//! How long a search takes among all products, as a page asks for it: words, with all filters counted, and the cards of a
//! page. Without HTTP and HTML.

use crate::Outcome;
use crate::town::Town;
use crate::words::Dice;
use market::{feed, search};
use model::{Category, MarketFilters, MarketSort, PriceBand};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::sleep;

const SEARCHES: usize = 500;

/// All texts are looked at in less.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

pub async fn measure(town: &Town<'_>, rounds: usize) -> Outcome {
    let (stop, stopped) = watch::channel(false);
    let follows = {
        let (market, stopped) = (town.market.clone(), stopped.clone());
        tokio::spawn(async move { feed::follow(&market, stopped).await })
    };
    let keeps = {
        let market = town.market.clone();
        tokio::spawn(async move { search::keep(&market, stopped).await })
    };
    let begun = Instant::now();
    until(|| town.market.answers_from_memory()).await?;
    let known = begun.elapsed().as_secs_f64();
    println!("{known:>10.1} s    until lists were answered from memory");
    until(|| town.market.knows_words()).await?;
    let indexed = begun.elapsed().as_secs_f64();
    println!("{indexed:>10.1} s    until all texts were in the index");
    let mut dice = Dice::new(7);
    let searches: Vec<_> = (0..SEARCHES).map(|at| search_for(&mut dice, at)).collect();
    for _ in 0..rounds {
        let mut took = Vec::new();
        let mut found = 0;
        for search in &searches {
            let begun = Instant::now();
            let page = search::marketplace(&town.market, None, search.clone()).await?;
            took.push(begun.elapsed());
            found += usize::from(page.products.total > 0);
        }
        took.sort_unstable();
        let at = |share: usize| 1_000.0 * took[SEARCHES * share / 100 - 1].as_secs_f64();
        println!(
            "{:>10.1} ms   a search; 19 in 20 take less than {:.1}, 99 in 100 less than {:.1}; {found} of {SEARCHES} find",
            at(50),
            at(95),
            at(99)
        );
    }
    // There is a receiver: both hold one until they end.
    let _no_receiver = stop.send(true);
    follows.await?;
    keeps.await?;
    Ok(())
}

async fn until(so: impl Fn() -> bool) -> Outcome {
    let begun = Instant::now();
    while !so() {
        if begun.elapsed() > PATIENCE {
            return Err("it takes too long".into());
        }
        sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// One to three words. Of seven one has a letter too many, one ends early, and three are narrowed or in another order.
fn search_for(dice: &mut Dice, at: usize) -> MarketFilters {
    let mut filters = MarketFilters {
        search: dice.words(1 + at % 3),
        ..MarketFilters::default()
    };
    match at % 7 {
        0 => filters.search.insert(2, 'x'),
        1 => _ = filters.search.pop(),
        2 => filters.category = Some(Category::ALL[at % Category::ALL.len()]),
        3 => {
            filters.sort = MarketSort::PriceUp;
            filters.price = Some(PriceBand::Low);
        }
        4 => filters.ships_free = true,
        _ => {}
    }
    filters
}
