//! What managers say of late children: beside a list's lines, by form, and for every team.
//!
//! | module | what it does |
//! |---|---|
//! | `say` | puts answers, outcomes and cohorts into words |
//! | `list` | the answers of a list, and the filter by them |
//! | `one` | `/measures/:id/answer`: the form for one child |
//! | `give` | what a form sends, into the store |
//! | `overview` | `/answers`: cohorts by team, and which answers came true |
//! | `file` | the same to take away |

mod file;
mod give;
pub(super) mod list;
mod one;
mod overview;
pub(super) mod say;

pub use file::file;
pub use give::{AnswerFields, NotGiven, give};
pub(super) use one::page as one;
pub(super) use overview::page as overview;

use crate::council::Council;
use crate::reading::LateUnit;
use crate::store::people::{Kind, reference};

/// A late unit as it stands in forms and addresses: the child's reference, the list, the row. No id is in it.
fn unit_name(council: &Council, child: &str, unit: &LateUnit) -> String {
    format!("{}.{}.{}", reference(&council.reference_key, Kind::Child, child), unit.list, unit.position)
}
