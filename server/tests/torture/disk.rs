//! The disk under an SQLite database is full, broken, may only be read, or the file is gone or another, in the middle of
//! checkouts. The server goes on all the time.

use crate::audit;
use crate::crowd::{Crowd, pause};
use crate::process::Serving;
use crate::shopper::Browser;
use crate::stage::Stage;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use trial::{Engine, Place, run};
use trial::{Report, so_many};

/// How soon after a fault readiness must tell of it: one answer holds for a second.
const NOTICED: Duration = Duration::from_secs(10);

/// How soon after the fault somebody must be able to buy again.
const RECOVERY: Duration = Duration::from_secs(30);

/// What the errors are called in C.
const ENOSPC: u32 = 28;
const EIO: u32 = 5;
const EROFS: u32 = 30;

#[test]
fn a_full_disk_loses_nothing() {
    run(Engine::Sqlite, |place| {
        tried(place, Fault::Error(ENOSPC), "disk full")
    });
}

#[test]
fn a_broken_disk_loses_nothing() {
    run(Engine::Sqlite, |place| {
        tried(place, Fault::Error(EIO), "disk broken")
    });
}

#[test]
fn a_disk_that_may_only_be_read_loses_nothing() {
    run(Engine::Sqlite, |place| {
        tried(place, Fault::Error(EROFS), "disk may only be read")
    });
}

#[test]
fn a_file_that_is_gone_loses_nothing() {
    run(Engine::Sqlite, |place| {
        tried(place, Fault::Gone, "database file gone")
    });
}

#[test]
fn a_file_that_was_replaced_loses_nothing() {
    run(Engine::Sqlite, |place| {
        tried(place, Fault::Replaced, "database file replaced")
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Whatever is written fails with this.
    Error(u32),
    Gone,
    Replaced,
}

async fn tried(place: Arc<Place>, fault: Fault, name: &'static str) {
    let Some(disk) = Disk::under(&place) else {
        return;
    };
    let market = place.market().await;
    market.migrate().await.unwrap();
    let stage = Stage::set(&market).await;
    market.close().await.unwrap();

    let mut report = Report::begin();
    let mut server = Serving::start_with(&place, &disk.variables()).await;
    let crowd = Crowd::gather(&server.host, &stage).await;
    for _ in 0..so_many(2, 100) {
        assert!(crowd.can_buy_within(RECOVERY).await, "nobody can buy");
        pause(0..300).await;
        disk.begin(fault);
        report.faults += 1;
        report.wrong += while_nothing_is_saved(&server.host, &stage).await;
        pause(0..300).await;
        disk.end(fault);
        report.wrong += u64::from(!crowd.can_buy_within(RECOVERY).await);
        audit::after_a_fault(&place, crowd.acknowledged())
            .await
            .add_to(&mut report);
    }
    let went = crowd.go_home().await;
    audit::at_the_end(&place, &went.acknowledged)
        .await
        .add_to(&mut report);
    assert!(server.is_alive(), "the server must outlive the fault");
    report.operations = went.asked;
    println!("{} acknowledged", went.acknowledged.count());
    report.file(name, place.engine.name());
}

/// What is wrong while nothing can be saved: readiness says so, pages are shown or said to be away, and who wants to
/// change something is told that it can't be done now.
async fn while_nothing_is_saved(host: &str, stage: &Stage) -> u64 {
    let client = trial_http::running::client().build().unwrap();
    let status = async |path: &str| {
        let answer = client.get(format!("http://{host}{path}")).send().await;
        answer.unwrap().status().as_u16()
    };
    let started = Instant::now();
    while status("/health/ready").await != 503 {
        if started.elapsed() > NOTICED {
            println!("the server says that it is ready");
            return 1;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut wrong = 0;
    // Where the file is gone, a connection that is made anew finds nothing to read.
    if ![200, 503].contains(&status("/market").await) {
        println!("pages are neither shown nor said to be away");
        wrong += 1;
    }
    let maker = &stage.makers[0];
    let (listing, variant) = (maker.listing.to_string(), maker.variant.to_string());
    let form = [
        ("listing", listing.as_str()),
        ("variant", &variant),
        ("units", "1"),
    ];
    for accept in ["application/json", "text/html"] {
        let ask = Browser::at(host).await.post("add_to_cart", &form);
        let mut ask = ask.build().unwrap();
        ask.headers_mut().insert("accept", accept.parse().unwrap());
        let answer = client.execute(ask).await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        if status != 503 || !text.contains("The market can't save anything at the moment.") {
            println!("{accept}: {status} {text}");
            wrong += 1;
        }
    }
    wrong
}

/// The disk under a place's database.
struct Disk {
    library: PathBuf,
    now: PathBuf,
    file: PathBuf,
    aside: PathBuf,
}

impl Disk {
    /// `None` when there is no C compiler. (Where Rust programs are linked there is one.)
    fn under(place: &Place) -> Option<Disk> {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/torture/faulty_disk.c");
        let library = place.folder.path().join("faulty_disk.so");
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([library.as_path(), Path::new(source)])
            .status();
        match made {
            Ok(made) => assert!(made.success(), "{source} can't be compiled"),
            Err(missing) => {
                eprintln!("skipped: there is no C compiler to make a faulty disk with: {missing}");
                return None;
            }
        }
        Some(Disk {
            library,
            now: place.folder.path().join("fault"),
            file: place.folder.path().join("market.db"),
            aside: place.folder.path().join("aside"),
        })
    }

    fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("LD_PRELOAD", self.library.display().to_string()),
            ("FAULTY_DISK_NOW", self.now.display().to_string()),
            ("FAULTY_DISK_PATH", "market.db".to_owned()),
        ]
    }

    fn begin(&self, fault: Fault) {
        match fault {
            Fault::Error(number) => {
                // In one step, so that nobody reads half of it.
                let next = self.now.with_extension("next");
                fs::write(&next, number.to_string()).unwrap();
                fs::rename(next, &self.now).unwrap();
            }
            Fault::Gone => fs::rename(&self.file, &self.aside).unwrap(),
            Fault::Replaced => {
                fs::rename(&self.file, &self.aside).unwrap();
                fs::copy(&self.aside, &self.file).unwrap();
            }
        }
    }

    fn end(&self, fault: Fault) {
        match fault {
            Fault::Error(_) => fs::remove_file(&self.now).unwrap(),
            Fault::Gone | Fault::Replaced => fs::rename(&self.aside, &self.file).unwrap(),
        }
    }
}
