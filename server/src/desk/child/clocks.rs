//! Clocks that run now, and what each measure says of the child.

use super::words;
use crate::desk::Links;
use crate::desk::standing::{self, Tab};
use crate::reading::Selection;
use app::data::{ClockRow, Link, MeasureSays, Standing};
use chrono::NaiveDate;
use domain::journey::Journey;
use domain::measures::{Context, Counting, Fact, Measure, Timing, measure};
use domain::record::List;

/// Clocks with a due date that run at the as-at date: late ones first, the latest of them on top, then as they fall due.
pub(super) fn running(facts: &[Fact], context: &Context<'_>, links: Links) -> Vec<ClockRow> {
    let mut running: Vec<(NaiveDate, &'static Measure, &Fact)> = facts
        .iter()
        .filter_map(|fact| Some((fact.due?, measure(fact.measure)?, fact)))
        .filter(|(due, measure, fact)| is_deadline(measure, fact, *due, context.as_at))
        .collect();
    running.sort_by_key(|(due, ..)| *due);
    running
        .into_iter()
        .map(|(due, measure, fact)| {
            let (state, standing) = state(measure, fact, context.as_at);
            ClockRow {
                measure: link(measure, links),
                start: words::date_or_dash(fact.start),
                due: words::date(due),
                days: words::days(measure, fact, context.calendar, context.standards),
                state: state.to_owned(),
                standing,
            }
        })
        .collect()
}

/// Whether passing the due day is what is wrong: not so where time is good news (long-term stability).
fn is_deadline(measure: &Measure, fact: &Fact, due: NaiveDate, as_at: NaiveDate) -> bool {
    measure.timing == Timing::AtDate && standing::is_bad(measure, Some(fact.numerator)) == (due < as_at)
}

/// The state of a clock in words. A limit (a plan of 18 months) is not late: it is past, near or kept.
fn state(measure: &Measure, fact: &Fact, as_at: NaiveDate) -> (&'static str, Standing) {
    let (state, standing) = standing::state(measure, fact, as_at);
    if state != "Yes" && state != "No" {
        return (state, standing);
    }
    match standing::tab_of_fact(measure, fact, as_at) {
        Tab::Act => ("Past the limit", Standing::Bad),
        Tab::Soon => ("Limit near", Standing::Near),
        Tab::Done => ("Within the limit", standing),
    }
}

/// One line for every unit in which a measure counts the child, in the order of the journey.
pub(super) fn says(facts: &[Fact], journey: &Journey, context: &Context<'_>, links: Links) -> Vec<MeasureSays> {
    let says = |fact: &Fact| {
        let measure = measure(fact.measure)?;
        let (state, standing) = match measure.counting {
            Counting::Units => standing::state(measure, fact, context.as_at),
            // The unit is the worker: of one of the children it says neither good nor bad.
            Counting::ChildrenPerWorker | Counting::WorkersAboveLimit => ("Counted", Standing::Neutral),
        };
        Some(MeasureSays {
            measure: link(measure, links),
            state: state.to_owned(),
            standing,
            detail: detail(measure, fact, journey, context),
        })
    };
    facts.iter().filter_map(says).collect()
}

/// "plan of 3 March 2026; due 3 November 2026; 12 working days (2 over)".
fn detail(measure: &Measure, fact: &Fact, journey: &Journey, context: &Context<'_>) -> String {
    if measure.counting != Counting::Units {
        return fact.worker.as_ref().map_or_else(String::new, |worker| format!("one of the children held by {worker}"));
    }
    let days = words::days(measure, fact, context.calendar, context.standards);
    let parts = [
        row_in_words(fact, journey),
        fact.due.map(|due| format!("due {}", words::date(due))),
        Some(days).filter(|days| !days.is_empty()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { measure.numerator_text(context.standards) } else { parts.join("; ") }
}

/// Which of the child's rows the unit is: "assessment of 3 March 2026". Nothing where the unit is the child.
pub(super) fn row_in_words(fact: &Fact, journey: &Journey) -> Option<String> {
    let at = usize::from(fact.position);
    let (what, date) = match List::from_number(fact.list)? {
        List::Contacts => ("contact", journey.contacts.get(at)?.contact_date),
        List::EarlyHelp => ("early help", journey.early_help.get(at)?.episode_start_date),
        List::Referrals => ("referral", journey.referrals.get(at)?.referral_date),
        List::Assessments => ("assessment", journey.assessments.get(at)?.assessment_start_date),
        List::Section47s => ("enquiry", journey.section_47s.get(at)?.strategy_discussion_date),
        List::ChildrenInNeed => ("period of need", journey.needs.get(at)?.cin_start_date),
        List::ProtectionPlans => ("plan", journey.protection_plans.get(at)?.cp_plan_start_date),
        List::ChildrenInCare => ("period of care", journey.care_periods.get(at)?.started_date),
        // List 9 has no date of its own, and adopters are no children.
        List::CareLeavers | List::Adopters => return None,
        List::Adoptions => ("adoption decision", journey.adoptions.get(at)?.decision_date),
    };
    Some(match date {
        Some(date) => format!("{what} of {}", words::date(date)),
        None => format!("{what} without a start date"),
    })
}

fn link(measure: &Measure, links: Links) -> Link {
    Link { text: measure.name.to_owned(), href: links.measure(measure.id, &Selection::default()) }
}

#[cfg(test)]
mod tests;
