//! The rules of the measures, held by tests that are named for them: a table of boundaries for each measure, and
//! what must hold for any journey at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod allocation;
mod altered;
mod answers;
mod answers_outcome;
mod any_journey;
mod assessments;
mod attention;
mod attention_late;
mod bad_dates;
mod care;
mod care_leavers;
mod care_visits;
mod caseloads;
mod change;
mod child_in_need;
mod child_protection;
mod common;
mod days;
mod enquiries;
mod events;
mod front_door;
mod lag;
mod literal;
mod look_ahead;
mod plan_length;
mod reach_target;
mod registry;
mod side_by_side;
mod targets;
mod watch;
mod workforce;
