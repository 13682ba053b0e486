//! The rows of one list of one child over the extracts: which row goes on as which, and which the extract no longer has.

use super::window::{Gone, Windows, gone};
use super::{Listing, Source};
use crate::change::{Row, Version, pairs};
use crate::record::List;
use chrono::NaiveDate;

/// A row as extracts held it without a change.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The last extract that held it so.
    pub(super) last: NaiveDate,
    /// What it said.
    pub(super) row: Row,
}

/// One row from the first extract that held it to the last.
#[derive(Debug, Clone)]
pub(super) struct Thread {
    /// What it said, oldest first; never empty.
    seen: Vec<Seen>,
    /// The extract that no longer has it, and what that means.
    gone: Option<(NaiveDate, Gone)>,
}

impl Thread {
    /// Its newest version.
    pub(super) fn row(&self) -> &Row {
        // A thread begins with the row that it was made of.
        &self.seen[self.seen.len() - 1].row
    }

    fn last(&self) -> NaiveDate {
        self.seen[self.seen.len() - 1].last
    }

    pub(super) fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// Whether the extract of a date, the newest one asked for, lists it.
    pub(super) fn is_listed(&self, newest: NaiveDate) -> bool {
        self.gone.is_none() && self.last() == newest
    }

    pub(super) fn source(&self, newest: NaiveDate) -> Source {
        match self.gone {
            _ if self.is_listed(newest) => Source::Listed,
            Some((since, Gone::Missed)) => Source::NoLongerListed { last: self.last(), since },
            Some((since, Gone::Unended)) if self.row().end().is_none() => {
                Source::EndNotKnown { last: self.last(), since }
            }
            Some((_, Gone::Unended | Gone::LeftTheWindow)) | None => Source::Known(self.last()),
        }
    }

    fn begin(on: NaiveDate, row: Row) -> Self {
        Self { seen: vec![Seen { last: on, row }], gone: None }
    }

    fn stay(&mut self, on: NaiveDate) {
        if let Some(seen) = self.seen.last_mut() {
            seen.last = on;
        }
    }

    fn go_on(&mut self, on: NaiveDate, row: Row) {
        self.gone = None;
        match self.seen.last_mut() {
            Some(seen) if seen.row == row => seen.last = on,
            _ => self.seen.push(Seen { last: on, row }),
        }
    }

    /// Whether a row is this one come back: nothing but the same row or the same start is enough after a gap.
    fn comes_back_as(&self, row: &Row) -> bool {
        self.row() == row || self.row().start().is_some() && self.row().start() == row.start()
    }
}

/// The rows of a list in the order in which the last extract has them, and after them those it no longer has, the first met
/// first.
pub(super) fn threads(list: List, versions: &[Version], extracts: &[Listing]) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    // Which threads the extract before had, in its order.
    let mut listed: Vec<usize> = Vec::new();
    let mut before: Option<NaiveDate> = None;
    for extract in extracts.iter().filter(|extract| extract.lists.contains(&list.number())) {
        let on = extract.as_at;
        let since = before.unwrap_or(NaiveDate::MIN);
        let is_turn = |date: NaiveDate| since < date && date <= on;
        if versions.iter().any(|version| is_turn(version.from) || version.to.is_some_and(is_turn)) {
            listed = turn(&mut threads, &listed, (before, on), versions, &extract.windows);
        } else {
            for place in &listed {
                threads[*place].stay(on);
            }
        }
        before = Some(on);
    }
    let mut ordered = listed.clone();
    ordered.extend((0..threads.len()).filter(|place| !listed.contains(place)));
    ordered.into_iter().map(|place| threads[place].clone()).collect()
}

/// Takes an extract whose rows differ from those of the one before. Answers which threads it has, in its order.
fn turn(
    threads: &mut Vec<Thread>,
    listed: &[usize],
    (before, on): (Option<NaiveDate>, NaiveDate),
    versions: &[Version],
    windows: &Windows,
) -> Vec<usize> {
    let now = crate::change::rows_on(versions, on);
    let then: Vec<Row> = listed.iter().map(|place| threads[*place].row().clone()).collect();
    let pairs = before.map_or_else(Vec::new, |before| pairs(&then, &now, before));
    for (one, place) in listed.iter().enumerate() {
        if !pairs.iter().any(|(earlier, _)| *earlier == one) {
            let thread = &mut threads[*place];
            thread.gone = Some((on, gone(thread.row(), thread.last(), windows)));
        }
    }
    let mut places = Vec::with_capacity(now.len());
    for (other, row) in now.into_iter().enumerate() {
        let goes_on = pairs.iter().find(|(_, later)| *later == other).and_then(|(one, _)| listed.get(*one).copied());
        let comes_back = || {
            (0..threads.len()).find(|place| {
                threads[*place].gone.is_some() && !places.contains(place) && threads[*place].comes_back_as(&row)
            })
        };
        match goes_on.or_else(comes_back) {
            Some(place) => {
                threads[place].go_on(on, row);
                places.push(place);
            }
            None => {
                threads.push(Thread::begin(on, row));
                places.push(threads.len() - 1);
            }
        }
    }
    places
}
