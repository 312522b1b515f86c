//! What is done pixel by pixel: what a maker uploads is read and written anew ([`encode`]), and the demo's pictures are
//! composed ([`Studio`]).
//!
//! It is a crate of its own because it is compiled with optimisation in development builds too, where it would take most of
//! the time of whatever has pictures.

mod backdrop;
mod colour;
mod still_life;
mod upload;
mod whole;

pub use backdrop::Backdrop;
pub use still_life::{Error, Studio};
pub use upload::{Encoded, LARGE, SMALL, Unusable, encode};
