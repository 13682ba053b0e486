//! What holds a load, each kind on both sides of each boundary, and what must never hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at its first surprise")]

mod columns;
mod common;
mod dates;
mod ids;
mod lists;
mod own_tables;
mod same;
mod swapped;
