//! What was altered in retrospect, boundary by boundary, and which row is which.

use crate::common::*;
use domain::change::fields::{Kind, fields};
use domain::change::{Alteration, Row, Span, Version, What, alterations, first_seen, pairs, rows_on};
use domain::record::{Assessment, CareLeaver, Contact, List, Need, ProtectionPlan, Record, Section47};

const THEN: &str = "2026-01-30";
const NOW: &str = "2026-02-06";

fn rows(records: impl IntoIterator<Item = Record>) -> Vec<Row> {
    let records: Vec<Record> = records.into_iter().collect();
    let Some(list) = records.first().map(Record::list) else { return Vec::new() };
    Row::of_journey(&child(records), list)
}

fn found(before: Vec<Record>, after: Vec<Record>) -> Vec<Alteration> {
    let span = Span { from: day(THEN), to: day(NOW) };
    alterations(&rows(before), &rows(after), span, |_, _| day(THEN))
}

/// Headers of the columns that were altered; "row" for a whole row.
fn altered(before: Vec<Record>, after: Vec<Record>) -> Vec<&'static str> {
    found(before, after)
        .into_iter()
        .map(|alteration| match alteration.what {
            What::Value(field) => field.header,
            What::Row => "row",
        })
        .collect()
}

fn plan(start: &str, visit: &str, end: &str) -> ProtectionPlan {
    ProtectionPlan {
        cp_plan_start_date: on(start),
        last_visit_date: on(visit),
        cp_plan_end_date: on(end),
        ..ProtectionPlan::default()
    }
}

fn one(plan: ProtectionPlan) -> Vec<Record> {
    vec![Record::ProtectionPlan(plan)]
}

#[test]
fn every_column_is_found_by_its_official_header() {
    for list in List::ALL {
        for field in fields(list) {
            let line = format!("{}\t{}", list.label(), field.header);
            assert!(HEADERS.lines().any(|header| header == line), "{line}");
            if let Kind::Settled(of) = field.kind {
                assert!(fields(list).iter().any(|other| other.name == of && other.is_event()), "{line}");
            }
        }
    }
}

#[test]
fn a_start_that_had_passed_is_altered_and_a_planned_one_may_move() {
    let of = |was: &str| altered(one(plan(was, "2026-01-20", "")), one(plan("2026-01-05", "2026-01-20", "")));
    assert_eq!(of("2026-01-12"), ["Child Protection Plan Start Date"]);
    assert_eq!(of(THEN), ["Child Protection Plan Start Date"]);
    assert!(of("2026-01-31").is_empty());
    assert!(of("2026-01-05").is_empty());
}

#[test]
fn a_value_is_judged_by_the_day_on_which_it_was_first_seen() {
    // A conference planned in December for 20 January, and held on another day: the plan moved.
    let enquiry = |conference: &str| {
        vec![Record::Section47(Section47 {
            strategy_discussion_date: on("2025-12-15"),
            icpc_date: on(conference),
            ..Section47::default()
        })]
    };
    let (before, after) = (rows(enquiry("2026-01-20")), rows(enquiry("2026-01-22")));
    let span = Span { from: day(THEN), to: day(NOW) };
    assert_eq!(alterations(&before, &after, span, |_, _| day("2026-01-20")).len(), 1);
    assert!(alterations(&before, &after, span, |_, _| day("2026-01-19")).is_empty());
}

#[test]
fn a_last_visit_moves_on_and_is_altered_only_when_it_moves_back() {
    let of = |was: &str, is: &str| altered(one(plan("2025-06-02", was, "")), one(plan("2025-06-02", is, "")));
    assert!(of("2026-01-20", "2026-02-03").is_empty());
    assert!(of("2026-01-20", "2026-01-21").is_empty(), "recorded late, which is another matter");
    assert!(of("", "2026-01-21").is_empty());
    assert_eq!(of("2026-01-20", "2026-01-19"), ["Date of the Last Statutory Visit"]);
    assert_eq!(of("2026-01-20", ""), ["Date of the Last Statutory Visit"]);
    assert!(of("2027-01-20", "2026-01-20").is_empty(), "a year mistyped lay ahead, and said nothing of the past");
}

#[test]
fn an_end_that_is_filled_in_is_no_alteration_and_one_taken_back_is() {
    let of = |was: &str, is: &str| altered(one(plan("2025-06-02", "", was)), one(plan("2025-06-02", "", is)));
    assert!(of("", "2026-02-03").is_empty());
    assert!(of("", "2025-09-01").is_empty());
    assert_eq!(of("2026-01-20", "2026-01-27"), ["Child Protection Plan End Date"]);
    assert_eq!(of("2026-01-20", ""), ["Child Protection Plan End Date"]);
    assert!(of("2026-02-20", "").is_empty());
}

#[test]
fn a_code_stands_still_with_its_date() {
    let assessment = |seen: &str, authorised: &str| {
        vec![Record::Assessment(Assessment {
            assessment_start_date: on("2025-12-01"),
            child_seen: text(seen),
            assessment_auth_date: on(authorised),
            ..Assessment::default()
        })]
    };
    let of = |was, is| altered(was, is);
    let seen = ["Child Seen During Continuous Assessment"];
    assert_eq!(of(assessment("No", "2026-01-20"), assessment("Yes", "2026-01-20")), seen);
    assert_eq!(of(assessment("No", "2026-01-20"), assessment("", "2026-01-20")), seen);
    assert!(of(assessment("", "2026-01-20"), assessment("Yes", "2026-01-20")).is_empty(), "filled in");
    assert!(of(assessment("No", ""), assessment("Yes", "")).is_empty(), "still open");
    assert!(of(assessment("No", ""), assessment("Yes", "2026-02-03")).is_empty(), "finished since");
    // The child was seen alone at the last visit; the next visit has its own answer.
    let visited =
        |visit: &str, alone: &str| one(ProtectionPlan { seen_alone: text(alone), ..plan("2025-06-02", visit, "") });
    assert!(of(visited("2026-01-20", "Yes"), visited("2026-02-03", "No")).is_empty());
    assert_eq!(of(visited("2026-01-20", "Yes"), visited("2026-01-20", "No")), ["Was the Child Seen Alone?"]);
}

#[test]
fn how_things_are_now_may_change() {
    let need = |status: &str, worker: &str| {
        let held = domain::record::Held { team: text("North"), worker: text(worker) };
        let case_status = text(status);
        vec![Record::Need(Need { cin_start_date: on("2025-06-02"), case_status, held, ..Need::default() })]
    };
    assert!(altered(need("Child in need plan", "Ada"), need("Child Protection plan", "Ben")).is_empty());
}

#[test]
fn a_birth_that_was_expected_may_move_and_one_that_was_may_not() {
    let contact = |born: &str| {
        let person = domain::record::Person { date_of_birth: on(born), ..Default::default() };
        vec![Record::Contact(Contact { person, contact_date: on("2026-01-12"), ..Contact::default() })]
    };
    assert!(altered(contact("2026-02-01"), contact("2026-01-28")).is_empty());
    assert_eq!(altered(contact("2012-04-01"), contact("2012-01-04")), ["Date of Birth"]);
}

#[test]
fn a_row_that_is_gone_is_missed_while_its_list_still_reaches_it() {
    let of = |plan| altered(one(plan), vec![]);
    assert_eq!(of(plan("2025-01-06", "", "")), ["row"], "open");
    assert_eq!(of(plan("2025-01-06", "", "2025-08-07")), ["row"]);
    assert!(of(plan("2025-01-06", "", "2025-08-06")).is_empty(), "six months ago to the day");
    let contact = |date: &str| vec![Record::Contact(Contact { contact_date: on(date), ..Contact::default() })];
    assert_eq!(altered(contact("2025-08-07"), vec![]), ["row"]);
    assert!(altered(contact("2025-08-06"), vec![]).is_empty());
    assert!(altered(contact(""), vec![]).is_empty(), "nobody knows when");
    let leaver = Record::CareLeaver(CareLeaver { latest_contact_date: on("2026-01-20"), ..CareLeaver::default() });
    assert!(altered(vec![leaver], vec![]).is_empty(), "a young person leaves the list at 25");
}

#[test]
fn an_alteration_says_what_stood_there_and_where() {
    let found = found(one(plan("2026-01-12", "2026-01-20", "")), one(plan("2026-01-05", "2026-01-20", "")));
    let [alteration] = &found[..] else { panic!("{found:?}") };
    assert_eq!((alteration.was.as_deref(), alteration.now.as_deref()), (Some("2026-01-12"), Some("2026-01-05")));
    assert_eq!((alteration.list, alteration.before, alteration.after), (List::ProtectionPlans, 0, Some(0)));
}

#[test]
fn rows_are_told_by_what_they_say() {
    let of = |before: &[(&str, &str, &str)], after: &[(&str, &str, &str)]| {
        let rows = |plans: &[(&str, &str, &str)]| {
            rows(plans.iter().map(|(start, visit, end)| Record::ProtectionPlan(plan(start, visit, end))))
        };
        pairs(&rows(before), &rows(after), day(THEN))
    };
    let (old, new) = (("2024-01-08", "2024-05-01", "2024-06-03"), ("2025-06-02", "2026-01-20", ""));
    assert_eq!(of(&[old, new], &[old, new]), [(0, 0), (1, 1)]);
    assert_eq!(of(&[old, new], &[new, old]), [(0, 1), (1, 0)]);
    assert_eq!(of(&[old], &[new, old]), [(0, 1)]);
    // The same start, whatever else changed.
    assert_eq!(of(&[new], &[old, ("2025-06-02", "2026-02-03", "2026-02-04")]), [(0, 1)]);
    // A start that was corrected: another date agrees, or it is the only open row on both sides.
    assert_eq!(of(&[new], &[("2025-06-09", "2026-01-20", "2026-02-04")]), [(0, 0)]);
    assert_eq!(of(&[new], &[("2025-06-09", "2026-02-03", "")]), [(0, 0)]);
    // A plan that began since is another plan.
    assert_eq!(of(&[new], &[("2026-02-02", "2026-02-03", "")]), []);
    assert_eq!(of(&[new], &[]), []);
}

#[test]
fn a_contact_whose_date_was_corrected_is_the_same_contact() {
    let contact = |date: &str, source: &str| {
        Record::Contact(Contact { contact_date: on(date), contact_source: text(source), ..Contact::default() })
    };
    assert_eq!(altered(vec![contact("2026-01-12", "1A")], vec![contact("2026-01-05", "1A")]), ["Date of Contact"]);
    assert_eq!(altered(vec![contact("2026-01-12", "1A")], vec![contact("2026-02-03", "1A")]), ["row"]);
}

#[test]
fn a_value_was_first_seen_where_its_chain_of_versions_begins() {
    let version = |from: &str, to: &str, place, (start, visit): (&str, &str)| {
        let row = rows(one(plan(start, visit, ""))).remove(0);
        Version { from: day(from), to: on(to), place, row }
    };
    let versions = [
        version("2026-01-02", "2026-01-09", 0, ("2025-06-02", "2025-12-22")),
        version("2026-01-09", "2026-01-16", 0, ("2025-06-02", "2026-01-05")),
        // Slides down the sheet when another plan comes before it, and keeps its start.
        version("2026-01-16", "2026-01-30", 1, ("2025-06-02", "2026-01-05")),
        version("2026-01-16", "", 0, ("2026-01-12", "")),
        version("2026-01-30", "", 1, ("2025-06-02", "2026-01-26")),
    ];
    let dates = ["2026-01-02", "2026-01-09", "2026-01-16", "2026-01-23", "2026-01-30"].map(day);
    let named = |name| domain::change::fields::named(List::ProtectionPlans, name);
    let of = |version: usize, field| first_seen(&versions, &versions[version], field, &dates).to_string();
    assert_eq!(of(2, named("last_visit_date")), "2026-01-09");
    assert_eq!(of(4, named("last_visit_date")), "2026-01-30");
    assert_eq!(of(4, named("cp_plan_start_date")), "2026-01-02");
    assert_eq!(of(4, None), "2026-01-02");
    assert_eq!(of(3, None), "2026-01-16");
    let starts = |date: &str| {
        rows_on(&versions, day(date)).iter().map(|row| row.start().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(starts("2026-01-15"), ["2025-06-02"]);
    assert_eq!(starts("2026-01-16"), ["2026-01-12", "2025-06-02"]);
    assert!(starts("2026-01-01").is_empty());
}
