//! Control charts, held by tests that are named for the rule they hold.
//!
//! Most examples stand on one baseline that can be reckoned in the head. Twelve values 9, 11, 9, 11, ... have the mean
//! 10 and moving ranges of 2, so with the limits fixed after them: 10 -+ 2.66 x 2 is 4.68 and 15.32, and two thirds of
//! the way are 6.4533 and 13.5467. What comes after the baseline moves none of these, and the baseline itself shows
//! nothing: it never has two values in a row on one side, nor two moves the same way. Its last value is 11.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod any_chart;
mod cases;
mod common;
mod gaps;
mod limits;
mod literal;
mod runs;
mod segments;
mod two_of_three;
mod verdicts;
