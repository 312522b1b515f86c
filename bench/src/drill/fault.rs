//! What happens to the primary, and how long the market may be without a sale because of it.

use super::cluster::Cluster;
use crate::Outcome;
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Switchover,
    Database,
    Node,
}

impl Fault {
    pub const ALL: [Fault; 3] = [Fault::Switchover, Fault::Database, Fault::Node];

    pub fn name(self) -> &'static str {
        match self {
            Fault::Switchover => "planned switchover",
            Fault::Database => "`kill -9` of the primary's PostgreSQL",
            Fault::Node => "`kill -9` of the primary's PostgreSQL, Patroni and etcd",
        }
    }

    /// The longest time without a sale.
    pub fn target(self) -> Duration {
        Duration::from_secs(match self {
            Fault::Switchover => 3,
            Fault::Database => 12,
            Fault::Node => 30,
        })
    }

    /// Gives the name of the node that was the primary.
    pub async fn strike(self, cluster: &mut Cluster) -> Outcome<String> {
        let primary = cluster.primary().await?;
        let name = primary.name().to_owned();
        match self {
            Fault::Switchover => cluster.switch_over().await?,
            Fault::Database => primary.kill_database()?,
            Fault::Node => primary.kill(),
        }
        Ok(name)
    }
}
