//! Rules about what the service has not done. Each takes over the reading of a measure, so that the register and the
//! list behind the figure never disagree.

use super::cases::{self, Unseen};
use super::{Found, words};
use crate::calendar::add_days;
use crate::journey::SoundJourney;
use crate::measures::{Context, Fact, evaluate_one, measure};
use chrono::NaiveDate;

/// The facts of a measure about one child.
fn facts(id: &str, journey: &SoundJourney, context: &Context<'_>) -> Vec<Fact> {
    measure(id).map(|measure| evaluate_one(measure, journey, context)).unwrap_or_default()
}

/// The first day past the due day.
fn first_late_day(fact: &Fact) -> Option<NaiveDate> {
    fact.due.map(|due| add_days(due, 1))
}

/// Working days counted against a standard; `unknown` where the start is not recorded.
fn overdue(
    id: &str,
    journey: &SoundJourney,
    context: &Context<'_>,
    say: impl Fn(&str) -> String,
    unknown: &str,
) -> Option<Found> {
    let late = facts(id, journey, context).into_iter().filter(|fact| fact.numerator);
    Found::longest(late.map(|fact| Found {
        words: fact.days.map_or_else(|| unknown.to_owned(), |days| say(&words::count(days, "working day"))),
        since: first_late_day(&fact),
    }))
}

/// An assessment past its time, as ASM-02 reads it.
pub(super) fn assessment_overdue(journey: &SoundJourney, context: &Context<'_>, _: u32) -> Option<Found> {
    let standard = context.standards.assessment_working_days;
    let say = |days: &str| format!("assessment open for {days}, against a standard of {standard}");
    overdue("ASM-02", journey, context, say, "assessment open whose start is not recorded")
}

/// An initial conference past its time, as S47-02 reads it.
pub(super) fn conference_overdue(journey: &SoundJourney, context: &Context<'_>, _: u32) -> Option<Found> {
    let standard = context.standards.icpc_working_days;
    let say = |days: &str| format!("initial conference awaited for {days}, against a standard of {standard}");
    overdue("S47-02", journey, context, say, "initial conference awaited since a day that is not recorded")
}

/// Without a real worker, as ALL-01 reads it.
pub(super) fn unallocated(journey: &SoundJourney, context: &Context<'_>, _: u32) -> Option<Found> {
    facts("ALL-01", journey, context)
        .iter()
        .any(|fact| !fact.numerator)
        .then(|| Found { words: "open without an allocated worker".to_owned(), since: None })
}

/// Not seen within the limit, as DOR-01 reads it. Calendar days.
pub(super) fn dormant(journey: &SoundJourney, context: &Context<'_>, _: u32) -> Option<Found> {
    let days = |since: NaiveDate| words::count((context.as_at - since).num_days(), "day");
    Found::longest(cases::dormant(journey, context).into_iter().map(|case| {
        let words = match case.unseen {
            Unseen::SinceSeen(seen) => format!("in need and not seen for {}", days(seen)),
            Unseen::SinceNeedBegan(began) => format!("in need and not seen since the need began {} ago", days(began)),
            Unseen::NotRecorded => "in need and not recorded as seen, nor when the need began".to_owned(),
        };
        Found { words, since: first_late_day(&case.fact) }
    }))
}

/// A kind of visit: its measure, and how its rows say when the child was last visited and when the spell began.
struct Visits {
    measure: &'static str,
    name: &'static str,
    began: &'static str,
    dates: fn(&SoundJourney, usize) -> Option<VisitDates>,
}

/// What one row says.
struct VisitDates {
    visited: Option<NaiveDate>,
    began: Option<NaiveDate>,
}

const VISITS: [Visits; 3] = [
    Visits {
        measure: "CPP-01",
        name: "child protection visit",
        began: "the plan began",
        dates: |journey, position| {
            let row = journey.protection_plans.get(position)?;
            Some(VisitDates { visited: row.last_visit_date, began: row.cp_plan_start_date })
        },
    },
    Visits {
        measure: "CLA-01",
        name: "visit to the child in care",
        began: "the care began",
        dates: |journey, position| {
            let row = journey.care_periods.get(position)?;
            Some(VisitDates { visited: row.last_visit_date, began: row.started_date })
        },
    },
    Visits {
        measure: "CIN-01",
        name: "child in need visit",
        began: "the need began",
        dates: |journey, position| {
            let row = journey.needs.get(position)?;
            Some(VisitDates { visited: row.last_seen_date, began: row.cin_start_date })
        },
    },
];

/// Units of a kind of visit that are late, and what their rows say. A spell that began within the first limit of all
/// (the week that a child's first visit in care may take) gives no reason, even where its clock is not recorded: nobody
/// stands on the register for having been opened this week.
fn late_visits(visits: &Visits, journey: &SoundJourney, context: &Context<'_>) -> Vec<(Fact, VisitDates)> {
    let late = facts(visits.measure, journey, context).into_iter().filter(|fact| !fact.numerator);
    late.filter_map(|fact| {
        let dates = (visits.dates)(journey, usize::from(fact.position))?;
        let first = context.standards.cla_first_visit_days;
        let is_new = dates.began.is_some_and(|began| context.as_at <= add_days(began, first));
        (fact.start.is_some() || !is_new).then_some((fact, dates))
    })
    .collect()
}

/// A visit that is late where none is recorded. A plan so new that no visit is late yet is no reason.
pub(super) fn no_visit(journey: &SoundJourney, context: &Context<'_>, _: u32) -> Option<Found> {
    Found::longest(VISITS.iter().flat_map(|visits| {
        let late = late_visits(visits, journey, context).into_iter();
        late.filter(|(_, dates)| dates.visited.is_none()).map(|(fact, dates)| Found {
            words: if dates.began.is_some() {
                format!("no {} recorded since {}", visits.name, visits.began)
            } else {
                format!("no {} recorded, nor when {}", visits.name, visits.began)
            },
            since: first_late_day(&fact),
        })
    }))
}

/// A visit recorded so long ago that so many times its standard have gone by. Where the clock's start is not known it
/// cannot be told, and the measure's own list has the child.
pub(super) fn visit_overdue(journey: &SoundJourney, context: &Context<'_>, times: u32) -> Option<Found> {
    Found::longest(VISITS.iter().flat_map(|visits| {
        let late = late_visits(visits, journey, context).into_iter();
        late.filter(|(_, dates)| dates.visited.is_some()).filter_map(|(fact, _)| {
            let overdue = times_over(visits, &fact, context, times)?;
            let words = format!("no {} for {}", visits.name, overdue.run);
            (overdue.limit < context.as_at).then(|| Found {
                words: format!("{words}, against a standard of {}", overdue.standard),
                since: Some(add_days(overdue.limit, 1)),
            })
        })
    }))
}

/// A clock let run several times over.
struct Overdue {
    /// The last day within so many times the standard.
    limit: NaiveDate,
    /// What has run.
    run: String,
    /// The standard, in the same days.
    standard: u32,
}

/// Working days for plans and children in need, calendar days for children in care, as their measures count.
fn times_over(visits: &Visits, fact: &Fact, context: &Context<'_>, times: u32) -> Option<Overdue> {
    let (start, due) = (fact.start?, fact.due?);
    let working_days = match visits.measure {
        "CPP-01" => Some(context.standards.cp_visit_working_days),
        "CIN-01" => Some(context.standards.cin_visit_working_days),
        _ => None,
    };
    Some(match working_days {
        Some(standard) => Overdue {
            limit: context.calendar.due(start, standard.saturating_mul(times)),
            run: words::count(context.calendar.elapsed(start, context.as_at), "working day"),
            standard,
        },
        None => {
            let standard = u32::try_from((due - start).num_days()).ok()?;
            Overdue {
                limit: add_days(start, standard.saturating_mul(times)),
                run: words::count((context.as_at - start).num_days(), "day"),
                standard,
            }
        }
    })
}
