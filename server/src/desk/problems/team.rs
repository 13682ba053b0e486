//! Record quality on a team's page: how many problems of which kind, and the way to the worklist.

use super::groups::groups;
use super::query::PATH;
use crate::council::Council;
use crate::desk::links::with_query;
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::problems_of;
use app::data::{Link, RecordQuality};
use app::error::PageError;

/// Kinds named on the team's page; the worklist has them all.
const MOST_KINDS: usize = 5;

/// The problems of a team's records in the newest extract, without a value of them; `None` for who reads none of its
/// children, and at an earlier extract.
pub(in crate::desk) async fn of_team(
    desk: &ViewerDesk,
    council: &Council,
    team: &str,
) -> Result<Option<RecordQuality>, PageError> {
    let scope = &desk.visit.viewer.scope;
    if council.is_past() || !scope.allows_children_of(Some(team)) {
        return Ok(None);
    }
    let (db, extract) = (&desk.state.db, council.extract.id);
    let seen = problems_of(db, council, scope, extract, Some(team)).await.map_err(failed)?;
    let found = seen.len() as u64;
    let address = |more: &[(&'static str, String)]| {
        let query: Vec<_> = [("team", team.to_owned())].into_iter().chain(more.iter().cloned()).collect();
        with_query(PATH, &query)
    };
    let kinds = groups(seen.iter().map(|seen| &seen.problem)).into_iter().take(MOST_KINDS).map(|group| Link {
        text: group.sentence(false),
        href: address(&[("list", group.list.clone()), ("kind", group.kind.clone())]),
    });
    Ok(Some(RecordQuality {
        text: match found {
            0 => format!("No problem was found in the records of this team as at {}.", words::date(council.as_at())),
            _ => format!(
                "{} in the records of this team as at {}.",
                words::count(found, "problem", "problems"),
                words::date(council.as_at())
            ),
        },
        kinds: kinds.collect(),
        all: (found > 0).then(|| Link { text: "See them row by row, with what to do".to_owned(), href: address(&[]) }),
    }))
}
