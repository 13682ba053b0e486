//! Unbroken time with the service. A child waits in the whole journey and not in a stage, so what follows without a gap is
//! one stretch, whatever the stages in it.

use crate::calendar::{add_days, days_with_both_ends, minus_days};
use crate::codes::{NO, YES, is};
use crate::journey::SoundJourney;
use chrono::NaiveDate;

/// What comes after a decision to go on belongs to it within these calendar days; a longer gap is another story.
pub const BETWEEN_STAGES_DAYS: u32 = 31;

/// Days from one date to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub start: NaiveDate,
    /// The last day; of one that runs, the as-at date.
    pub end: NaiveDate,
    /// Whether it runs at the as-at date.
    pub runs: bool,
}

impl Stretch {
    /// Its days, both ends counted.
    #[must_use]
    pub fn days(&self) -> i64 {
        days_with_both_ends(self.start, self.end)
    }
}

/// Puts together what overlaps, or lies no more than `apart` calendar days after what came before. Oldest first.
#[must_use]
pub fn merged(mut stretches: Vec<Stretch>, apart: u32) -> Vec<Stretch> {
    stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match out.last_mut() {
            Some(last) if minus_days(stretch.start, apart) <= last.end => {
                last.end = last.end.max(stretch.end);
                last.runs |= stretch.runs;
            }
            _ => out.push(stretch),
        }
    }
    out
}

/// Unbroken time with the service, oldest first: the time in each stage, one day after another counted as one, and the time
/// between stages where the earlier one ended with a decision to go on.
#[must_use]
pub fn unbroken(stages: impl IntoIterator<Item = Stretch>, sound: &SoundJourney) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = stages.into_iter().collect();
    let mut starts: Vec<NaiveDate> = all.iter().map(|stretch| stretch.start).collect();
    starts.sort_unstable();
    let between = decisions_to_go_on(sound).into_iter().filter_map(|decided| {
        let next = *starts.iter().find(|start| **start >= decided)?;
        (next <= add_days(decided, BETWEEN_STAGES_DAYS)).then_some(Stretch { start: decided, end: next, runs: false })
    });
    all.extend(between);
    merged(all, 1)
}

/// Days on which it was decided that the service goes on with the child: a referral that is acted on, an assessment that
/// finds that support is needed, a conference that makes a plan.
fn decisions_to_go_on(sound: &SoundJourney) -> Vec<NaiveDate> {
    let referrals =
        (sound.referrals.iter()).filter(|row| is(row.referral_nfa.as_ref(), NO)).filter_map(|row| row.referral_date);
    let assessments = (sound.assessments.iter())
        .filter(|row| is(row.requires_support.as_ref(), YES))
        .filter_map(|row| row.assessment_auth_date);
    let conferences = (sound.section_47s.iter())
        .filter(|row| is(row.icpc_outcome_cp_plan.as_ref(), YES))
        .filter_map(|row| row.icpc_date);
    let known_to = sound.known_to();
    referrals.chain(assessments).chain(conferences).filter(|day| *day <= known_to).collect()
}
