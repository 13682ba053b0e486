//! What changed between two extracts: the units that came into a figure or left it, and why.

use crate::council::Council;
use crate::db::{Db, DbError};
use crate::reading::naming::Named;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Asked, ReadError, Selection, figure, is_supplied};
use crate::store::versions;
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::change::{Moment, Reason, Side, UnitChange, of_child};
use domain::journey::Journey;
use domain::measures::figure::Figure;
use domain::measures::{Context, Counting, Fact, Measure, Period, Supplied};
use domain::names::Names;
use domain::organisation::Organisation;
use domain::scope::Scope;
use domain::standards::Standards;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The difference between two figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The figure in the earlier extract.
    pub before: Figure,
    /// The figure in the later one: the earlier, with every unit added that came and taken off that left.
    pub after: Figure,
    /// The units that are not where they were, by child.
    pub units: Vec<ChangedUnit>,
}

/// A unit that came into a figure or left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedUnit {
    /// The child; `None` where it is no longer the viewer's to know.
    pub child: Option<Arc<str>>,
    /// Where it stood.
    pub from: Side,
    /// Where it stands.
    pub to: Side,
    /// Why.
    pub reason: Reason,
    /// Its team, where the selection has it: in the later extract, or in the earlier for a unit that left.
    pub team: Option<Arc<str>>,
    /// Its worker, likewise.
    pub worker: Option<Arc<str>>,
    /// Where its clock began, likewise.
    pub start: Option<NaiveDate>,
    /// When it was due, likewise.
    pub due: Option<NaiveDate>,
}

impl ChangedUnit {
    fn of(change: &UnitChange, named: &Named) -> Option<Self> {
        let fact = change.fact()?;
        Some(Self {
            child: named.name(&fact.child_id),
            from: change.from,
            to: change.to,
            reason: change.reason,
            team: fact.team.clone(),
            worker: fact.worker.clone(),
            start: fact.start,
            due: fact.due,
        })
    }
}

/// What changed in the figure of a selection from an extract to a later one, each by the standards of its date, for who
/// reads children. `newest` is the newest extract: today's access decides who may be named.
///
/// `None` where nothing can be told: a measure whose units are workers, an extract that does not hold what the measure
/// needs, extracts that are not one after the other, or a viewer who reads no child.
///
/// # Errors
/// When the database fails.
pub async fn changed(
    db: &Db,
    (earlier, later): (&Council, &Council),
    newest: &Council,
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
) -> Result<Option<Changed>, ReadError> {
    if measure.counting != Counting::Units || earlier.as_at() >= later.as_at() || !scope.reads_children() {
        return Ok(None);
    }
    let asked = |council: &Council| Asked { period: council.period(), standards: council.standards.clone() };
    let (then, now) = (asked(earlier), asked(later));
    if !is_supplied(earlier, measure, &then) || !is_supplied(later, measure, &now) {
        return Ok(None);
    }
    let before = figure(db, earlier, scope, measure, &then, selection).await?;
    let after = figure(db, later, scope, measure, &now, selection).await?;
    let (Some(before), Some(after)) = (before, after) else { return Ok(None) };
    let changes = changes(db, (earlier, later), scope, measure, selection).await?;
    let named = Named::of(db, Some(newest), scope).await?;
    let units = changes.iter().filter_map(|change| ChangedUnit::of(change, &named)).collect();
    Ok(Some(Changed { before, after, units }))
}

async fn changes(
    db: &Db,
    (earlier, later): (&Council, &Council),
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
) -> Result<Vec<UnitChange>, ReadError> {
    let children = children_to_look_at(db, (earlier, later), scope, measure, selection).await?;
    let then = versions::journeys_of(db, &children, earlier.as_at()).await?;
    let now = versions::journeys_of(db, &children, later.as_at()).await?;
    let (then, now) = (Held::of(earlier, then), Held::of(later, now));
    let (scope, selection) = (scope.clone(), selection.clone());
    let changes = tokio::task::spawn_blocking(move || {
        let of_each = children.par_iter().flat_map_iter(|child| {
            let of_then = RefCell::new(Sieve::new(Reading::Children, &scope, &then.organisation, &selection));
            let of_now = RefCell::new(Sieve::new(Reading::Children, &scope, &now.organisation, &selection));
            let is_of_then = |fact: &Fact| of_then.borrow_mut().lets(fact.team.as_deref(), fact.worker.as_deref());
            let is_of_now = |fact: &Fact| of_now.borrow_mut().lets(fact.team.as_deref(), fact.worker.as_deref());
            of_child(measure, &then.moment(child, &is_of_then), &now.moment(child, &is_of_now))
        });
        of_each.collect()
    })
    .await
    .map_err(|_| DbError::Inconsistent("what changed between two extracts could not be told".to_owned()))?;
    Ok(changes)
}

/// Children with a unit of the selection in either extract, without those of whom nothing is different: neither a record
/// nor where their units stand.
async fn children_to_look_at(
    db: &Db,
    (earlier, later): (&Council, &Council),
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
) -> Result<Vec<Arc<str>>, ReadError> {
    type Standing = Vec<(u8, u16, bool)>;
    let mut children: BTreeMap<Arc<str>, [Standing; 2]> = BTreeMap::new();
    for (which, council) in [earlier, later].into_iter().enumerate() {
        let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
        for fact in council.facts(db, measure).await?.iter() {
            if sieve.lets(fact.team.as_deref(), fact.worker.as_deref()) {
                let standing = (fact.list, fact.position, fact.numerator);
                children.entry(Arc::clone(&fact.child_id)).or_default()[which].push(standing);
            }
        }
    }
    let records_changed = versions::children_changed(db, earlier.as_at(), later.as_at()).await?;
    children.retain(|child, [then, now]| {
        then.sort_unstable();
        now.sort_unstable();
        then != now || records_changed.contains(child)
    });
    Ok(children.into_keys().collect())
}

/// An extract's part in the comparison, away from the council that answers requests meanwhile.
struct Held {
    journeys: HashMap<Arc<str>, Journey>,
    as_at: NaiveDate,
    organisation: Organisation,
    standards: Standards,
    calendar: WorkingDays,
    names: Names,
    supplied: Supplied,
}

impl Held {
    fn of(council: &Council, journeys: HashMap<Arc<str>, Journey>) -> Self {
        Self {
            journeys,
            as_at: council.as_at(),
            organisation: council.organisation.clone(),
            standards: council.standards.clone(),
            calendar: council.calendar.clone(),
            names: council.names.clone(),
            supplied: council.extract.supplied.clone(),
        }
    }

    fn moment<'a>(&'a self, child: &str, is_of_group: &'a dyn Fn(&Fact) -> bool) -> Moment<'a> {
        let context = Context {
            as_at: self.as_at,
            period: Period::up_to(self.as_at),
            standards: &self.standards,
            calendar: &self.calendar,
            names: &self.names,
            supplied: &self.supplied,
        };
        Moment { journey: self.journeys.get(child), context, is_of_group }
    }
}
