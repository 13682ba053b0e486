//! Figures: the whole, a selection, or every group of a kind.

use crate::council::Council;
use crate::db::Db;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Asked, NO_SERVICE, NO_TEAM, NO_WORKER, ReadError, Selection};
use crate::store::records;
use domain::measures::figure::{Figure, Tally, tallies};
use domain::measures::{Context, Fact, Measure, evaluate_one};
use domain::names::name_key;
use domain::scope::Scope;
use std::collections::BTreeMap;

/// How figures are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Not at all.
    Whole,
    /// By service.
    Service,
    /// By team.
    Team,
    /// By worker.
    Worker,
}

/// A group's figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The group's name; `None` for the whole.
    pub name: Option<String>,
    /// Its figure.
    pub figure: Figure,
}

/// Whether the extract holds what a measure needs.
#[must_use]
pub fn is_supplied(council: &Council, measure: &Measure, asked: &Asked) -> bool {
    council.extract.supplied.satisfies(measure.needs_under(&asked.standards))
}

/// The tallies that answer a question: stored ones where they do, else counted anew from the records.
pub(crate) async fn tallies_of(
    db: &Db,
    council: &Council,
    measure: &'static Measure,
    asked: &Asked,
) -> Result<Vec<Tally>, ReadError> {
    if asked.is_stored(council) {
        let stored = council.tallies.get(&council.extract.id).and_then(|by_measure| by_measure.get(measure.id));
        return Ok(stored.cloned().unwrap_or_default());
    }
    Ok(tallies(&evaluated(db, council, measure, asked).await?))
}

/// The facts of a measure counted anew from the records, for a period or standards that are not stored.
pub(crate) async fn evaluated(
    db: &Db,
    council: &Council,
    measure: &'static Measure,
    asked: &Asked,
) -> Result<Vec<Fact>, ReadError> {
    let as_at = council.as_at();
    let context = Context {
        as_at,
        period: asked.period,
        standards: &asked.standards,
        calendar: &council.calendar,
        names: &council.names,
        supplied: &council.extract.supplied,
    };
    let mut facts = Vec::new();
    records::each_journey(db, as_at, |journey| {
        facts.extend(evaluate_one(measure, &journey.read_as_at(as_at), &context));
    })
    .await?;
    Ok(facts)
}

/// The figure of a selection within a scope; `None` when the extract does not hold what the measure needs.
///
/// # Errors
/// When the database fails.
pub async fn figure(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    asked: &Asked,
    selection: &Selection,
) -> Result<Option<Figure>, ReadError> {
    if !is_supplied(council, measure, asked) {
        return Ok(None);
    }
    let tallies = tallies_of(db, council, measure, asked).await?;
    Ok(Some(figure_within(council, scope, measure, asked, selection, &tallies)))
}

pub(super) fn figure_within(
    council: &Council,
    scope: &Scope,
    measure: &Measure,
    asked: &Asked,
    selection: &Selection,
    tallies: &[Tally],
) -> Figure {
    let mut sieve = Sieve::new(Reading::Counts, scope, &council.organisation, selection);
    let selected = tallies.iter().filter(|tally| sieve.lets(tally.team.as_deref(), tally.worker.as_deref()));
    measure.figure(selected, &asked.standards)
}

/// The figures of every group of a kind within a scope; `None` when the extract does not hold what the measure
/// needs. Groups without a unit are left out.
///
/// # Errors
/// When the database fails.
pub async fn figures_by(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    asked: &Asked,
    by: By,
) -> Result<Option<Vec<Group>>, ReadError> {
    if !is_supplied(council, measure, asked) {
        return Ok(None);
    }
    let tallies = tallies_of(db, council, measure, asked).await?;
    if by == By::Whole {
        let figure = figure_within(council, scope, measure, asked, &Selection::default(), &tallies);
        return Ok(Some(vec![Group { name: None, figure }]));
    }
    let everything = Selection::default();
    let mut sieve = Sieve::new(Reading::Counts, scope, &council.organisation, &everything);
    let mut groups: BTreeMap<String, (String, Vec<&Tally>)> = BTreeMap::new();
    for tally in tallies.iter().filter(|tally| sieve.lets(tally.team.as_deref(), None)) {
        let name = match by {
            By::Team => tally.team.as_deref().unwrap_or(NO_TEAM),
            By::Worker => tally.worker.as_deref().unwrap_or(NO_WORKER),
            By::Service | By::Whole => {
                tally.team.as_deref().and_then(|team| council.organisation.service(team)).unwrap_or(NO_SERVICE)
            }
        };
        groups.entry(name_key(name)).or_insert_with(|| (name.to_owned(), Vec::new())).1.push(tally);
    }
    Ok(Some(
        groups
            .into_values()
            .map(|(name, tallies)| Group { name: Some(name), figure: measure.figure(tallies, &asked.standards) })
            .collect(),
    ))
}

/// A measure's figure in every extract up to this one, oldest first, each by the standards of its date; `None` where that extract did not hold what it needs.
#[must_use]
pub fn history(
    council: &Council,
    scope: &Scope,
    measure: &Measure,
    selection: &Selection,
) -> Vec<(chrono::NaiveDate, Option<Figure>)> {
    let mut sieve = Sieve::new(Reading::Counts, scope, &council.organisation, selection);
    council
        .extracts
        .iter()
        .zip(&council.standards_then)
        .map(|(extract, standards)| {
            let supplied = extract.supplied.satisfies(measure.needs_under(standards));
            let tallies = council.tallies.get(&extract.id).and_then(|by_measure| by_measure.get(measure.id));
            let figure = supplied.then(|| {
                let selected = tallies
                    .into_iter()
                    .flatten()
                    .filter(|tally| sieve.lets(tally.team.as_deref(), tally.worker.as_deref()));
                measure.figure(selected, standards)
            });
            (extract.as_at, figure)
        })
        .collect()
}
