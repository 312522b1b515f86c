//! A machine of the cluster: a PostgreSQL, Patroni who runs it, and a member of etcd.

use super::program::Program;
use super::settings::{self, Common};
use crate::Outcome;
use reqwest::Client;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long processes that were killed may take to be gone.
const PATIENCE: Duration = Duration::from_secs(5);

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
        let text = fs::read_to_string(self.data().join("postmaster.pid"))?;
        let number = text.lines().next().and_then(|line| line.parse().ok());
        let first = number.and_then(Pid::from_raw);
        // Numbers are used again: it must be one of this database.
        let first = first.filter(|process| self.processes().contains(process));
        Ok(kill_process(
            first.ok_or("there is no database to kill")?,
            Signal::KILL,
        )?)
    }

    /// `kill -9` of everything, as if the machine were gone.
    pub fn kill(&mut self) {
        // First, or it would start the database again.
        if let Some(patroni) = &mut self.patroni {
            patroni.kill();
        }
        self.etcd.kill();
        let begun = Instant::now();
        let mut left = self.processes();
        while !left.is_empty() && begun.elapsed() < PATIENCE {
            for process in left {
                // It may have noticed that another one is gone.
                let _ = kill_process(process, Signal::KILL);
            }
            sleep(Duration::from_millis(20));
            left = self.processes();
        }
    }

    /// The processes of its database: all of them work in the folder of its data.
    fn processes(&self) -> Vec<Pid> {
        let Ok(data) = self.data().canonicalize() else {
            return Vec::new();
        };
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let works_there = |process: &DirEntry| {
            fs::read_link(process.path().join("cwd")).is_ok_and(|folder| folder == data)
        };
        all.filter(works_there)
            .filter_map(|process| Pid::from_raw(process.file_name().to_str()?.parse().ok()?))
            .collect()
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
        // Settings and logs are small, and say what happened.
        let _ = fs::remove_dir_all(self.data());
        let _ = fs::remove_dir_all(self.folder.join("etcd"));
    }
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
