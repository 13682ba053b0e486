//! Some children's rows of one list from extract to extract, and what they make of an answer.

use crate::council::Council;
use crate::db::{Db, DbError};
use crate::store::answers::Answer;
use crate::store::standards::{self, Change};
use crate::store::versions;
use chrono::NaiveDate;
use domain::answers::{Act, Given, Outcome, Sighting, outcome, shows_an_act_by, sighting};
use domain::calendar::WorkingDays;
use domain::change::fields::fields;
use domain::change::{Row, Span, Version, rows_on};
use domain::measures::Fact;
use domain::standards::Standards;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Of every late unit of a measure in an earlier extract: its child's rows, and a day by the extract's date that a later
/// extract shows. The same for everybody; it is kept beside the extract.
#[derive(Debug)]
pub(crate) struct Later {
    pub(super) paths: Paths,
    shown: HashMap<(Arc<str>, u16), Option<NaiveDate>>,
}

impl Later {
    pub(super) async fn read(
        db: &Db,
        (council, newest): (&Council, &Council),
        act: &'static Act,
        late: &[Arc<Fact>],
    ) -> Result<Self, DbError> {
        let children = late.iter().map(|fact| Arc::clone(&fact.child_id)).collect();
        let paths = Paths::read(db, newest, act, children).await?;
        let key = |fact: &Arc<Fact>| (Arc::clone(&fact.child_id), fact.position);
        let shown = late.iter().map(|fact| (key(fact), paths.shown(fact, council.as_at()))).collect();
        Ok(Self { paths, shown })
    }

    pub(super) fn shown(&self, fact: &Fact) -> Option<NaiveDate> {
        self.shown.get(&(Arc::clone(&fact.child_id), fact.position)).copied().flatten()
    }
}

/// Children's rows of the list that an act stands on.
#[derive(Debug)]
pub(super) struct Paths {
    act: &'static Act,
    /// As-at dates of the extracts that hold the act's column, oldest first.
    dates: Vec<NaiveDate>,
    versions: HashMap<Arc<str>, Vec<Version>>,
    changes: Vec<Change>,
    standards: Standards,
    calendar: WorkingDays,
}

impl Paths {
    /// `newest` knows every extract that counts.
    pub(super) async fn read(
        db: &Db,
        newest: &Council,
        act: &'static Act,
        mut children: Vec<Arc<str>>,
    ) -> Result<Self, DbError> {
        children.sort_unstable();
        children.dedup();
        let holds_it =
            |columns: &BTreeMap<String, u64>| act.field().is_some_and(|field| columns.contains_key(field.header));
        let extracts = newest.extracts.iter();
        let with_it = extracts.filter(|one| one.supplied.lists.get(&act.list.number()).is_some_and(holds_it));
        Ok(Self {
            act,
            dates: with_it.map(|extract| extract.as_at).collect(),
            versions: versions::of_children(db, &children, act.list).await?,
            changes: standards::changes(db).await?,
            standards: newest.standards.clone(),
            calendar: newest.calendar.clone(),
        })
    }

    fn rows(&self, child: &str, on: NaiveDate) -> Vec<Row> {
        self.versions.get(child).map_or_else(Vec::new, |versions| rows_on(versions, on))
    }

    /// A child's row in a place of an extract.
    pub(super) fn row(&self, child: &str, on: NaiveDate, place: usize) -> Option<Row> {
        self.rows(child, on).into_iter().nth(place)
    }

    /// What each later extract shows of the row in a place of an extract.
    fn sightings(&self, child: &str, on: NaiveDate, place: usize) -> Vec<Sighting> {
        let versions = self.versions.get(child).map_or(&[][..], Vec::as_slice);
        let then = rows_on(versions, on);
        let mut sightings: Vec<Sighting> = Vec::new();
        for date in self.dates.iter().filter(|date| **date > on) {
            // Most extracts say of a child what the one before said.
            let same = sightings.last().filter(|before| !says_otherwise(versions, before.as_at, *date));
            sightings.push(match same {
                Some(before) => Sighting { as_at: *date, ..*before },
                None => {
                    let span = Span { from: on, to: *date };
                    sighting(self.act, (&then, place), &rows_on(versions, *date), span)
                }
            });
        }
        sightings
    }

    /// A day by the date of an extract, that a later one shows of a unit and that one did not.
    pub(super) fn shown(&self, fact: &Fact, as_at: NaiveDate) -> Option<NaiveDate> {
        let place = usize::from(fact.position);
        let row = self.row(&fact.child_id, as_at, place)?;
        let last = self.act.on(&row).filter(|day| *day <= as_at);
        shows_an_act_by(&self.sightings(&fact.child_id, as_at, place), last, as_at)
    }

    /// What came of an answer.
    pub(super) fn outcome(&self, answer: &Answer) -> Outcome {
        let then = self.rows(&answer.child_id, answer.as_at);
        let Ok(place) = usize::try_from(answer.unit.position) else { return Outcome::Waiting };
        // The extract may have been loaded again since, and its rows stand elsewhere now.
        let place = match then.get(place) {
            Some(row) if row.start() == answer.unit.began => place,
            _ => then.iter().position(|row| row.start() == answer.unit.began).unwrap_or(place),
        };
        let later = self.sightings(&answer.child_id, answer.as_at, place);
        let given = Given { said: &answer.said, on: answer.answered_on, last: answer.unit.last_act };
        // A stored standard that cannot be is an error wherever figures are read; here the newest will do.
        let standards =
            standards::in_force(&self.changes, answer.answered_on).unwrap_or_else(|_| self.standards.clone());
        outcome(&given, &later, &standards, &self.calendar)
    }
}

/// Whether an extract may show otherwise what an earlier one showed: its rows are other rows, or a date that lay ahead of
/// the earlier one has come.
fn says_otherwise(versions: &[Version], before: NaiveDate, date: NaiveDate) -> bool {
    let is_between = |day: NaiveDate| before < day && day <= date;
    versions.iter().any(|version| {
        let dates = fields(version.row.list()).iter().filter_map(|field| version.row.date(field));
        is_between(version.from) || version.to.is_some_and(is_between) || dates.into_iter().any(is_between)
    })
}
