//! A market full of stores and products, written by a few statements, with every row a real one has, so that the audit
//! holds. A dozen products a store; most are offered and carried by other stores, some are sold out. Their words are as
//! frequent as in a language.

use crate::Outcome;
use crate::town::Town;
use crate::words::Dice;
use model::Category;

const PRODUCTS_EACH: i64 = 12;
const RATE: i64 = 10;
const UNITS: i64 = 5;

/// The ids of what is made begin here, above those of the town.
const FIRST: i64 = 1_000_000;

/// So many texts are written; products share them.
const TEXTS: usize = 20_000;

/// Texts in one statement.
const AT_ONCE: usize = 500;

/// Makes so many products and their stores.
pub async fn fill(town: &Town<'_>, products: i64) -> Outcome {
    let mut all = texts();
    all.extend(statements(products, products / PRODUCTS_EACH));
    all.push("DROP TABLE crowd_texts".to_owned());
    town.fill_in(&all).await?;
    town.tidy().await
}

/// Titles of four words and descriptions of forty.
fn texts() -> Vec<String> {
    let mut dice = Dice::new(11);
    let mut statements =
        vec!["CREATE TABLE crowd_texts (id BIGINT PRIMARY KEY, title TEXT, body TEXT)".to_owned()];
    let rows: Vec<_> = (0..TEXTS)
        .map(|id| format!("({id}, '{}', '{}')", dice.words(4), dice.words(40)))
        .collect();
    let inserts = rows.chunks(AT_ONCE);
    statements
        .extend(inserts.map(|rows| format!("INSERT INTO crowd_texts VALUES {}", rows.join(", "))));
    statements
}

fn statements(products: i64, stores: i64) -> Vec<String> {
    let upto = |count: i64| {
        format!(
            "WITH RECURSIVE crowd (i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM crowd WHERE i + 1 < {count})"
        )
    };
    let (every_store, every_product) = (upto(stores), upto(products));
    let categories = Category::ALL.len();
    let category: String = Category::ALL
        .iter()
        .enumerate()
        .map(|(number, word)| format!("WHEN {number} THEN '{word}' "))
        .collect();
    let store = format!("{FIRST} + i % {stores}");
    // Every seventh is not offered, every tenth is sold out.
    let offered = "i % 7 <> 0";
    let stock = "CASE WHEN i % 10 = 0 THEN 0 ELSE 20 END";
    let escrow = RATE * UNITS;
    let transfer = "INSERT INTO transfers (key, debit, credit, asset, amount, kind, offer_id, note, created_at)";
    vec![
        format!(
            "{every_store} INSERT INTO accounts (id, email, name, password_hash, operator, created_at) \
             SELECT {FIRST} + i, 'crowd' || i || '@example.com', 'Owner ' || i, '', FALSE, 0 FROM crowd"
        ),
        format!(
            "{every_store} INSERT INTO stores (id, owner_id, slug, name, tagline, about, accent, shipping, created_at) \
             SELECT {FIRST} + i, {FIRST} + i, 'crowd-' || i, 'Crowd ' || i, 'Things from workshop ' || i, '', \
             (SELECT MIN(accent) FROM stores), 400, 0 FROM crowd"
        ),
        format!(
            "INSERT INTO ledger_accounts (code, asset, balance) \
             SELECT 'wallet:' || id, 'token', 0 FROM stores WHERE id >= {FIRST} \
             UNION ALL SELECT 'payable:' || id, 'money', 0 FROM stores WHERE id >= {FIRST}"
        ),
        format!(
            "{every_product} INSERT INTO products (id, store_id, slug, title, description, category, state, \
             search_text, created_at, updated_at, published_at) \
             SELECT {FIRST} + i, {store}, 'crowd-thing-' || i, text.title || ' ' || i, text.body, \
             CASE i % {categories} {category}END, 'published', \
             text.title || ' ' || i || CASE WHEN i % 50 = 1 THEN ' kettle ' ELSE ' bowl ' END || text.body, \
             i, i, i FROM crowd JOIN crowd_texts AS text ON text.id = (i * 7919) % {TEXTS}"
        ),
        format!(
            "{every_product} INSERT INTO variants (product_id, name, sku, price, received, on_hand, held, position, \
             retired) SELECT {FIRST} + i, '', '', 1000 + i % 9000, {stock}, {stock}, 0, 0, FALSE FROM crowd"
        ),
        format!(
            "{every_product} INSERT INTO listings (store_id, product_id, added_at) \
             SELECT {store}, {FIRST} + i, i FROM crowd \
             UNION ALL SELECT {FIRST} + (i * 7 + 1) % {stores}, {FIRST} + i, i FROM crowd \
             WHERE {offered} AND (i * 7 + 1) % {stores} <> i % {stores}"
        ),
        format!(
            "{every_product} INSERT INTO offers (id, product_id, store_id, rate, open_units, held_units, state, revision, \
             opened_at) SELECT {FIRST} + i, {FIRST} + i, {store}, {RATE}, {UNITS}, 0, 'open', 1, i FROM crowd \
             WHERE {offered} AND i % 10 <> 0"
        ),
        format!(
            "INSERT INTO ledger_accounts (code, asset, balance) \
             SELECT 'offer:' || id, 'token', {escrow} FROM offers WHERE id >= {FIRST}"
        ),
        format!(
            "{transfer} SELECT 'issue:crowd:' || id, 'issuance', 'wallet:' || store_id, 'token', {escrow}, 'mint', NULL, \
             '', 0 FROM offers WHERE id >= {FIRST}"
        ),
        format!(
            "{transfer} SELECT 'fund:crowd:' || id, 'wallet:' || store_id, 'offer:' || id, 'token', {escrow}, 'fund', \
             id, '', 0 FROM offers WHERE id >= {FIRST}"
        ),
    ]
}
