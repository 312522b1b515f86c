pub use model::counted as count;
