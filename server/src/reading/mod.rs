//! Reading figures and lists: every function takes the viewer's [`Scope`], and a card and its list come from the
//! same tallies and facts.

mod ahead;
mod altered;
mod answers;
mod caseloads;
mod change;
mod course;
mod figures;
mod lag;
mod list;
pub(crate) mod naming;
mod problems;
mod published;
mod register;
mod selection;
mod sieve;
mod unscoped;

pub use ahead::{ComingFigure, coming, due, way_to_target};
pub use altered::{AlteredLine, AlteredPage, AskAltered, altered};
pub(crate) use answers::Later;
pub use answers::{
    Answered, LateUnit, LateUnits, NotTrue, TeamRate, answer_rates, answers_not_true, answers_of_child, late_units,
};
pub use caseloads::caseloads;
pub use change::{Changed, ChangedUnit, changed};
pub use course::course;
pub use figures::{By, Group, figure, figures_by, history, is_supplied};
pub use lag::{AskLag, Lags, lag};
pub use list::{Listed, list};
pub use problems::{OnRow, SeenProblem, problems_of, sees_every_problem};
pub(crate) use published::{Published, is_published, published};
pub use register::{RegisterPast, RegisterWeek, Stay, register, register_past, stay_of_child};
pub use selection::{Ask, Asked, BadAsk, Selection};
pub(crate) use unscoped::{Unscoped, scope_of_remit};

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] crate::db::DbError),
    /// What was asked makes no sense; says what would.
    #[error(transparent)]
    Ask(#[from] BadAsk),
    /// No extract is loaded yet.
    #[error("no extract is loaded yet: load one with 'surgery load FILE --as-at YYYY-MM-DD'")]
    NoExtract,
}

/// What a team stands under when it has no name.
pub const NO_TEAM: &str = "(no team)";
/// What a worker stands under when there is none.
pub const NO_WORKER: &str = "(no worker)";
/// What a unit stands under whose team is not mapped.
pub const NO_SERVICE: &str = "(no service)";
