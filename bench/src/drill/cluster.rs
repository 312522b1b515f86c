//! Three nodes, and the proxy that knows which of them is the primary.

use super::node::{Addresses, Node};
use super::ports;
use super::program::Program;
use super::settings::{self, Common, SUPERUSER};
use crate::Outcome;
use crate::database::connect;
use market::random_code;
use postgres_programs::{as_account, hand_over, programs};
use reqwest::Client;
use sea_orm::ConnectionTrait;
use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::process::Command;
use tokio::time::sleep;

const NODES: usize = 3;

/// How long anything may take that has no target of its own.
const PATIENCE: Duration = Duration::from_secs(180);

const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// How long a node may take to say what it is.
const ANSWER: Duration = Duration::from_secs(2);

/// The role that the market's servers have. It may make databases and nothing else.
const ROLE: &str = "shelfshare";

/// Everything of it ends when it is dropped.
pub struct Cluster {
    client: Client,
    nodes: Vec<Node>,
    url: String,
    _proxy: Program,
}

impl Cluster {
    /// Starts a new one in `folder`, which is emptied before.
    pub async fn start(folder: &Path) -> Outcome<Cluster> {
        let programs = programs().ok_or("PostgreSQL is not installed")?;
        make_folder(folder)?;
        let password = random_code(32);
        let ports = ports::free(1 + NODES * 4)?;
        let (port, ports) = ports.split_first().ok_or("no ports")?;
        let mut nodes = nodes(folder, ports)?;
        let etcd: Vec<_> = nodes
            .iter()
            .map(|node| format!("127.0.0.1:{}", node.at().etcd))
            .collect();
        let common = Common {
            etcd: &etcd,
            programs: &programs,
            password: &password,
        };
        for node in &mut nodes {
            node.configure(&common)?;
            node.mend()?;
        }
        let mut cluster = Cluster {
            client: Client::builder().timeout(ANSWER).build()?,
            _proxy: proxy(folder, *port, &nodes)?,
            nodes,
            url: format!("postgres://{ROLE}:{password}@127.0.0.1:{port}/postgres"),
        };
        cluster.whole().await?;
        let superuser = format!("postgres://{SUPERUSER}:{password}@127.0.0.1:{port}/postgres");
        let rows = connect(&superuser, 1).await?;
        rows.execute_unprepared(&format!(
            "CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'"
        ))
        .await?;
        rows.close().await?;
        Ok(cluster)
    }

    /// The primary, whichever node that is.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub async fn primary(&mut self) -> Outcome<&mut Node> {
        let mut primary = None;
        for (number, node) in self.nodes.iter().enumerate() {
            if node.is(&self.client, "primary").await {
                primary = Some(number);
            }
        }
        let primary = primary.and_then(|number| self.nodes.get_mut(number));
        Ok(primary.ok_or("there is no primary")?)
    }

    /// Waits until a node other than that one is the primary.
    pub async fn another_primary(&mut self, former: &str) -> Outcome {
        let begun = Instant::now();
        while !matches!(self.primary().await, Ok(primary) if primary.name() != former) {
            in_time(begun, "no other node became the primary")?;
            sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }

    /// Waits until one node is the primary, one its synchronous standby, and one a standby.
    pub async fn whole(&mut self) -> Outcome {
        let begun = Instant::now();
        while [1, 1, NODES - 1] != self.roles(["primary", "synchronous", "replica"]).await {
            in_time(begun, "the nodes did not get in step")?;
            sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }

    /// How many nodes have each of these roles.
    async fn roles(&self, roles: [&str; 3]) -> [usize; 3] {
        let mut counts = [0; 3];
        for (role, count) in roles.iter().zip(&mut counts) {
            for node in &self.nodes {
                *count += usize::from(node.is(&self.client, role).await);
            }
        }
        counts
    }

    /// Has another node become the primary, as before work on its machine.
    pub async fn switch_over(&mut self) -> Outcome {
        let settings = self.primary().await?.settings();
        let told = Command::new("patronictl")
            .arg("-c")
            .arg(settings)
            .args(["switchover", "--force"])
            .output()
            .await?;
        if told.status.success() {
            Ok(())
        } else {
            Err(format!("no switchover: {}", String::from_utf8_lossy(&told.stderr)).into())
        }
    }

    /// Starts what was killed.
    pub fn mend(&mut self) -> Outcome {
        self.nodes.iter_mut().try_for_each(Node::mend)
    }
}

fn in_time(begun: Instant, otherwise: &str) -> Outcome {
    if begun.elapsed() < PATIENCE {
        Ok(())
    } else {
        Err(otherwise.into())
    }
}

/// Nobody else may look into it: the settings have passwords in them.
fn make_folder(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    own_folder(folder)?;
    // Root may look anywhere, PostgreSQL's account may not.
    let seen = as_account(Path::new("test"))
        .arg("-w")
        .arg(folder)
        .status()?;
    if seen.success() {
        Ok(())
    } else {
        let folder = folder.display();
        Err(format!("PostgreSQL's account can't get at {folder}: set CARGO_TARGET_DIR to a folder that everybody can reach").into())
    }
}

fn own_folder(folder: &Path) -> Outcome {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    Ok(hand_over(folder)?)
}

fn nodes(folder: &Path, ports: &[u16]) -> Outcome<Vec<Node>> {
    let machines: Vec<(String, PathBuf, Addresses)> = ports
        .chunks_exact(4)
        .enumerate()
        .map(|(number, ports)| {
            let name = format!("node{}", number + 1);
            let addresses = Addresses {
                database: ports[0],
                api: ports[1],
                etcd: ports[2],
                peers: ports[3],
            };
            (name.clone(), folder.join(name), addresses)
        })
        .collect();
    let members: Vec<_> = machines
        .iter()
        .map(|(name, _, at)| format!("{name}=http://127.0.0.1:{}", at.peers))
        .collect();
    let members = members.join(",");
    let started = machines.into_iter().map(|(name, folder, at)| {
        own_folder(&folder)?;
        Node::start(name, at, folder, members.clone())
    });
    started.collect()
}

fn proxy(folder: &Path, port: u16, nodes: &[Node]) -> Outcome<Program> {
    let text = settings::haproxy(port, nodes.iter().map(|node| (node.name(), node.at())));
    let settings = folder.join("haproxy.cfg");
    fs::write(&settings, text)?;
    let arguments = ["-db".as_ref(), "-f".as_ref(), settings.as_os_str()];
    Program::start("haproxy", arguments, "TERM", &folder.join("haproxy.log"))
}
