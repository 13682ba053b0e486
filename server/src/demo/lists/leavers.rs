//! List 9: care leavers, in the newer layout.

use super::super::calendar::age_at;
use super::super::codes::{
    ACCOMMODATION, ACTIVITY, ELIGIBILITY, GENDER_LEAVER, IN_TOUCH, SUITABILITY, YES_NO, YES_NO_UNKNOWN,
};
use super::super::county::TEAMS;
use super::super::lives::{Leaver, Life, latest};
use super::{Cell, Entry, Row, View};

/// Where "no" stands in the list of being in touch.
const NOT_IN_TOUCH: usize = 1;
/// Where "residence not known" stands in the accommodation list.
const NOT_KNOWN: usize = 7;

impl<'w> View<'w> {
    /// The young person's row, while leaving care services last.
    pub(super) fn leaver(&self, life: &'w Life) -> Option<Row<'w>> {
        let leaver = life.leaver.as_deref()?;
        if leaver.from > self.as_at || leaver.until <= self.as_at {
            return None;
        }
        let child = &life.child;
        let lost = leaver.out_of_touch.iter().find(|(day, again)| (*day..*again).contains(&self.as_at));
        let declined = leaver.declined.filter(|(day, _)| *day <= self.as_at);
        let in_touch = lost.map_or(declined.map_or(0, |(_, reason)| usize::from(reason)), |_| NOT_IN_TOUCH);
        let heard = lost.map_or(self.as_at, |(day, _)| *day);
        let mut row = self.identity(child);
        row[1] = GENDER_LEAVER[usize::from(child.gender)].into();
        row.push(YES_NO[usize::from(!child.unaccompanied)].into());
        row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
        row.push(TEAMS[usize::from(leaver.team)].name.into());
        // The worker is the personal adviser.
        row.extend([self.worker(leaver.worker, self.as_at), self.worker(leaver.worker, self.as_at)]);
        row.push(ELIGIBILITY[self.eligibility(life, leaver)].into());
        row.push(latest(&leaver.reviews, heard).into());
        row.push(IN_TOUCH[in_touch].into());
        row.push(self.last_visit(&leaver.contacts, leaver.from, heard).map(|contact| contact.day).into());
        self.circumstances(leaver, in_touch, &mut row);
        Some(row)
    }

    fn eligibility(&self, life: &Life, leaver: &Leaver) -> usize {
        if age_at(life.child.birth, self.as_at) < 18 {
            0
        } else if self.percent(&life.child, Entry::Eligibility, leaver.from) < 91 {
            1
        } else {
            2
        }
    }

    fn circumstances(&self, leaver: &Leaver, in_touch: usize, row: &mut Row<'w>) {
        let home = leaver.accommodation.iter().rev().find(|(day, ..)| *day <= self.as_at);
        let activity = leaver.activity.iter().rev().find(|(day, _)| *day <= self.as_at);
        match in_touch {
            // Where and what is not known.
            NOT_IN_TOUCH => row.extend([ACCOMMODATION[NOT_KNOWN].into(), Cell::Blank, Cell::Blank]),
            _ => {
                row.push(home.map(|(_, kind, _)| ACCOMMODATION[usize::from(*kind)]).into());
                row.push(home.map(|(_, _, suitable)| SUITABILITY[usize::from(!suitable)]).into());
                row.push(activity.map(|(_, kind)| ACTIVITY[usize::from(*kind)]).into());
            }
        }
    }
}
