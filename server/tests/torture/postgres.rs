//! A PostgreSQL server of a test's own, with the durability of a real one, to be crashed.

use postgres_programs::{as_account, hand_over, programs};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const START_LIMIT: Duration = Duration::from_secs(60);

/// Stopped when dropped; its data goes with its folder.
pub struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    password: String,
    server: Child,
}

impl Postgres {
    /// Starts an empty server; `None` when PostgreSQL is not installed here and nobody insists.
    pub fn start() -> Option<Postgres> {
        let Some(programs) = programs() else {
            assert!(
                !trial::postgres_is_required(),
                "PostgreSQL is not installed"
            );
            eprintln!("skipped: PostgreSQL is not installed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        hand_over(folder.path()).unwrap();
        // Others on this machine can reach the port, and a superuser can do anything.
        let password = market::random_code(32);
        let password_file = folder.path().join("password");
        fs::write(&password_file, &password).unwrap();
        let made = as_account(&programs.join("initdb"))
            .args([
                "--username",
                "shelfshare",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ])
            .args(["--auth=scram-sha-256", "--no-sync", "--pgdata"])
            .arg(folder.path().join("data"))
            .arg("--pwfile")
            .arg(&password_file)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let server = spawn(&programs, folder.path(), port);
        let mut postgres = Postgres {
            programs,
            folder,
            port,
            password,
            server,
        };
        postgres.wait_until_ready();
        Some(postgres)
    }

    pub fn url(&self) -> String {
        let (password, port) = (&self.password, self.port);
        format!("postgres://shelfshare:{password}@127.0.0.1:{port}/postgres")
    }

    /// Stops without writing anything more, as if it had crashed.
    pub fn crash(&mut self) {
        assert!(self.stop_at_once(), "PostgreSQL was not running");
        self.server.wait().unwrap();
    }

    fn stop_at_once(&self) -> bool {
        let stopped = as_account(&self.programs.join("pg_ctl"))
            .args(["stop", "--silent", "--mode=immediate", "--pgdata"])
            .arg(self.folder.path().join("data"))
            .output();
        stopped.is_ok_and(|stopped| stopped.status.success())
    }

    /// Starts again on the same data and port, and recovers.
    pub fn restart(&mut self) {
        self.server = spawn(&self.programs, self.folder.path(), self.port);
        self.wait_until_ready();
    }

    fn wait_until_ready(&mut self) {
        let started = Instant::now();
        loop {
            let ready = as_account(&self.programs.join("pg_isready"))
                .args([
                    "--quiet",
                    "--host=127.0.0.1",
                    "--port",
                    &self.port.to_string(),
                ])
                .status()
                .unwrap();
            if ready.success() {
                return;
            }
            let ended = self.server.try_wait().unwrap().is_some();
            if ended || started.elapsed() > START_LIMIT {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                panic!("PostgreSQL did not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if !self.stop_at_once() {
            // It has ended already, or is ended the hard way.
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

fn spawn(programs: &Path, folder: &Path, port: u16) -> Child {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join("log"))
        .unwrap();
    as_account(&programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-c", "listen_addresses=127.0.0.1"])
        .args(["-c", &format!("port={port}")])
        .args([
            "-c",
            &format!("unix_socket_directories={}", folder.display()),
        ])
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}
