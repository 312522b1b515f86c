use super::{Failure, open};
use crate::config::Config;
use crate::site::Site;
use crate::{carried_site, connections, jobs, router};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long requests under way may take to finish once the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(20);

/// Brings the database up to date (in production there has to be one) and answers requests until SIGTERM or SIGINT. Then no connection is
/// accepted any more, what is under way is finished, and the database is closed.
pub async fn run(mut config: Config) -> Result<(), Failure> {
    let mut terminate =
        signal(SignalKind::terminate()).map_err(Failure::io("can't wait for signals"))?;
    let mut interrupt =
        signal(SignalKind::interrupt()).map_err(Failure::io("can't wait for signals"))?;

    let market = open(&config).await?;
    market.migrate().await?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(Failure::io(format!("can't listen on {}", config.listen)))?;
    tracing::info!(address = %config.listen, url = %config.public_url, mode = ?config.mode, "listening");

    if !config.site_root_is_told
        && let Some(site) = carried_site::lay_out(&config.data_dir)
            .map_err(Failure::io("can't lay out the files for browsers"))?
    {
        config.site_root = site;
    }
    let bounds = connections::Bounds::of(&config);
    let site = Site::new(config, market.clone());
    let (stop, stopped) = watch::channel(false);
    let time = tokio::spawn(jobs::keep_time(site.clone(), stopped.clone()));
    let calls = tokio::spawn(jobs::make_calls(site.clone(), stopped.clone()));
    let links = tokio::spawn(jobs::read_links(site.clone(), stopped.clone()));
    let changes = tokio::spawn(jobs::follow_changes(site.clone(), stopped.clone()));
    let server = tokio::spawn(connections::answer(
        router::build(site),
        listener,
        bounds,
        stopped,
    ));

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    // There is always a receiver: the tasks hold one until they end.
    let _no_receiver = stop.send(true);
    if tokio::time::timeout(FAREWELL, async {
        tokio::join!(server, time, calls, links, changes)
    })
    .await
    .is_err()
    {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
    market.close().await?;
    Ok(())
}
