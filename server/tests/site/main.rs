//! The whole site under test, on SQLite and on PostgreSQL: one program, since what takes long is building it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at its first surprise")]

mod answers;
mod common;
mod data;
mod messages;
mod security;
mod servers;
mod surgeries;
mod time;
