//! What every request passes through, from the outside in: request id, log line, security headers, compression, answers
//! for scripts, which build answers, panic catch, time limit, plain addresses, origin check, body limit, the client's
//! address, plain forms, rate limits, what to say without a database. `router.rs` stacks them in that order.

pub mod body_limit;
pub mod build_id;
pub mod client_address;
pub mod origin;
pub mod panic;
pub mod plain_text;
pub mod private_cache;
pub mod rate_limit;
pub mod request_id;
pub mod script_answers;
pub mod security_headers;
pub mod time_limit;
pub mod trace;
pub mod unavailable;
