//! A PostgreSQL server of our own, for one run of tests or measurements.

use crate::command::Run;
use crate::failure::{Failure, Outcome, While};
use postgres_programs::{as_account, hand_over, programs};
use std::fs::{self, File};
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Set to test against a server that runs already.
pub const TEST_DATABASE_URL: &str = "TEST_DATABASE_URL";

const ROLE: &str = "shelfshare";
const START_LIMIT: Duration = Duration::from_secs(60);
/// Where files live in memory: each test's database is some hundred files that are gone a moment later.
const MEMORY: &str = "/dev/shm";
/// Folders of ours are named so, followed by the process that made them.
const FOLDER_PREFIX: &str = "shelfshare-postgres-";

/// Whether tests can have a database server.
pub fn is_available() -> bool {
    std::env::var_os(TEST_DATABASE_URL).is_some() || programs().is_some()
}

/// The installed version, like `PostgreSQL 15.14`.
pub fn version() -> Option<String> {
    let text = Command::new(programs()?.join("postgres"))
        .arg("--version")
        .read()?;
    let number = text.split_whitespace().nth(2)?;
    Some(format!("PostgreSQL {number}"))
}

/// A database server, stopped and erased when dropped. Should this process be killed, it stops by
/// itself, and the next run erases it.
pub struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    server: Child,
    url: String,
}

impl Postgres {
    /// Starts an empty server that listens on a free port of this machine only. It is for tests: everything is erased
    /// afterwards, so nothing has to survive a power cut.
    pub fn start() -> Outcome<Self> {
        Self::start_with(Durability::None)
    }

    /// Starts one for measurements: every commit is on the disk before it is answered, as in a real installation.
    pub fn start_durable() -> Outcome<Self> {
        Self::start_with(Durability::Full)
    }

    fn start_with(durability: Durability) -> Outcome<Self> {
        let programs = programs().ok_or_else(|| Failure::new("PostgreSQL is not installed."))?;
        erase_leftovers();
        let folder = make_folder(durability)?;
        let port = free_port()?;
        let started = initialise(&programs, &folder)
            .and_then(|()| spawn(&programs, &folder, port, durability));
        let server = started.inspect_err(|_| erase(&folder))?;
        let mut postgres = Self {
            folder,
            programs,
            server,
            url: String::new(),
        };
        let password = random_password()?;
        postgres.set_password(port, &password)?;
        postgres.url = format!("postgres://{ROLE}:{password}@127.0.0.1:{port}/postgres");
        Ok(postgres)
    }

    /// A role that may do everything, connected to a database that always exists.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits until the server answers on its private socket, where no password is asked for.
    fn set_password(&mut self, port: u16, password: &str) -> Outcome {
        let started = Instant::now();
        loop {
            let answered = as_account(&self.programs.join("psql"))
                .arg("--host")
                .arg(&self.folder)
                .args(["--port", &port.to_string(), "--username", ROLE])
                .args(["--no-psqlrc", "--quiet", "postgres", "--command"])
                .arg(format!("ALTER ROLE {ROLE} PASSWORD '{password}'"))
                .stderr(Stdio::null())
                .read();
            if answered.is_some() {
                return Ok(());
            }
            let ended = self.server.try_wait().while_("watch PostgreSQL")?.is_some();
            if ended || started.elapsed() > START_LIMIT {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(Failure::new(format!("PostgreSQL did not start:\n{log}")));
            }
            sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = as_account(&self.programs.join("pg_ctl"))
            .args(["stop", "--mode=immediate", "--pgdata"])
            .arg(self.folder.join("data"))
            .read();
        if stopped.is_none() {
            // Nothing to add: it has ended already, or is ended the hard way.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        erase(&self.folder);
    }
}

fn make_folder(durability: Durability) -> Outcome<PathBuf> {
    let place = match durability {
        Durability::None if has_room(Path::new(MEMORY)) => PathBuf::from(MEMORY),
        _ => std::env::temp_dir(),
    };
    let folder = place.join(format!("{FOLDER_PREFIX}{}", std::process::id()));
    fs::create_dir(&folder).while_(format_args!("create {}", folder.display()))?;
    hand_over(&folder).while_(format_args!("hand over {}", folder.display()))?;
    Ok(folder)
}

/// Whether a server for tests fits: its log of changes and some dozens of small databases at a time.
fn has_room(place: &Path) -> bool {
    let free = Command::new("df")
        .args(["--output=avail", "--block-size=1M"])
        .arg(place)
        .stderr(Stdio::null())
        .read();
    let free = free.as_deref().and_then(|told| told.lines().nth(1));
    free.and_then(|mebibytes| mebibytes.trim().parse().ok())
        .is_some_and(|mebibytes: u64| mebibytes >= 4096)
}

fn initialise(programs: &Path, folder: &Path) -> Outcome {
    as_account(&programs.join("initdb"))
        .args(["--username", ROLE, "--encoding=UTF8", "--locale=C.UTF-8"])
        .args([
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--no-sync",
        ])
        .arg("--pgdata")
        .arg(folder.join("data"))
        .run_quietly()
}

/// Whether the server syncs what it commits.
#[derive(Clone, Copy)]
enum Durability {
    None,
    Full,
}

fn spawn(programs: &Path, folder: &Path, port: u16, durability: Durability) -> Outcome<Child> {
    let log = File::create(folder.join("log")).while_("create PostgreSQL's log")?;
    let also = log.try_clone().while_("open PostgreSQL's log")?;
    let port = format!("port={port}");
    let sockets = format!("unix_socket_directories={}", folder.display());
    let common = [
        "listen_addresses=127.0.0.1",
        &port,
        &sockets,
        "unix_socket_permissions=0700",
        "max_connections=300",
    ];
    let particular: &[&str] = match durability {
        Durability::None => &[
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_wal_size=256MB",
        ],
        // As docs/scaling.md advises, and the rest as Debian installs it; the module counts statements.
        Durability::Full => &[
            "random_page_cost=1.1",
            "shared_preload_libraries=pg_stat_statements",
            "shared_buffers=512MB",
            "max_wal_size=4GB",
        ],
    };
    let settings = common.iter().chain(particular);
    as_account(&programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .args(settings.flat_map(|setting| ["-c", setting]))
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(also)
        .spawn()
        .while_("start PostgreSQL")
}

fn free_port() -> Outcome<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .while_("find a free port")
}

/// 32 hexadecimal digits. Others on this machine can reach the port, and a superuser can do anything.
fn random_password() -> Outcome<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .while_("read random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Removes what runs that were killed left behind.
fn erase_leftovers() {
    let places = [std::env::temp_dir(), PathBuf::from(MEMORY)];
    let entries = places.iter().flat_map(fs::read_dir).flatten();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let maker = name
            .to_str()
            .and_then(|name| name.strip_prefix(FOLDER_PREFIX));
        if maker.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            erase(&entry.path());
        }
    }
}

/// A leftover does no harm, so not being able to remove it is no failure.
fn erase(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_with_its_password_and_leaves_nothing() {
        let Some(programs) = programs() else {
            return;
        };
        let postgres = Postgres::start().unwrap();
        let select = |url: &str| {
            Command::new(programs.join("psql"))
                .args(["--no-psqlrc", "--tuples-only", "--no-align", url])
                .args([
                    "--command",
                    "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user",
                ])
                .stderr(Stdio::null())
                .read()
        };
        assert_eq!(select(postgres.url()).as_deref(), Some("t"));
        let (start, end) = postgres.url().split_once('@').unwrap();
        assert_eq!(select(&format!("{start}0@{end}")), None);

        let folder = postgres.folder.clone();
        let url = postgres.url().to_owned();
        drop(postgres);
        assert!(!folder.exists());
        assert_eq!(select(&url), None);
    }
}
