//! What a load would do, or was held for: the JSON that scripts rely on.

use crate::load::report::{ListCounts, ProblemReport};
use domain::holds::{Changes, Hold};
use domain::measures::figure::{Figure, Tally};
use domain::measures::{CORE, Supplied};
use domain::standards::Standards;
use ingest::ProblemGroup;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A figure as a whole, before and after a load; none where it is not supplied, or where nothing was loaded before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureChange {
    /// The measure.
    pub id: String,
    /// As it stands now.
    pub before: Option<Figure>,
    /// As it would stand.
    pub after: Option<Figure>,
}

/// What a load would do. Nothing was changed.
#[derive(Debug, Clone, Serialize)]
pub struct Forecast {
    /// Why it is held; none where it would load.
    pub held: Vec<Hold>,
    /// List by list.
    pub lists: Vec<ListCounts>,
    /// Problems, the first ten thousand.
    pub problems: Vec<ProblemReport>,
    /// Every measure as a whole.
    pub figures: Vec<FigureChange>,
    /// All problems, by kind.
    #[serde(skip)]
    pub groups: Vec<ProblemGroup>,
    /// Records new, changed, ended.
    #[serde(skip)]
    pub changes: Changes,
    /// What would happen, in a sentence.
    #[serde(skip)]
    pub message: String,
}

/// The figures of an extract as a whole.
pub(super) fn figures(
    tallies: &HashMap<&'static str, Vec<Tally>>,
    supplied: &Supplied,
    standards: &Standards,
) -> Vec<(&'static str, Option<Figure>)> {
    CORE.iter()
        .map(|measure| {
            let found = tallies.get(measure.id).map_or(&[][..], Vec::as_slice);
            let is_supplied = supplied.satisfies(measure.needs_under(standards));
            (measure.id, is_supplied.then(|| measure.figure(found, standards)))
        })
        .collect()
}

/// Two sets of figures beside each other.
pub(super) fn beside(
    before: &[(&'static str, Option<Figure>)],
    after: &[(&'static str, Option<Figure>)],
) -> Vec<FigureChange> {
    let of = |figures: &[(&'static str, Option<Figure>)], id: &str| {
        figures.iter().find(|(other, _)| *other == id).and_then(|(_, figure)| *figure)
    };
    let changes = CORE.iter().map(|measure| FigureChange {
        id: measure.id.to_owned(),
        before: of(before, measure.id),
        after: of(after, measure.id),
    });
    changes.collect()
}
