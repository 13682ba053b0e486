//! Every event of every list from every extract, as supplied: a date that cannot be right is shown and said to be so, never
//! dropped, and what the extract itself does not list says from which one it is known.

mod care;
mod door;

use super::{text, words};
use app::data::EventRow;
use chrono::NaiveDate;
use domain::codes::{NO, YES, is};
use domain::history::{History, PastDate, Source};
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
    /// The official header of the date's column.
    column: String,
    /// Where the row is known from.
    source: Source,
}

impl Event {
    /// The date, where it can be trusted and does not lie ahead.
    pub(super) fn trusted_date(&self) -> Option<NaiveDate> {
        self.date.filter(|_| self.doubt.is_none() && self.source.is_true())
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
            detail: [Some(self.detail).filter(|detail| !detail.is_empty()), known_from(self.source)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(". "),
        }
    }
}

/// "Known from the extract as at 30 January 2026"; nothing for what the extract lists.
fn known_from(source: Source) -> Option<String> {
    match source {
        Source::Listed => None,
        Source::Known(last) => Some(format!("Known from the extract as at {}", words::date(last))),
        Source::EndNotKnown { last, since } => Some(format!(
            "Known from the extract as at {}, no longer listed since that as at {}: its end is not known",
            words::date(last),
            words::date(since)
        )),
        Source::NoLongerListed { last, since } => Some(format!(
            "No longer listed since the extract as at {}, last listed as at {}: not counted as time",
            words::date(since),
            words::date(last)
        )),
    }
}

/// Every event of a child's history as supplied, oldest first; those without a date last.
pub(super) fn all(history: &History, context: &Context<'_>) -> Vec<Event> {
    let source = |list, position| history.source(list, position);
    let mut events = of_journey(&history.journey, context.names, context.as_at, &source);
    events.extend(history.past.iter().filter_map(|past| earlier_date(past, context)));
    // A stable sort keeps the order of the lists within a day, which is the order of the journey.
    events.sort_by_key(|event| (event.date.is_none(), event.date));
    events
}

/// An earlier date of a column that holds the latest one: "Child protection visit", not the last one.
fn earlier_date(past: &PastDate, context: &Context<'_>) -> Option<Event> {
    let as_at = past.source.last().unwrap_or(context.as_at);
    let events = of_journey(&past.journey, context.names, as_at, &|_, _| past.source);
    let event = events.into_iter().find(|event| event.column == past.field.header && event.date == Some(past.date))?;
    let mut what = event.what.replace(" last seen ", " seen ");
    for latest in ["Last ", "Latest ", "Current "] {
        if let Some(rest) = what.strip_prefix(latest) {
            what = words::sentence(rest);
        }
    }
    Some(Event { what, ..event })
}

/// The events of the rows of a journey, list by list.
fn of_journey(
    journey: &Journey,
    names: &Names,
    as_at: NaiveDate,
    source: &dyn Fn(List, usize) -> Source,
) -> Vec<Event> {
    let bad = journey.bad_dates(as_at);
    let mut teller = Teller {
        names,
        as_at,
        bad: &bad,
        list: List::Contacts,
        position: 0,
        source_of: source,
        source: Source::Listed,
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
    teller.events
}

/// Takes down the events of one row after another.
struct Teller<'a> {
    names: &'a Names,
    as_at: NaiveDate,
    bad: &'a [JourneyProblem],
    list: List,
    position: usize,
    source_of: &'a dyn Fn(List, usize) -> Source,
    /// Of the row.
    source: Source,
    events: Vec<Event>,
}

impl Teller<'_> {
    /// The row that the next events stand on.
    fn row(&mut self, list: List, position: usize) {
        (self.list, self.position) = (list, position);
        self.source = (self.source_of)(list, position);
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
        let (what, column, source) = (what.to_owned(), column.to_owned(), self.source);
        self.events.push(Event { date, what, detail, doubt, column, source });
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
            None if self.source.last().is_some_and(|last| date > last) => {
                Some("after the extract that it is known from")
            }
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
        all(&journey.clone().into(), &context).into_iter().map(Event::row).map(|row| (row.date, row.what)).collect()
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

    #[test]
    fn what_the_extract_does_not_list_says_from_where_it_is_known() {
        let (last, since) = (day("2026-01-30"), day("2026-02-27"));
        let detail = |source, detail: &str| {
            let (date, what, column) = (Some(day("2026-01-05")), "Contact received".to_owned(), String::new());
            Event { date, what, detail: detail.to_owned(), doubt: None, column, source }.row().detail
        };
        assert_eq!(detail(Source::Listed, "Police"), "Police");
        assert_eq!(detail(Source::Known(last), "Police"), "Police. Known from the extract as at 30 January 2026");
        assert_eq!(detail(Source::Known(last), ""), "Known from the extract as at 30 January 2026");
        assert_eq!(
            detail(Source::NoLongerListed { last, since }, ""),
            "No longer listed since the extract as at 27 February 2026, last listed as at 30 January 2026: not counted as \
             time"
        );
    }
}
