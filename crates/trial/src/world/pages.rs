//! All pages that everybody opens.

use super::World;
use market::store::Owner;
use market::{product, search, store};
use model::{Category, MarketFilters, MarketSort, PageRequest, PriceBand, RewardStep};
use std::collections::BTreeMap;

/// Lists that some filter makes shorter.
fn narrowed() -> Vec<(String, MarketFilters)> {
    let all = MarketFilters::default;
    let mut narrowed = vec![
        (
            "ships free".to_owned(),
            MarketFilters {
                ships_free: true,
                ..all()
            },
        ),
        (
            "offered".to_owned(),
            MarketFilters {
                offered: true,
                ..all()
            },
        ),
    ];
    for price in PriceBand::ALL.iter().copied() {
        let filters = MarketFilters {
            price: Some(price),
            sort: MarketSort::PriceDown,
            ..all()
        };
        narrowed.push((price.to_string(), filters));
    }
    for reward in RewardStep::ALL.iter().copied() {
        let filters = MarketFilters {
            reward: Some(reward),
            ..all()
        };
        narrowed.push((format!("reward {reward}"), filters));
    }
    narrowed
}

impl World {
    /// What stands on every page that everybody can open, by what it is, as somebody sees it.
    pub async fn pages(&self, viewer: Option<Owner>) -> BTreeMap<String, String> {
        let mut pages = BTreeMap::new();
        let market = &self.market;
        let stores = store::all(market, PageRequest::FIRST).await;
        pages.insert("stores".into(), format!("{stores:#?}"));
        let featured = search::featured_stores(market, 6).await;
        pages.insert("featured".into(), format!("{featured:#?}"));
        let sorts = MarketSort::ALL.iter().flat_map(|sort| {
            let only = [None, Some(Category::Home), Some(Category::Kitchen)];
            only.map(|category| (*sort, category))
        });
        for (sort, category) in sorts {
            let filters = MarketFilters {
                sort,
                category,
                ..MarketFilters::default()
            };
            let found = search::marketplace(market, viewer, filters).await;
            pages.insert(
                format!("marketplace {sort:?} {category:?}"),
                format!("{found:#?}"),
            );
        }
        for (name, narrowed) in narrowed() {
            let found = search::marketplace(market, viewer, narrowed).await;
            pages.insert(format!("marketplace {name}"), format!("{found:#?}"));
        }
        let stores = self.words("SELECT slug FROM stores").await;
        let shelves = "SELECT stores.slug || ' ' || products.slug FROM listings \
                       JOIN stores ON stores.id = listings.store_id \
                       JOIN products ON products.id = listings.product_id";
        for store in &stores {
            let page = store::page(market, store, None, PageRequest::FIRST, viewer).await;
            pages.insert(format!("store {store}"), format!("{page:#?}"));
        }
        for listed in self.words(shelves).await {
            let (store, product) = listed.split_once(' ').unwrap();
            let page = product::at(market, store, product, viewer).await;
            pages.insert(format!("product {listed}"), format!("{page:#?}"));
        }
        pages
    }

    /// A column of texts.
    async fn words(&self, sql: &str) -> Vec<String> {
        let rows = self.rows_of(sql).await;
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }
}
