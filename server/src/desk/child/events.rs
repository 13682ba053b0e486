//! Every event of every list, as supplied: a date that cannot be right is shown and said to be so, never dropped.

mod care;
mod door;

use super::{text, words};
use app::data::EventRow;
use chrono::NaiveDate;
use domain::codes::{NO, YES, is};
use domain::journey::{Journey, JourneyProblem};
use domain::measures::Context;
use domain::names::Names;
use domain::record::{BadDateReason, Code, Held, List};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// The date as supplied.
    pub(super) date: Option<NaiveDate>,
    /// "Child protection plan began".
    pub(super) what: String,
    /// "Neglect; North Team 1, A Worker".
    pub(super) detail: String,
    /// Why the date is not what it seems.
    doubt: Option<&'static str>,
}

impl Event {
    /// The date, where it can be trusted and does not lie ahead.
    pub(super) fn trusted_date(&self) -> Option<NaiveDate> {
        self.date.filter(|_| self.doubt.is_none())
    }

    /// The event as the page shows it.
    pub(super) fn row(self) -> EventRow {
        let date = self.date.map_or_else(|| "date not recorded".to_owned(), words::date);
        EventRow {
            date: match self.doubt {
                Some(doubt) => format!("{date} ({doubt})"),
                None => date,
            },
            what: self.what,
            detail: self.detail,
        }
    }
}

/// Every event of a journey as supplied, oldest first; those without a date last.
pub(super) fn all(journey: &Journey, context: &Context<'_>) -> Vec<Event> {
    let bad = journey.bad_dates(context.as_at);
    let mut teller = Teller {
        names: context.names,
        as_at: context.as_at,
        bad: &bad,
        list: List::Contacts,
        position: 0,
        events: Vec::new(),
    };
    door::contacts(journey, &mut teller);
    door::early_help(journey, &mut teller);
    door::referrals(journey, &mut teller);
    door::assessments(journey, &mut teller);
    door::enquiries(journey, &mut teller);
    care::needs(journey, &mut teller);
    care::plans(journey, &mut teller);
    care::care_periods(journey, &mut teller);
    care::care_leavers(journey, &mut teller);
    care::adoptions(journey, &mut teller);
    let mut events = teller.events;
    // A stable sort keeps the order of the lists within a day, which is the order of the journey.
    events.sort_by_key(|event| (event.date.is_none(), event.date));
    events
}

/// Takes down the events of one row after another.
struct Teller<'a> {
    names: &'a Names,
    as_at: NaiveDate,
    bad: &'a [JourneyProblem],
    list: List,
    position: usize,
    events: Vec<Event>,
}

impl Teller<'_> {
    /// The row that the next events stand on.
    fn row(&mut self, list: List, position: usize) {
        (self.list, self.position) = (list, position);
    }

    /// What the row is about: shown without a date too. `column` is the date's official header.
    fn happened<const N: usize>(
        &mut self,
        column: &str,
        date: Option<NaiveDate>,
        what: &str,
        detail: [Option<String>; N],
    ) {
        let doubt = date.and_then(|date| self.doubt(column, date));
        let detail = detail.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        self.events.push(Event { date, what: what.to_owned(), detail, doubt });
    }

    /// What may follow: shown once it has a date.
    fn then<const N: usize>(&mut self, column: &str, date: Option<NaiveDate>, what: &str, detail: [Option<String>; N]) {
        if date.is_some() {
            self.happened(column, date, what, detail);
        }
    }

    fn doubt(&self, column: &str, date: NaiveDate) -> Option<&'static str> {
        let bad = self
            .bad
            .iter()
            .find(|bad| bad.list == self.list && bad.position == self.position && bad.bad.column == column);
        match bad.map(|bad| bad.bad.reason) {
            Some(BadDateReason::AfterAsAt) => Some("not trusted: after the as-at date"),
            Some(BadDateReason::AfterItsEnd) => Some("not trusted: after its own end"),
            None if date > self.as_at => Some("after the as-at date"),
            None => None,
        }
    }

    /// A coded value of the row in words.
    fn text(&self, header: &str, code: Option<&Code>) -> Option<String> {
        text(self.list, header, code)
    }

    /// "North Team 1, A Worker".
    fn held(&self, held: &Held) -> Option<String> {
        let team = held.team.as_ref().map(|team| self.names.team(team));
        let worker = held.worker.as_ref().map(|worker| self.names.worker(worker));
        match (team, worker) {
            (Some(team), Some(worker)) => Some(format!("{team}, {worker}")),
            (Some(name), None) | (None, Some(name)) => Some(name.to_string()),
            (None, None) => None,
        }
    }
}

/// One text for yes, one for no, none where it is not known.
fn either(code: Option<&Code>, yes: &str, no: &str) -> Option<String> {
    if is(code, YES) {
        Some(yes.to_owned())
    } else if is(code, NO) {
        Some(no.to_owned())
    } else {
        None
    }
}

/// "2 earlier referrals in 12 months"; nothing for none.
fn earlier(number: Option<i64>, one: &str, many: &str) -> Option<String> {
    let number = u64::try_from(number?).ok().filter(|number| *number > 0)?;
    Some(words::count(number, one, many))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::WorkingDays;
    use domain::measures::{Period, Supplied};
    use domain::record::{Contact, Need, ProtectionPlan};
    use domain::standards::Standards;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn told(journey: &Journey) -> Vec<(String, String)> {
        let as_at = day("2026-10-30");
        let context = Context {
            as_at,
            period: Period::up_to(as_at),
            standards: &Standards::default(),
            calendar: &WorkingDays::england(),
            names: &Names::default(),
            supplied: &Supplied::default(),
        };
        all(journey, &context).into_iter().map(Event::row).map(|row| (row.date, row.what)).collect()
    }

    #[test]
    fn events_of_all_lists_stand_oldest_first_and_undated_ones_last() {
        let journey = Journey {
            contacts: vec![Contact::default(), Contact { contact_date: Some(day("2026-02-01")), ..Contact::default() }],
            needs: vec![Need { cin_start_date: Some(day("2026-01-05")), ..Need::default() }],
            ..Journey::default()
        };
        assert_eq!(
            told(&journey),
            [
                ("5 January 2026".to_owned(), "Period of need began".to_owned()),
                ("1 February 2026".to_owned(), "Contact received".to_owned()),
                ("date not recorded".to_owned(), "Contact received".to_owned()),
            ]
        );
    }

    #[test]
    fn a_date_that_cannot_be_right_is_shown_and_said_not_to_be_trusted() {
        let journey = Journey {
            protection_plans: vec![ProtectionPlan {
                cp_plan_start_date: Some(day("2026-05-01")),
                cp_plan_end_date: Some(day("2026-04-01")),
                last_visit_date: Some(day("2027-01-01")),
                ..ProtectionPlan::default()
            }],
            ..Journey::default()
        };
        let dates: Vec<String> = told(&journey).into_iter().map(|(date, _)| date).collect();
        assert_eq!(
            dates,
            [
                "1 April 2026",
                "1 May 2026 (not trusted: after its own end)",
                "1 January 2027 (not trusted: after the as-at date)",
            ]
        );
    }

    #[test]
    fn a_date_that_lies_ahead_is_said_to() {
        let journey = Journey {
            contacts: vec![Contact { contact_date: Some(day("2026-11-01")), ..Contact::default() }],
            ..Journey::default()
        };
        assert_eq!(told(&journey)[0].0, "1 November 2026 (after the as-at date)");
    }
}
