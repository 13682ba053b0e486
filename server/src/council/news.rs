//! What an extract says that the one before did not: what was altered in retrospect and which events appeared. Read once
//! from the versions that ended or began with it, and nobody's scope is applied yet: see [`crate::reading`].

use crate::council::{Council, CouncilCache};
use crate::db::{Db, DbError};
use crate::store::extracts;
use crate::store::versions::{self, ChildList, Turn};
use chrono::NaiveDate;
use domain::change::altered::is_altered;
use domain::change::fields::Field;
use domain::change::{Row, Span, Version, What, alterations, first_seen};
use domain::lag::{Bounds, appeared};
use domain::measures::Supplied;
use domain::names::Names;
use domain::record::{Held, List};
use domain::standards::Standards;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Something altered in retrospect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// The child.
    pub child_id: Arc<str>,
    /// The list.
    pub list: List,
    /// The column, or the whole row.
    pub what: What,
    /// What stood there: a date or a code; of a row that is gone its start.
    pub was: Option<String>,
    /// What stands there now; `None` is blank.
    pub now: Option<String>,
    /// The first extract that held what stood there.
    pub first_seen: NaiveDate,
    /// The extract that the change came with.
    pub came: NaiveDate,
    /// The team; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The worker; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
}

/// An event that appeared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) child_id: Arc<str>,
    pub(crate) list: List,
    pub(crate) field: &'static Field,
    pub(crate) bounds: Bounds,
    pub(crate) team: Option<Arc<str>>,
    pub(crate) worker: Option<Arc<str>>,
}

/// The news of an extract.
#[derive(Debug)]
pub(crate) struct News {
    /// In the order of children, then lists.
    pub(crate) altered: Vec<Arc<Altered>>,
    /// The same.
    pub(crate) events: Vec<Event>,
    /// Whether events were left out because the extract before did not hold their column.
    pub(crate) is_partly_first: bool,
}

/// What news depend on: the extracts up to the later, with their dates, and its standards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    extracts: Vec<(i64, NaiveDate)>,
    standards: Standards,
}

/// How many extracts' news stay in memory: those of a quarter, and the ones asked for beside them.
const NEWS: usize = 16;

impl CouncilCache {
    /// The news of the extract in a place of the council's, oldest first; `None` of the first of all, which has none
    /// before it.
    pub(crate) async fn news(&self, db: &Db, council: &Council, place: usize) -> Result<Option<Arc<News>>, DbError> {
        let Some(before) = place.checked_sub(1).and_then(|before| council.extracts.get(before)) else {
            return Ok(None);
        };
        let (Some(extract), Some(standards)) = (council.extracts.get(place), council.standards_then.get(place)) else {
            return Ok(None);
        };
        let extracts = council.extracts[..=place].iter().map(|extract| (extract.id, extract.as_at)).collect();
        let key = Key { extracts, standards: standards.clone() };
        let mut known = self.news.lock().await;
        if let Some(at) = known.iter().position(|(other, _)| *other == key) {
            let found = known.remove(at);
            let news = Arc::clone(&found.1);
            known.push(found);
            return Ok(Some(news));
        }
        let around = Around {
            span: Span { from: before.as_at, to: extract.as_at },
            dates: council.extracts[..=place].iter().map(|extract| extract.as_at).collect(),
            supplied_before: before.supplied.clone(),
            names: extracts::names(db, extract.id).await?,
        };
        let news = Arc::new(read(db, around, standards).await?);
        known.push((key, Arc::clone(&news)));
        if known.len() > NEWS {
            known.remove(0);
        }
        Ok(Some(news))
    }
}

/// What the news of an extract are read beside.
struct Around {
    span: Span,
    /// As-at dates of the extracts up to the later, oldest first.
    dates: Vec<NaiveDate>,
    supplied_before: Supplied,
    names: Names,
}

async fn read(db: &Db, around: Around, standards: &Standards) -> Result<News, DbError> {
    let span = around.span;
    let turns = versions::turns(db, span.to).await?;
    let (turns, found) = tokio::task::spawn_blocking(move || {
        let found: Vec<Found> = turns.par_iter().map(|(of, turn)| Found::of(of, turn, span)).collect();
        (turns, found)
    })
    .await
    .map_err(|_| DbError::Inconsistent("the news of an extract could not be read".to_owned()))?;
    let mut found: Vec<Found> = found.into_iter().filter(|found| !found.is_empty()).collect();
    found.sort_by(|one, other| one.of.cmp(&other.of));
    let holders = Holders::read(db, &found, &around, standards).await?;
    let histories = histories(db, &found).await?;
    let mut news = News { altered: Vec::new(), events: Vec::new(), is_partly_first: false };
    for found in found {
        let Some(turn) = turns.get(&found.of) else { continue };
        let history = histories.get(&found.of).map_or(&[][..], Vec::as_slice);
        found.tell(turn, history, &around, &holders, &mut news);
    }
    Ok(news)
}

/// What one child's turn of one list may have to tell.
struct Found {
    of: ChildList,
    altered: Vec<domain::change::Alteration>,
    appeared: Vec<domain::lag::Appeared>,
}

fn rows(versions: &[Version]) -> Vec<Row> {
    versions.iter().map(|version| version.row.clone()).collect()
}

impl Found {
    fn of(of: &ChildList, turn: &Turn, span: Span) -> Self {
        let (before, after) = (rows(&turn.ended), rows(&turn.begun));
        // Judged as if first seen in the extract before, which finds them all and some that are none.
        let altered = alterations(&before, &after, span, |_, _| span.from);
        Self { of: of.clone(), altered, appeared: appeared(&before, &after, (span.from, span.to)) }
    }

    /// Whether what the list said before is needed: of what was altered, and of what may have been there before.
    fn has_a_past(&self) -> bool {
        !self.altered.is_empty() || self.appeared.iter().any(|event| event.bounds.at_least() > 0)
    }

    fn is_empty(&self) -> bool {
        self.altered.is_empty() && self.appeared.is_empty()
    }

    fn tell(self, turn: &Turn, history: &[Version], around: &Around, holders: &Holders, news: &mut News) {
        let (child_id, list) = self.of;
        for alteration in self.altered {
            let Some(ended) = turn.ended.get(alteration.before) else { continue };
            let now = alteration.after.and_then(|place| turn.begun.get(place));
            let first_seen = match alteration.what {
                What::Value(field) => first_seen(history, ended, Some(field), &around.dates),
                What::Row => first_seen(history, ended, None, &around.dates),
            };
            if let (What::Value(field), Some(now)) = (alteration.what, now)
                && !is_altered(field, &ended.row, &now.row, first_seen)
            {
                continue;
            }
            let (team, worker) = holders.of(&child_id, &now.unwrap_or(ended).row, around);
            news.altered.push(Arc::new(Altered {
                child_id: Arc::clone(&child_id),
                list,
                what: alteration.what,
                was: alteration.was,
                now: alteration.now,
                first_seen,
                came: around.span.to,
                team,
                worker,
            }));
        }
        for event in self.appeared {
            // A row that was gone for a while brings its dates back, and they are no news.
            let is_old = |version: &Version| {
                version.from < around.span.to && version.row.date(event.field) == Some(event.bounds.event)
            };
            if history.iter().any(is_old) {
                continue;
            }
            let columns = around.supplied_before.lists.get(&list.number());
            if !columns.is_some_and(|columns| columns.contains_key(event.field.header)) {
                news.is_partly_first = true;
                continue;
            }
            let Some(version) = turn.begun.get(event.position) else { continue };
            let (team, worker) = holders.of(&child_id, &version.row, around);
            let child_id = Arc::clone(&child_id);
            news.events.push(Event { child_id, list, field: event.field, bounds: event.bounds, team, worker });
        }
    }
}

/// Every version of the lists whose past is needed.
async fn histories(db: &Db, found: &[Found]) -> Result<HashMap<ChildList, Vec<Version>>, DbError> {
    let mut histories = HashMap::new();
    let lists: BTreeSet<List> = found.iter().filter(|found| found.has_a_past()).map(|found| found.of.1).collect();
    for list in lists {
        let of_list = found.iter().filter(|found| found.of.1 == list && found.has_a_past());
        let children: Vec<Arc<str>> = of_list.map(|found| Arc::clone(&found.of.0)).collect();
        let versions = versions::of_children(db, &children, list).await?;
        histories.extend(versions.into_iter().map(|(child, versions)| ((child, list), versions)));
    }
    Ok(histories)
}

/// Lists whose rows carry no team: the child's current one counts.
fn has_no_team(list: List) -> bool {
    matches!(list, List::Contacts | List::EarlyHelp | List::Adoptions)
}

/// Who holds the children whose rows do not say.
struct Holders(HashMap<Arc<str>, Held>);

impl Holders {
    async fn read(db: &Db, found: &[Found], around: &Around, standards: &Standards) -> Result<Self, DbError> {
        let children: BTreeSet<Arc<str>> =
            found.iter().filter(|found| has_no_team(found.of.1)).map(|found| Arc::clone(&found.of.0)).collect();
        let children: Vec<Arc<str>> = children.into_iter().collect();
        let as_at = around.span.to;
        let journeys = versions::journeys_of(db, &children, as_at).await?;
        Ok(Self(
            journeys
                .into_iter()
                .map(|(child, journey)| (child, journey.read_as_at(as_at).current_holder(&around.names, standards)))
                .collect(),
        ))
    }

    /// Team and worker as shown.
    fn of(&self, child: &str, row: &Row, around: &Around) -> (Option<Arc<str>>, Option<Arc<str>>) {
        let held = if has_no_team(row.list()) { self.0.get(child).cloned().unwrap_or_default() } else { row.held() };
        (held.team.map(|name| around.names.team(&name)), held.worker.map(|name| around.names.worker(&name)))
    }
}
