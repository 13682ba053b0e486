//! Cases that may be ready to close. A question for the manager, and no verdict: only who knows the child can say.

use super::history::completed_months;
use super::words;
use crate::calendar::{add_days, add_months, minus_months};
use crate::codes::{CHILD_IN_NEED_PLAN, NO, YES, is};
use crate::journey::SoundJourney;
use crate::measures::{Context, Needs, needs};
use crate::record::{List, Need};
use chrono::NaiveDate;
use std::sync::Arc;

/// A case to ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyToClose {
    /// The child.
    pub child_id: Arc<str>,
    /// The child's current team as shown.
    pub team: Option<Arc<str>>,
    /// The child's current worker as shown.
    pub worker: Option<Arc<str>>,
    /// Since when the child has been in need.
    pub open_since: NaiveDate,
    /// When the child was last seen.
    pub last_seen: NaiveDate,
    /// The question, with its grounds.
    pub question: String,
}

/// Without these nobody can say that nothing else is going on.
const NEEDS: &[Needs] = &[
    needs(List::Contacts, &["Date of Contact"]),
    needs(List::Referrals, &["Date of referral"]),
    needs(List::Assessments, &["Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"]),
    needs(
        List::Section47s,
        &[
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Was an Initial Child Protection Conference deemed unnecessary?",
            "Date of Initial Child Protection Conference",
        ],
    ),
    needs(
        List::ChildrenInNeed,
        &[
            "Does the Child have a Disability",
            "CIN Start Date",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Case status",
        ],
    ),
    needs(List::ProtectionPlans, &["Child Protection Plan Start Date", "Child Protection Plan End Date"]),
    needs(List::ChildrenInCare, &["Date Started to be Looked After", "Date Ceased to be Looked After"]),
];

/// The child where its case may be ready to close: a child in need plan, open for `closure_need_months` calendar months
/// or more, of a child without a disability who was seen in the last `closure_seen_days` calendar days; no plan, no care,
/// no assessment open and no conference awaited; and no contact, referral or section 47 enquiry in the last
/// `closure_quiet_months` calendar months. What is not known is never taken for good: a blank start, a blank last seen
/// or a list that was not supplied asks nothing.
///
/// Source: local; the papers ask for a review of cases fit for closure or for stepping down to early help.
#[must_use]
pub fn ready_to_close(journey: &SoundJourney, context: &Context<'_>) -> Option<ReadyToClose> {
    let standards = context.standards;
    if standards.closure_need_months == 0 || has_more_going_on(journey, context) {
        return None;
    }
    let spells: Option<Vec<_>> = journey.open_needs().map(|need| settled(need, context)).collect();
    let (open_since, last_seen) = spells?.into_iter().min()?;
    if !context.supplied.satisfies(NEEDS) {
        return None;
    }
    let holder = journey.current_holder(context.names, standards);
    let question = format!(
        "In need for {}, last seen {} ago, nothing new for {}. What still keeps this case open?",
        words::count(completed_months(open_since, context.as_at), "month"),
        words::count((context.as_at - last_seen).num_days(), "day"),
        words::count(standards.closure_quiet_months, "month"),
    );
    Some(ReadyToClose {
        child_id: Arc::clone(&journey.child_id),
        team: holder.team.as_deref().map(|team| context.names.team(team)),
        worker: holder.worker.as_deref().map(|worker| context.names.worker(worker)),
        open_since,
        last_seen,
        question,
    })
}

/// Start and last seen of a period of need in which nothing stands against closing.
fn settled(need: &Need, context: &Context<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let standards = context.standards;
    let start =
        need.cin_start_date.filter(|start| add_months(*start, standards.closure_need_months) <= context.as_at)?;
    let seen = need.last_seen_date.filter(|seen| context.as_at <= add_days(*seen, standards.closure_seen_days))?;
    let is_a_plan = is(need.case_status.as_ref(), CHILD_IN_NEED_PLAN);
    (is_a_plan && !is(need.person.disability.as_ref(), YES)).then_some((start, seen))
}

/// Whether the child has more than a period of need, or had something new.
fn has_more_going_on(journey: &SoundJourney, context: &Context<'_>) -> bool {
    let quiet_since = minus_months(context.as_at, context.standards.closure_quiet_months);
    let is_new = |date: Option<NaiveDate>| date.is_some_and(|date| date >= quiet_since);
    let awaits_a_conference = journey.section_47s.iter().any(|enquiry| {
        let is_held = enquiry.icpc_date.is_some_and(|date| date <= context.as_at);
        is(enquiry.icpc_unnecessary.as_ref(), NO) && !is_held
    });
    journey.open_plans().next().is_some()
        || journey.open_care_periods().next().is_some()
        || journey.assessments.iter().any(|row| journey.has_open(row.assessment_start_date, row.assessment_auth_date))
        || awaits_a_conference
        || journey.contacts.iter().any(|row| is_new(row.contact_date))
        || journey.referrals.iter().any(|row| is_new(row.referral_date))
        || journey.section_47s.iter().any(|row| is_new(row.strategy_discussion_date))
}
