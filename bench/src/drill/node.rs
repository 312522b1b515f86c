//! A machine of the cluster: a PostgreSQL, Patroni who runs it, and a member of etcd.

use super::program::Program;
use super::settings::{self, Common};
use crate::Outcome;
use reqwest::Client;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a database that was told to stop at once may take.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Its ports.
pub struct Addresses {
    pub database: u16,
    /// Patroni's, where it says what the node is.
    pub api: u16,
    /// etcd's, for its clients and for its other members.
    pub etcd: u16,
    pub peers: u16,
}

/// Everything of it ends when it is dropped.
pub struct Node {
    name: String,
    at: Addresses,
    folder: PathBuf,
    /// All members of etcd, as each of them is told.
    members: String,
    etcd: Program,
    /// Started once there is an etcd to talk to.
    patroni: Option<Program>,
}

impl Node {
    /// Starts its member of etcd.
    pub fn start(name: String, at: Addresses, folder: PathBuf, members: String) -> Outcome<Node> {
        let etcd = etcd(&name, &at, &folder, &members)?;
        Ok(Node {
            name,
            at,
            folder,
            members,
            etcd,
            patroni: None,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn at(&self) -> &Addresses {
        &self.at
    }

    /// Where the node's settings are.
    pub fn settings(&self) -> PathBuf {
        self.folder.join("patroni.yml")
    }

    pub fn configure(&self, common: &Common<'_>) -> Outcome {
        let text = settings::patroni(&self.name, &self.folder, &self.at, common);
        Ok(fs::write(self.settings(), text)?)
    }

    /// Starts what is not running. Patroni starts the database.
    pub fn mend(&mut self) -> Outcome {
        if !self.etcd.is_alive() {
            self.etcd = etcd(&self.name, &self.at, &self.folder, &self.members)?;
        }
        if self.patroni.as_mut().is_some_and(Program::is_alive) {
            return Ok(());
        }
        let log = self.folder.join("patroni.log");
        // Told to terminate, it stops its database first.
        self.patroni = Some(Program::start("patroni", [self.settings()], "TERM", &log)?);
        Ok(())
    }

    /// Whether it says of itself that it is that.
    pub async fn is(&self, client: &Client, role: &str) -> bool {
        let address = format!("http://127.0.0.1:{}/{role}", self.at.api);
        let answer = client.get(address).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// `kill -9` of the database's first process: the others notice.
    pub fn kill_database(&self) -> Outcome {
        let process = self.postmaster().ok_or("there is no database to kill")?;
        Ok(kill_process(process, Signal::KILL)?)
    }

    /// `kill -9` of everything at once, as if the machine were gone.
    pub fn kill(&mut self) -> Outcome {
        let process = self.postmaster().ok_or("there is no database to kill")?;
        let others = children(process);
        if let Some(patroni) = &mut self.patroni {
            patroni.kill();
        }
        self.etcd.kill();
        kill_process(process, Signal::KILL)?;
        for other in others {
            // It may have noticed that the first one is gone.
            let _ = kill_process(other, Signal::KILL);
        }
        Ok(())
    }

    /// The first process of its database, if it runs and is this one's: numbers are used again.
    fn postmaster(&self) -> Option<Pid> {
        let data = self.folder.join("data");
        let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
        let number = text.lines().next()?;
        let works_in = fs::read_link(format!("/proc/{number}/cwd")).ok()?;
        let process = Pid::from_raw(number.parse().ok()?)?;
        (works_in == data.canonicalize().ok()?).then_some(process)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // First, or it would start the database again.
        self.patroni = None;
        let Some(process) = self.postmaster() else {
            return;
        };
        // At once: nobody needs its data any more.
        let _ = kill_process(process, Signal::QUIT);
        let told = Instant::now();
        while self.postmaster().is_some() {
            if told.elapsed() > LAST_WORDS {
                let _ = kill_process(process, Signal::KILL);
            }
            sleep(Duration::from_millis(50));
        }
    }
}

/// The processes that one has started.
fn children(process: Pid) -> Vec<Pid> {
    let number = process.as_raw_nonzero();
    let list = fs::read_to_string(format!("/proc/{number}/task/{number}/children"));
    let list = list.unwrap_or_default();
    let numbers = list.split_whitespace().filter_map(|n| n.parse().ok());
    numbers.filter_map(Pid::from_raw).collect()
}

fn etcd(name: &str, at: &Addresses, folder: &Path, members: &str) -> Outcome<Program> {
    let data = folder.join("etcd").display().to_string();
    let clients = format!("http://127.0.0.1:{}", at.etcd);
    let peers = format!("http://127.0.0.1:{}", at.peers);
    let arguments = [
        ("--name", name),
        ("--data-dir", &data),
        ("--listen-client-urls", &clients),
        ("--advertise-client-urls", &clients),
        ("--listen-peer-urls", &peers),
        ("--initial-advertise-peer-urls", &peers),
        ("--initial-cluster", members),
        // The machine is one, and busy.
        ("--heartbeat-interval", "200"),
        ("--election-timeout", "2000"),
        ("--log-level", "error"),
    ];
    let arguments = arguments
        .into_iter()
        .flat_map(|(name, value)| [name, value]);
    Program::start("etcd", arguments, "TERM", &folder.join("etcd.log"))
}
