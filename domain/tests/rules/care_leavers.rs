//! CL-01 to CL-06.

use crate::common::*;
use domain::record::{CareLeaver, Person, Record};
use rstest::rstest;

fn leaver(in_touch: &str) -> CareLeaver {
    CareLeaver { in_touch: text(in_touch), ..CareLeaver::default() }
}

#[track_caller]
fn assert_verdict(id: &str, leaver: CareLeaver, expected: Option<bool>) {
    assert_eq!(Council::as_at("2024-01-31").verdict(id, [Record::CareLeaver(leaver)]), expected, "{id}");
}

#[rstest]
#[case::in_touch("Yes", YES)]
#[case::not_in_touch("No", NO)]
#[case::refuses_contact_stays_in("Refu", NO)]
#[case::needs_no_service_stays_in("NREQ", NO)]
#[case::blank_stays_in("", NO)]
#[case::died_is_no_unit("Died", NONE)]
#[case::went_home_is_no_unit("Rhom", NONE)]
fn cl_01(#[case] in_touch: &str, #[case] expected: Option<bool>) {
    assert_verdict("CL-01", leaver(in_touch), expected);
}

#[rstest]
#[case::sixteen("2007-02-01", NONE, NONE)]
#[case::seventeen_today("2007-01-31", YES, NONE)]
#[case::eighteen("2005-02-01", YES, NONE)]
#[case::nineteen_today("2005-01-31", NONE, YES)]
#[case::twenty_one("2002-02-01", NONE, YES)]
#[case::twenty_two_today("2002-01-31", NONE, NONE)]
#[case::no_birth_date("", NONE, NONE)]
#[case::unborn("2024-02-01", NONE, NONE)]
fn ages_are_told_apart(#[case] born: &str, #[case] younger: Option<bool>, #[case] older: Option<bool>) {
    let leaver = CareLeaver {
        person: Person { date_of_birth: on(born), ..Person::default() },
        accommodation_suitability: text("Suitable"),
        activity: text("F2"),
        ..leaver("Yes")
    };
    for id in ["CL-01", "CL-02", "CL-03"] {
        assert_verdict(id, leaver.clone(), YES);
        assert_verdict(&format!("{id}a"), leaver.clone(), younger);
        assert_verdict(&format!("{id}b"), leaver.clone(), older);
    }
}

#[rstest]
#[case::suitable("Yes", "U", "Suitable", YES)]
#[case::unsuitable("Yes", "W", "Unsuitable", NO)]
#[case::blank_suitability("Yes", "U", "", NO)]
#[case::blank_accommodation_stays_in("Yes", "", "Suitable", YES)]
#[case::not_in_touch_stays_in("No", "", "", NO)]
#[case::abroad_is_no_unit("Yes", "G", "Suitable", NONE)]
#[case::deported_is_no_unit("Yes", "H", "", NONE)]
#[case::residence_not_known_is_no_unit("No", "R", "", NONE)]
#[case::died_is_no_unit("Died", "U", "Suitable", NONE)]
fn cl_02(#[case] in_touch: &str, #[case] home: &str, #[case] suitability: &str, #[case] expected: Option<bool>) {
    let leaver =
        CareLeaver { accommodation: text(home), accommodation_suitability: text(suitability), ..leaver(in_touch) };
    assert_verdict("CL-02", leaver, expected);
}

#[rstest]
#[case::higher_education("F1", YES)]
#[case::part_time_higher_education("P1", YES)]
#[case::education("F2", YES)]
#[case::part_time_education("P2", YES)]
#[case::older_code_of_work("F3", YES)]
#[case::older_code_of_part_time_work("P3", YES)]
#[case::apprenticeship("F4", YES)]
#[case::part_time_apprenticeship("P4", YES)]
#[case::work("F5", YES)]
#[case::part_time_work("P5", YES)]
#[case::illness("G4", NO)]
#[case::another_reason("G5", NO)]
#[case::parenting("G6", NO)]
#[case::blank("", NO)]
fn cl_03(#[case] activity: &str, #[case] expected: Option<bool>) {
    assert_verdict("CL-03", CareLeaver { activity: text(activity), ..leaver("Yes") }, expected);
    assert_verdict("CL-03", CareLeaver { activity: text(activity), ..leaver("Died") }, NONE);
}

#[rstest]
#[case::six_months_ago_today("Relevant child", "2023-07-31", YES)]
#[case::a_day_more_is_late("Former relevant child", "2023-07-30", NO)]
#[case::never_reviewed("Relevant child", "", NO)]
#[case::after_as_at_has_not_happened("Relevant child", "2024-02-01", NO)]
#[case::qualifying_is_no_unit("Qualifying care leaver", "2024-01-01", NONE)]
#[case::eligible_is_no_unit("Eligible child", "2024-01-01", NONE)]
#[case::blank_eligibility_is_no_unit("", "2024-01-01", NONE)]
fn cl_04(#[case] eligibility: &str, #[case] review: &str, #[case] expected: Option<bool>) {
    let leaver =
        CareLeaver { eligibility: text(eligibility), pathway_plan_review_date: on(review), ..CareLeaver::default() };
    assert_verdict("CL-04", leaver, expected);
}

#[rstest]
#[case::fifty_six_days_ago("2023-12-06", YES)]
#[case::fifty_seven_days_ago_is_late("2023-12-05", NO)]
#[case::never("", NO)]
#[case::after_as_at_has_not_happened("2024-02-01", NO)]
fn cl_05(#[case] contact: &str, #[case] expected: Option<bool>) {
    assert_verdict("CL-05", CareLeaver { latest_contact_date: on(contact), ..CareLeaver::default() }, expected);
}

#[rstest]
#[case::named("Relevant child", "Ada Byron", YES)]
#[case::blank("Former relevant child", "", NO)]
#[case::qualifying_is_no_unit("Qualifying care leaver", "Ada Byron", NONE)]
fn cl_06(#[case] eligibility: &str, #[case] adviser: &str, #[case] expected: Option<bool>) {
    let leaver =
        CareLeaver { eligibility: text(eligibility), personal_adviser: text(adviser), ..CareLeaver::default() };
    assert_verdict("CL-06", leaver, expected);
}

#[test]
fn clocks_start_at_the_last_date() {
    let council = Council::as_at("2024-01-31");
    let of = |date| {
        [Record::CareLeaver(CareLeaver {
            eligibility: text("Relevant child"),
            pathway_plan_review_date: on(date),
            latest_contact_date: on(date),
            ..CareLeaver::default()
        })]
    };
    assert_eq!(council.clock("CL-04", of("2023-07-30")), clock("2023-07-30", "2024-01-30", 186));
    assert_eq!(council.clock("CL-05", of("2023-12-05")), clock("2023-12-05", "2024-01-30", 58));
    assert_eq!(council.clock("CL-04", of("")), no_clock());
    assert_eq!(council.clock("CL-05", of("")), no_clock());
}

#[rstest]
#[case::pathway_plans("CL-04", "Latest Pathway Plan Review Date")]
#[case::contacts("CL-05", "Latest Date of Contact")]
#[case::advisers("CL-06", "Allocated Personal Advisor")]
fn a_column_without_a_filled_cell_is_not_supplied(#[case] id: &str, #[case] column: &str) {
    let leaver = || [Record::CareLeaver(CareLeaver { eligibility: text("Relevant child"), ..CareLeaver::default() })];
    let mut council = Council::as_at("2024-01-31");
    assert_eq!(council.verdict(id, leaver()), NO);
    council.supplied.lists.get_mut(&9).unwrap().insert(column.to_owned(), 0);
    assert_eq!(council.verdict(id, leaver()), NONE);
    assert!(!council.supplied.satisfies(the(id).needs));
    // The other columns may be blank throughout.
    let mut council = Council::as_at("2024-01-31");
    council.supplied.lists.get_mut(&9).unwrap().insert("Eligibility Category".to_owned(), 0);
    assert!(council.supplied.satisfies(the(id).needs));
}
