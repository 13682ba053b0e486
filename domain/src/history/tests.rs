use super::*;
use crate::change::Row;
use crate::record::{CareLeaver, CarePeriod, Contact, Need, ProtectionPlan, Record};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn on(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| day(text))
}

fn need(start: &str, seen: &str, end: &str) -> Record {
    let row =
        Need { cin_start_date: on(start), last_seen_date: on(seen), cin_closure_date: on(end), ..Need::default() };
    Record::Need(row)
}

fn plan(start: &str, end: &str) -> Record {
    let row = ProtectionPlan { cp_plan_start_date: on(start), cp_plan_end_date: on(end), ..ProtectionPlan::default() };
    Record::ProtectionPlan(row)
}

fn care(start: &str, end: &str) -> Record {
    Record::CarePeriod(CarePeriod { started_date: on(start), ceased_date: on(end), ..CarePeriod::default() })
}

fn contact(date: &str) -> Record {
    Record::Contact(Contact { contact_date: on(date), ..Contact::default() })
}

/// An extract: its date, the windows of its lists, and the child's rows.
struct Extract {
    as_at: &'static str,
    windows: Vec<(u8, &'static str)>,
    without: Vec<u8>,
    rows: Vec<Record>,
}

fn extract<const N: usize>(as_at: &'static str, window: &'static str, rows: [Record; N]) -> Extract {
    let windows = if window.is_empty() { Vec::new() } else { (1..=8).map(|list| (list, window)).collect() };
    Extract { as_at, windows, without: Vec::new(), rows: rows.into() }
}

fn list_of(record: &Record) -> List {
    match record {
        Record::Contact(_) => List::Contacts,
        Record::Need(_) => List::ChildrenInNeed,
        Record::ProtectionPlan(_) => List::ProtectionPlans,
        Record::CarePeriod(_) => List::ChildrenInCare,
        Record::CareLeaver(_) => List::CareLeavers,
        _ => panic!("no list of these tests"),
    }
}

/// As the store keeps them: one version for as long as a row stays in its place and says the same.
fn versions(extracts: &[Extract]) -> Versions {
    let mut kept = Versions::new();
    for (index, extract) in extracts.iter().enumerate() {
        let from = day(extract.as_at);
        let mut places: BTreeMap<List, usize> = BTreeMap::new();
        for record in &extract.rows {
            let list = list_of(record);
            let place = *places.entry(list).and_modify(|place| *place += 1).or_insert(0);
            let row = Row::from_json(list, &record.to_json().unwrap()).unwrap();
            let kept = kept.entry(list).or_default();
            let same = kept.iter_mut().find(|one| one.to == Some(from) && one.place == place && one.row == row);
            let to = extracts.get(index + 1).map(|next| day(next.as_at));
            match same {
                Some(version) => version.to = to,
                None => kept.push(Version { from, to, place, row }),
            }
        }
    }
    kept
}

fn listings(extracts: &[Extract]) -> Vec<Listing> {
    let listing = |extract: &Extract| Listing {
        as_at: day(extract.as_at),
        lists: (1..=11).filter(|list| !extract.without.contains(list)).collect(),
        windows: extract.windows.iter().map(|(list, first)| (*list, day(first))).collect(),
    };
    extracts.iter().map(listing).collect()
}

fn history(extracts: &[Extract]) -> History {
    History::of("007".into(), &versions(extracts), &listings(extracts)).unwrap()
}

/// Start and end of each period of need, and where it is known from.
fn needs(history: &History) -> Vec<(Option<NaiveDate>, Option<NaiveDate>, Source)> {
    let rows = history.journey.needs.iter().enumerate();
    rows.map(|(at, row)| (row.cin_start_date, row.cin_closure_date, history.source(List::ChildrenInNeed, at))).collect()
}

#[test]
fn what_left_the_window_is_still_there_and_says_from_which_extract() {
    let extracts = [
        extract("2025-12-31", "2025-07-01", [need("2025-03-01", "", "2025-08-15"), contact("2025-07-20")]),
        extract("2026-03-31", "2025-10-01", [need("2026-03-02", "", "")]),
    ];
    let history = history(&extracts);
    let known = Source::Known(day("2025-12-31"));
    assert_eq!(
        needs(&history),
        [(on("2026-03-02"), None, Source::Listed), (on("2025-03-01"), on("2025-08-15"), known)]
    );
    assert_eq!(history.source(List::Contacts, 0), known);
    assert_eq!(history.journey.contacts[0].contact_date, on("2025-07-20"));
    assert!(history.has_earlier() && history.last_listed().is_none());
    assert_eq!(history.counted().journey.needs.len(), 2);
}

#[test]
fn the_newest_version_of_a_row_counts_and_the_same_row_is_one() {
    let extracts = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "2026-01-05", "")]),
        extract("2026-02-28", "2025-09-01", [need("2025-07-10", "2026-02-10", "")]),
        extract("2026-03-31", "2025-10-01", [need("2025-07-10", "2026-02-10", "2026-03-20")]),
    ];
    let history = history(&extracts);
    assert_eq!(needs(&history), [(on("2025-07-10"), on("2026-03-20"), Source::Listed)]);
    let past: Vec<_> = history.past.iter().map(|past| (past.field.name, past.date, past.source)).collect();
    assert_eq!(past, [("last_seen_date", day("2026-01-05"), Source::Known(day("2026-01-31")))]);
}

#[test]
fn a_visit_that_was_taken_back_or_lay_ahead_is_no_event() {
    let extracts = [
        extract("2026-01-31", "", [need("2025-07-10", "2026-01-20", "")]),
        extract("2026-02-28", "", [need("2025-07-10", "2026-01-10", "")]),
        extract("2026-03-31", "", [need("2025-07-10", "2026-05-01", "")]),
        extract("2026-06-30", "", [need("2025-07-10", "2026-06-01", "")]),
    ];
    let history = history(&extracts);
    let dates: Vec<_> = history.past.iter().map(|past| past.date).collect();
    assert_eq!(dates, [day("2026-01-10")], "20 January moved back, 1 May lay after its extract");
}

#[test]
fn a_start_that_was_corrected_is_the_same_spell() {
    let extracts = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", "")]),
        extract("2026-02-28", "2025-09-01", [need("2025-07-01", "", "")]),
    ];
    assert_eq!(needs(&history(&extracts)), [(on("2025-07-01"), None, Source::Listed)]);
}

#[test]
fn a_row_deleted_while_the_window_still_reaches_it_is_no_silent_fact() {
    let gone = Source::NoLongerListed { last: day("2026-01-31"), since: day("2026-02-28") };
    // Open, and the next extract's list reaches back past the day after the last one.
    let open = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", "")]),
        extract("2026-02-28", "2025-09-01", []),
        extract("2026-12-31", "2026-07-01", []),
    ];
    let history_of_open = history(&open);
    assert_eq!(needs(&history_of_open), [(on("2025-07-10"), None, gone)], "also once the window has moved on");
    assert!(history_of_open.counted().journey.needs.is_empty() && history_of_open.not_counted() == 1);
    // Ended, on a day that the window holds; the day before the window has left it.
    for (end, source) in [("2025-09-01", gone), ("2025-11-30", gone), ("2025-08-31", Source::Known(day("2026-01-31")))]
    {
        let ended = [
            extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", end)]),
            extract("2026-02-28", "2025-09-01", []),
        ];
        assert_eq!(needs(&history(&ended)), [(on("2025-07-10"), on(end), source)], "ended on {end}");
    }
}

#[test]
fn an_open_spell_may_have_ended_unseen_between_two_extracts_far_apart() {
    let extracts = [
        extract("2025-01-31", "2024-08-01", [plan("2024-11-01", "")]),
        extract("2026-01-31", "2025-08-01", [plan("2026-01-05", "")]),
    ];
    let history = history(&extracts);
    assert_eq!(history.source(List::ProtectionPlans, 0), Source::Listed);
    let unseen = Source::EndNotKnown { last: day("2025-01-31"), since: day("2026-01-31") };
    assert_eq!(history.source(List::ProtectionPlans, 1), unseen);
    let counted = history.counted();
    assert_eq!(counted.cut, BTreeMap::from([((List::ProtectionPlans, 1), day("2025-01-31"))]));
    assert_eq!(
        counted.journey.protection_plans[1].cp_plan_end_date,
        on("2025-01-31"),
        "open up to the last extract with it"
    );
    assert_eq!(history.journey.protection_plans[1].cp_plan_end_date, None, "and no end is made up");
}

#[test]
fn a_list_that_never_shows_an_end_shows_none_of_what_it_drops() {
    let mut extracts = [extract("2026-01-31", "", [need("2025-07-10", "", "")]), extract("2026-02-28", "", [])];
    let unseen = Source::EndNotKnown { last: day("2026-01-31"), since: day("2026-02-28") };
    assert_eq!(needs(&history(&extracts)), [(on("2025-07-10"), None, unseen)]);
    // An end that was written ahead is known.
    extracts[0].rows = vec![need("2025-07-10", "", "2026-02-10")];
    assert_eq!(needs(&history(&extracts)), [(on("2025-07-10"), on("2026-02-10"), Source::Known(day("2026-01-31")))]);
}

#[test]
fn two_spells_stay_two_whatever_their_order_in_the_sheet() {
    let extracts = [
        extract("2026-01-31", "2025-08-01", [need("2025-03-01", "", "2025-09-30"), need("2025-12-01", "", "")]),
        extract("2026-02-28", "2025-09-01", [need("2025-12-01", "", ""), need("2025-03-01", "", "2025-09-30")]),
        extract("2026-04-30", "2025-11-01", [need("2025-12-01", "", "")]),
    ];
    assert_eq!(
        needs(&history(&extracts)),
        [
            (on("2025-12-01"), None, Source::Listed),
            (on("2025-03-01"), on("2025-09-30"), Source::Known(day("2026-02-28"))),
        ]
    );
}

#[test]
fn a_row_that_was_missing_from_one_extract_comes_back_as_itself() {
    let extracts = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", "")]),
        extract("2026-02-28", "2025-09-01", []),
        extract("2026-03-31", "2025-10-01", [need("2025-07-10", "2026-03-03", "")]),
    ];
    assert_eq!(needs(&history(&extracts)), [(on("2025-07-10"), None, Source::Listed)]);
}

#[test]
fn a_list_that_was_not_supplied_says_nothing() {
    let mut extracts =
        [extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", "")]), extract("2026-02-28", "2025-09-01", [])];
    extracts[1].without = vec![6];
    assert_eq!(needs(&history(&extracts)), [(on("2025-07-10"), None, Source::Known(day("2026-01-31")))]);
}

#[test]
fn a_child_listed_at_a_higher_level_instead_was_in_need_until_then() {
    let extracts = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", "")]),
        extract("2026-02-28", "2025-09-01", [plan("2026-02-10", "")]),
    ];
    let unseen = Source::EndNotKnown { last: day("2026-01-31"), since: day("2026-02-28") };
    assert_eq!(needs(&history(&extracts)), [(on("2025-07-10"), None, unseen)]);
    let ended_before = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "", "")]),
        extract("2026-02-28", "2025-09-01", [plan("2026-02-10", "2026-02-20")]),
    ];
    assert!(!needs(&history(&ended_before))[0].2.is_true());
}

#[test]
fn a_child_known_from_older_extracts_alone_has_a_history_and_no_present() {
    let extracts = [
        extract("2025-01-31", "2024-08-01", [plan("2024-06-01", "2024-09-15"), care("2024-10-01", "2024-12-01")]),
        extract("2026-01-31", "2025-08-01", []),
    ];
    let history = history(&extracts);
    assert_eq!(history.last_listed(), on("2025-01-31"));
    assert_eq!((history.journey.protection_plans.len(), history.journey.care_periods.len()), (1, 1));
    assert_eq!(self::history(&[]), History::of("007".into(), &Versions::new(), &[]).unwrap());
}

#[test]
fn an_earlier_extract_knows_nothing_of_a_later_one() {
    let extracts = [
        extract("2026-01-31", "2025-08-01", [need("2025-07-10", "2026-01-05", "")]),
        extract(
            "2026-02-28",
            "2025-09-01",
            [need("2025-07-10", "2026-02-10", "2026-02-20"), need("2026-02-25", "", "")],
        ),
    ];
    let then = History::of("007".into(), &versions(&extracts), &listings(&extracts)[..1]).unwrap();
    assert_eq!(needs(&then), [(on("2025-07-10"), None, Source::Listed)]);
    assert!(then.past.is_empty() && !then.has_earlier());
}

#[test]
fn an_unborn_child_has_one_plan_whatever_becomes_of_the_expected_day() {
    let unborn = |birth: &str, visit: &str| {
        Record::ProtectionPlan(ProtectionPlan {
            person: crate::record::Person { date_of_birth: on(birth), ..crate::record::Person::default() },
            cp_plan_start_date: on("2026-01-10"),
            last_visit_date: on(visit),
            ..ProtectionPlan::default()
        })
    };
    let extracts = [
        extract("2026-01-31", "2025-08-01", [unborn("2026-04-01", "2026-01-20")]),
        extract("2026-04-30", "2025-11-01", [unborn("2026-03-28", "2026-04-20")]),
    ];
    let history = history(&extracts);
    assert_eq!(history.journey.protection_plans.len(), 1);
    assert_eq!(history.journey.protection_plans[0].person.date_of_birth, on("2026-03-28"));
    assert_eq!(history.past.iter().map(|past| past.date).collect::<Vec<_>>(), [day("2026-01-20")]);
}

#[test]
fn a_care_leaver_who_is_listed_no_more_was_one_until_the_last_extract() {
    let leaver =
        || Record::CareLeaver(CareLeaver { eligibility: Some("Relevant".to_owned()), ..CareLeaver::default() });
    let extracts = [extract("2025-12-31", "", [leaver()]), extract("2026-01-31", "", [])];
    let history = history(&extracts);
    assert_eq!(history.leaver_until(), on("2025-12-31"));
    assert_eq!(self::history(&extracts[..1]).leaver_until(), None);
}

mod windows {
    use super::*;
    use crate::history::window::WindowsOf;

    fn windows(records: impl IntoIterator<Item = Record>) -> Windows {
        let mut of = WindowsOf::default();
        for record in records {
            let mut journey = Journey::new("1".into());
            journey.push(record);
            of.add(&journey, day("2026-01-31"));
        }
        of.windows()
    }

    #[test]
    fn a_list_reaches_back_to_its_earliest_event_or_end() {
        let found = windows([
            contact("2025-08-03"),
            contact("2025-12-01"),
            contact("2027-01-01"),
            need("2019-01-01", "", "2025-09-10"),
            need("2018-01-01", "", ""),
            plan("2020-01-01", ""),
        ]);
        assert_eq!(found, Windows::from([(1, day("2025-08-03")), (6, day("2025-09-10"))]));
    }

    #[test]
    fn one_date_in_a_hundred_is_a_typing_error_and_no_window() {
        let many = (0..99).map(|_| contact("2025-08-03"));
        let found = |rows: Vec<Record>| windows(rows)[&1];
        assert_eq!(found(many.clone().chain([contact("2005-08-03")]).collect()), day("2025-08-03"));
        assert_eq!(found(many.take(98).chain([contact("2005-08-03")]).collect()), day("2005-08-03"));
    }
}

mod stretches {
    use super::*;
    use crate::history::stretch::{Stretch, merged, unbroken};
    use crate::record::{Assessment, Referral, Section47};

    fn stretch(start: &str, end: &str) -> Stretch {
        Stretch { start: day(start), end: day(end), runs: false }
    }

    fn unbroken_with(records: impl IntoIterator<Item = Record>, stages: &[Stretch]) -> Vec<(NaiveDate, NaiveDate)> {
        let mut journey = Journey::new("1".into());
        records.into_iter().for_each(|record| journey.push(record));
        let sound = journey.read_as_at(day("2026-12-31"));
        unbroken(stages.iter().copied(), &sound).iter().map(|one| (one.start, one.end)).collect()
    }

    #[test]
    fn overlapping_levels_and_neighbouring_days_are_one_stretch_and_a_day_between_ends_it() {
        let levels = vec![
            stretch("2026-01-01", "2026-06-30"),
            stretch("2026-02-01", "2026-03-01"),
            stretch("2026-07-01", "2026-08-01"),
        ];
        assert_eq!(merged(levels.clone(), 1), [stretch("2026-01-01", "2026-08-01")]);
        let apart: Vec<_> = levels.into_iter().chain([stretch("2026-08-03", "2026-08-10")]).collect();
        assert_eq!(merged(apart, 1).len(), 2, "re-entry after a gap begins anew");
    }

    #[test]
    fn time_between_stages_belongs_to_the_child_where_it_was_decided_to_go_on() {
        let stage = [stretch("2026-03-31", "2026-06-01")];
        let referral = |nfa: &str, date: &str| {
            let row = Referral { referral_date: on(date), referral_nfa: Some(nfa.to_owned()), ..Referral::default() };
            Record::Referral(row)
        };
        let whole = |start: &str| vec![(day(start), day("2026-06-01"))];
        assert_eq!(unbroken_with([referral("No", "2026-02-28")], &stage), whole("2026-02-28"));
        assert_eq!(unbroken_with([referral("No", "2026-02-27")], &stage), whole("2026-03-31"));
        assert_eq!(unbroken_with([referral("Yes", "2026-03-20")], &stage), whole("2026-03-31"));
        let assessment = Record::Assessment(Assessment {
            assessment_auth_date: on("2026-03-10"),
            requires_support: Some("Yes".to_owned()),
            ..Assessment::default()
        });
        assert_eq!(unbroken_with([assessment], &stage), whole("2026-03-10"));
        let conference = Record::Section47(Section47 {
            icpc_date: on("2026-03-20"),
            icpc_outcome_cp_plan: Some("Yes".to_owned()),
            ..Section47::default()
        });
        assert_eq!(unbroken_with([conference], &stage), whole("2026-03-20"));
    }
}
