//! Everything kept, and all SQL there is. Each file is one noun; each function one question or one change.

pub mod actions;
pub mod answers;
mod areas;
pub mod audit;
pub(crate) mod conditions;
pub mod demo;
pub(crate) mod doubled;
pub mod extracts;
pub mod facts;
pub mod feeds;
pub mod generation;
pub mod holds;
pub mod jobs;
pub mod mapping;
pub mod messages;
pub(crate) mod migrations;
pub mod months;
pub mod organisation;
pub mod people;
pub mod problems;
pub mod reader;
pub mod rebases;
pub mod recommendations;
pub mod records;
pub mod redaction;
pub mod registers;
pub mod roles;
pub mod sessions;
pub mod settings;
pub mod sign_in_tries;
pub mod soundness;
pub mod standards;
pub mod surgeries;
pub mod targets;
pub mod tours;
pub mod users;
pub mod versions;
pub mod workforce;

/// Rows of one many-row insert, so that its values stay within what one statement may carry.
pub(crate) const fn rows_a_statement(columns: usize) -> usize {
    let rows = crate::db::MOST_VALUES / columns;
    if rows < 1 {
        1
    } else if rows > 1_000 {
        1_000
    } else {
        rows
    }
}
