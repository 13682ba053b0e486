//! The front door: contacts and referrals.

use super::clock::Limit;
use super::{Clock, Context, Counting, Emit, Group, Measure, Polarity, Timing, latest, needs};
use crate::benchmarks::Benchmark;
use crate::calendar::minus_months;
use crate::codes::{self, YES};
use crate::journey::SoundJourney;
use crate::record::List;

const REFERRAL_DATE: &str = "Date of referral";

/// Contacts that become referrals.
pub(super) const CON_01: Measure = Measure {
    id: "CON-01",
    name: "Contacts that become referrals",
    group: Group::FrontDoor,
    denominator: "contacts received in the period",
    numerator: "followed by a referral of the child within {contact_referral_working_days} working days",
    meaning: "Shows how many contacts are judged to need social care. A very low share can mean that partners are unsure \
              when to call; a very high one that only the clearest cases reach the service. Neither is good or bad alone.",
    source: "Local standard; Ofsted Annex A, Lists 1 and 3",
    polarity: Polarity::Neutral,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Contacts, &["Date of Contact"]), needs(List::Referrals, &[REFERRAL_DATE])],
    standards: &["contact_referral_working_days"],
    target: None,
    benchmark: None,
    facts: contacts_that_become_referrals,
};

/// Re-referrals within 12 months.
pub(super) const REF_02: Measure = Measure {
    id: "REF-02",
    name: "Re-referrals within 12 months",
    group: Group::FrontDoor,
    denominator: "referrals received in the period",
    numerator: "that follow an earlier referral of the child within 12 months",
    meaning: "A child referred again soon after may have been closed too early or not helped enough the first time. The \
              answer lies in the earlier closure: was the risk understood, and did anyone stay with the family?",
    source: "DfE children in need statistics, table C1; CIN census guide 2023-24, 4.2; Ofsted Annex A, List 3",
    polarity: Polarity::Low,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Referrals, &[REFERRAL_DATE, "Number of Referrals in Last 12 Months"])],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::ReReferrals),
    facts: re_referrals,
};

/// Referrals with no further action.
pub(super) const REF_03: Measure = Measure {
    id: "REF-03",
    name: "Referrals with no further action",
    group: Group::FrontDoor,
    denominator: "referrals received in the period",
    numerator: "closed with no further action after first consideration",
    meaning: "Context for the front door. Many such referrals suggest that the threshold is not shared with partners; none \
              at all suggests that families are drawn in who could be helped elsewhere.",
    source: "DfE children in need statistics, table C1; CIN census guide 2023-24, 4.3; Ofsted Annex A, List 3",
    polarity: Polarity::Neutral,
    timing: Timing::InPeriod,
    carries_over: false,
    counting: Counting::Units,
    needs: &[needs(List::Referrals, &[REFERRAL_DATE, "Referral NFA?"])],
    standards: &[],
    target: None,
    benchmark: Some(Benchmark::ReferralsNoFurtherAction),
    facts: referrals_with_no_further_action,
};

fn contacts_that_become_referrals(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, contact) in journey.contacts.iter().enumerate() {
        let Some(date) = context.in_period(contact.contact_date) else { continue };
        let limit = Limit::working_days(date, context.standards.contact_referral_working_days, context.calendar);
        let first =
            journey.referrals.iter().filter_map(|row| row.referral_date).filter(|referral| *referral >= date).min();
        let clock = limit.clock(first.unwrap_or(context.as_at), context.calendar);
        emit.row_of_child(List::Contacts, position, first.is_some_and(|referral| limit.allows(referral)), clock);
    }
}

fn re_referrals(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    let latest = latest(&journey.referrals, |row| row.referral_date);
    for (position, referral) in journey.referrals.iter().enumerate() {
        let Some(date) = context.in_period(referral.referral_date) else { continue };
        let since = minus_months(date, 12);
        let follows_another = journey
            .referrals
            .iter()
            .filter_map(|row| row.referral_date)
            .any(|earlier| since <= earlier && earlier < date);
        let says_so =
            latest == Some(position) && referral.number_of_previous_referrals.is_some_and(|number| number >= 1);
        emit.row(List::Referrals, position, &referral.held, follows_another || says_so, Clock::default());
    }
}

fn referrals_with_no_further_action(journey: &SoundJourney, context: &Context<'_>, emit: &mut Emit<'_>) {
    for (position, referral) in journey.referrals.iter().enumerate() {
        if context.period.has(referral.referral_date) {
            let closed = codes::is(referral.referral_nfa.as_ref(), YES);
            emit.row(List::Referrals, position, &referral.held, closed, Clock::default());
        }
    }
}
