//! Many saved pages at once, on all cores.
