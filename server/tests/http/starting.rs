//! What a start finds, and what it refuses to begin with.

use sea_orm::{ConnectionTrait, Database};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use trial::{Engine, World, run};
use url::Url;

/// The real program, in a production that nobody can reach.
fn program(folder: &Path, command: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_shelfshare"));
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    program
        .arg(command)
        .current_dir(folder)
        .env("SHELFSHARE_MODE", "production")
        .env("SHELFSHARE_TRUSTED_PROXIES", "none")
        .env("SHELFSHARE_PUBLIC_URL", "https://shop.example")
        .env("SHELFSHARE_DATABASE_URL", "sqlite://data/market.db")
        .env("SHELFSHARE_LISTEN", format!("127.0.0.1:{port}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    program
}

fn refused(mut program: Command) -> String {
    let Output { status, stderr, .. } = ended(program.spawn().unwrap());
    let said = String::from_utf8(stderr).unwrap();
    assert!(!status.success(), "it started: {said}");
    said
}

fn ended(mut child: Child) -> Output {
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("it goes on");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn production_makes_no_market_that_nobody_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/market.db");
    for command in ["serve", "verify", "grant"] {
        let mut program = program(folder.path(), command);
        if command == "grant" {
            program.args(["some-store", "1"]);
        }
        let said = refused(program);
        assert!(
            said.contains("There is no market at data/market.db"),
            "{said}"
        );
        assert!(said.contains("shelfshare migrate"), "{said}");
        assert!(!file.exists(), "{command} made it");
    }
    // An empty file is no market either.
    std::fs::create_dir(folder.path().join("data")).unwrap();
    std::fs::write(&file, "").unwrap();
    let said = refused(program(folder.path(), "serve"));
    assert!(
        said.contains("There is no market at this database"),
        "{said}"
    );

    let made = ended(program(folder.path(), "migrate").spawn().unwrap());
    assert!(made.status.success(), "{made:?}");
    let found = ended(program(folder.path(), "verify").spawn().unwrap());
    assert!(found.status.success(), "{found:?}");
}

#[test]
fn another_currency_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let with = |command: &str, currency: &str| {
        let mut program = program(folder.path(), command);
        program.env("SHELFSHARE_CURRENCY", currency);
        program
    };
    let made = ended(with("migrate", "JPY").spawn().unwrap());
    assert!(made.status.success(), "{made:?}");
    for command in ["serve", "verify", "migrate"] {
        let said = refused(with(command, "USD"));
        assert!(
            said.contains("`currency` is set to `USD`") && said.contains("Set `currency` to `JPY`"),
            "{said}"
        );
    }
    let found = ended(with("verify", "JPY").spawn().unwrap());
    assert!(found.status.success(), "{found:?}");
}

/// Whoever starts everything at once, after a power cut or in a cluster that fails over, has the server up first.
#[test]
fn a_database_server_that_is_not_there_yet_is_waited_for() {
    run(Engine::Postgres, async |world: World| {
        let folder = tempfile::tempdir().unwrap();
        let mut address = Url::parse(&world.market.settings().database_url).unwrap();
        let there = (
            address.host_str().unwrap().to_owned(),
            address.port().unwrap_or(5432),
        );
        // Nobody listens there.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        address.set_host(Some("127.0.0.1")).unwrap();
        address.set_port(Some(port)).unwrap();
        let mut waiting = program(folder.path(), "serve")
            .env("SHELFSHARE_DATABASE_URL", address.as_str())
            .spawn()
            .unwrap();
        let said = BufReader::new(waiting.stderr.take().unwrap());
        let mut said = said.lines().map(Result::unwrap);
        let mut hears = |word: &str| said.any(|line| line.contains(word));
        assert!(hears("waiting for the database"));
        assert!(waiting.try_wait().unwrap().is_none(), "it gave up");

        let open = tokio::net::TcpListener::bind(("127.0.0.1", port))
            .await
            .unwrap();
        tokio::spawn(async move {
            loop {
                let (mut client, _) = open.accept().await.unwrap();
                let mut server = tokio::net::TcpStream::connect(&there).await.unwrap();
                tokio::spawn(async move {
                    // Until one of them hangs up.
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
        assert!(hears("listening"));
        waiting.kill().unwrap();
        waiting.wait().unwrap();
    });
}

/// A disk that takes no more: the file may grow to so many blocks only, and the program is told so or ended.
#[test]
fn a_backup_that_is_cut_off_leaves_nothing_that_looks_whole() {
    let folder = tempfile::tempdir().unwrap();
    let made = ended(program(folder.path(), "migrate").spawn().unwrap());
    assert!(made.status.success(), "{made:?}");
    fill(&folder.path().join("data/market.db"));
    let file = folder.path().join("market.backup");
    let part = folder.path().join("market.backup.part");
    for (signal, is_told) in [("trap '' XFSZ", true), ("true", false)] {
        let mut limited = Command::new("sh");
        let script = format!("{signal}; ulimit -f 200; exec \"$0\" backup market.backup");
        limited
            .arg("-c")
            .arg(script)
            .arg(env!("CARGO_BIN_EXE_shelfshare"));
        for (name, value) in program(folder.path(), "backup").get_envs() {
            limited.env(name, value.unwrap());
        }
        limited
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let said = refused(limited);
        assert!(!file.exists());
        assert_eq!(part.exists(), !is_told, "{said}");
        assert_eq!(said.contains("no backup was made"), is_told, "{said}");
    }
    let mut whole = program(folder.path(), "backup");
    whole.arg("market.backup");
    let whole = ended(whole.spawn().unwrap());
    assert!(whole.status.success(), "{whole:?}");
    assert!(file.exists() && !part.exists());
}

/// Puts more into a market than fits into the file that it may write.
fn fill(database: &Path) {
    let much = "INSERT INTO sessions VALUES ('much', NULL, hex(randomblob(300000)), 9000000000000)";
    let url = format!("sqlite://{}", database.display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let rows = Database::connect(url).await.unwrap();
        rows.execute_unprepared(much).await.unwrap();
        rows.close().await.unwrap();
    });
}

#[test]
fn a_market_is_restored_where_there_was_none() {
    let folder = tempfile::tempdir().unwrap();
    let with = |arguments: &[&str], database: &str| {
        let mut program = program(folder.path(), arguments[0]);
        program
            .args(&arguments[1..])
            .env("SHELFSHARE_DATABASE_URL", database);
        program
    };
    let (here, there) = ("sqlite://data/market.db", "sqlite://data/other.db");
    let done = |program: &mut Command| {
        let done = ended(program.spawn().unwrap());
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    done(&mut with(&["migrate"], here));
    done(&mut with(&["backup", "kept"], here));
    let said = refused(with(&["backup", "kept"], here));
    assert!(said.contains("is there already"), "{said}");
    done(&mut with(&["backup", "kept", "--force"], here));
    let said = done(&mut with(&["restore", "kept"], there));
    assert!(said.contains("Every rule holds"), "{said}");
    done(&mut with(&["verify"], there));
    for (arguments, why) in [
        (["restore", "kept"], "There is a market in that database"),
        (["restore", "shop@post.example"], "shelfshare reinstate"),
    ] {
        let said = refused(with(&arguments, here));
        assert!(said.contains(why), "{said}");
    }
}
