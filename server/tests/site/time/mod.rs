//! Earlier extracts, what changed between two, what comes next, and extracts that are taken out or moved.

mod change;
mod child_history;
mod looking_ahead;
mod moving;
mod recount;
mod registers;
mod removal;
mod travel;
