//! Which units came into a figure or left it, why, and that the changes add up to the difference.

use crate::any_journey::{any_as_at, any_record, council_of};
use crate::common::*;
use chrono::{NaiveDate, TimeDelta};
use domain::change::Reason::*;
use domain::change::figure::add;
use domain::change::{Moment, Reason, Side, UnitChange, of_child};
use domain::journey::Journey;
use domain::measures::figure::{Figure, tallies};
use domain::measures::{CORE, Counting, Fact};
use domain::record::{Assessment, Contact, Held, Need, ProtectionPlan, Record, Referral};
use proptest::collection::vec;
use proptest::prelude::*;

const THEN: &str = "2026-01-30";
const NOW: &str = "2026-02-06";

fn held(team: &str, worker: &str) -> Held {
    Held { team: text(team), worker: text(worker) }
}

fn plan(start: &str, visit: &str, end: &str, team: &str) -> Record {
    Record::ProtectionPlan(ProtectionPlan {
        cp_plan_start_date: on(start),
        last_visit_date: on(visit),
        cp_plan_end_date: on(end),
        held: held(team, "Ada"),
        ..ProtectionPlan::default()
    })
}

fn need(start: &str, worker: &str) -> Record {
    Record::Need(Need { cin_start_date: on(start), held: held("North", worker), ..Need::default() })
}

fn assessment(start: &str, authorised: &str) -> Record {
    Record::Assessment(Assessment {
        assessment_start_date: on(start),
        assessment_auth_date: on(authorised),
        held: held("North", "Ada"),
        ..Assessment::default()
    })
}

fn contact(date: &str) -> Record {
    Record::Contact(Contact { contact_date: on(date), ..Contact::default() })
}

fn referral(date: &str) -> Record {
    Record::Referral(Referral { referral_date: on(date), held: held("North", "Ada"), ..Referral::default() })
}

/// The changes of one child for the North.
fn changes(id: &str, councils: (&Council, &Council), before: Vec<Record>, after: Vec<Record>) -> Vec<UnitChange> {
    let (before, after) = (child(before), child(after));
    let north = |fact: &Fact| fact.team.as_deref() == Some("North");
    let (then, now) = councils;
    let moment =
        |council, journey| Moment { journey: Some(journey), context: Council::context(council), is_of_group: &north };
    of_child(the(id), &moment(then, &before), &moment(now, &after))
}

/// The only change of one child: from, to and why.
fn change(id: &str, before: Vec<Record>, after: Vec<Record>) -> (Side, Side, Reason) {
    let changes = changes(id, (&Council::as_at(THEN), &Council::as_at(NOW)), before, after);
    assert_eq!(changes.len(), 1, "{changes:?}");
    (changes[0].from, changes[0].to, changes[0].reason)
}

const OUT: Side = Side::Out;
const COUNTED: Side = Side::Denominator;
const REACHED: Side = Side::Numerator;

// Visits to children on a plan are due within 10 working days: 16 January is on time up to 30 January, 23 January up to
// 6 February.

#[test]
fn a_plan_that_began_since_is_new_and_one_that_was_not_on_record_is_late() {
    let of = |start| change("CPP-01", vec![], vec![plan(start, "", "", "North")]);
    assert_eq!(of("2026-01-31"), (OUT, REACHED, New));
    assert_eq!(of("2026-01-30"), (OUT, REACHED, RecordedLate));
    assert_eq!(of(""), (OUT, COUNTED, New));
}

#[test]
fn a_late_child_who_is_visited_is_done_and_one_who_had_been_visited_was_recorded_late() {
    let of = |visit| {
        change(
            "CPP-01",
            vec![plan("2025-06-02", "2026-01-05", "", "North")],
            vec![plan("2025-06-02", visit, "", "North")],
        )
    };
    assert_eq!(of("2026-02-02"), (COUNTED, REACHED, Done));
    assert_eq!(of("2026-01-31"), (COUNTED, REACHED, Done));
    assert_eq!(of("2026-01-30"), (COUNTED, REACHED, RecordedLate));
}

#[test]
fn a_child_whose_day_passed_became_late() {
    let same = || vec![plan("2025-06-02", "2026-01-16", "", "North")];
    assert_eq!(change("CPP-01", same(), same()), (REACHED, COUNTED, BecameLate));
    // A change of the record that would have made no difference is not the reason.
    let moved = vec![plan("2025-06-02", "2026-01-19", "", "North")];
    assert_eq!(change("CPP-01", same(), moved), (REACHED, COUNTED, BecameLate));
}

#[test]
fn a_visit_taken_out_is_an_alteration() {
    let of = |visit| {
        change(
            "CPP-01",
            vec![plan("2025-06-02", "2026-01-28", "", "North")],
            vec![plan("2025-06-02", visit, "", "North")],
        )
    };
    assert_eq!(of(""), (REACHED, COUNTED, Altered));
    assert_eq!(of("2026-01-12"), (REACHED, COUNTED, Altered));
}

#[test]
fn a_plan_that_ended_has_ended_whether_or_not_the_end_was_known() {
    let open = || vec![plan("2025-06-02", "2026-01-28", "", "North")];
    assert_eq!(
        change("CPP-01", open(), vec![plan("2025-06-02", "2026-01-28", "2026-02-04", "North")]),
        (REACHED, OUT, Ended)
    );
    let known = || vec![plan("2025-06-02", "2026-01-28", "2026-02-04", "North")];
    assert_eq!(change("CPP-01", known(), known()), (REACHED, OUT, Ended));
    assert_eq!(change("CPP-01", open(), vec![]), (REACHED, OUT, Removed));
}

#[test]
fn a_child_that_comes_from_another_team_or_goes_to_one_has_moved() {
    let of = |team| vec![plan("2025-06-02", "2026-01-28", "", team)];
    assert_eq!(change("CPP-01", of("North"), of("South")), (REACHED, OUT, Moved));
    assert_eq!(change("CPP-01", of("South"), of("North")), (OUT, REACHED, Moved));
    // Late by time too, and still moved: it is the other team's figure now.
    let late = |team| vec![plan("2025-06-02", "2026-01-16", "", team)];
    assert_eq!(change("CPP-01", late("North"), late("South")), (REACHED, OUT, Moved));
}

#[test]
fn an_end_taken_back_is_an_alteration() {
    let of = |end| vec![plan("2025-06-02", "2026-01-28", end, "North")];
    assert_eq!(change("CPP-01", of("2026-01-20"), of("")), (OUT, REACHED, Altered));
}

#[test]
fn another_standard_is_the_reason_where_the_record_is_not() {
    let same = || vec![plan("2025-06-02", "2026-01-26", "", "North")];
    let (then, now) = (Council::as_at(THEN), Council::as_at(NOW).set("cp_visit_working_days", "5"));
    let found = changes("CPP-01", (&then, &now), same(), same());
    assert_eq!(found.iter().map(|change| change.reason).collect::<Vec<_>>(), [Standard]);
}

#[test]
fn a_row_that_slides_down_the_sheet_is_the_same_unit() {
    let old = || plan("2025-06-02", "2026-01-28", "", "North");
    let found = changes(
        "CPP-01",
        (&Council::as_at(THEN), &Council::as_at(NOW)),
        vec![old()],
        vec![plan("2026-02-03", "", "", "North"), old()],
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].reason, found[0].after.as_ref().unwrap().position), (New, 0));
}

#[test]
fn a_start_that_was_corrected_leaves_the_unit_the_unit_it_was() {
    // Due 15 working days after the discussion that is recorded; corrected, it is late.
    let of = |start| vec![plan(start, "", "", "North")];
    assert_eq!(change("CPP-01", of("2026-01-26"), of("2026-01-12")), (REACHED, COUNTED, Altered));
}

#[test]
fn an_assessment_that_is_finished_leaves_those_open_as_done_and_enters_those_authorised() {
    let (before, after) = (vec![assessment("2025-10-01", "")], vec![assessment("2025-10-01", "2026-02-02")]);
    assert_eq!(change("ASM-02", before.clone(), after.clone()), (REACHED, OUT, Done));
    assert_eq!(change("ASM-01", before.clone(), after), (OUT, COUNTED, TookPlace));
    let late = vec![assessment("2025-10-01", "2026-01-29")];
    assert_eq!(change("ASM-01", before, late), (OUT, COUNTED, RecordedLate));
}

#[test]
fn what_is_older_than_three_months_leaves_the_period() {
    let same = || vec![assessment("2025-10-20", "2025-11-03")];
    assert_eq!(change("ASM-01", same(), same()), (REACHED, OUT, LeftPeriod));
}

#[test]
fn a_referral_that_followed_puts_its_contact_right() {
    let council = Council::as_at(THEN);
    let (then, now) = (vec![contact("2026-01-28")], vec![contact("2026-01-28"), referral("2026-01-30")]);
    // A contact has no team of its own; the child has none either.
    let everything = |_: &Fact| true;
    let (before, after) = (child(then), child(now));
    let later = Council::as_at(NOW);
    let found = of_child(
        the("CON-01"),
        &Moment { journey: Some(&before), context: council.context(), is_of_group: &everything },
        &Moment { journey: Some(&after), context: later.context(), is_of_group: &everything },
    );
    assert_eq!(found.iter().map(|change| (change.to, change.reason)).collect::<Vec<_>>(), [(REACHED, RecordedLate)]);
}

#[test]
fn a_child_that_is_the_unit_comes_with_its_first_open_row_and_is_put_right_with_a_worker() {
    assert_eq!(change("ALL-01", vec![], vec![need("2026-02-02", "")]), (OUT, COUNTED, New));
    assert_eq!(change("ALL-01", vec![], vec![need("2026-01-02", "Ada")]), (OUT, REACHED, RecordedLate));
    let of = |worker| vec![need("2025-06-02", worker)];
    assert_eq!(change("ALL-01", of("Duty"), of("Ada")), (COUNTED, REACHED, Changed));
    assert_eq!(change("ALL-01", of("Ada"), of("Duty")), (REACHED, COUNTED, Changed));
}

#[test]
fn a_case_status_that_is_another_is_a_change_and_no_alteration() {
    let of = |status: &str| {
        vec![Record::Need(Need {
            cin_start_date: on("2025-06-02"),
            last_seen_date: on("2026-01-28"),
            case_status: text(status),
            held: held("North", "Ada"),
            ..Need::default()
        })]
    };
    assert_eq!(change("CIN-01", of("Child in need plan"), of("Open assessment")), (REACHED, OUT, Changed));
}

/// A row of the earlier extract, one of the later, and which of them are there.
type Fate = (Record, Record, u8);

/// Two extracts of some children: rows stay, change, go or come, in any order.
fn any_two_extracts() -> impl Strategy<Value = (NaiveDate, NaiveDate, Vec<(Journey, Journey)>)> {
    (any_as_at(), 1..40_i64).prop_flat_map(|(as_at, days)| {
        let later = as_at + TimeDelta::days(days);
        let row = (any_record(as_at).boxed(), any_record(later).boxed(), 0..10_u8);
        let children = vec((vec(row, 0..8), any::<bool>()), 1..6).prop_map(move |children| {
            let named = |(number, (rows, is_turned)): (usize, (Vec<Fate>, bool))| {
                let (mut before, mut after) = (Vec::new(), Vec::new());
                for (one, other, fate) in rows {
                    match fate {
                        0 => before.push(one),
                        1 => after.push(other),
                        2 | 3 => {
                            before.push(one);
                            after.push(other);
                        }
                        _ => {
                            before.push(one.clone());
                            after.push(one);
                        }
                    }
                }
                if is_turned {
                    after.reverse();
                }
                let id = format!("{number:03}");
                (named_child(&id, before), named_child(&id, after))
            };
            children.into_iter().enumerate().map(named).collect::<Vec<_>>()
        });
        (Just(as_at), Just(later), children)
    })
}

fn figure(id: &str, council: &Council, children: &[&Journey], is_of_group: &dyn Fn(&Fact) -> bool) -> Figure {
    let facts: Vec<Fact> =
        children.iter().flat_map(|journey| council.facts(id, journey)).filter(|fact| is_of_group(fact)).collect();
    the(id).figure(&tallies(&facts), &council.standards)
}

proptest! {
    #[test]
    fn what_came_less_what_left_is_the_difference((then, now, children) in any_two_extracts()) {
        let (then, now) = (council_of(then), council_of(now));
        let everything: &dyn Fn(&Fact) -> bool = &|_| true;
        let north: &dyn Fn(&Fact) -> bool = &|fact| fact.team.as_deref() == Some("North");
        for measure in CORE.iter().filter(|measure| measure.counting == Counting::Units) {
            for is_of_group in [everything, north] {
                let mut changes = Vec::new();
                for (before, after) in &children {
                    let found = of_child(
                        measure,
                        &Moment { journey: Some(before), context: then.context(), is_of_group },
                        &Moment { journey: Some(after), context: now.context(), is_of_group },
                    );
                    for change in &found {
                        prop_assert_ne!(change.from, change.to);
                        prop_assert_eq!(change.before.is_some(), change.from != Side::Out);
                        prop_assert_eq!(change.after.is_some(), change.to != Side::Out);
                    }
                    changes.extend(found);
                }
                let (before, after): (Vec<_>, Vec<_>) = children.iter().map(|(one, other)| (one, other)).unzip();
                let was = figure(measure.id, &then, &before, is_of_group);
                let is = figure(measure.id, &now, &after, is_of_group);
                prop_assert_eq!(add(was, &changes), is, "{}", measure.id);
            }
        }
    }

    #[test]
    fn where_no_record_changed_only_time_is_the_reason((then, now, children) in any_two_extracts()) {
        let (then, now) = (council_of(then), council_of(now));
        for measure in CORE.iter().filter(|measure| measure.counting == Counting::Units) {
            for (journey, _) in &children {
                let found = of_child(
                    measure,
                    &Moment { journey: Some(journey), context: then.context(), is_of_group: &|_| true },
                    &Moment { journey: Some(journey), context: now.context(), is_of_group: &|_| true },
                );
                for change in found {
                    let by_time = [Done, Ended, TookPlace, BecameLate, LeftPeriod, TimePassed];
                    // A date that lay ahead of the first extract is no longer bad in the second, and may be its news.
                    let had_dates_ahead = !journey.bad_dates(then.as_at).is_empty()
                        || dates(journey).iter().any(|date| *date > then.as_at);
                    prop_assert!(by_time.contains(&change.reason) || had_dates_ahead, "{}: {change:?}", measure.id);
                }
            }
        }
    }
}

/// Every date on a child's records.
fn dates(journey: &Journey) -> Vec<NaiveDate> {
    use domain::change::Row;
    use domain::change::fields::fields;
    use domain::record::List;
    List::ALL
        .into_iter()
        .flat_map(|list| Row::of_journey(journey, list))
        .flat_map(|row| fields(row.list()).iter().filter_map(move |field| row.date(field)))
        .collect()
}
