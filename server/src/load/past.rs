//! What is known of the extracts beside a new one: the one before in time, list by list, and the one it would replace.

use crate::db::{Db, DbError};
use crate::load::report::ListCounts;
use crate::store::extracts::{self, Extract};
use crate::store::people::Kind;
use crate::store::{holds, organisation, records, workforce};
use chrono::NaiveDate;
use domain::holds::{Before, ColumnFacts, EarlierList, KnownNames, ListFacts, OpenRow, OtherExtract, Replaced};
use domain::names::name_key;
use domain::organisation::{Organisation, TeamPlace};
use domain::record::{List, Record};
use domain::workforce::WorkforceLine;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Our number of every person known, by kind and the council's id.
pub(super) type Known = HashMap<(Kind, Arc<str>), i64>;

/// The extracts beside a new one.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Number and date of every extract in force, oldest first.
    pub(super) dates: Vec<(i64, NaiveDate)>,
    /// What the new one is compared with; none where it is the first in time.
    pub(super) before: Option<Before>,
    /// The extract whose figures stand before: the one replaced, else the one before in time.
    pub(super) standing: Option<Extract>,
    /// The extract of the same date.
    pub(super) same_date: Option<Extract>,
    /// Hash of the content of the one of the same date.
    pub(super) same_date_content: Option<String>,
    pub(super) others: Vec<OtherExtract>,
    pub(super) organisation: Vec<TeamPlace>,
    pub(super) workforce: Option<Vec<WorkforceLine>>,
    /// Keys of the teams that held open rows in the extract before.
    pub(super) teams_with_children: HashSet<String>,
}

impl Past {
    /// Reads what is beside an extract as at `as_at`.
    pub(super) async fn read(db: &Db, as_at: NaiveDate, known: &Known) -> Result<Self, DbError> {
        let mut all = extracts::all(db).await?;
        let contents = holds::contents(db).await?;
        let mut past = Self {
            dates: all.iter().map(|extract| (extract.id, extract.as_at)).collect(),
            others: all
                .iter()
                .map(|extract| OtherExtract { as_at: extract.as_at, content: contents.get(&extract.id).cloned() })
                .collect(),
            organisation: organisation::lines(db).await?,
            workforce: workforce::on(db, as_at).await?.map(|loaded| loaded.lines),
            ..Self::default()
        };
        all.retain(|extract| extract.as_at <= as_at);
        past.same_date = all.pop_if(|extract| extract.as_at == as_at);
        past.same_date_content = past.same_date.as_ref().and_then(|extract| contents.get(&extract.id).cloned());
        past.standing = past.same_date.clone().or_else(|| all.last().cloned());
        // The one before in time comes first; the one that would be replaced is asked only where no other has the list.
        let beside: Vec<Extract> = all.into_iter().rev().chain(past.same_date.clone()).collect();
        if let Some(first) = beside.first() {
            let lists = earlier_lists(db, &beside).await?;
            let names = extracts::names(db, first.id).await?;
            let keys = |names: Vec<Arc<str>>| names.iter().map(|name| name_key(name)).collect();
            let mut before = Before {
                as_at: first.as_at,
                ids: ids(db, &lists, first.as_at, known).await?,
                teams: keys(names.teams()),
                workers: keys(names.workers()),
                lists,
                open: Vec::new(),
            };
            past.add_open_rows(db, &mut before).await?;
            past.before = Some(before);
        }
        Ok(past)
    }

    /// Names that are known for certain.
    pub(super) fn known_names(&self, read: &ingest::Extract) -> KnownNames {
        let given = read.organisation.as_ref().map(|table| table.lines.as_slice());
        let staff = read.workforce.as_ref().map(|table| &table.lines).or(self.workforce.as_ref());
        KnownNames {
            teams: given.unwrap_or(&self.organisation).iter().map(|line| name_key(&line.team)).collect(),
            workers: staff.into_iter().flatten().map(|line| name_key(&line.worker)).collect(),
        }
    }

    /// What the extract of the same date holds.
    pub(super) fn replaced(&self) -> Option<Replaced> {
        let extract = self.same_date.as_ref()?;
        let counts = ListCounts::read_all(&extract.report).unwrap_or_default();
        let of_list = |label: &str| List::ALL.into_iter().find(|list| list.label() == label);
        let lists = counts.iter().filter_map(|list| Some((of_list(&list.list)?, list.loaded)));
        Some(Replaced { rows: lists.clone().map(|(_, rows)| rows).sum(), lists: lists.map(|(list, _)| list).collect() })
    }

    /// The rows that were open in each of lists 6 to 8, in the last extract that held the list.
    async fn add_open_rows(&mut self, db: &Db, before: &mut Before) -> Result<(), DbError> {
        let date_of = |list: List| before.lists.get(&list.number()).map(|earlier| earlier.as_at);
        let spells = [List::ChildrenInNeed, List::ProtectionPlans, List::ChildrenInCare];
        let dates: BTreeSet<NaiveDate> = spells.into_iter().filter_map(date_of).collect();
        let Self { organisation, teams_with_children, .. } = self;
        let mut open = Vec::new();
        for date in dates {
            let organisation = Organisation::on(date, organisation.iter().cloned());
            let take = |child: Arc<str>, record: &Record| {
                let service = |team: &str| organisation.service(team).map(str::to_owned);
                let row = OpenRow::of(record, &child, date, service).filter(|row| date_of(row.list) == Some(date));
                if let Some(row) = row {
                    let team = record.held().and_then(|held| held.team.as_deref());
                    teams_with_children.extend(team.map(name_key));
                    open.push(row);
                }
            };
            records::each_spell(db, date, take).await?;
        }
        before.open = open;
        Ok(())
    }
}

/// Each list as in the last extract that held it.
async fn earlier_lists(db: &Db, beside: &[Extract]) -> Result<BTreeMap<u8, EarlierList>, DbError> {
    let mut lists: BTreeMap<u8, EarlierList> = BTreeMap::new();
    for extract in beside {
        if lists.len() == List::ALL.len() {
            break;
        }
        let counts = ListCounts::read_all(&extract.report).unwrap_or_default();
        let mut facts = None;
        for list in List::ALL {
            let held = counts.iter().find(|counts| counts.list == list.label() && counts.loaded > 0);
            let Some(held) = held.filter(|_| !lists.contains_key(&list.number())) else { continue };
            if facts.is_none() {
                facts = Some(holds::facts(db, extract.id).await?);
            }
            let kept = facts.as_ref().and_then(Option::as_ref).and_then(|facts| facts.get(&list.number()).cloned());
            let facts = kept.or_else(|| from_supplied(extract, list, held.loaded));
            lists.insert(list.number(), EarlierList { as_at: extract.as_at, rows: held.loaded, facts });
        }
    }
    Ok(lists)
}

/// What can be told of an extract that was loaded before facts were kept: which columns were filled.
fn from_supplied(extract: &Extract, list: List, rows: u64) -> Option<ListFacts> {
    let columns = extract.supplied.lists.get(&list.number())?.iter().map(|(header, filled)| ColumnFacts {
        column: header.clone(),
        filled: *filled,
        open_rows: rows,
        open_filled: *filled,
        ..ColumnFacts::default()
    });
    Some(ListFacts { rows, columns: columns.collect(), ..ListFacts::default() })
}

/// Ids of the children of the extract before, and of those that last held a list that it lacks.
async fn ids(
    db: &Db,
    lists: &BTreeMap<u8, EarlierList>,
    first: NaiveDate,
    known: &Known,
) -> Result<HashSet<Arc<str>>, DbError> {
    let dates: BTreeSet<NaiveDate> = lists.values().map(|earlier| earlier.as_at).chain([first]).collect();
    let mut people = HashSet::new();
    for date in dates {
        people.extend(records::people_on(db, date).await?);
    }
    let is_child = |(kind, _): &&(Kind, Arc<str>)| *kind == Kind::Child;
    let there = known.iter().filter(|(person, id)| is_child(person) && people.contains(id));
    Ok(there.map(|((_, source), _)| Arc::clone(source)).collect())
}
