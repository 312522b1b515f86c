//! What whoever watches over the market is told, by the real program.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use trial_http::running::{PAGE, client};

/// A market that is running, and what it says.
struct Program {
    child: Child,
    address: String,
    watched: String,
    said: Arc<Mutex<String>>,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn free_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

impl Program {
    fn start(folder: &Path, settings: &[(&str, &str)]) -> Program {
        let (address, watched) = (free_port(), free_port());
        let mut child = Command::new(env!("CARGO_BIN_EXE_shelfshare"))
            .arg("serve")
            .current_dir(folder)
            .env("SHELFSHARE_LISTEN", &address)
            .env("SHELFSHARE_METRICS_LISTEN", &watched)
            .env("SHELFSHARE_PUBLIC_URL", format!("http://{address}"))
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (heard, lines) = (
            Arc::clone(&said),
            BufReader::new(child.stderr.take().unwrap()),
        );
        std::thread::spawn(move || {
            for line in lines.lines() {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line.unwrap());
                heard.push('\n');
            }
        });
        let program = Program {
            child,
            address: format!("http://{address}"),
            watched: format!("http://{watched}/metrics"),
            said,
        };
        program.hears(&["listening"]);
        program
    }

    /// Waits until it has said so.
    fn hears(&self, words: &[&str]) -> String {
        let since = Instant::now();
        loop {
            let said = self.said.lock().unwrap().clone();
            if let Some(line) = said
                .lines()
                .find(|line| words.iter().all(|word| line.contains(word)))
            {
                return line.to_owned();
            }
            assert!(since.elapsed() < Duration::from_secs(30), "it said {said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let request = client()
            .build()
            .unwrap()
            .get(format!("{}{path}", self.address));
        request.header("accept", PAGE).send().await.unwrap()
    }

    async fn metrics(&self) -> String {
        let answer = client()
            .build()
            .unwrap()
            .get(&self.watched)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
        answer.text().await.unwrap()
    }
}

/// The value of the line that begins so.
fn value(metrics: &str, line: &str) -> f64 {
    let found = metrics.lines().find_map(|each| each.strip_prefix(line));
    let value = found.unwrap_or_else(|| panic!("no {line} in {metrics}"));
    value.trim().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_pages_and_the_market_are_counted_and_no_secret_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &[]);
    for _ in 0..3 {
        assert_eq!(program.get("/market").await.status(), 200);
    }
    program.get("/orders/a-secret-of-somebody").await;
    // Whoever shops is not told how the market fares.
    assert_eq!(program.get("/metrics").await.status(), 404);

    let metrics = program.metrics().await;
    let page = "shelfshare_answer_seconds_count{method=\"GET\",route=\"/market\",status=\"200\"}";
    assert_eq!(value(&metrics, page), 3.0);
    assert!(!metrics.contains("a-secret"), "{metrics}");
    let (kept, made) = (
        value(&metrics, "shelfshare_pages_total{from=\"kept\"}"),
        value(&metrics, "shelfshare_pages_total{from=\"made\"}"),
    );
    assert!(kept >= 1.0 && made >= 1.0, "{metrics}");
    assert_eq!(value(&metrics, "shelfshare_feed_followed"), 1.0);
    assert!(value(&metrics, "shelfshare_feed_reads_total") >= 1.0);
    assert!(value(&metrics, "shelfshare_feed_behind_seconds") < 10.0);
    assert_eq!(value(&metrics, "shelfshare_outbox_due"), 0.0);
}

/// The document and the dashboard speak of what there is, and of all of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_documents_name_what_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &[]);
    program.get("/market").await;
    // Products are counted once all have been read.
    program.get("/market").await;
    let metrics = program.metrics().await;
    let told: BTreeSet<&str> = metrics
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
        .collect();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let document = std::fs::read_to_string(docs.join("watching.md")).unwrap();
    let explained: BTreeSet<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .filter(|name| name.starts_with("shelfshare_"))
        .collect();
    assert_eq!(told, explained);
    let board = std::fs::read_to_string(docs.join("grafana.json")).unwrap();
    let words = board.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    for name in words.filter(|word| word.starts_with("shelfshare_")) {
        let base = name
            .trim_end_matches("_bucket")
            .trim_end_matches("_count")
            .trim_end_matches("_sum");
        assert!(told.contains(base), "{name} is told by nobody");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_request_is_logged_with_what_it_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let always = [("SHELFSHARE_SLOW_REQUEST_MS", "1")];
    let program = Program::start(folder.path(), &always);
    program.get("/health/ready").await;
    let line = program.hears(&["route=\"/health/ready\"", "this took long"]);
    assert!(
        line.contains("database ") && line.contains("longest "),
        "{line}"
    );
}
