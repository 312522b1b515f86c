//! Backups that are taken in the middle of a rush of buyers, some of them killed, and restored elsewhere.

use crate::audit::{self, Acknowledged, number};
use crate::crowd::{Crowd, pause};
use crate::process::{Serving, command};
use crate::stage::Stage;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use trial::{Engine, Place, both_engines};
use trial::{Report, so_many};

both_engines!(a_backup_in_the_middle_of_a_rush_loses_nothing_and_doubles_nothing);

async fn a_backup_in_the_middle_of_a_rush_loses_nothing_and_doubles_nothing(place: Arc<Place>) {
    let rounds = so_many(3, 20);
    let market = place.market().await;
    market.migrate().await.unwrap();
    let stage = Stage::set(&market).await;
    market.close().await.unwrap();

    let mut report = Report::begin();
    let server = Serving::start(&place).await;
    let crowd = Crowd::gather(&server.host, &stage).await;
    for round in 0..rounds {
        crowd.acknowledged().one_more().await;
        pause(0..300).await;
        let file = place.path(&format!("backup {round}"));
        kill_one(&place, &file).await;
        let before = crowd.acknowledged().until_now();
        let taken = command(&place, &["backup", &file]).output().unwrap();
        assert!(taken.status.success(), "{taken:?}");
        crowd.acknowledged().one_more().await;
        // Each goes to the other engine every other time.
        let to = match (round % 2, place.engine) {
            (0, engine) => engine,
            (_, Engine::Sqlite) => Engine::Postgres,
            (_, Engine::Postgres) => Engine::Sqlite,
        };
        let Some(elsewhere) = Place::empty(to).await else {
            continue;
        };
        look_at(&elsewhere, &file, &before, &mut report).await;
        elsewhere.erase().await;
        std::fs::remove_file(&file).unwrap();
        report.faults += 1;
    }
    let went = crowd.go_home().await;
    report.operations = went.asked;
    audit::at_the_end(&place, &went.acknowledged)
        .await
        .add_to(&mut report);
    report.wrong += server.alarms(&place);
    drop(server);
    report.file(
        "backup in the middle of a rush, restored elsewhere",
        place.engine.name(),
    );
}

/// One that is killed leaves nothing under its name, or the whole.
async fn kill_one(place: &Place, file: &str) {
    let mut killed = command(place, &["backup", file])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    pause(0..400).await;
    // It may have ended.
    let _ = killed.kill();
    let ended = killed.wait().unwrap();
    assert_eq!(Path::new(file).exists(), ended.success());
    if ended.success() {
        std::fs::remove_file(file).unwrap();
    }
}

/// Every rule holds, every order that was acknowledged before is there, and none is there twice.
async fn look_at(elsewhere: &Place, file: &str, before: &Acknowledged, report: &mut Report) {
    let restored = command(elsewhere, &["restore", file]).output().unwrap();
    let said = String::from_utf8_lossy(&restored.stdout).into_owned();
    if !restored.status.success() || !said.contains("Every rule holds") {
        println!("{restored:?}");
        report.wrong += 1;
    }
    audit::after_a_fault(elsewhere, before).await.add_to(report);
    let rows = elsewhere.rows().await;
    let twice =
        "SELECT COUNT(*) - COUNT(DISTINCT key) + COUNT(*) - COUNT(DISTINCT secret) FROM orders";
    let lacking = "SELECT COUNT(*) FROM orders o LEFT JOIN payments p ON p.order_id = o.id WHERE p.id IS NULL";
    for wrong in [twice, lacking] {
        report.wrong += number(&rows, wrong).await.unsigned_abs();
    }
    rows.close().await.unwrap();
}
