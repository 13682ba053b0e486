//! Why the child is on the register of Children Requiring Attention, by the register's own rules, and what else stands
//! badly now, in plain words with its numbers, the worst first.

use super::clocks::row_in_words;
use super::words;
use crate::desk::standing;
use domain::journey::SoundJourney;
use domain::measures::{Context, Counting, Fact, measure};
use domain::registers::{Reason, Unseen, rule};

/// The order of what is worst. What is past and can no longer be changed (an assessment that was late) is not here:
/// the page says it where it lists what each measure says.
const WORST_FIRST: [&str; 29] = [
    "ALL-01", "CPP-01", "CLA-01", "S47-02", "DOR-01", "CIN-01", "ASM-02", "MIS-02", "CPP-07", "CPP-05", "CLA-03",
    "CPP-06", "CPP-02", "ASM-03", "CLA-05", "MIS-01", "CPP-09", "S47-06", "REF-02", "CIN-03", "CLA-13", "CL-06",
    "CL-01", "CL-05", "CL-04", "CL-02", "CL-03", "CLA-07", "CLA-09",
];

/// Measures that say again what a rule of the register has said by its own reading.
const SAID_BY_RULES: [(&str, &[&str]); 4] = [
    ("referrals", &["REF-02"]),
    ("repeat-section-47", &["S47-06"]),
    ("second-plan", &["CPP-09"]),
    ("long-plan", &["CPP-06", "CPP-07"]),
];

/// A reason of the register, with the day since when it holds.
pub(super) fn reason(reason: &Reason) -> String {
    let words = words::sentence(&reason.words);
    match reason.since {
        Some(since) => format!("{words} (a reason since {})", words::date(since)),
        None => words,
    }
}

/// Whether one of the reasons says what this measure would.
fn is_said(reasons: &[Reason], measure: &str) -> bool {
    reasons.iter().any(|reason| {
        let again = SAID_BY_RULES.iter().find(|(rule, _)| *rule == reason.rule).map_or(&[][..], |(_, ids)| *ids);
        again.contains(&measure) || rule(reason.rule).is_some_and(|rule| rule.measures.contains(&measure))
    })
}

/// What stands badly and is not among the register's reasons, worst first; within one kind the longest overdue first.
pub(super) fn also(facts: &[Fact], sound: &SoundJourney, context: &Context<'_>, said: &[Reason]) -> Vec<String> {
    let bad: Vec<&Fact> = facts
        .iter()
        .filter(|fact| {
            measure(fact.measure).is_some_and(|measure| {
                measure.counting == Counting::Units && standing::is_bad(measure, Some(fact.numerator))
            })
        })
        .collect();
    let has = |id: &str, fact: &Fact| bad.iter().any(|other| other.measure == id && other.position == fact.position);
    let mut reasons: Vec<(usize, std::cmp::Reverse<i64>, String)> = bad
        .iter()
        // The stronger of two reasons that say the same stands for both.
        .filter(|fact| match fact.measure {
            "CPP-06" => !has("CPP-07", fact),
            "MIS-01" => !has("MIS-02", fact),
            _ => true,
        })
        .filter(|fact| !is_said(said, fact.measure))
        .filter_map(|fact| {
            let rank = WORST_FIRST.iter().position(|id| *id == fact.measure)?;
            // A date that is not recorded may hide any delay.
            let over = fact.due.map_or(i64::MAX, |due| (context.as_at - due).num_days());
            Some((rank, std::cmp::Reverse(over), sentence(fact, sound, context)?))
        })
        .collect();
    reasons.sort();
    reasons.dedup_by(|a, b| a.2 == b.2);
    reasons.into_iter().map(|(.., reason)| reason).collect()
}

/// One reason in words; `None` for what is no reason to act now.
fn sentence(fact: &Fact, sound: &SoundJourney, context: &Context<'_>) -> Option<String> {
    let at = usize::from(fact.position);
    let late = |what: &str| late(what, fact, context, Unit::Days);
    let late_working = |what: &str| self::late(what, fact, context, Unit::WorkingDays);
    let lasted = |what: &str| match fact.days {
        Some(days) => format!("{what}: {}", words::span(days)),
        None => format!("{what}: its start is not recorded"),
    };
    let standards = context.standards;
    Some(match fact.measure {
        "ALL-01" => "No allocated worker holds the case".to_owned(),
        "CPP-01" => late_working("Child protection visit"),
        "CLA-01" => late("Visit to the child in care"),
        "S47-02" => late_working("Initial child protection conference"),
        "DOR-01" => not_seen(fact, sound, context),
        "CIN-01" => late_working("Child in need visit"),
        "ASM-02" => match fact.days {
            Some(days) => format!("{}: open for {}", late_working("Assessment"), Unit::WorkingDays.count(days)),
            None => "Assessment open, and its start is not recorded".to_owned(),
        },
        "MIS-02" => format!("{} and no return interview offered", missing(at, sound)?),
        "MIS-01" => missing(at, sound)?,
        "CPP-07" => lasted("On a child protection plan for two years or longer"),
        "CPP-06" => {
            lasted(&format!("On a child protection plan for {} months or longer", standards.cp_long_plan_months))
        }
        "CPP-05" => late("Review of the child protection plan"),
        "CLA-03" if sound.care_periods.get(at)?.latest_review_date.is_none() => {
            late_working("First review of the care plan")
        }
        "CLA-03" => late("Review of the care plan"),
        "CPP-02" => "Not recorded as seen alone at the last child protection visit".to_owned(),
        "ASM-03" => format!("Not recorded as seen in the {}", row_in_words(fact, sound)?),
        "CLA-05" => {
            let placements = u64::try_from(sound.care_periods.get(at)?.number_of_placements?).ok()?;
            format!("{} in the last 12 months", words::count(placements, "placement", "placements"))
        }
        "CPP-09" => match sound.protection_plans.get(at)?.number_of_previous_plans {
            Some(1) => "Second child protection plan".to_owned(),
            number => format!("Repeat child protection plan: {} before it", number.unwrap_or_default()),
        },
        "S47-06" => match sound.section_47s.get(at)?.number_of_previous_section_47s.map(u64::try_from) {
            Some(Ok(number)) => {
                let earlier = words::count(number, "earlier enquiry", "earlier enquiries");
                format!("Repeat section 47 enquiry: {earlier} in 12 months")
            }
            _ => "Repeat section 47 enquiry within 12 months".to_owned(),
        },
        "REF-02" => format!("Referred again within 12 months: {}", row_in_words(fact, sound)?),
        "CIN-03" => lasted("Child in need plan open for long"),
        "CLA-13" => "No plan for permanence is recorded".to_owned(),
        "CL-06" => "No personal adviser".to_owned(),
        "CL-01" => "The council is not in touch with this care leaver".to_owned(),
        "CL-05" => late("Contact with the care leaver"),
        "CL-04" => late("Review of the pathway plan"),
        "CL-02" => "Not in accommodation judged suitable".to_owned(),
        "CL-03" => "Not in education, employment or training".to_owned(),
        "CLA-07" => late("Health assessment"),
        "CLA-09" => late("Dental check"),
        _ => return None,
    })
}

/// What a clock counts.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Days,
    WorkingDays,
}

impl Unit {
    fn count(self, days: i64) -> String {
        match (self, days) {
            (Self::Days, 1) => "1 day".to_owned(),
            (Self::Days, _) => format!("{days} days"),
            (Self::WorkingDays, 1) => "1 working day".to_owned(),
            (Self::WorkingDays, _) => format!("{days} working days"),
        }
    }
}

/// "Child protection visit 5 working days late, due 3 November 2026".
fn late(what: &str, fact: &Fact, context: &Context<'_>, unit: Unit) -> String {
    let Some(due) = fact.due else { return format!("{what} late: no date is recorded") };
    let over = match unit {
        Unit::Days => (context.as_at - due).num_days(),
        Unit::WorkingDays => context.calendar.elapsed(due, context.as_at),
    };
    // Past its day, but no working day has passed since: a Friday's visit on a Saturday.
    let over = if over > 0 { unit.count(over) } else { Unit::Days.count((context.as_at - due).num_days()) };
    format!("{what} {over} late, due {}", words::date(due))
}

/// "Not seen since 3 March 2026, 6 days over the limit of 42".
fn not_seen(fact: &Fact, sound: &SoundJourney, context: &Context<'_>) -> String {
    let since = match Unseen::of(fact, sound) {
        Unseen::SinceSeen(seen) => words::date(seen),
        Unseen::SinceNeedBegan(began) => format!("the need began on {}", words::date(began)),
        Unseen::NotRecorded => return "Not recorded as seen, nor when the need began".to_owned(),
    };
    let over = fact.due.map_or(0, |due| (context.as_at - due).num_days());
    format!("Not seen since {since}, {} over the limit of {}", Unit::Days.count(over), context.standards.dormant_days)
}

fn missing(at: usize, sound: &SoundJourney) -> Option<String> {
    let episodes = u64::try_from(sound.care_periods.get(at)?.missing_episodes?).ok()?;
    Some(format!("Missing from placement {} in 12 months", words::count(episodes, "time", "times")))
}

#[cfg(test)]
mod tests;
