//! How many files this process may have open, connections among them.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Kept for the database, pictures, other shops and the log.
const RESERVE: u64 = 256;

/// More connections than this take more memory than they are worth.
const MOST: u64 = 16_384;

/// Raises the limit on open files to what the system allows, and gives how many connections there is room for: each may
/// have a file open that it sends.
pub fn room_for_connections() -> usize {
    let before = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: before.maximum,
        maximum: before.maximum,
    };
    let files = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => before.maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit on open files could not be raised");
            before.current
        }
    };
    room_within(files)
}

/// No limit is as good as a very high one.
fn room_within(files: Option<u64>) -> usize {
    let files = files.unwrap_or(u64::MAX);
    let room = (files.saturating_sub(RESERVE) / 2).clamp(64, MOST);
    usize::try_from(room).unwrap_or(64)
}

#[cfg(test)]
mod tests {
    use super::room_within;

    #[test]
    fn files_are_left_for_all_else() {
        for (files, connections) in [
            (Some(1_024), 384),
            (Some(20_000), 9_872),
            (Some(10), 64),
            (None, 16_384),
        ] {
            assert_eq!(room_within(files), connections, "{files:?}");
        }
    }
}
