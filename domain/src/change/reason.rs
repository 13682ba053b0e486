//! Why a unit came into a figure or left it: exactly one reason, the first that explains it.

use super::altered::is_altered;
use super::fields::{Field, Kind, fields};
use super::figure::Side;
use super::row::{Row, pairs};
use crate::look_ahead::{Moves, remedy};
use crate::measures::{Measure, Polarity, Timing};
use crate::record::List;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It is new: it began after the earlier extract.
    New,
    /// It was true by the earlier extract, which did not hold it yet: a visit, a spell or an end recorded since.
    RecordedLate,
    /// It was put right: visited, reviewed, allocated, finished.
    Done,
    /// What the measure counts took place: an assessment was authorised, a conference held.
    TookPlace,
    /// The case, the plan or the spell ended.
    Ended,
    /// It is in other hands: another team or worker, or its team is in another service.
    Moved,
    /// The record was altered in retrospect (see [`super::altered`]).
    Altered,
    /// The extract no longer holds the record, though time alone would have kept it.
    Removed,
    /// By time alone: its due day passed.
    BecameLate,
    /// By time alone: its date is no longer in the period.
    LeftPeriod,
    /// By time alone, otherwise: it is old enough to be counted, or too old.
    TimePassed,
    /// The standard that it is measured by is another one.
    Standard,
    /// What is recorded of the child is otherwise now, and none of the above.
    Changed,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 13] = [
        Self::New,
        Self::RecordedLate,
        Self::Done,
        Self::TookPlace,
        Self::Ended,
        Self::Moved,
        Self::Altered,
        Self::Removed,
        Self::BecameLate,
        Self::LeftPeriod,
        Self::TimePassed,
        Self::Standard,
        Self::Changed,
    ];

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "New since",
            Self::RecordedLate => "Recorded late: it was so already, and not yet on record",
            Self::Done => "Put right",
            Self::TookPlace => "Took place since",
            Self::Ended => "Ended",
            Self::Moved => "Moved to other hands",
            Self::Altered => "The record was altered in retrospect",
            Self::Removed => "No longer in the extract",
            Self::BecameLate => "Became late",
            Self::LeftPeriod => "Left the period",
            Self::TimePassed => "Time passed",
            Self::Standard => "Measured by another standard",
            Self::Changed => "The record says otherwise now",
        }
    }
}

/// A unit that is not where it was.
pub(super) struct Question<'a> {
    pub(super) measure: &'static Measure,
    pub(super) from: Side,
    pub(super) to: Side,
    /// Whether both extracts count it, for different groups.
    pub(super) moved: bool,
    /// Where time alone would have put it.
    pub(super) by_time: Side,
    /// Where time and the later standards would have put it.
    pub(super) by_standards: Side,
    /// Its row in the earlier extract and in the later; neither where the unit is the child.
    pub(super) rows: (Option<&'a Row>, Option<&'a Row>),
    /// Whether the unit is the child.
    pub(super) is_child: bool,
    /// The child's rows in both extracts, of the lists that the measure needs.
    pub(super) lists: &'a BTreeMap<List, (Vec<Row>, Vec<Row>)>,
    /// As-at dates of both.
    pub(super) span: (NaiveDate, NaiveDate),
}

impl Question<'_> {
    pub(super) fn answer(&self) -> Reason {
        if self.moved {
            return Reason::Moved;
        }
        if self.by_time == self.to {
            return self.by_time_alone();
        }
        if self.by_standards == self.to {
            return Reason::Standard;
        }
        if self.is_child {
            return self.of(&self.evidence_of_lists()).unwrap_or(Reason::Changed);
        }
        let own = self.evidence_of_row();
        // What the row does not explain, another list does: a referral that followed, a period of care.
        self.of(&own).or_else(|| self.of(&self.evidence_of_lists())).unwrap_or_else(|| self.otherwise())
    }

    fn by_time_alone(&self) -> Reason {
        let (before, _) = self.rows;
        match (self.from, self.to) {
            (_, Side::Out) if self.measure.timing == Timing::InPeriod => Reason::LeftPeriod,
            (_, Side::Out) if before.and_then(Row::end).is_some_and(|end| end <= self.span.1) => self.ended(),
            (Side::Out, _) if self.measure.timing == Timing::InPeriod => Reason::TookPlace,
            (from, to) if is_wrong(self.measure, to) && !is_wrong(self.measure, from) => Reason::BecameLate,
            _ => Reason::TimePassed,
        }
    }

    /// An assessment that is finished is done; a plan that ended has ended.
    fn ended(&self) -> Reason {
        let finishes =
            remedy(self.measure).is_some_and(|remedy| remedy.moves == Moves::Leaves && remedy.caution.is_none());
        if finishes && self.measure.timing == Timing::AtDate { Reason::Done } else { Reason::Ended }
    }

    fn of(&self, evidence: &Evidence) -> Option<Reason> {
        let by_then = |date: NaiveDate| date <= self.span.0;
        let recorded = |date: NaiveDate, else_it| if by_then(date) { Reason::RecordedLate } else { else_it };
        match (self.from, self.to) {
            (Side::Out, _) => {
                if let Some(start) = evidence.new {
                    return Some(start.map_or(Reason::New, |start| recorded(start, Reason::New)));
                }
                evidence.filled.map(|date| recorded(date, Reason::TookPlace))
            }
            (_, Side::Out) => match evidence {
                Evidence { ended: true, .. } => Some(self.ended()),
                Evidence { removed: true, .. } => Some(Reason::Removed),
                _ => None,
            },
            (_, to) if is_wrong(self.measure, to) => None,
            _ => {
                let neither_is_right = self.measure.polarity == Polarity::Neutral;
                let happened = if neither_is_right { Reason::TookPlace } else { Reason::Done };
                evidence.filled.map(|date| recorded(date, happened))
            }
        }
        .or_else(|| evidence.altered.then_some(Reason::Altered))
    }

    /// Nothing dated explains it: a worker was named, or is named no more.
    fn otherwise(&self) -> Reason {
        let is_right = self.measure.polarity != Polarity::Neutral && !is_wrong(self.measure, self.to);
        if self.from != Side::Out && self.to != Side::Out && is_right { Reason::Done } else { Reason::Changed }
    }

    fn evidence_of_row(&self) -> Evidence {
        let mut evidence = Evidence::default();
        match self.rows {
            (Some(before), Some(after)) => evidence.compare(before, after, &self.fields(before.list()), self.span.0),
            (None, Some(after)) => evidence.new = Some(after.start()),
            (Some(_), None) => evidence.removed = true,
            (None, None) => {}
        }
        evidence
    }

    fn evidence_of_lists(&self) -> Evidence {
        let mut evidence = Evidence::default();
        for (list, (before, after)) in self.lists {
            let (fields, pairs) = (self.fields(*list), pairs(before, after, self.span.0));
            for (one, other) in &pairs {
                evidence.compare(&before[*one], &after[*other], &fields, self.span.0);
            }
            evidence.removed |= pairs.len() < before.len();
            for (place, row) in after.iter().enumerate() {
                if !pairs.iter().any(|(_, other)| *other == place) {
                    if self.is_child {
                        evidence.new = evidence.new.max(Some(row.start()));
                    } else {
                        evidence.filled = evidence.filled.max(row.start());
                    }
                }
            }
        }
        evidence
    }

    /// The columns of a list that the measure reads.
    fn fields(&self, list: List) -> Vec<&'static Field> {
        let needs = self.measure.needs.iter().filter(|needs| needs.list == list);
        let columns: Vec<&str> = needs.flat_map(|needs| needs.columns.iter().copied()).collect();
        fields(list).iter().filter(|field| columns.contains(&field.header)).collect()
    }
}

/// Whether a side is the wrong one.
pub(super) fn is_wrong(measure: &Measure, side: Side) -> bool {
    match (measure.polarity, side) {
        (Polarity::High, Side::Denominator) | (Polarity::Low, Side::Numerator) => true,
        (Polarity::High | Polarity::Low | Polarity::Neutral, _) => false,
    }
}

/// What differs between a child's rows.
#[derive(Default)]
struct Evidence {
    /// A row is new; its start.
    new: Option<Option<NaiveDate>>,
    /// A row is gone.
    removed: bool,
    /// An end was filled in.
    ended: bool,
    /// The latest date that was filled in or moved on.
    filled: Option<NaiveDate>,
    /// A value was altered in retrospect.
    altered: bool,
}

impl Evidence {
    fn compare(&mut self, before: &Row, after: &Row, columns: &[&Field], as_at: NaiveDate) {
        for field in columns {
            if before.value(field) == after.value(field) {
                continue;
            }
            let (was, now) = (before.date(field), after.date(field));
            let is_date = field.is_event();
            if is_date && (was.is_none() || field.kind == Kind::Latest && was < now) {
                self.filled = self.filled.max(now);
            }
            self.ended |= field.kind == Kind::End && was.is_none() && now.is_some();
            self.altered |= is_altered(field, before, after, as_at);
        }
    }
}
