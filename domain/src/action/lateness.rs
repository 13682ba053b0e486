//! How late an action is, and who is told. Working days: weekends and bank holidays do not make late.

use super::state::{Action, State};
use crate::calendar::WorkingDays;
use crate::standards::Standards;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Working days after `due`, up to and including `today`; 0 up to the due day itself.
#[must_use]
pub fn working_days_late(due: NaiveDate, today: NaiveDate, calendar: &WorkingDays) -> u32 {
    u32::try_from(calendar.elapsed(due, today)).unwrap_or(0)
}

/// The day before which an open action was due where it is late today. No action due on it or later is late: what was
/// due on a Friday is late from Monday on, and not on the Saturday.
#[must_use]
pub fn late_when_due_before(today: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
    let mut day = today;
    while let Some(before) = day.pred_opt().filter(|before| working_days_late(*before, today, calendar) == 0) {
        day = before;
    }
    day
}

/// How far back an action is looked for that is late by a few working days (calendar days).
const FARTHEST: u64 = 400;

/// The last due day of what is late by at least so many working days today; `None` where no day of the last year is.
#[must_use]
pub fn due_when_late(days: u32, today: NaiveDate, calendar: &WorkingDays) -> Option<NaiveDate> {
    let so_late = |due: &NaiveDate| working_days_late(*due, today, calendar) >= days;
    (0..FARTHEST).filter_map(|back| today.checked_sub_days(Days::new(back))).find(so_late)
}

/// How far a late action has risen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escalation {
    /// The accountable Head of Service is told.
    HeadOfService,
    /// The Director is told.
    Director,
    /// It stands on the agenda of the Director's next surgery.
    Agenda,
}

/// The highest step that so many working days have reached; `None` for none. A step whose standard is 0 is off.
#[must_use]
pub fn escalation(late: u32, standards: &Standards) -> Option<Escalation> {
    [
        (Escalation::Agenda, standards.action_late_agenda_working_days),
        (Escalation::Director, standards.action_late_director_working_days),
        (Escalation::HeadOfService, standards.action_late_head_of_service_working_days),
    ]
    .into_iter()
    .find(|(_, from)| *from > 0 && late >= *from)
    .map(|(step, _)| step)
}

impl Action {
    /// Working days late. Only what is open is late: once reported, it waits for another.
    #[must_use]
    pub fn working_days_late(&self, today: NaiveDate, calendar: &WorkingDays) -> u32 {
        if self.state == State::Open { working_days_late(self.due, today, calendar) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_bank_holidays_make_nothing_late() {
        let calendar = WorkingDays::england();
        // Good Friday 2026 is 3 April, Easter Monday 6 April.
        for (today, late) in [
            ("2026-04-01", 0),
            ("2026-04-02", 0),
            ("2026-04-03", 0),
            ("2026-04-06", 0),
            ("2026-04-07", 1),
            ("2026-04-08", 2),
        ] {
            assert_eq!(working_days_late(day("2026-04-02"), day(today), &calendar), late, "{today}");
        }
    }

    #[test]
    fn what_is_looked_for_as_late_is_what_is_late_by_a_working_day() {
        let calendar = WorkingDays::england();
        // Thursday 2 April 2026 to Thursday 9 April, with Easter between.
        for today in day("2026-03-30").iter_days().take(14) {
            let before = late_when_due_before(today, &calendar);
            for due in day("2026-03-20").iter_days().take(30) {
                assert_eq!(due < before, working_days_late(due, today, &calendar) > 0, "{due} on {today}");
            }
        }
        assert_eq!(late_when_due_before(day("2026-04-02"), &calendar), day("2026-04-02"));
        assert_eq!(late_when_due_before(day("2026-04-06"), &calendar), day("2026-04-02"));
    }

    #[test]
    fn what_is_late_by_so_many_days_was_due_on_that_day_or_before() {
        let calendar = WorkingDays::england();
        for days in 0..15 {
            let today = day("2026-04-09");
            let due = due_when_late(days, today, &calendar).unwrap();
            assert!(working_days_late(due, today, &calendar) >= days, "{days}");
            assert!(working_days_late(due.succ_opt().unwrap(), today, &calendar) < days || days == 0, "{days}");
        }
    }

    #[test]
    fn one_five_and_ten_working_days_are_the_steps() {
        let standards = Standards::default();
        for (late, step) in [
            (0, None),
            (1, Some(Escalation::HeadOfService)),
            (4, Some(Escalation::HeadOfService)),
            (5, Some(Escalation::Director)),
            (9, Some(Escalation::Director)),
            (10, Some(Escalation::Agenda)),
            (99, Some(Escalation::Agenda)),
        ] {
            assert_eq!(escalation(late, &standards), step, "{late}");
        }
    }

    #[test]
    fn the_steps_are_standards_and_nought_switches_one_off() {
        let mut standards = Standards::default();
        standards.set("action_late_agenda_working_days", "0").unwrap();
        standards.set("action_late_director_working_days", "3").unwrap();
        assert_eq!(escalation(3, &standards), Some(Escalation::Director));
        assert_eq!(escalation(30, &standards), Some(Escalation::Director));
    }
}
