use super::{Failure, open};
use crate::config::Config;
use crate::site::Site;
use crate::{carried_site, connections, jobs, metrics, router};
use futures::future::OptionFuture;
use market::{Error, Market};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::sleep;

/// How long requests under way may take to finish once the server was told to stop.
const FAREWELL: Duration = Duration::from_secs(20);

/// How long a database server may take to answer at the start. One that fails over has another primary by then.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks for it at first, and at most.
const LOOK_AGAIN: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(4));

/// Brings the database up to date (in production there has to be one) and answers requests until SIGTERM or SIGINT. Then no connection is
/// accepted any more, what is under way is finished, and the database is closed.
pub async fn run(mut config: Config) -> Result<(), Failure> {
    let mut terminate =
        signal(SignalKind::terminate()).map_err(Failure::io("can't wait for signals"))?;
    let mut interrupt =
        signal(SignalKind::interrupt()).map_err(Failure::io("can't wait for signals"))?;

    let market = tokio::select! {
        market = begun(&config) => market?,
        _ = terminate.recv() => return Ok(()),
        _ = interrupt.recv() => return Ok(()),
    };
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
    let watched = match config.metrics_listen {
        Some(address) => Some(
            TcpListener::bind(address)
                .await
                .map_err(Failure::io(format!("can't listen on {address}")))?,
        ),
        None => None,
    };
    let bounds = connections::Bounds::of(&config);
    let site = Site::new(config, market.clone());
    let (stop, stopped) = watch::channel(false);
    let time = tokio::spawn(jobs::keep_time(site.clone(), stopped.clone()));
    let calls = tokio::spawn(jobs::make_calls(site.clone(), stopped.clone()));
    let links = tokio::spawn(jobs::read_links(site.clone(), stopped.clone()));
    let changes = tokio::spawn(jobs::follow_changes(site.clone(), stopped.clone()));
    let texts = tokio::spawn(jobs::keep_texts(site.clone(), stopped.clone()));
    let pages = tokio::spawn(jobs::tell_open_pages(site.clone(), stopped.clone()));
    let watched = watched
        .map(|listener| tokio::spawn(metrics::serve(site.clone(), listener, stopped.clone())));
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
        let watched = OptionFuture::from(watched);
        tokio::join!(server, time, calls, links, changes, texts, pages, watched)
    })
    .await
    .is_err()
    {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
    market.close().await?;
    Ok(())
}

/// The market, up to date. A server that is not there yet is waited for; a file has to be there.
async fn begun(config: &Config) -> Result<Market, Failure> {
    let is_server = !config.database_url.starts_with("sqlite:");
    let started = Instant::now();
    let (mut pause, longest) = LOOK_AGAIN;
    loop {
        match up_to_date(config).await {
            Err(Failure::Market(Error::Unavailable(why)))
                if is_server && started.elapsed() < PATIENCE =>
            {
                tracing::warn!(%why, "waiting for the database");
                sleep(pause).await;
                pause = (2 * pause).min(longest);
            }
            market => return market,
        }
    }
}

async fn up_to_date(config: &Config) -> Result<Market, Failure> {
    let market = open(config).await?;
    market.migrate().await?;
    Ok(market)
}
