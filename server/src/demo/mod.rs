//! The demo authority.
