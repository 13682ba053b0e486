//! The rules of actions, held by tests that are named for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod any_history;
mod common;
mod data;
mod evidence;
mod life;
mod recording;
mod retraction;
mod rights;
