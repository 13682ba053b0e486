use super::*;
use crate::charts::svg::tests::assert_sound;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn spell(lane: Lane, label: &str, start: &str, end: &str) -> Spell {
    Spell { lane, label: label.to_owned(), start: start.parse().ok(), end: end.parse().ok() }
}

fn moment(lane: Lane, date: &str, label: &str) -> Moment {
    Moment { lane, date: day(date), label: label.to_owned() }
}

fn shown(chart: &Chart) -> String {
    assert_sound(&chart.svg);
    let rows: Vec<String> = chart.table.rows.iter().map(|row| row.join(" | ")).collect();
    format!(
        "{}\n{}\n{}\n{}\n{}",
        chart.text,
        chart.table.caption,
        chart.table.head.join(" | "),
        rows.join("\n"),
        chart.svg.replace("><", ">\n<")
    )
}

fn drawn(spells: &[Spell], moments: &[Moment]) -> Chart {
    journey("journey", "child 1042", spells, moments, day("2026-10-30")).unwrap()
}

#[test]
fn one_lane() {
    let spells = [spell(Lane::Assessment, "Assessment", "2026-06-01", "2026-07-10")];
    insta::assert_snapshot!(shown(&drawn(&spells, &[])));
}

#[test]
fn nine_lanes() {
    let spells = [
        spell(Lane::EarlyHelp, "Early help", "2019-02-04", "2019-08-30"),
        spell(Lane::Assessment, "Assessment", "2020-01-16", "2020-03-02"),
        spell(Lane::Assessment, "Assessment", "2023-05-02", "2023-06-20"),
        spell(Lane::Section47AndConference, "Section 47", "2020-03-05", "2020-03-24"),
        spell(Lane::ChildInNeed, "Child in need", "2020-01-15", "2025-04-01"),
        spell(Lane::ChildProtection, "Child protection plan, neglect", "2020-03-24", "2021-03-10"),
        spell(Lane::LookedAfter, "Looked after", "2021-04-12", "2025-04-01"),
        spell(Lane::CareLeaver, "Care leaver", "2025-04-01", ""),
        spell(Lane::Adoption, "Adoption", "2022-01-10", "2022-11-30"),
    ];
    let moments = [
        moment(Lane::ContactAndReferral, "2019-01-28", "Contact"),
        moment(Lane::ContactAndReferral, "2020-01-14", "Referral"),
        moment(Lane::Section47AndConference, "2020-03-24", "Initial conference"),
    ];
    insta::assert_snapshot!(shown(&drawn(&spells, &moments)));
}

#[test]
fn open_spells_and_blank_starts() {
    let spells = [
        spell(Lane::ChildInNeed, "Child in need", "", ""),
        spell(Lane::ChildProtection, "Plan, neglect", "2026-06-04", ""),
        spell(Lane::ChildProtection, "Plan, emotional abuse", "", "2025-12-01"),
        spell(Lane::LookedAfter, "Short breaks", "2026-02-01", "2027-01-31"),
    ];
    insta::assert_snapshot!(shown(&drawn(&spells, &[])));
}

#[test]
fn events_alone_each_with_the_shape_of_its_lane() {
    let moments: Vec<Moment> = Lane::ALL.into_iter().map(|lane| moment(lane, "2026-10-01", "Event")).collect();
    let chart = drawn(&[], &moments);
    insta::assert_snapshot!(shown(&chart));
}

#[test]
fn nothing_dated_is_no_drawing() {
    let spells = [spell(Lane::ChildInNeed, "Child in need", "", "")];
    assert_eq!(journey("journey", "child 1042", &spells, &[], day("2026-10-30")), None);
    assert_eq!(journey("journey", "child 1042", &[], &[], day("2026-10-30")), None);
}

#[test]
fn many_contacts_keep_their_marks_and_lose_only_labels() {
    let moments: Vec<Moment> = (0..60_u64)
        .map(|week| Moment {
            lane: Lane::ContactAndReferral,
            date: day("2025-09-01") + chrono::Days::new(7 * week),
            label: "Contact from school".to_owned(),
        })
        .collect();
    let chart = drawn(&[], &moments);
    assert_sound(&chart.svg);
    assert_eq!(chart.svg.matches("<circle").count(), 120);
    assert_eq!(chart.svg.matches("the table has all").count(), 2);
    assert_eq!(chart.table.rows.len(), 60);
}

#[test]
fn names_from_the_data_stay_text() {
    let hostile = "</text><script>alert(1)</script>\" style=\"x' &amp;\n\u{0}";
    let spells = [spell(Lane::ChildInNeed, hostile, "2026-01-01", "")];
    let moments = [moment(Lane::Assessment, "2026-02-01", hostile)];
    let chart = journey(hostile, hostile, &spells, &moments, day("2026-10-30")).unwrap();
    assert_sound(&chart.svg);
    assert!(!chart.svg.contains("<script") && chart.svg.contains("&lt;script&gt;"));
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (any::<i32>(), any::<bool>()).prop_map(|(days, near)| {
        let days = if near { 738_000 + days % 5000 } else { days };
        NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MIN)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_input_gives_a_sound_drawing(
        spells in prop::collection::vec((0..9_usize, any::<String>(), prop::option::of(any_date()), prop::option::of(any_date())), 0..30),
        moments in prop::collection::vec((0..9_usize, any::<String>(), any_date()), 0..30),
        words: (String, String),
        as_at in any_date(),
    ) {
        let spells: Vec<Spell> = spells
            .into_iter()
            .map(|(lane, label, start, end)| Spell { lane: Lane::ALL[lane], label, start, end })
            .collect();
        let moments: Vec<Moment> =
            moments.into_iter().map(|(lane, label, date)| Moment { lane: Lane::ALL[lane], date, label }).collect();
        if let Some(chart) = journey(&words.0, &words.1, &spells, &moments, as_at) {
            assert_sound(&chart.svg);
            prop_assert_eq!(chart.table.rows.len(), spells.len() + moments.len());
        }
    }
}
