//! Looks up names, and keeps answers that lead inside to itself.

use super::guard::{Guard, Refusal};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

/// Asks `inner` and gives out an answer only if all of it may be dialled.
///
/// An answer that is partly private is refused as a whole: no shop has one, and giving out the rest
/// would leave the choice to chance.
pub(super) struct Guarded {
    pub guard: Arc<Guard>,
    pub inner: Arc<dyn Resolve>,
}

/// The operating system's way of looking up names.
pub(super) struct System;

/// Carries a refusal through the HTTP client's own errors.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(super) struct Refused(pub Refusal);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.guard);
        if let Err(refusal) = guard.check_name(name.as_str()) {
            return Box::pin(std::future::ready(Err(refused(refusal))));
        }
        let answer = self.inner.resolve(name);
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = answer.await?.collect();
            for address in &addresses {
                guard.check_address(address.ip()).map_err(refused)?;
            }
            Ok::<Addrs, _>(Box::new(addresses.into_iter()))
        })
    }
}

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // Port 0 stands for the one of the link.
            let addresses: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok::<Addrs, _>(Box::new(addresses.into_iter()))
        })
    }
}

fn refused(refusal: Refusal) -> Box<dyn Error + Send + Sync> {
    Box::new(Refused(refusal))
}
