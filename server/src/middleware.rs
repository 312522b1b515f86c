//! What every request passes through, from the outside in: request id, log line, security headers, compression,
//! panic catch, time limit, plain addresses, origin check, body limit, plain forms, rate limits. `router.rs` stacks them in that order.

pub mod body_limit;
pub mod client_address;
pub mod origin;
pub mod panic;
pub mod plain_text;
pub mod private_cache;
pub mod rate_limit;
pub mod request_id;
pub mod security_headers;
pub mod time_limit;
pub mod trace;
