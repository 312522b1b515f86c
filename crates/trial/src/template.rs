//! A market's tables, made once in a process: copying them is quicker than migrating every test's database.

use crate::place::{FILE, connect, execute};
use market::{Market, Settings};
use sea_orm::{ConnectionTrait, Statement};
use std::path::Path;
use tokio::sync::OnceCell;
use url::Url;

/// The content of a migrated SQLite file.
pub async fn sqlite() -> &'static [u8] {
    static CONTENT: OnceCell<Vec<u8>> = OnceCell::const_new();
    CONTENT
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(FILE);
            migrate(&format!("sqlite://{}", file.display()), folder.path()).await;
            std::fs::read(file).unwrap()
        })
        .await
}

/// The name of a migrated PostgreSQL database that nobody is connected to. It stays when the process ends, until the
/// next one looks.
pub async fn postgres(server: &Url) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(|| async {
        erase_leftovers(server).await;
        let name = format!("{PREFIX}{}", std::process::id());
        execute(server, &format!("CREATE DATABASE {name}")).await;
        let folder = tempfile::tempdir().unwrap();
        let mut url = server.clone();
        url.set_path(&name);
        migrate(url.as_str(), folder.path()).await;
        name
    })
    .await
}

/// Templates are named so, followed by the process that made them.
const PREFIX: &str = "trial_template_";

async fn migrate(url: &str, data: &Path) {
    let market = Market::connect(Settings::new(url, data)).await.unwrap();
    market.migrate().await.unwrap();
    market.close().await.unwrap();
}

async fn erase_leftovers(server: &Url) {
    let connection = connect(server.as_str()).await;
    let all = format!("SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'");
    let all = Statement::from_string(connection.get_database_backend(), all);
    for row in connection.query_all_raw(all).await.unwrap() {
        let name: String = row.try_get_by_index(0).unwrap();
        let maker = name.trim_start_matches(PREFIX);
        let own = maker == std::process::id().to_string();
        if own || !Path::new("/proc").join(maker).exists() {
            // Another process may have erased it meanwhile.
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = connection.execute_unprepared(&drop).await;
        }
    }
    connection.close().await.unwrap();
}
