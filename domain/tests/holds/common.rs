//! Extracts in a few lines: rows by list, columns as they were found, and what was before.

use chrono::{NaiveDate, TimeDelta};
use domain::calendar::WorkingDays;
use domain::holds::{
    Before, Changes, ColumnFacts, EarlierList, Gathered, Hold, HoldKind, KnownNames, OpenRow, OtherExtract, OwnTables,
    Replaced, Situation, judge,
};
use domain::organisation::TeamPlace;
use domain::record::{CarePeriod, Contact, Held, List, Need, Person, ProtectionPlan, Record, Referral};
use std::collections::HashSet;
use std::sync::Arc;

/// A Friday.
pub const AS_AT: &str = "2026-10-30";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn back(days: i64) -> NaiveDate {
    day(AS_AT) - TimeDelta::days(days)
}

pub fn id(number: usize) -> Arc<str> {
    format!("C{number:04}").into()
}

/// An extract that is being made.
#[derive(Default)]
pub struct Made {
    pub rows: Vec<(Arc<str>, Record)>,
    pub columns: Vec<(List, Vec<ColumnFacts>)>,
}

impl Made {
    pub fn add(&mut self, id: Arc<str>, record: Record) -> &mut Self {
        self.rows.push((id, record));
        self
    }

    pub fn columns(&mut self, list: List, columns: Vec<ColumnFacts>) -> &mut Self {
        self.columns.push((list, columns));
        self
    }

    pub fn gather(&self, as_at: NaiveDate) -> Gathered {
        let mut gathered = Gathered::default();
        for (list, columns) in &self.columns {
            gathered.list(*list, columns.clone());
        }
        for (id, record) in &self.rows {
            gathered.row(as_at, id, record);
        }
        gathered.finish(as_at, &WorkingDays::england());
        gathered
    }

    /// This as the extract before, as at a date; every team is of the service "North".
    pub fn before(&self, as_at: NaiveDate) -> Before {
        let gathered = self.gather(as_at);
        let earlier =
            |facts: &domain::holds::ListFacts| EarlierList { as_at, rows: facts.rows, facts: Some(facts.clone()) };
        Before {
            as_at,
            lists: gathered.lists.iter().map(|(list, facts)| (*list, earlier(facts))).collect(),
            ids: self.rows.iter().map(|(id, _)| Arc::clone(id)).collect(),
            teams: HashSet::new(),
            workers: HashSet::new(),
            open: self
                .rows
                .iter()
                .filter_map(|(id, record)| OpenRow::of(record, id, as_at, |_| Some("North".to_owned())))
                .collect(),
        }
    }
}

pub fn held(team: &str, worker: &str) -> Held {
    Held { team: Some(team.to_owned()), worker: Some(worker.to_owned()) }
}

pub fn person() -> Person {
    Person { date_of_birth: Some(day("2015-01-01")), ..Person::default() }
}

pub fn need(seen: NaiveDate) -> Record {
    Record::Need(Need {
        person: person(),
        cin_start_date: Some(day("2025-01-01")),
        last_seen_date: Some(seen),
        held: held("North 1", "Amy"),
        ..Need::default()
    })
}

pub fn need_of(status: &str) -> Record {
    Record::Need(Need {
        case_status: Some(status.to_owned()),
        cin_start_date: Some(day("2025-01-01")),
        ..Need::default()
    })
}

pub fn plan(visited: NaiveDate) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        person: person(),
        cp_plan_start_date: Some(day("2026-01-05")),
        last_visit_date: Some(visited),
        held: held("North 1", "Amy"),
        ..ProtectionPlan::default()
    })
}

pub fn care() -> Record {
    Record::CarePeriod(CarePeriod { person: person(), started_date: Some(day("2025-01-01")), ..CarePeriod::default() })
}

pub fn contact(date: NaiveDate) -> Record {
    Record::Contact(Contact { person: person(), contact_date: Some(date), ..Contact::default() })
}

pub fn referral(date: NaiveDate) -> Record {
    Record::Referral(Referral { person: person(), referral_date: Some(date), ..Referral::default() })
}

/// So many children in need, seen the day before.
pub fn needs(children: usize) -> Made {
    let mut made = Made::default();
    for number in 0..children {
        made.add(id(number), need(back(1)));
    }
    made
}

/// A load to be judged. Nothing is unusual about it until something is made so.
pub struct Case {
    pub as_at: NaiveDate,
    pub today: NaiveDate,
    pub now: Gathered,
    pub before: Option<Before>,
    pub known: KnownNames,
    pub others: Vec<OtherExtract>,
    pub changes: Changes,
    pub replaced: Option<Replaced>,
    pub organisation_before: Vec<TeamPlace>,
    pub organisation: Option<Vec<TeamPlace>>,
    pub workforce: Option<domain::holds::WorkforceChange>,
    pub teams_with_children: HashSet<String>,
}

impl Case {
    pub fn of(made: &Made) -> Self {
        Self {
            as_at: day(AS_AT),
            today: day(AS_AT) + TimeDelta::days(3),
            now: made.gather(day(AS_AT)),
            before: None,
            known: KnownNames::default(),
            others: Vec::new(),
            changes: Changes { new: 1, ..Changes::default() },
            replaced: None,
            organisation_before: Vec::new(),
            organisation: None,
            workforce: None,
            teams_with_children: HashSet::new(),
        }
    }

    /// Beside an extract a week before.
    pub fn after(made: &Made, before: &Made) -> Self {
        Self { before: Some(before.before(back(7))), ..Self::of(made) }
    }

    pub fn holds(&self) -> Vec<Hold> {
        let own = OwnTables {
            on: self.as_at,
            organisation_before: &self.organisation_before,
            organisation: self.organisation.as_deref(),
            teams_with_children: &self.teams_with_children,
            workforce: self.workforce,
        };
        judge(&Situation {
            as_at: self.as_at,
            today: self.today,
            calendar: &WorkingDays::england(),
            now: &self.now,
            before: self.before.as_ref(),
            known: &self.known,
            content: "this",
            others: &self.others,
            changes: self.changes,
            replaced: self.replaced.as_ref(),
            own: &own,
        })
    }

    pub fn kinds(&self) -> Vec<HoldKind> {
        let mut kinds: Vec<HoldKind> = self.holds().into_iter().map(|hold| hold.kind).collect();
        kinds.dedup();
        kinds
    }
}

pub fn column(header: &str, filled: u64) -> ColumnFacts {
    ColumnFacts { column: header.to_owned(), filled, ..ColumnFacts::default() }
}

/// A column of open rows.
pub fn open_column(header: &str, open_rows: u64, open_filled: u64) -> ColumnFacts {
    ColumnFacts { open_rows, open_filled, ..column(header, open_filled) }
}
