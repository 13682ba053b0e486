//! The rules of surgeries, held by tests that are named for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod agenda;
mod any_meeting;
mod common;
mod dates;
mod meeting;
mod rights;
