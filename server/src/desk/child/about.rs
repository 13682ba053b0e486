//! Who the child is, what is open, and who holds the case.

use super::{text, words};
use chrono::NaiveDate;
use domain::calendar::age_at;
use domain::codes::{SHORT_BREAKS_AGREEMENTS, SHORT_BREAKS_EPISODES, YES, is};
use domain::journey::{Journey, SoundJourney, is_open, is_real_worker};
use domain::measures::Context;
use domain::names::name_key;
use domain::record::{CarePeriod, Held, List, Person};

/// Every row that says who the child is, oldest first; rows without a date come before all others.
fn people(journey: &Journey) -> Vec<(List, &Person)> {
    let mut rows: Vec<(Option<NaiveDate>, List, &Person)> = Vec::new();
    rows.extend(journey.contacts.iter().map(|row| (row.contact_date, List::Contacts, &row.person)));
    rows.extend(journey.early_help.iter().map(|row| (row.episode_start_date, List::EarlyHelp, &row.person)));
    rows.extend(journey.referrals.iter().map(|row| (row.referral_date, List::Referrals, &row.person)));
    rows.extend(journey.assessments.iter().map(|row| (row.assessment_start_date, List::Assessments, &row.person)));
    rows.extend(journey.section_47s.iter().map(|row| (row.strategy_discussion_date, List::Section47s, &row.person)));
    rows.extend(journey.needs.iter().map(|row| (row.cin_start_date, List::ChildrenInNeed, &row.person)));
    rows.extend(
        journey.protection_plans.iter().map(|row| (row.cp_plan_start_date, List::ProtectionPlans, &row.person)),
    );
    rows.extend(journey.care_periods.iter().map(|row| (row.started_date, List::ChildrenInCare, &row.person)));
    rows.extend(journey.care_leavers.iter().map(|row| (row.latest_contact_date, List::CareLeavers, &row.person)));
    rows.extend(journey.adoptions.iter().map(|row| (row.decision_date, List::Adoptions, &row.person)));
    rows.sort_by_key(|(date, ..)| *date);
    rows.into_iter().map(|(_, list, person)| (list, person)).collect()
}

/// The newest value that is not blank.
fn newest<T>(journey: &Journey, value: impl Fn(List, &Person) -> Option<T>) -> Option<T> {
    people(journey).into_iter().rev().find_map(|(list, person)| value(list, person))
}

/// "7 years old, born 3 March 2019".
pub(super) fn age(journey: &Journey, as_at: NaiveDate) -> String {
    newest(journey, |_, person| person.date_of_birth)
        .map_or_else(|| "Date of birth not recorded".to_owned(), |birth| age_in_words(birth, as_at))
}

fn age_in_words(birth: NaiveDate, as_at: NaiveDate) -> String {
    let born = words::date(birth);
    let units = |number: u32, one: &str, many: &str| words::count(u64::from(number), one, many);
    match age_at(birth, as_at) {
        None => format!("Not yet born, expected {born}"),
        Some(0) => {
            let months = (1..12).rev().find(|months| domain::calendar::add_months(birth, *months) <= as_at);
            let days = u32::try_from((as_at - birth).num_days()).unwrap_or_default();
            let old = months.map_or_else(|| units(days, "day", "days"), |months| units(months, "month", "months"));
            format!("{old} old, born {born}")
        }
        Some(years) => format!("{} old, born {born}", units(years, "year", "years")),
    }
}

/// Label and value of what is recorded and says something today.
pub(super) fn details(sound: &SoundJourney) -> Vec<(String, String)> {
    let mut details = Vec::new();
    let mut add = |label: &str, value: Option<String>| details.extend(value.map(|value| (label.to_owned(), value)));
    add("Gender", newest(sound, |list, person| text(list, "Gender", person.gender.as_ref())));
    add("Ethnicity", newest(sound, |list, person| text(list, "Ethnicity", person.ethnicity.as_ref())));
    add(
        "Disability",
        newest(sound, |list, person| text(list, "Does the Child have a Disability", person.disability.as_ref())),
    );
    // Of several open rows of a list the latest begun speaks.
    if let Some(need) = sound.open_needs().max_by_key(|row| row.cin_start_date) {
        add("Main need", text(List::ChildrenInNeed, "Primary Need Code", need.primary_need.as_ref()));
    }
    if let Some(plan) = sound.open_plans().max_by_key(|row| row.cp_plan_start_date) {
        let latest = text(List::ProtectionPlans, "Latest Category of Abuse", plan.latest_category.as_ref());
        let first = text(List::ProtectionPlans, "Initial Category of Abuse", plan.initial_category.as_ref());
        add("Category of abuse", latest.or(first));
        if is(plan.emergency_protection.as_ref(), YES) {
            add("Emergency protection", Some("Order or police powers in the last six months".to_owned()));
        }
    }
    if let Some(period) = sound.open_care_periods().max_by_key(|row| row.started_date) {
        let care = |header, code| text(List::ChildrenInCare, header, code);
        add("Legal status", care("Child's Legal Status", period.legal_status.as_ref()));
        add("Placement", care("Placement Type", period.placement_type.as_ref()));
        add("Placement provider", care("Placement Provider", period.placement_provider.as_ref()));
        add("Inside or outside the area", care("Placement Location", period.placement_location.as_ref()));
        add(
            "Plan for permanence",
            care("What is the permanence plan for this child?", period.permanence_plan.as_ref()),
        );
        if is(period.unaccompanied.as_ref(), YES) {
            add("Unaccompanied asylum seeking child", Some("Yes".to_owned()));
        }
    }
    if let Some(leaver) = sound.care_leavers.last() {
        let leaving = |header, code| text(List::CareLeavers, header, code);
        add("Leaving care", leaving("Eligibility Category", leaver.eligibility.as_ref()));
        add("In touch", leaving("LA In Touch", leaver.in_touch.as_ref()));
        add("Accommodation", leaving("Type of Accommodation", leaver.accommodation.as_ref()));
        add("Activity", leaving("Activity Status", leaver.activity.as_ref()));
        add("Personal adviser", leaver.personal_adviser.clone());
    }
    details
}

/// Whether a period of care is a series of short breaks.
pub(super) fn is_short_breaks(period: &CarePeriod) -> bool {
    let status = period.legal_status.as_ref();
    is(status, SHORT_BREAKS_EPISODES) || is(status, SHORT_BREAKS_AGREEMENTS)
}

/// What is open, the strongest first.
pub(super) fn status(sound: &SoundJourney) -> Vec<String> {
    let as_at = sound.as_at();
    let plan = sound.open_plans().next().is_some();
    let looked_after = sound.open_care_periods().any(|period| !is_short_breaks(period));
    let short_breaks = sound.open_care_periods().any(is_short_breaks);
    // Children on a plan and in care are children in need too; the stronger word says so.
    let in_need = !plan && !looked_after && sound.open_needs().next().is_some();
    let assessment =
        sound.assessments.iter().any(|row| is_open(row.assessment_start_date, row.assessment_auth_date, as_at));
    let early_help = sound.early_help.iter().any(|row| is_open(row.episode_start_date, row.episode_end_date, as_at));
    let status: Vec<String> = [
        (looked_after, "Looked after"),
        (plan, "Child protection plan"),
        (in_need, "Child in need"),
        (short_breaks, "Short breaks"),
        (assessment, "Assessment open"),
        (!sound.care_leavers.is_empty(), "Care leaver"),
        (early_help, "Early help"),
    ]
    .into_iter()
    .filter(|(open, _)| *open)
    .map(|(_, words)| words.to_owned())
    .collect();
    if status.is_empty() { vec!["Not open".to_owned()] } else { status }
}

/// Who holds the case, in words.
pub(super) struct Holder {
    pub(super) team: Option<String>,
    pub(super) worker: String,
    /// Whether there is a real worker, or none is needed.
    pub(super) allocated: bool,
}

/// The current holder; where the child is not open, whoever is named on an open assessment or a care leaver's row.
pub(super) fn holder(sound: &SoundJourney, context: &Context<'_>) -> Holder {
    let names = context.names;
    let real = |worker: &String| is_real_worker(worker, names, context.standards);
    let shown = |held: Held| Holder {
        team: held.team.map(|team| names.team(&team).to_string()),
        allocated: held.worker.is_some(),
        worker: held.worker.map(|worker| names.worker(&worker).to_string()).unwrap_or_default(),
    };
    let current = shown(sound.current_holder(names, context.standards));
    if current.allocated {
        return current;
    }
    if sound.is_open() {
        return Holder { worker: why_nobody(sound, context), ..current };
    }
    let as_at = sound.as_at();
    let assessments: Vec<_> = sound
        .assessments
        .iter()
        .filter(|row| is_open(row.assessment_start_date, row.assessment_auth_date, as_at))
        .collect();
    let leavers = sound.care_leavers.iter().map(|row| (row.latest_contact_date, &row.held));
    let open = assessments.iter().map(|row| (row.assessment_start_date, &row.held)).chain(leavers);
    let last = open.filter(|(_, held)| held.worker.as_ref().is_some_and(real)).max_by_key(|(date, _)| *date);
    match last {
        Some((_, held)) => shown(held.clone()),
        None if !assessments.is_empty() => {
            Holder { worker: "No worker is recorded on the open assessment".to_owned(), ..current }
        }
        None => {
            Holder { worker: "Not open to social care: no worker is needed".to_owned(), allocated: true, ..current }
        }
    }
}

/// Why nobody holds an open case: what stands in the worker's column instead.
fn why_nobody(sound: &SoundJourney, context: &Context<'_>) -> String {
    let held = sound.open_care_periods().map(|row| &row.held);
    let held = held.chain(sound.open_plans().map(|row| &row.held)).chain(sound.open_needs().map(|row| &row.held));
    let typed = held.filter_map(|held| held.worker.as_ref()).find(|worker| !name_key(worker).is_empty());
    match typed {
        None => "No worker is recorded".to_owned(),
        Some(typed) if context.standards.is_placeholder(&name_key(typed)) => {
            format!("No worker: {typed} is a placeholder")
        }
        Some(typed) => format!("No worker: {typed} is the name of a team"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::record::{Contact, Need};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_age_reads_in_years_months_or_days_and_an_unborn_child_is_expected() {
        for (birth, words) in [
            ("2019-03-03", "7 years old, born 3 March 2019"),
            ("2025-10-30", "1 year old, born 30 October 2025"),
            ("2026-05-30", "5 months old, born 30 May 2026"),
            ("2026-10-16", "14 days old, born 16 October 2026"),
            ("2026-10-30", "0 days old, born 30 October 2026"),
            ("2027-03-03", "Not yet born, expected 3 March 2027"),
        ] {
            assert_eq!(age_in_words(day(birth), day("2026-10-30")), words);
        }
    }

    #[test]
    fn the_newest_date_of_birth_that_is_not_blank_counts() {
        let contact = |date: &str, birth: Option<&str>| Contact {
            contact_date: Some(day(date)),
            person: Person { date_of_birth: birth.map(day), ..Person::default() },
            ..Contact::default()
        };
        let contacts = vec![
            contact("2026-09-01", Some("2019-03-03")),
            contact("2026-01-01", Some("2018-01-01")),
            contact("2026-10-01", None),
        ];
        let journey = Journey { contacts, ..Journey::default() };
        assert_eq!(age(&journey, day("2026-10-30")), "7 years old, born 3 March 2019");
        assert_eq!(age(&Journey::default(), day("2026-10-30")), "Date of birth not recorded");
    }

    #[test]
    fn a_child_of_whom_nothing_is_open_is_not_open() {
        let mut journey = Journey::default();
        assert_eq!(status(&journey.clone().read_as_at(day("2026-10-30"))), ["Not open"]);
        journey.needs.push(Need { cin_start_date: Some(day("2026-01-05")), ..Need::default() });
        assert_eq!(status(&journey.read_as_at(day("2026-10-30"))), ["Child in need"]);
    }
}
