//! What a judged point is and what a chart of them comes to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod answer;
mod care;
mod chance;
mod common;
mod county;
mod cuts;
mod life;
mod moves;
mod places;
mod too_few;
mod verdict;
mod words;
