//! Shop software that has an interface of its own.
