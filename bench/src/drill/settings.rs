//! The settings of the cluster's programs, as `docs/scaling.md` advises them.

use super::node::Addresses;
use std::fmt::Write;
use std::path::Path;

/// Whoever knows it may do anything to all databases.
pub const SUPERUSER: &str = "postgres";

/// What the nodes have in common.
pub struct Common<'c> {
    pub etcd: &'c [String],
    pub programs: &'c Path,
    pub password: &'c str,
}

/// What a node is told.
pub fn patroni(name: &str, folder: &Path, at: &Addresses, common: &Common<'_>) -> String {
    let Addresses { database, api, .. } = at;
    let (etcd, password) = (common.etcd.join(", "), common.password);
    let (programs, folder) = (common.programs.display(), folder.display());
    format!(
        "\
scope: drill
name: {name}
restapi:
  listen: 127.0.0.1:{api}
  connect_address: 127.0.0.1:{api}
etcd3:
  hosts: [{etcd}]
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    primary_start_timeout: 0
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters:
        random_page_cost: 1.1
  initdb:
  - encoding: UTF8
  - locale: C.UTF-8
  - data-checksums
postgresql:
  listen: 127.0.0.1:{database}
  connect_address: 127.0.0.1:{database}
  bin_dir: {programs}
  data_dir: {folder}/data
  pgpass: {folder}/pgpass
  authentication:
    superuser: {{ username: {SUPERUSER}, password: {password} }}
    replication: {{ username: replicator, password: {password} }}
  basebackup:
    checkpoint: fast
  parameters:
    unix_socket_directories: ''
  pg_hba:
  - host all all 127.0.0.1/32 scram-sha-256
  - host replication replicator 127.0.0.1/32 scram-sha-256
"
    )
}

/// The proxy sends everybody to the node that says it is the primary, and cuts off whoever is at another. It does not
/// try again to connect to one that is gone: whoever asks for a connection asks again, and may be sent elsewhere then.
pub fn haproxy<'n>(port: u16, nodes: impl Iterator<Item = (&'n str, &'n Addresses)>) -> String {
    let mut text = format!(
        "\
defaults
  mode tcp
  retries 0
  timeout connect 2s
  timeout check 2s
  timeout client 1h
  timeout server 1h
listen primary
  bind 127.0.0.1:{port}
  option httpchk GET /primary
  default-server check inter 1s fastinter 300ms downinter 300ms fall 2 rise 1 on-marked-down shutdown-sessions
"
    );
    for (name, Addresses { database, api, .. }) in nodes {
        // Writing to a text does not fail.
        let _ = writeln!(text, "  server {name} 127.0.0.1:{database} port {api}");
    }
    text
}
