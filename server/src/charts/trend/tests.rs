use super::*;
use crate::charts::svg::tests::assert_sound;
use chrono::Days;
use proptest::prelude::*;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A year of weekly extracts: from 70% to 97%, with a wave.
fn weekly(weeks: u64) -> Vec<TrendPoint> {
    (0..weeks)
        .map(|week| {
            let numerator = 84 + week * 32 / weeks.max(2) + (week * 7) % 5;
            TrendPoint {
                date: day("2025-11-07") + Days::new(7 * week),
                value: Some(numerator as f64 / 120.0),
                numerator: Some(numerator),
                denominator: Some(120),
            }
        })
        .collect()
}

fn input(points: &[TrendPoint]) -> TrendInput<'_> {
    TrendInput {
        id: "trend",
        title: "CP visits on time, whole council",
        points,
        unit: Unit::Share,
        target: Some(0.95),
        england: Some((0.814, "2025".to_owned())),
        higher_is_better: Some(true),
        suppressed: false,
    }
}

fn blank(points: &mut [TrendPoint], which: impl IntoIterator<Item = usize>) {
    for index in which {
        points[index] = TrendPoint { value: None, numerator: None, denominator: None, ..points[index] };
    }
}

/// Everything a reader gets, one element a line.
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

#[test]
fn a_year_of_weeks() {
    let points = weekly(52);
    let chart = trend(&input(&points));
    assert!(chart.svg.len() < 12_000, "{} bytes", chart.svg.len());
    insta::assert_snapshot!(shown(&chart));
}

#[test]
fn a_gap_is_no_line_and_no_zero() {
    let mut points = weekly(10);
    blank(&mut points, [3, 4, 6, 9]);
    points[4].denominator = Some(0);
    let chart = trend(&input(&points));
    insta::assert_snapshot!(shown(&chart));
}

#[test]
fn one_point() {
    insta::assert_snapshot!(shown(&trend(&input(&weekly(1)))));
}

#[test]
fn no_points() {
    insta::assert_snapshot!(shown(&trend(&input(&[]))));
}

#[test]
fn dates_without_any_value() {
    let mut points = weekly(4);
    blank(&mut points, 0..4);
    let input = TrendInput { target: None, england: None, higher_is_better: None, ..input(&points) };
    insta::assert_snapshot!(shown(&trend(&input)));
}

#[test]
fn children_per_worker_in_numbers() {
    let points: Vec<TrendPoint> = (0..12)
        .map(|month| TrendPoint {
            date: day("2025-11-30") + Days::new(30 * month),
            value: Some(19.5 - month as f64 / 3.0),
            numerator: Some(1950),
            denominator: Some(100),
        })
        .collect();
    let input = TrendInput {
        title: "Children per worker, Assessment",
        unit: Unit::Ratio,
        target: Some(16.0),
        england: Some((15.3, "2024".to_owned())),
        higher_is_better: Some(false),
        ..input(&points)
    };
    insta::assert_snapshot!(shown(&trend(&input)));
}

#[test]
fn names_from_the_data_stay_text() {
    let points = weekly(3);
    let hostile = "</title><script>alert(1)</script>\" style=\"x' <b>&amp;\u{0}\u{202e}";
    let input = TrendInput { id: hostile, title: hostile, england: Some((0.8, hostile.to_owned())), ..input(&points) };
    let chart = trend(&input);
    assert_sound(&chart.svg);
    assert!(!chart.svg.contains("<script") && !chart.svg.contains("<b>") && chart.svg.contains("&lt;script&gt;"));
}

#[test]
fn a_small_number_is_drawn_for_nobody_who_may_not_read_it() {
    let point = |date: &str, numerator: u64| TrendPoint {
        date: day(date),
        value: Some(numerator as f64 / 120.0),
        numerator: Some(numerator),
        denominator: Some(120),
    };
    let points = [point("2026-08-31", 60), point("2026-09-30", 3), point("2026-10-31", 117), point("2026-11-30", 0)];
    let chart = trend(&TrendInput { suppressed: true, ..input(&points) });
    let values: Vec<&str> = chart.table.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(values, ["0.0%", "Not shown", "Not shown", "50.0%"]);
    assert!(chart.table.rows[1].contains(&"–".to_owned()), "{:?}", chart.table.rows[1]);
    assert!(!chart.svg.contains("97.5%") && !chart.text.contains("97.5%") && !chart.text.contains("2.5%"));
    assert!(chart.text.contains("no value shown on 2 of 4 dates"), "{}", chart.text);
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let points = weekly(9);
    let reversed: Vec<TrendPoint> = points.iter().rev().copied().collect();
    assert_eq!(trend(&input(&points)), trend(&input(&reversed)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_input_gives_a_sound_drawing(
        rows in prop::collection::vec(
            (any::<i32>(), prop::option::of(any::<f64>()), any::<Option<u64>>(), any::<Option<u64>>(), any::<bool>()),
            0..80,
        ),
        target: Option<f64>,
        england: Option<(f64, String)>,
        words: (String, String),
        flags: (bool, Option<bool>, bool),
    ) {
        let points: Vec<TrendPoint> = rows
            .into_iter()
            .map(|(date, value, numerator, denominator, near)| TrendPoint {
                date: NaiveDate::from_num_days_from_ce_opt(if near { 739_000 + date % 1000 } else { date })
                    .unwrap_or(NaiveDate::MAX),
                value: value.map(|value| if near { value % 1.0 } else { value }),
                numerator,
                denominator,
            })
            .collect();
        let chart = trend(&TrendInput {
            id: &words.0,
            title: &words.1,
            points: &points,
            unit: if flags.0 { Unit::Share } else { Unit::Ratio },
            target,
            england,
            higher_is_better: flags.1,
            suppressed: flags.2,
        });
        assert_sound(&chart.svg);
        prop_assert_eq!(chart.table.rows.len(), points.len());
    }
}
