//! Rules about what has happened to a child: again and again, or for too long.

use super::{Found, words};
use crate::calendar::{add_months, minus_months};
use crate::codes::{SHORT_BREAKS_AGREEMENTS, SHORT_BREAKS_EPISODES, YES, is};
use crate::journey::SoundJourney;
use crate::measures::{Context, looked_after};
use crate::record::CarePeriod;
use chrono::NaiveDate;

/// Something dated that happens to a child more than once, with the extract's own count of those in the 12 months before
/// the child's latest one.
type Event = (Option<NaiveDate>, Option<i64>);

/// Referrals in the 12 months up to the as-at date.
pub(super) fn referrals(journey: &SoundJourney, context: &Context<'_>, threshold: u32) -> Option<Found> {
    let events = journey.referrals.iter().map(|row| (row.referral_date, row.number_of_previous_referrals));
    in_a_year(events, context.as_at, threshold, ("referral", "referrals"))
}

/// Section 47 enquiries in the 12 months up to the as-at date.
pub(super) fn section_47s(journey: &SoundJourney, context: &Context<'_>, threshold: u32) -> Option<Found> {
    let events =
        journey.section_47s.iter().map(|row| (row.strategy_discussion_date, row.number_of_previous_section_47s));
    in_a_year(events, context.as_at, threshold, ("section 47 enquiry", "section 47 enquiries"))
}

/// Counts events from 12 months before the as-at date, that day included as REF-02 does, to the as-at date. An extract
/// may hold fewer rows than there were events, so the latest row's own count, and that row itself, count too: those are
/// in the 12 months up to that row.
fn in_a_year(
    events: impl Iterator<Item = Event>,
    as_at: NaiveDate,
    threshold: u32,
    name: (&str, &str),
) -> Option<Found> {
    let from = minus_months(as_at, 12);
    let mut dated: Vec<(NaiveDate, Option<i64>)> = events
        .filter_map(|(date, before)| Some((date?, before)))
        .filter(|(date, _)| from <= *date && *date <= as_at)
        .collect();
    // A stable sort keeps the sheet's order among equal dates: the latest is the first in the sheet of the last day.
    dated.sort_by_key(|(date, _)| *date);
    let latest = dated.last()?.0;
    let before_latest = dated.iter().find(|(date, _)| *date == latest).and_then(|(_, before)| *before);
    let by_rows = dated.len() as u64;
    let by_count = before_latest.and_then(|before| u64::try_from(before).ok()).map_or(0, |before| before + 1);
    let number = by_rows.max(by_count);
    // Since the event that made it so many, where the rows show it.
    let since = dated.get(threshold.saturating_sub(1) as usize).map_or(latest, |(date, _)| *date);
    let name = if number == 1 { name.0 } else { name.1 };
    (number >= u64::from(threshold))
        .then(|| Found { words: format!("{number} {name} in 12 months"), since: Some(since) })
}

/// An open plan of a child who had plans before.
pub(super) fn second_plan(journey: &SoundJourney, _: &Context<'_>, threshold: u32) -> Option<Found> {
    let again = journey.open_plans().filter_map(|plan| Some((plan.number_of_previous_plans?, plan.cp_plan_start_date)));
    let (earlier, since) = again.filter(|(earlier, _)| *earlier >= i64::from(threshold)).max()?;
    Some(Found { words: words::count(earlier, "earlier child protection plan"), since })
}

/// An open plan that has run for so many calendar months. A plan whose start is not known began long ago.
pub(super) fn long_plan(journey: &SoundJourney, context: &Context<'_>, threshold: u32) -> Option<Found> {
    let plan = journey.open_plans().min_by_key(|plan| plan.cp_plan_start_date)?;
    let Some(start) = plan.cp_plan_start_date else {
        let words = "on a child protection plan whose start is not recorded".to_owned();
        return Some(Found { words, since: None });
    };
    let since = add_months(start, threshold);
    (since <= context.as_at).then(|| {
        let months = words::count(completed_months(start, context.as_at), "month");
        Found { words: format!("on a child protection plan for {months}"), since: Some(since) }
    })
}

/// Calendar months complete at `day`: the most that, added to `start`, do not go past it.
pub(super) fn completed_months(start: NaiveDate, day: NaiveDate) -> u32 {
    (1..).take_while(|months| add_months(start, *months) <= day).last().unwrap_or(0)
}

/// A child looked after, short breaks apart, who was looked after before: the extract says so, or holds the earlier
/// periods, ended by the day the present one began.
pub(super) fn second_care(journey: &SoundJourney, context: &Context<'_>, threshold: u32) -> Option<Found> {
    Found::longest(looked_after(journey).filter_map(|(position, period)| {
        let until = period.started_date.unwrap_or(context.as_at);
        let is_earlier = |other: &CarePeriod| {
            let status = other.legal_status.as_ref();
            other.ceased_date.is_some_and(|ceased| ceased <= until)
                && !is(status, SHORT_BREAKS_EPISODES)
                && !is(status, SHORT_BREAKS_AGREEMENTS)
        };
        let rows = journey.care_periods.iter().enumerate();
        let on_record = 1 + rows.filter(|(other, row)| *other != position && is_earlier(row)).count() as u64;
        let second = is(period.second_period.as_ref(), YES);
        let words = if on_record >= u64::from(threshold) {
            format!("{} of care on record", words::count(on_record, "period"))
        } else if second && threshold <= 2 {
            "looked after for the second time or more in 12 months".to_owned()
        } else {
            return None;
        };
        Some(Found { words, since: period.started_date })
    }))
}

/// Placements in 12 months of a child looked after, as CLA-05 reads them. So many were counted by the day the present
/// placement began.
pub(super) fn placements(journey: &SoundJourney, _: &Context<'_>, threshold: u32) -> Option<Found> {
    Found::longest(looked_after(journey).filter_map(|(_, period)| {
        let number = period.number_of_placements.filter(|number| *number >= i64::from(threshold))?;
        let words = format!("{} in 12 months", words::count(number, "placement"));
        Some(Found { words, since: period.placement_start_date })
    }))
}

/// Episodes missing in 12 months of a child looked after, as MIS-01 reads them.
pub(super) fn missing(journey: &SoundJourney, _: &Context<'_>, threshold: u32) -> Option<Found> {
    let episodes = looked_after(journey).filter_map(|(_, period)| period.missing_episodes).max()?;
    (episodes >= i64::from(threshold)).then(|| Found {
        words: format!("missing from care {} in 12 months", words::count(episodes, "time")),
        since: None,
    })
}
