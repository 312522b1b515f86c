//! What a flood of strangers leaves in the server's memory when it is over.

use crate::process::Serving;
use crate::shopper::Browser;
use std::sync::Arc;
use tokio::task::JoinSet;
use trial::{Engine, Place, run};
use trial_http::running::PASSWORD;

const ROUNDS: usize = 3;
const AT_ONCE: usize = 60;

/// Some twenty for each thread that hashes, and what pages and connections take; not twenty for each log-in.
const STAYS: u64 = 100 * 1024 * 1024;

#[test]
fn a_flood_of_log_ins_gives_its_memory_back() {
    run(Engine::Sqlite, flood);
}

async fn flood(place: Arc<Place>) {
    let server = Serving::start(&place).await;
    let stranger = Browser::at(&server.host).await;
    let before = server.memory();
    for _ in 0..ROUNDS {
        let mut flood = JoinSet::new();
        for number in 0..AT_ONCE {
            let stranger = stranger.clone();
            flood.spawn(async move {
                let email = format!("nobody{number}@post.example");
                let form = [
                    ("form[email]", email.as_str()),
                    ("form[password]", PASSWORD),
                ];
                stranger
                    .post("log_in", &form)
                    .send()
                    .await
                    .unwrap()
                    .status()
            });
        }
        let answers = flood.join_all().await;
        assert!(
            answers.iter().all(|status| *status == 409),
            "each is looked at: {answers:?}"
        );
    }
    assert_eq!(server.alarms(&place), 0);
    let stays = server.memory().saturating_sub(before);
    println!("{} MiB stay of {} log-ins", stays >> 20, ROUNDS * AT_ONCE);
    assert!(stays < STAYS, "{} MiB stay", stays >> 20);
}
