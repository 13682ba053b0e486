//! How long the child has been in each stage, and in the system: a child waits in the whole journey, not in a stage.

use super::about::is_short_breaks;
use super::events::Event;
use super::words;
use app::data::StageRow;
use chrono::NaiveDate;
use domain::calendar::minus_days;
use domain::codes::{NO, is};
use domain::history::stretch::{Stretch, merged, unbroken};
use domain::journey::SoundJourney;
use domain::record::{CarePeriod, Section47};

/// A referral answers the contact before it when it came within these calendar days; a longer gap is another story.
const CONTACT_DAYS: u32 = 31;

/// A stretch of time in a stage. A start that is not known, or cannot be right, is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spell {
    start: Option<NaiveDate>,
    /// `None` while it runs.
    end: Option<NaiveDate>,
}

/// A stage of the journey and the child's time in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stage {
    pub(super) name: &'static str,
    /// Spells whose start is known, merged where they overlap, oldest first.
    pub(super) stretches: Vec<Stretch>,
    /// Spells whose start is not known.
    undated: u64,
    /// Whether one of those runs now.
    undated_runs: bool,
}

impl Stage {
    fn of(name: &'static str, spells: impl IntoIterator<Item = Spell>, as_at: NaiveDate) -> Self {
        let mut stage = Self { name, stretches: Vec::new(), undated: 0, undated_runs: false };
        for spell in spells {
            // An end that lies ahead is a plan: the spell runs.
            let end = spell.end.filter(|end| *end <= as_at);
            match spell.start {
                Some(start) if start > as_at => {}
                Some(start) if end.is_none_or(|end| start <= end) => {
                    stage.stretches.push(Stretch { start, end: end.unwrap_or(as_at), runs: end.is_none() });
                }
                _ => {
                    stage.undated += 1;
                    stage.undated_runs |= end.is_none();
                }
            }
        }
        stage.stretches = merged(stage.stretches, 0);
        stage
    }

    fn runs(&self) -> bool {
        self.undated_runs || self.stretches.iter().any(|stretch| stretch.runs)
    }

    fn spells(&self) -> u64 {
        self.stretches.len() as u64 + self.undated
    }
}

fn days(stretches: &[Stretch]) -> i64 {
    stretches.iter().map(Stretch::days).sum()
}

/// The stages in which the child has been, in the order of the journey. `leaver_until` is the last extract that listed the
/// child as a care leaver, where this one does not.
pub(super) fn of(sound: &SoundJourney, leaver_until: Option<NaiveDate>) -> Vec<Stage> {
    let as_at = sound.as_at();
    let spell = |start, end| Spell { start, end };
    let (short_breaks, in_care): (Vec<_>, Vec<_>) = sound.care_periods.iter().partition(|row| is_short_breaks(row));
    let care = |rows: Vec<&CarePeriod>| {
        rows.into_iter().map(|row| spell(row.started_date, row.ceased_date)).collect::<Vec<_>>()
    };
    let early_help = sound.early_help.iter().map(|row| spell(row.episode_start_date, row.episode_end_date));
    let assessments = sound.assessments.iter().map(|row| spell(row.assessment_start_date, row.assessment_auth_date));
    let needs = sound.needs.iter().map(|row| spell(row.cin_start_date, row.cin_closure_date));
    let enquiries = enquiries_to_conferences(sound).into_iter().map(|(start, end)| spell(start, end));
    let leaving = (!sound.care_leavers.is_empty()).then(|| spell(left_care(sound), leaver_until));
    let plans = sound.protection_plans.iter().map(|row| spell(row.cp_plan_start_date, row.cp_plan_end_date));
    [
        Stage::of("Early help", early_help, as_at),
        Stage::of("Contact to referral", contact_to_referral(sound), as_at),
        Stage::of("Assessment", assessments, as_at),
        Stage::of("Section 47 enquiry to conference", enquiries, as_at),
        Stage::of("Child in need", needs, as_at),
        Stage::of("Child protection", plans, as_at),
        Stage::of("Looked after", care(in_care), as_at),
        Stage::of("Short breaks", care(short_breaks), as_at),
        Stage::of("Care leaver", leaving, as_at),
    ]
    .into_iter()
    .filter(|stage| stage.spells() > 0)
    .collect()
}

/// From a contact to the referral that answers it: the first on or after it, with no later contact between.
fn contact_to_referral(sound: &SoundJourney) -> Vec<Spell> {
    let mut contacts: Vec<NaiveDate> = sound.contacts.iter().filter_map(|row| row.contact_date).collect();
    let mut referrals: Vec<NaiveDate> = sound.referrals.iter().filter_map(|row| row.referral_date).collect();
    contacts.sort_unstable();
    contacts.dedup();
    referrals.sort_unstable();
    let answered = contacts.iter().enumerate().filter_map(|(index, contact)| {
        let referral = *referrals.iter().find(|referral| *referral >= contact)?;
        let is_last = contacts.get(index + 1).is_none_or(|next| *next > referral);
        (is_last && minus_days(referral, CONTACT_DAYS) <= *contact)
            .then_some(Spell { start: Some(*contact), end: Some(referral) })
    });
    answered.collect()
}

/// From the strategy discussion to the conference; one that is needed and not held yet runs, unless the child is on a
/// plan already (as in S47-02). An enquiry that ended without a conference does not say when.
pub(super) fn enquiries_to_conferences(sound: &SoundJourney) -> Vec<(Option<NaiveDate>, Option<NaiveDate>)> {
    let is_on_a_plan = sound.open_plans().next().is_some();
    let waits = |row: &Section47| is(row.icpc_unnecessary.as_ref(), NO) && !is_on_a_plan;
    let rows = sound.section_47s.iter().filter(|row| row.icpc_date.is_some() || waits(row));
    rows.map(|row| (row.strategy_discussion_date, row.icpc_date)).collect()
}

/// List 9 does not say since when: leaving care begins where the last period of care ended.
pub(super) fn left_care(sound: &SoundJourney) -> Option<NaiveDate> {
    sound.care_periods.iter().filter_map(|row| row.ceased_date).filter(|date| *date <= sound.as_at()).max()
}

/// The stages as the page shows them.
pub(super) fn rows(stages: &[Stage]) -> Vec<StageRow> {
    let row = |stage: &Stage| {
        let known = words::span(days(&stage.stretches));
        let undated = words::count(stage.undated, "spell", "spells");
        StageRow {
            stage: stage.name.to_owned(),
            spells: stage.spells(),
            time: match (stage.stretches.is_empty(), stage.undated) {
                (_, 0) => known,
                (true, _) => "not known: no start date is recorded".to_owned(),
                (false, _) => format!("{known}, and {undated} without a start date"),
            },
            now: stage.runs(),
        }
    };
    stages.iter().map(row).collect()
}

/// The time since the first event of the present unbroken stretch with the service, and the stretches before it.
pub(super) fn total(stages: &[Stage], sound: &SoundJourney, events: &[Event]) -> String {
    let dates = || events.iter().filter_map(Event::trusted_date);
    let Some(first) = dates().min() else { return "No event has a date that can be trusted.".to_owned() };
    let mut stretches = unbroken(stages.iter().flat_map(|stage| stage.stretches.iter().copied()), sound);
    let undated = stages.iter().any(|stage| stage.undated_runs);
    let present = stretches.pop_if(|last| last.runs || !undated);
    let now = match present {
        Some(present) if present.runs => {
            let span = words::span(present.days());
            format!("{span} since the first event on {}, and running without a gap.", words::date(present.start))
        }
        Some(last) => format!("Not open now. Last with the service for {}.", from_to(&last)),
        None if undated => format!(
            "The time is not known: what runs now has no start date. The first event with a date was on {}.",
            words::date(first)
        ),
        None => {
            let last = dates().max().unwrap_or(first);
            format!("No stage has a start date. Events from {} to {}.", words::date(first), words::date(last))
        }
    };
    let also = (undated && present.is_some()).then(|| "What also runs has no start date.".to_owned());
    let earlier: Vec<String> = stretches.iter().rev().map(from_to).collect();
    let earlier = (!earlier.is_empty()).then(|| format!("Before that: {}.", earlier.join("; ")));
    [Some(now), also, earlier].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "107 days, from 3 January 2025 to 19 April 2025".
fn from_to(stretch: &Stretch) -> String {
    format!("{}, from {} to {}", words::span(stretch.days()), words::date(stretch.start), words::date(stretch.end))
}

#[cfg(test)]
mod tests;
