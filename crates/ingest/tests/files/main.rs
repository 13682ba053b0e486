//! Files as councils send them, and as nobody should, read from end to end.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests stop where they fail"
)]

mod hostile;
mod leftovers;
mod local;
mod mapping;
mod profiles;
mod rows;
mod samples;
mod sheets;
mod support;
mod text_files;
mod trials;
mod workbooks;
