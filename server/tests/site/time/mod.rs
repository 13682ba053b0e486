//! Earlier extracts, what changed between two, and what comes next.

mod change;
mod child_history;
mod looking_ahead;
mod recount;
mod registers;
mod travel;
