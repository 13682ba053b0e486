//! Caseloads within a scope: the tallies of WF-01 and the lines of the workforce that may be read and are asked for.

use crate::council::Council;
use crate::db::Db;
use crate::reading::figures::tallies_of;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Asked, ReadError, Selection, is_supplied};
use domain::caseload::{Caseloads, Sources};
use domain::measures::figure::Tally;
use domain::measures::measure;
use domain::scope::Scope;
use domain::workforce::WorkforceLine;

/// The caseloads of a selection within a scope, by the standards asked with; `None` when the extract does not say who
/// holds a child. A worker of the workforce stands under the team of its file.
///
/// # Errors
/// When the database fails.
pub async fn caseloads(
    db: &Db,
    council: &Council,
    scope: &Scope,
    asked: &Asked,
    selection: &Selection,
) -> Result<Option<Caseloads>, ReadError> {
    let Some(held) = measure("WF-01").filter(|measure| is_supplied(council, measure, asked)) else { return Ok(None) };
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let mut tallies: Vec<Tally> = tallies_of(db, council, held, asked).await?;
    tallies.retain(|tally| sieve.lets(tally.team.as_deref(), tally.worker.as_deref()));
    let workforce = council.workforce.as_ref().map(|(_, workforce)| workforce);
    let posts: Vec<WorkforceLine> = workforce
        .into_iter()
        .flat_map(|workforce| workforce.lines())
        .filter(|line| sieve.lets(line.team.as_deref(), Some(&line.worker)))
        .cloned()
        .collect();
    let managers = council.managers();
    let sources =
        Sources { tallies: &tallies, posts: &posts, workforce, managers: &managers, standards: &asked.standards };
    Ok(Some(Caseloads::of(&sources)))
}
