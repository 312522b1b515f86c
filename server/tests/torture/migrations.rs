//! A migration is killed in the middle, again and again, and several run at the same time: in the end the tables are those
//! of one that nobody disturbed.

use sea_orm::{ConnectionTrait, Statement};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use trial::{Engine, Place, both_engines};
use trial::{Report, so_many};

both_engines!(
    a_killed_migration_is_made_or_not_made_at_all,
    migrations_at_the_same_time_take_turns,
);

async fn a_killed_migration_is_made_or_not_made_at_all(place: Arc<Place>) {
    let undisturbed = {
        migrate(&place).wait().unwrap();
        let whole = schema(&place).await;
        empty(&place).await;
        whole
    };
    let long = how_long(&place).await;

    let mut report = Report::begin();
    for _ in 0..so_many(6, 200) {
        empty(&place).await;
        let mut program = migrate(&place);
        let moment = rand::random_range(0..=long.as_micros());
        tokio::time::sleep(Duration::from_micros(u64::try_from(moment).unwrap())).await;
        program.kill().unwrap();
        program.wait().unwrap();
        report.faults += 1;

        let made = migrate(&place).wait().unwrap();
        report.operations += 1;
        let same = schema(&place).await == undisturbed;
        report.wrong += u64::from(!made.success() || !same);
    }
    report.file("migration killed in the middle", place.engine.name());
}

async fn migrations_at_the_same_time_take_turns(place: Arc<Place>) {
    let mut report = Report::begin();
    for _ in 0..so_many(2, 50) {
        empty(&place).await;
        let mut programs: Vec<Child> = (0..4).map(|_| migrate(&place)).collect();
        for program in &mut programs {
            let made = program.wait().unwrap();
            report.wrong += u64::from(!made.success());
            report.operations += 1;
        }
        report.faults += 3;
        let market = place.market().await;
        report.wrong += u64::from(!market.is_migrated().await.unwrap());
        market.close().await.unwrap();
    }
    report.file("migrations at the same time", place.engine.name());
}

/// How long one takes that nobody disturbs.
async fn how_long(place: &Place) -> Duration {
    let started = Instant::now();
    assert!(migrate(place).wait().unwrap().success());
    started.elapsed()
}

fn migrate(place: &Place) -> Child {
    Command::new(env!("CARGO_BIN_EXE_shelfshare"))
        .arg("migrate")
        .current_dir(place.folder.path())
        .env("SHELFSHARE_DATABASE_URL", &place.url)
        .env("SHELFSHARE_LOG_LEVEL", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Leaves no table behind.
async fn empty(place: &Place) {
    match place.engine {
        Engine::Sqlite => {
            for part in ["market.db", "market.db-wal", "market.db-shm"] {
                // What was never made can't be removed.
                let _ = std::fs::remove_file(place.path(part));
            }
        }
        Engine::Postgres => {
            let rows = place.rows().await;
            let anew = "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
            rows.execute_unprepared(anew).await.unwrap();
            rows.close().await.unwrap();
        }
    }
}

/// Every table, column, index and trigger, and which changes are noted as made.
async fn schema(place: &Place) -> Vec<String> {
    let all = match place.engine {
        Engine::Sqlite => {
            "SELECT COALESCE(sql, name) FROM sqlite_master
             UNION ALL SELECT version FROM seaql_migrations ORDER BY 1"
        }
        Engine::Postgres => {
            "SELECT table_name || '.' || column_name || ' ' || data_type || COALESCE(column_default, '')
               FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint
               WHERE connamespace = 'public'::regnamespace
             UNION ALL SELECT trigger_name || event_manipulation FROM information_schema.triggers
             UNION ALL SELECT version FROM seaql_migrations ORDER BY 1"
        }
    };
    let rows = place.rows().await;
    let statement = Statement::from_string(rows.get_database_backend(), all);
    let found = rows.query_all_raw(statement).await.unwrap();
    rows.close().await.unwrap();
    found
        .iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}
