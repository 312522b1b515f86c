//! The real program in a process of its own, and its sudden death.

use std::fs::File;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use trial::Place;
use trial_http::running::client;

/// The longest a start may take.
const START_LIMIT: Duration = Duration::from_secs(60);

/// The lines printed of an alarm.
const LINES_TOLD: usize = 80;

/// `shelfshare serve`, killed when dropped.
pub struct Serving {
    pub host: String,
    program: Child,
}

impl Serving {
    /// Starts on a free port, and waits until it answers.
    pub async fn start(place: &Place) -> Serving {
        Serving::start_with(place, &[]).await
    }

    /// The same, with these variables in its environment.
    pub async fn start_with(place: &Place, variables: &[(&str, String)]) -> Serving {
        let port = free_port();
        let host = format!("127.0.0.1:{port}");
        std::fs::create_dir_all(place.path("site/pkg")).unwrap();
        let log = File::create(place.path(&format!("log-{port}"))).unwrap();
        let program = Command::new(env!("CARGO_BIN_EXE_shelfshare"))
            .arg("serve")
            .current_dir(place.folder.path())
            .env("SHELFSHARE_DATABASE_URL", &place.url)
            .env("SHELFSHARE_DATA_DIR", place.path("data"))
            .env("SHELFSHARE_SITE_ROOT", place.path("site"))
            .env("SHELFSHARE_LISTEN", &host)
            .env("SHELFSHARE_PUBLIC_URL", format!("http://{host}"))
            .env("SHELFSHARE_RATE_LIMITS", "off")
            .env("SHELFSHARE_LOG_LEVEL", "warn")
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut serving = Serving { host, program };
        serving.wait_until_ready(place, port).await;
        serving
    }

    async fn wait_until_ready(&mut self, place: &Place, port: u16) {
        let client = client().build().unwrap();
        let address = format!("http://{}/health/ready", self.host);
        let started = Instant::now();
        loop {
            if let Ok(answer) = client.get(&address).send().await
                && answer.status().is_success()
            {
                return;
            }
            if !self.is_alive() || started.elapsed() > START_LIMIT {
                let log = std::fs::read_to_string(place.path(&format!("log-{port}"))).unwrap();
                panic!("the server did not start:\n{log}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The alarms in its log, which are printed with what follows them: where a panic came from stands below it.
    pub fn alarms(&self, place: &Place) -> u64 {
        let port = self.host.rsplit(':').next().unwrap();
        let log = std::fs::read_to_string(place.path(&format!("log-{port}"))).unwrap();
        let lines: Vec<_> = log.lines().collect();
        let is_alarm = |line: &str| line.contains("ERROR") || line.contains("panicked");
        let mut alarms = 0;
        for (number, line) in lines.iter().enumerate() {
            if is_alarm(line) {
                alarms += 1;
                let end = lines.len().min(number + LINES_TOLD);
                println!("{}", lines[number..end].join("\n"));
            }
        }
        alarms
    }

    /// What it has of the machine's memory, in bytes.
    pub fn memory(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.program.id())).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = resident.unwrap().trim().trim_end_matches(" kB");
        kib.parse::<u64>().unwrap() * 1024
    }

    pub fn is_alive(&mut self) -> bool {
        self.program.try_wait().unwrap().is_none()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        assert!(self.is_alive(), "the server died before it was killed");
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// `shelfshare` with another command than `serve`, on this database.
pub fn command(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shelfshare"));
    command
        .args(arguments)
        .current_dir(place.folder.path())
        .env("SHELFSHARE_DATABASE_URL", &place.url)
        .env("SHELFSHARE_DATA_DIR", place.path("data"))
        .env("SHELFSHARE_LOG_LEVEL", "warn")
        .stdin(Stdio::null());
    command
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
