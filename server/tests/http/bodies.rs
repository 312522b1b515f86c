//! What can't be read is its sender's fault, whichever function it is sent to: no fault of ours is answered or
//! logged for it.

use futures::stream;
use reqwest::{Body, Method};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use trial_http::functions::{log_in, store};
use trial_http::running::Running;

/// Counts the errors that are logged on this thread, where a test's whole server runs.
#[derive(Clone, Default)]
pub struct Errors(Arc<AtomicUsize>);

impl Errors {
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts until the guard is dropped.
    pub fn listen(&self) -> tracing::subscriber::DefaultGuard {
        tracing::subscriber::set_default(tracing_subscriber::registry().with(self.clone()))
    }
}

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == Level::ERROR {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Bodies that no page of ours sends: what they are, their type, their encoding, and whether some function may be
/// happy with them (one that takes nothing reads nothing).
type Broken = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Vec<u8>,
    bool,
);

fn broken() -> Vec<Broken> {
    let gzip = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0xcb, 0x2f].to_vec();
    vec![
        (
            "no UTF-8",
            FORM,
            None,
            b"form[title]=\xff\xfe".to_vec(),
            false,
        ),
        ("gzip", FORM, Some("gzip"), gzip, false),
        (
            "lists for texts",
            FORM,
            None,
            b"form[title][]=a&form[email][x][y]=b&product[]=1".to_vec(),
            true,
        ),
        (
            "too deep",
            FORM,
            None,
            ["form", &"[a]".repeat(200), "=1"].concat().into(),
            true,
        ),
        (
            "json",
            "application/json",
            None,
            b"{\"form\":{\"title\":1}}".to_vec(),
            true,
        ),
        ("text", "text/plain", None, b"hello".to_vec(), true),
        (
            "a broken multipart form",
            "multipart/form-data",
            None,
            b"--x\r\n".to_vec(),
            true,
        ),
        ("no type", "", None, b"form=1".to_vec(), true),
        ("nothing", FORM, None, Vec::new(), true),
    ]
}

#[tokio::test]
async fn a_body_that_cant_be_read_is_its_senders_fault_everywhere() {
    let server = Running::with(&[("rate_limits", "off")]).await;
    store(&server, "mara@post.example", "Kiln").await;
    let owner = server
        .open(&log_in(&server, "mara@post.example").await)
        .await;
    let errors = Errors::default();
    let _listening = errors.listen();
    let functions = leptos::server_fn::axum::server_fn_paths();
    let paths: Vec<String> = functions
        .filter(|(_, method)| *method != Method::GET)
        .map(|(path, _)| path.to_owned())
        // Nothing is read of their bodies, and they end the session that the others are asked by.
        .filter(|path| {
            !["/api/log_out", "/api/end_other_log_ins"]
                .iter()
                .any(|own| path.starts_with(own))
        })
        .chain(["/upload/product/1".to_owned()])
        .collect();
    for path in &paths {
        for (what, kind, encoding, body, may_pass) in broken() {
            let mut request = server.script_of(&owner, path).body(body);
            for (name, value) in [("content-type", Some(kind)), ("content-encoding", encoding)] {
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    request = request.header(name, value);
                }
            }
            let status = request.send().await.unwrap().status();
            // A form in which nothing can be read asks for nothing, which may be done.
            let may_pass = may_pass || path.starts_with("/api/save_store");
            assert!(
                status.is_client_error() || (may_pass && status.is_success()),
                "{what} for {path}: {status}"
            );
        }
        let pieces = (0..5).map(|_| Ok::<_, std::io::Error>("a".repeat(64 * 1024)));
        let request = server.script_of(&owner, path).header("content-type", FORM);
        let request = request.body(Body::wrap_stream(stream::iter(pieces)));
        let status = request.send().await.unwrap().status();
        assert!(
            [400, 404, 413].contains(&status.as_u16()),
            "{path}: {status}"
        );
    }
    assert_eq!(errors.count(), 0, "nothing of it is an error of ours");
}

#[tokio::test]
async fn the_errors_of_this_thread_are_heard() {
    let errors = Errors::default();
    let _listening = errors.listen();
    tracing::error!("heard");
    assert_eq!(errors.count(), 1);
}
