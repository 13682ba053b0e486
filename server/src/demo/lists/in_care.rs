//! List 8: the latest period of care.

use super::super::calendar::{Day, NEVER};
use super::super::codes::{LOCATION, NEED_CARE, PLACEMENT, YES_NO, YES_NO_UNKNOWN, coded};
use super::super::county::COUNTY;
use super::super::lives::{Care, Life, OTHER_COUNCILS, Placement, count_between, latest};
use super::{Cell, Entry, Row, View};
use std::borrow::Cow;

impl<'w> View<'w> {
    /// The child's row of List 8, if in care now or in the last six months.
    pub(super) fn care(&self, life: &'w Life) -> Option<Row<'w>> {
        let child = &life.child;
        let care = life.care.iter().rev().find(|care| self.knows(child, Entry::Care, care.start))?;
        let ceased = self.knows(child, Entry::CareEnd, care.end);
        if ceased && care.end <= self.half_year {
            return None;
        }
        let again = life.care.iter().any(|other| other.end <= care.start && other.end > self.year);
        let (status_from, status) =
            care.legal.iter().rev().find(|(day, _)| *day <= self.as_at).or(care.legal.first())?;
        let unaccompanied = child.unaccompanied;
        let need = if child.need < 8 { child.need } else { 0 };
        let mut row = self.identity(child);
        row.push(YES_NO[usize::from(!unaccompanied)].into());
        row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
        row.push(self.as_entered(child, Entry::Care, care.start));
        row.push(NEED_CARE[usize::from(need)].into());
        row.push(YES_NO[usize::from(!again)].into());
        row.push(Cell::Date(*status_from));
        row.push((*status).into());
        self.oversight(life, care, &mut row);
        row.push(Cell::Count(self.placements_in_year(care)));
        row.push(ceased.then_some(care.end).into());
        row.push(ceased.then_some(care.reason).into());
        self.placement(life, care, &mut row)?;
        self.away(life, care, &mut row);
        self.held(life, care.end, &mut row);
        Some(row)
    }

    /// Review, visit, permanence, reviewing officer, health and teeth.
    fn oversight(&self, life: &'w Life, care: &Care, row: &mut Row<'w>) {
        let until = care.end.min(self.as_at);
        let review = latest(&care.reviews, until);
        let between_reviews = review.map(|day| {
            let later = day + 70 + self.percent(&life.child, Entry::Supervisor, day) as Day / 2;
            if later <= until && self.percent(&life.child, Entry::Review, day) < 55 { later } else { day }
        });
        row.push(review.into());
        row.push(self.last_visit(&life.visits, care.start, until).map(|visit| visit.day).into());
        row.push(care.permanence.filter(|(day, _)| *day <= until).map(|(_, plan)| plan).into());
        row.push(between_reviews.into());
        row.push(latest(&care.health, until).into());
        row.push(latest(&care.dental, until).into());
    }

    /// Placements in force at any time in the last twelve months.
    fn placements_in_year(&self, care: &Care) -> i64 {
        let ends = care.placements.iter().skip(1).map(|next| next.start).chain([care.end]);
        let until = care.end.min(self.as_at);
        care.placements.iter().zip(ends).filter(|(place, end)| place.start <= until && *end > self.year).count().max(1)
            as i64
    }

    fn placement(&self, life: &'w Life, care: &Care, row: &mut Row<'w>) -> Option<()> {
        let until = care.end.min(self.as_at);
        let known = |place: &&Placement| place.start <= until && self.knows(&life.child, Entry::Placement, place.start);
        let place = care.placements.iter().rev().find(known).or(care.placements.first())?;
        row.push(self.as_entered(&life.child, Entry::Placement, place.start.max(care.start)));
        row.push(self.kind_of(care, place).into());
        row.push(place.provider.into());
        row.push(Cell::Text(Cow::Owned(postcode(place))));
        let registered = ["K1", "K2", "S1", "H5", "R1"].iter().any(|kind| place.kind.contains(kind));
        row.push(if registered { Cell::Text(Cow::Owned(format!("SC9{:05}", place.number))) } else { Cell::Blank });
        row.push(LOCATION[usize::from(place.elsewhere.is_some())].into());
        row.push(place.elsewhere.map_or(COUNTY, |council| OTHER_COUNCILS[usize::from(council)]).into());
        Some(())
    }

    /// A foster home of a year's standing that is meant to last is a long-term one.
    fn kind_of(&self, care: &Care, place: &Placement) -> &'static str {
        let lasting =
            care.permanence.is_some_and(|(_, plan)| plan.starts_with("f)")) && place.start + 365 <= self.as_at;
        match place.kind {
            kind if lasting && kind.contains("U6:") => coded(&PLACEMENT, "U4"),
            kind if lasting && kind.contains("U3:") => coded(&PLACEMENT, "U1"),
            kind => kind,
        }
    }

    /// Missing and absent episodes in the last twelve months, and the interview after the last.
    fn away(&self, life: &'w Life, care: &Care, row: &mut Row<'w>) {
        let missing = count_between(care.missing.iter().copied(), self.year, self.as_at);
        row.push(Cell::Count(missing));
        row.push(Cell::Count(count_between(care.absent.iter().copied(), self.year, self.as_at)));
        let last = latest(&care.missing, self.as_at).filter(|_| missing > 0).unwrap_or(NEVER);
        let answer = self.percent(&life.child, Entry::Interview, last);
        let offered = if answer < 86 { 0 } else { 1 + usize::from(answer > 96) };
        row.push((missing > 0).then(|| YES_NO_UNKNOWN[offered]).into());
        let accepted = YES_NO_UNKNOWN[usize::from(answer >= 58)];
        row.push((missing > 0 && offered == 0).then_some(accepted).into());
    }
}

/// A postcode in an area that does not exist.
fn postcode(place: &Placement) -> String {
    let letter = |shift: u32| char::from(b'A' + (place.number / shift % 20) as u8);
    let area = place.elsewhere.map_or("WX", |council| ["QN", "QE", "QH", "QW", "QC", "QS"][usize::from(council)]);
    format!("{area}{} {}{}{}", 1 + place.number % 19, place.number % 10, letter(7), letter(131))
}
