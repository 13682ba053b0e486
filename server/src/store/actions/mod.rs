//! The action log: events, appended to and never changed, and what they have made of each action, for lists.
//!
//! A change is one transaction: the action is read with its events, the domain decides, the event is appended, the rows
//! of the log follow, and the audit's entry is kept. Of two who change the same version at once one wins; the other is
//! told what happened since ([`domain::action::Refusal::Conflict`]).

mod astray;
mod change;
mod events;
mod evidence;
mod hear;
mod in_short;
mod line;
mod list;
mod load;
mod marks;
mod reach;
mod record;
mod redact;
mod retract;
mod told;
mod totals;

pub use astray::astray;
pub use change::{Asked, change, change_in};
pub use evidence::{File, NewFile, add_evidence, evidence};
pub use hear::{hear_again, hear_extract};
pub use in_short::{InShort, Progress, in_short, not_done_of, progress};
pub use line::Line;
pub use list::{After, Filter, Order, count_up_to, lines, page};
pub use load::{Kept, as_it_stood, load};
pub use marks::{Marks, marks};
pub use reach::refresh_teams;
pub use record::{NewAction, record, record_in};
pub use redact::redact_findings;
pub use retract::{has_spoken, retract_extract};
pub use told::{Told, told};
pub use totals::{By, Standing, Total, standings, totals};

use crate::store::conditions::{Conditions, Value};
use crate::store::reader::{Reader, within};
use domain::scope::TeamLimit;

/// What lets through the actions a reader may read: those of teams within the scope, by the teams they name or the
/// teams that hold their children today, those the reader is accountable for, and those the reader was given. `None` for
/// who reads no child, and so no action.
fn visible(reader: &Reader<'_>) -> Option<Conditions> {
    if !reader.scope.reads_children() {
        return None;
    }
    let limit = reader.scope.children();
    let mut conditions = Conditions::new();
    if let TeamLimit::Teams(teams) = limit {
        let user = reader.user.0;
        // One team is looked up by the index of teams. Of several it is quicker to look at the team or two of an action than
        // to look up each, which `coalesce` keeps databases from.
        let key = if teams.len() == 1 { "t.team_key" } else { "coalesce(t.team_key, '')" };
        let mut theirs = within(limit, |places| {
            format!("exists (select 1 from action_team t where t.action_id = a.id and {key} in ({places}))")
        })?;
        let own = [theirs.take(Value::Number(user)), theirs.take(Value::Number(user))];
        conditions = Conditions::either(theirs, &format!("a.accountable = {} or a.doer_user = {}", own[0], own[1]));
    }
    Some(conditions)
}
