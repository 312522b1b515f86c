//! Ports that stay free until they are used.

use crate::Outcome;
use std::net::TcpListener;
use std::ops::Range;

/// Below those that the system gives to clients: it could give one away between our looking and our listening.
const RANGE: Range<u16> = 21_000..32_000;

/// Ports of this machine that nobody listens on, each another one.
pub fn free(count: usize) -> Outcome<Vec<u16>> {
    let listeners: Vec<_> = RANGE
        .filter_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
        .take(count)
        .collect();
    if listeners.len() < count {
        return Err("there are not enough free ports".into());
    }
    let ports = listeners
        .iter()
        .map(|listener| Ok(listener.local_addr()?.port()));
    ports.collect()
}
