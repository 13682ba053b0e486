//! What the coming weeks show if nobody acts, and which unit falls due on which day.

use crate::any_journey::{any_children, council_of};
use crate::common::*;
use chrono::{NaiveDate, TimeDelta};
use domain::calendar::add_days;
use domain::journey::Journey;
use domain::look_ahead::{DueUnit, WEEKS, coming_weeks, due_days, facts, falling_due, has_due_day, horizon, is_wrong};
use domain::measures::{CORE, Fact, Period, Polarity, evaluate};
use domain::record::{Assessment, CarePeriod, Contact, Need, Person, ProtectionPlan, Record, Referral, Section47};
use proptest::prelude::*;
use rstest::rstest;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Every recorded date after `as_at`, pushed past the last week looked at. A birth is no record of the service's.
fn quiet<T: Serialize + DeserializeOwned>(rows: &[T], as_at: NaiveDate) -> Vec<T> {
    fn push(value: &mut Value, as_at: NaiveDate) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| push(item, as_at)),
            Value::Object(fields) => {
                fields.iter_mut().filter(|(name, _)| *name != "date_of_birth").for_each(|(_, item)| push(item, as_at));
            }
            Value::String(text) => {
                if let Ok(date) = text.parse::<NaiveDate>()
                    && date > as_at
                {
                    *text = (date + TimeDelta::days(28)).to_string();
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(rows).unwrap();
    push(&mut value, as_at);
    serde_json::from_value(value).unwrap()
}

/// The same child with nothing recorded for the four weeks after `as_at`.
fn quiet_child(journey: &Journey, as_at: NaiveDate) -> Journey {
    Journey {
        child_id: journey.child_id.clone(),
        contacts: quiet(&journey.contacts, as_at),
        early_help: quiet(&journey.early_help, as_at),
        referrals: quiet(&journey.referrals, as_at),
        assessments: quiet(&journey.assessments, as_at),
        section_47s: quiet(&journey.section_47s, as_at),
        needs: quiet(&journey.needs, as_at),
        protection_plans: quiet(&journey.protection_plans, as_at),
        care_periods: quiet(&journey.care_periods, as_at),
        care_leavers: quiet(&journey.care_leavers, as_at),
        adoptions: quiet(&journey.adoptions, as_at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn where_nothing_is_recorded_for_the_coming_weeks_they_come_as_looked_ahead((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in children.iter().map(|journey| quiet_child(journey, as_at)) {
            let weeks = coming_weeks(journey.clone().read_as_at(as_at), &council.context());
            prop_assert_eq!(weeks.len(), WEEKS as usize);
            for week in weeks {
                let day = as_at + TimeDelta::days(7 * i64::from(week.week));
                prop_assert_eq!(week.day, day);
                let later = council_of(day);
                prop_assert_eq!(week.facts, evaluate(&journey.clone().read_as_at(day), &later.context()));
            }
        }
    }

    #[test]
    fn the_day_itself_is_what_the_measures_say_of_it((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in children {
            let sound = journey.read_as_at(as_at);
            prop_assert_eq!(facts(CORE, &sound, &council.context()), evaluate(&sound, &council.context()));
        }
    }

    #[test]
    fn a_unit_is_in_time_on_its_last_day_and_late_on_the_next((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in children {
            let sound = journey.read_as_at(as_at);
            for due in falling_due(sound.clone(), &council.context(), 28) {
                let measure = the(due.fact.measure);
                let wrong_on = |day| {
                    let facts = facts([measure], &sound.clone().judged_on(day), &council.context());
                    let fact = facts.into_iter().find(|fact| (fact.list, fact.position) == (due.fact.list, due.fact.position));
                    fact.map(|fact| is_wrong(measure, &fact))
                };
                prop_assert!(as_at <= due.last_day && due.last_day <= add_days(as_at, 28));
                prop_assert_ne!(wrong_on(due.last_day), Some(true), "{:?}", &due);
                prop_assert_eq!(wrong_on(add_days(due.last_day, 1)), Some(true), "{:?}", &due);
            }
        }
    }

    /// Where the interval stays and no end is recorded, the facts of the day know all that falls due but the units
    /// that their measure does not count yet.
    #[test]
    fn the_facts_of_the_day_and_the_days_themselves_agree((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for journey in children.iter().map(|journey| quiet_child(journey, as_at)) {
            let sound = journey.clone().read_as_at(as_at);
            let by_days = falling_due(sound.clone(), &council.context(), 28);
            for id in ["ASM-02", "CPP-01", "CPP-06", "CPP-07", "CIN-01", "CIN-03", "DOR-01", "CLA-03", "CL-04", "CL-05", "S47-02"] {
                let facts = council.facts(id, &journey);
                let by_facts: Vec<_> = due_days(the(id), &facts, as_at, 28).into_iter()
                    .flat_map(|(day, facts)| facts.into_iter().map(move |fact| (day, fact.clone()))).collect();
                // A plan that begins after the as-at date would take a child out of S47-02; none begins here.
                let expected: Vec<_> = by_days.iter().filter(|due| due.fact.measure == id)
                    .map(|due| (due.last_day, due.fact.start)).collect();
                let found: Vec<_> = by_facts.iter().map(|(day, fact)| (*day, fact.start)).collect();
                prop_assert_eq!(expected, found, "{}", id);
            }
        }
    }
}

/// The only unit of a measure, so many weeks after the as-at date.
fn ahead(council: &Council, id: &str, weeks: u32, records: impl IntoIterator<Item = Record>) -> Option<bool> {
    let journey = child(records).read_as_at(council.as_at).judged_on(horizon(council.as_at, weeks));
    let mut facts = facts([the(id)], &journey, &council.context());
    assert!(facts.len() <= 1);
    facts.pop().map(|fact| fact.numerator)
}

fn plan(start: &str, visit: &str, end: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        last_visit_date: on(visit),
        cp_plan_end_date: on(end),
        ..ProtectionPlan::default()
    })
}

// As at Wednesday 31 January 2024. The tenth working day after Wednesday 24 January is Wednesday 7 February.
#[rstest]
#[case::due_on_the_horizon_is_on_time("2024-01-24", 1, YES)]
#[case::due_the_day_before_is_late("2024-01-23", 1, NO)]
#[case::on_time_for_a_week_and_late_after_two("2024-01-24", 2, NO)]
#[case::a_visit_after_as_at_stays_blank_when_its_day_has_come("2024-02-02", 1, NO)]
#[case::a_visit_on_as_at_counts("2024-01-31", 2, YES)]
fn visits_run_late_when_nobody_visits(#[case] visit: &str, #[case] weeks: u32, #[case] expected: Option<bool>) {
    let council = Council::as_at("2024-01-31");
    assert_eq!(ahead(&council, "CPP-01", weeks, [plan("2023-06-01", visit, "")]), expected);
}

#[rstest]
#[case::an_end_on_the_horizon_has_come("2024-02-07", NONE)]
#[case::an_end_the_day_after_has_not("2024-02-08", NO)]
fn an_end_already_recorded_takes_place_on_its_day(#[case] end: &str, #[case] expected: Option<bool>) {
    let council = Council::as_at("2024-01-31");
    assert_eq!(ahead(&council, "CPP-01", 0, [plan("2023-06-01", "", end)]), NO);
    assert_eq!(ahead(&council, "CPP-01", 1, [plan("2023-06-01", "", end)]), expected);
    assert_eq!(ahead(&council, "CPP-08", 1, [plan("2023-06-01", "", end)]), if expected == NONE { NO } else { NONE });
}

#[test]
fn an_authorisation_already_recorded_is_counted_in_its_period() {
    let council = Council::as_at("2024-01-31");
    let assessment = Record::Assessment(Assessment {
        assessment_start_date: on("2024-01-02"),
        assessment_auth_date: on("2024-02-07"),
        ..Assessment::default()
    });
    assert_eq!(ahead(&council, "ASM-02", 0, [assessment.clone()]), NO);
    assert_eq!(ahead(&council, "ASM-01", 0, [assessment.clone()]), NONE);
    assert_eq!(ahead(&council, "ASM-02", 1, [assessment.clone()]), NONE);
    assert_eq!(ahead(&council, "ASM-01", 1, [assessment]), YES);
}

#[test]
fn a_conference_already_booked_is_held_on_its_day() {
    let council = Council::as_at("2024-01-31");
    let enquiry = |conference| {
        Record::Section47(Section47 {
            strategy_discussion_date: on("2024-01-22"),
            icpc_unnecessary: text("No"),
            icpc_date: on(conference),
            ..Section47::default()
        })
    };
    // The fifteenth working day after 22 January is 12 February.
    assert_eq!(ahead(&council, "S47-02", 1, [enquiry("2024-02-07")]), NONE);
    assert_eq!(ahead(&council, "S47-01", 1, [enquiry("2024-02-07")]), YES);
    assert_eq!(ahead(&council, "S47-02", 1, [enquiry("")]), NO);
    assert_eq!(ahead(&council, "S47-02", 2, [enquiry("")]), YES);
}

#[rstest]
#[case("ASM-02", Record::Assessment(Assessment { assessment_start_date: on("2024-02-02"), ..Assessment::default() }))]
#[case("CIN-01", Record::Need(Need {
    cin_start_date: on("2024-02-02"), case_status: text("Child in need plan"), ..Need::default()
}))]
#[case("ALL-01", Record::Need(Need { cin_start_date: on("2024-02-02"), ..Need::default() }))]
#[case("CPP-01", plan("2024-02-02", "", ""))]
#[case("CPP-09", plan("2024-02-02", "", ""))]
#[case("CLA-05", Record::CarePeriod(CarePeriod { started_date: on("2024-02-02"), ..CarePeriod::default() }))]
#[case("CON-01", Record::Contact(Contact { contact_date: on("2024-02-02"), ..Contact::default() }))]
#[case("REF-02", Record::Referral(Referral { referral_date: on("2024-02-02"), ..Referral::default() }))]
#[case("S47-06", Record::Section47(Section47 { strategy_discussion_date: on("2024-02-02"), ..Section47::default() }))]
fn what_had_not_begun_does_not_begin(#[case] id: &str, #[case] record: Record) {
    let council = Council::as_at("2024-01-31");
    assert_eq!(ahead(&council, id, 1, [record.clone()]), NONE);
    // Read a week later, it has.
    assert_ne!(Council::as_at("2024-02-07").verdict(id, [record]), NONE);
}

#[test]
fn the_period_rolls_on_with_the_weeks() {
    let council = Council::as_at("2024-01-31");
    let referral = |date| [Record::Referral(Referral { referral_date: on(date), ..Referral::default() })];
    // On 7 February the period begins on 8 November.
    assert_eq!(ahead(&council, "REF-03", 0, referral("2023-11-07")), NO);
    assert_eq!(ahead(&council, "REF-03", 1, referral("2023-11-07")), NONE);
    assert_eq!(ahead(&council, "REF-03", 1, referral("2023-11-08")), NO);
    assert_eq!(Period::up_to(day("2024-02-07")).from, day("2023-11-08"));
}

#[test]
fn a_journey_is_never_judged_before_it_was_read() {
    let sound = child([]).read_as_at(day("2024-01-31")).judged_on(day("2024-01-01"));
    assert_eq!((sound.as_at(), sound.known_to()), (day("2024-01-31"), day("2024-01-31")));
}

/// What falls due of one measure: last days.
fn last_days(council: &Council, id: &str, record: Record) -> Vec<String> {
    let due = falling_due(child([record]).read_as_at(council.as_at), &council.context(), 28);
    let of_measure = |due: &DueUnit| due.fact.measure == id;
    due.into_iter().filter(of_measure).map(|due| due.last_day.to_string()).collect()
}

#[rstest]
#[case::due_today_is_in_the_calendar("2024-01-17", &["2024-01-31"])]
#[case::late_since_today_is_not("2024-01-16", &[])]
#[case::due_on_the_last_day_looked_at("2024-02-14", &[])]
fn visits_fall_due_from_today_on(#[case] visit: &str, #[case] expected: &[&str]) {
    let council = Council::as_at("2024-01-31");
    assert_eq!(last_days(&council, "CPP-01", plan("2023-06-01", visit, "")), expected);
}

#[rstest]
#[case::twenty_eight_days_on(28, 1)]
#[case::twenty_seven_days_on(27, 0)]
fn the_last_day_looked_at_is_included(#[case] days: u32, #[case] expected: usize) {
    // Twenty working days after 31 January 2024 is 28 February.
    let council = Council::as_at("2024-01-31").set("cp_visit_working_days", "20");
    let journey = child([plan("2023-06-01", "2024-01-31", "")]);
    let is_a_visit = |due: &&DueUnit| due.fact.measure == "CPP-01";
    let due = falling_due(journey.clone().read_as_at(council.as_at), &council.context(), days);
    assert_eq!(due.iter().filter(is_a_visit).count(), expected);
    let facts = council.facts("CPP-01", &journey);
    assert_eq!(due_days(the("CPP-01"), &facts, council.as_at, days).len(), expected);
}

#[test]
fn the_first_review_of_a_plan_not_yet_counted_falls_due_three_months_after_its_start() {
    let council = Council::as_at("2024-02-15");
    let record = plan("2023-11-30", "", "");
    assert_eq!(council.verdict("CPP-05", [record.clone()]), NONE);
    // Three months after 30 November is 29 February of a leap year.
    assert_eq!(last_days(&council, "CPP-05", record), ["2024-02-29"]);
}

#[rstest]
#[case::five_before_it_is_due_it_has_another_six_months("2019-02-10", &[])]
#[case::five_on_the_day_after_it_is_due_likewise("2019-02-11", &[])]
#[case::five_two_days_after_it_is_due("2019-02-12", &["2024-02-10"])]
fn a_fifth_birthday_on_the_way_moves_the_health_assessment(#[case] born: &str, #[case] expected: &[&str]) {
    let record = Record::CarePeriod(CarePeriod {
        person: Person { date_of_birth: on(born), ..Person::default() },
        started_date: on("2022-01-01"),
        last_health_assessment_date: on("2023-08-10"),
        ..CarePeriod::default()
    });
    assert_eq!(last_days(&Council::as_at("2024-01-31"), "CLA-07", record), expected);
}

#[test]
fn a_plan_for_permanence_falls_due_the_day_before_four_months_are_complete() {
    let record = Record::CarePeriod(CarePeriod { started_date: on("2023-10-15"), ..CarePeriod::default() });
    assert_eq!(last_days(&Council::as_at("2024-01-31"), "CLA-13", record), ["2024-02-14"]);
}

#[test]
fn a_unit_that_ends_in_time_does_not_fall_due() {
    // Due on 7 February, late from the 8th.
    let council = Council::as_at("2024-01-31");
    assert_eq!(last_days(&council, "CPP-01", plan("2023-06-01", "2024-01-24", "2024-02-08")), [] as [&str; 0]);
    assert_eq!(last_days(&council, "CPP-01", plan("2023-06-01", "2024-01-24", "2024-02-09")), ["2024-02-07"]);
}

#[test]
fn a_unit_due_says_which_child_row_team_and_worker() {
    let council = Council::as_at("2024-01-31").team("North");
    let held = domain::record::Held { team: text("north"), worker: text("Ada") };
    let old = plan("2022-06-01", "2022-06-01", "2022-12-01");
    let record = Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on("2023-06-01"),
        last_visit_date: on("2024-01-24"),
        held,
        ..ProtectionPlan::default()
    });
    let facts = council.facts("CPP-01", &child([old, record]));
    let calendar = due_days(the("CPP-01"), &facts, council.as_at, 28);
    let due: Vec<(&NaiveDate, &Vec<&Fact>)> = calendar.iter().collect();
    assert_eq!(due.len(), 1);
    assert_eq!(*due[0].0, day("2024-02-07"));
    let fact = due[0].1[0];
    assert_eq!((&*fact.child_id, fact.list, fact.position), ("007", 7, 1));
    assert_eq!((fact.team.as_deref(), fact.worker.as_deref()), (Some("North"), Some("Ada")));
}

#[test]
fn only_what_a_measure_sets_a_day_for_falls_due() {
    let with_a_day: Vec<_> = CORE.iter().filter(|measure| has_due_day(measure)).map(|measure| measure.id).collect();
    let expected = "ASM-02 S47-02 CPP-01 CPP-05 CPP-06 CPP-07 CIN-01 CIN-03 DOR-01 CLA-01 CLA-03 CLA-07 CLA-09 CLA-13 \
                    CL-04 CL-05";
    assert_eq!(with_a_day, expected.split_whitespace().collect::<Vec<_>>());
    // Two years in a placement are no deadline but good news.
    let long = Fact { numerator: false, due: on("2024-02-01"), ..fact_of("CLA-06") };
    assert!(due_days(the("CLA-06"), [&long], day("2024-01-31"), 28).is_empty());
    assert!(!is_wrong(the("CPP-13"), &fact_of("CPP-13")) && the("CPP-13").polarity == Polarity::Neutral);
}

fn fact_of(measure: &'static str) -> Fact {
    Fact {
        measure,
        child_id: "007".into(),
        list: 8,
        position: 0,
        team: None,
        worker: None,
        numerator: true,
        start: None,
        due: None,
        days: None,
        event: None,
    }
}
