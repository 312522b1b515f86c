//! Tokens move between a few hot accounts while others look at the totals: they never see one that is wrong (L2, L3,
//! L5), and nobody is shown that the database was busy.

use market::{Error, random_code};
use model::{CheckoutOutcome, OfferId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::task::JoinSet;
use trial::both_engines;
use trial::world::{Card, Product, Store, WELCOME, World};
use trial::{Report, so_many};

both_engines!(rule_l3_readers_see_the_right_totals_while_thirty_two_clients_move_tokens);

const ACCOUNTS: usize = 8;
const READERS: usize = 2;

/// A store, its product, the store next to it that carries the product.
#[derive(Clone)]
struct Stall {
    store: Store,
    product: Product,
    next: Store,
}

async fn rule_l3_readers_see_the_right_totals_while_thirty_two_clients_move_tokens(world: World) {
    let (clients, transfers) = so_many((32_u64, 8_u64), (32, 1_000));
    let begun = Report::begin();
    let stalls = Arc::new(stalls(&world, clients * transfers).await);
    // Two server processes on one database.
    let processes = [world.clone(), world.with(|_| ()).await];
    let done = Arc::new(AtomicBool::new(false));
    let looks = Arc::new(AtomicU64::new(0));
    let mut readers = JoinSet::new();
    for reader in 0..READERS {
        let (world, done, looks) = (processes[reader % 2].clone(), done.clone(), looks.clone());
        readers.spawn(async move {
            let mut wrong = 0;
            while !done.load(Ordering::Relaxed) {
                wrong += u64::from(!totals_are_right(&world).await);
                looks.fetch_add(1, Ordering::Relaxed);
            }
            wrong
        });
    }
    let mut busy = JoinSet::new();
    for client in 0..clients {
        let world = processes[usize::try_from(client % 2).unwrap()].clone();
        let stalls = stalls.clone();
        busy.spawn(async move { one_client(&world, &stalls, client, transfers).await });
    }
    let mut report = begun.clone();
    for (moved, wrong) in busy.join_all().await {
        report.operations += moved;
        report.wrong += wrong;
    }
    done.store(true, Ordering::Relaxed);
    let mut readings = begun;
    readings.operations = looks.load(Ordering::Relaxed);
    readings.wrong = readers.join_all().await.iter().sum();
    let [_, other] = processes;
    other.market.close().await.unwrap();
    report.file("bank: 32 clients move tokens", world.engine().name());
    readings.file("bank: readers add up meanwhile", world.engine().name());
}

async fn stalls(world: &World, stock: u64) -> Vec<Stall> {
    let stock = i64::try_from(stock).unwrap();
    let mut stores = Vec::new();
    for number in 0..ACCOUNTS {
        stores.push(world.store(&format!("Stall {number}")).await);
    }
    let mut stalls = Vec::new();
    for (number, store) in stores.iter().enumerate() {
        let product = world
            .product(store, &format!("Mug {number}"), 2_800, stock)
            .await;
        let next = stores[(number + 1) % ACCOUNTS].clone();
        world.offer(store, &product, 1, 5).await;
        world.shelf(&next, &product).await;
        stalls.push(Stall {
            store: store.clone(),
            product,
            next,
        });
    }
    stalls
}

/// One statement sees one moment: all tokens are what the stores were given, and behind each offer lies its promise.
async fn totals_are_right(world: &World) -> bool {
    let given = i64::try_from(ACCOUNTS).unwrap() * WELCOME;
    let sql = format!(
        "SELECT CASE WHEN (SELECT SUM(balance) FROM ledger_accounts WHERE asset = 'token') = {given} \
           AND (SELECT COALESCE(SUM(CASE WHEN debit = 'issuance' THEN amount ELSE -amount END), 0) FROM transfers \
                WHERE debit = 'issuance' OR credit = 'issuance') = {given} \
           AND NOT EXISTS (SELECT 1 FROM offers o LEFT JOIN ledger_accounts a ON a.code = 'offer:' || o.id \
                           WHERE COALESCE(a.balance, -1) <> o.rate * o.open_units) \
         THEN 1 ELSE 0 END"
    );
    world.number(&sql).await == 1
}

/// Moves tokens so often, by buying, changing and revoking offers; what a rule refuses is not counted. Gives how
/// often they moved, and how often the answer was none that the rules know.
async fn one_client(world: &World, stalls: &[Stall], client: u64, transfers: u64) -> (u64, u64) {
    let mut chance = StdRng::seed_from_u64(client);
    let (mut moved, mut wrong) = (0, 0);
    while moved + wrong < transfers {
        let stall = &stalls[chance.random_range(0..stalls.len())];
        let answer = match chance.random_range(0..10) {
            0..3 => buy(world, stall).await,
            3..9 => change(world, stall, &mut chance).await,
            _ => revoke(world, stall).await,
        };
        match answer {
            Ok(()) => moved += 1,
            Err(Error::Refused(_) | Error::Short(_)) => {}
            Err(other) => {
                println!("client {client}: {other:?}");
                wrong += 1;
            }
        }
    }
    (moved, wrong)
}

async fn buy(world: &World, stall: &Stall) -> market::Result<()> {
    let cart = market::cart::new(&world.market, None).await?;
    world.add(cart, (&stall.next, &stall.product, 1)).await?;
    let request = world.request(cart, &random_code(20)).await;
    match world.send(cart, request, Card::Pays).await? {
        CheckoutOutcome::Paid { .. } => Ok(()),
        other => Err(Error::Broken(format!("{other:?}"))),
    }
}

async fn change(world: &World, stall: &Stall, chance: &mut StdRng) -> market::Result<()> {
    let (rate, units) = (chance.random_range(1..50), chance.random_range(1..20));
    match open_offer(world, stall).await {
        Some(offer) => world.change(&stall.store, offer, rate, units).await,
        None => world
            .try_offer(&stall.store, &stall.product, rate, units)
            .await
            .map(|_| ()),
    }
}

async fn revoke(world: &World, stall: &Stall) -> market::Result<()> {
    match open_offer(world, stall).await {
        Some(offer) => world.revoke(&stall.store, offer).await.map(|_| ()),
        None => Ok(()),
    }
}

async fn open_offer(world: &World, stall: &Stall) -> Option<OfferId> {
    let id = world
        .number(&format!(
            "SELECT COALESCE(MAX(id), 0) FROM offers WHERE state = 'open' AND product_id = {}",
            stall.product.id
        ))
        .await;
    (id > 0).then_some(OfferId(id))
}
