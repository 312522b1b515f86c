//! What every request passes through, from the outside in: request id, log line, security headers, compression,
//! panic catch, time limit, origin check, body limit, the client's address, rate limits. `router.rs` stacks them in that order.

pub mod body_limit;
pub mod client_address;
pub mod origin;
pub mod panic;
pub mod private_cache;
pub mod rate_limit;
pub mod request_id;
pub mod security_headers;
pub mod time_limit;
pub mod trace;
