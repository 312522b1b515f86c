//! Where the visitor comes from, as far as it is counted.

use super::put_by_server;
use market::Source;

/// What the server puts into a request whose visitor's doings are counted.
#[derive(Clone, Debug)]
pub struct VisitorsSource(pub Source);

/// Where the request being answered comes from; `None` when nothing is counted.
pub(super) fn of_request() -> Option<Source> {
    put_by_server().map(|VisitorsSource(source)| source)
}
