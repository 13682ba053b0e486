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
        months: &[],
        unfinished: &[],
        behind: None,
        unit: Unit::Share,
        target: Some(0.95),
        targets_then: &[],
        england: Some((0.814, "2025".to_owned())),
        higher_is_better: Some(true),
        suppressed: false,
        control: None,
        path: None,
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
fn a_target_that_changed_is_drawn_with_its_step_and_said() {
    let points = weekly(20);
    let targets = |change: usize| -> Vec<(NaiveDate, Option<f64>)> {
        (0..20).map(|at| (points[at].date, Some(if at < change { 0.9 } else { 0.95 }))).collect()
    };
    let drawn = |targets: &[(NaiveDate, Option<f64>)]| trend(&TrendInput { targets_then: targets, ..input(&points) });
    let (changed, never) = (drawn(&targets(10)), drawn(&targets(0)));
    assert_sound(&changed.svg);
    assert!(changed.text.contains("target 95%; the target was 90% before 16 January 2026"), "{}", changed.text);
    assert_eq!(never, drawn(&[]));
    assert!(!never.text.contains("before"));
    let none = |at: usize| (points[at].date, (at >= 10).then_some(0.95));
    let set_later = drawn(&(0..20).map(none).collect::<Vec<_>>());
    assert!(set_later.text.contains("there was no target before 16 January 2026"), "{}", set_later.text);
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
fn children_counted_one_by_one_with_the_path_to_none() {
    let points: Vec<TrendPoint> = (0..12)
        .map(|week| TrendPoint {
            date: day("2026-08-14") + Days::new(7 * week),
            value: Some((30 - 2 * week) as f64),
            numerator: None,
            denominator: None,
        })
        .collect();
    let chart = trend(&TrendInput {
        title: "Children without an allocated worker, whole council",
        unit: Unit::Count,
        target: None,
        england: None,
        higher_is_better: Some(false),
        path: Some((day("2026-12-11"), "At the pace of the last four weeks, none by 11 December 2026".to_owned())),
        ..input(&points)
    });
    assert_eq!(
        chart.text,
        "Children without an allocated worker, whole council: 30 on 14 August 2026, 8 on 30 October 2026; lowest 8, \
         highest 30; at the pace of the last four weeks, none by 11 December 2026."
    );
    assert_eq!(chart.table.head, ["Date", "Number"]);
    assert_eq!(chart.table.rows[0], ["30 October 2026", "8"]);
    assert_sound(&chart.svg);
    assert_eq!(chart.svg.matches("class=\"chart-path\"").count(), 2, "on both drawings: {}", chart.svg);
    let past =
        trend(&TrendInput { path: Some((day("2026-10-30"), String::new())), unit: Unit::Count, ..input(&points) });
    assert!(!past.svg.contains("chart-path"), "a path leads into the future");
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

/// The judgement of every point: a mean, limits, and what the caller adds.
fn control(points: &[TrendPoint], add: impl Fn(usize, &mut ControlPoint)) -> Control {
    let judged = points.iter().enumerate().map(|(place, point)| {
        let mut judged = ControlPoint {
            date: point.date,
            mean: Some(0.841),
            limits: Some((0.76, 0.922)),
            special: None,
            step: None,
        };
        add(place, &mut judged);
        judged
    });
    Control { points: judged.collect(), verdict: "Getting better, it says.".to_owned(), why_no_limits: None }
}

fn special(kind: SpecialKind, up: bool) -> Option<Special> {
    Some(Special { kind, up, words: "beyond a limit".to_owned() })
}

#[test]
fn a_control_chart_with_a_cut() {
    let points = weekly(16);
    let control = control(&points, |place, point| {
        match place {
            2 => point.special = special(SpecialKind::Worse, false),
            15 => point.special = special(SpecialKind::Better, true),
            _ => {}
        }
        if place >= 9 {
            (point.mean, point.limits) = (Some(0.9), Some((0.85, 1.02)));
        }
        if place == 9 {
            point.step = Some(Step { from: day("2026-01-07"), reason: "One front door for all.".to_owned() });
        }
    });
    let chart = trend(&TrendInput { control: Some(&control), ..input(&points) });
    assert!(chart.svg.len() < 14_000, "{} bytes", chart.svg.len());
    insta::assert_snapshot!(shown(&chart));
}

#[test]
fn the_verdict_and_the_cuts_are_said_in_words() {
    let points = weekly(14);
    let control = control(&points, |place, point| {
        if place == 7 {
            point.step = Some(Step { from: day("2025-12-24"), reason: "One front door".to_owned() });
        }
    });
    let chart = trend(&TrendInput { control: Some(&control), ..input(&points) });
    let words = "Getting better, it says. Begins anew from 24 December 2025: One front door.";
    assert!(chart.text.ends_with(words), "{}", chart.text);
    assert_eq!(chart.svg.matches("Getting better, it says.").count(), 2, "in the description of both drawings");
}

#[test]
fn special_points_differ_in_shape_as_well_as_in_colour() {
    let points = weekly(14);
    let drawn = |kind, up| {
        let control =
            control(&points, |place, point| point.special = (place == 4).then(|| special(kind, up)).flatten());
        trend(&TrendInput { control: Some(&control), ..input(&points) }).svg
    };
    let mark = |svg: &str, class: &str| {
        let group =
            svg.split(&format!("<g class=\"{class}\"")).nth(1).unwrap().split("</g>").next().unwrap().to_owned();
        let tag = group.split_once("><").unwrap().1;
        (tag.split(' ').next().unwrap().to_owned(), tag.matches(',').count())
    };
    assert_eq!(mark(&drawn(SpecialKind::Better, true), "chart-better"), ("polygon".to_owned(), 3));
    assert_eq!(mark(&drawn(SpecialKind::Worse, true), "chart-worse").0, "rect");
    assert_eq!(mark(&drawn(SpecialKind::Changed, false), "chart-changed"), ("polygon".to_owned(), 4));
    for (kind, words) in [
        (SpecialKind::Better, "Better by more than chance"),
        (SpecialKind::Worse, "Worse by more than chance"),
        (SpecialKind::Changed, "Changed by more than chance"),
    ] {
        assert!(drawn(kind, true).contains(&format!(">{words}</text>")));
    }
    assert_ne!(drawn(SpecialKind::Better, true), drawn(SpecialKind::Better, false));
}

#[test]
fn limits_end_at_nought_and_a_hundred_when_drawn_and_are_computed_in_the_table() {
    let points = weekly(14);
    let control = control(&points, |_, point| point.limits = Some((-0.1, 1.1)));
    let chart = trend(&TrendInput { control: Some(&control), ..input(&points) });
    assert!(chart.svg.contains("Upper limit above 100%") && chart.svg.contains("Lower limit below 0%"));
    assert!(!chart.svg.contains("110") && !chart.svg.contains("120%"), "the axis ends at 100%");
    assert_eq!(chart.table.head[4..], ["Mean", "Lower limit", "Upper limit", "Signal"]);
    assert_eq!(chart.table.rows[0][4..], ["84.1%", "-10.0%", "110.0%", "No real change"]);
}

#[test]
fn points_that_are_not_judged_have_no_lines_and_the_table_no_columns() {
    let points = weekly(12);
    let control = control(&points, |_, point| (point.mean, point.limits) = (None, None));
    let plain = trend(&input(&points));
    let chart = trend(&TrendInput { control: Some(&control), ..input(&points) });
    assert_eq!(chart.table, plain.table);
    assert!(!chart.svg.contains("chart-mean") && !chart.svg.contains("chart-limit"));
    assert!(chart.text.contains("it says"), "the verdict says what is missing");
}

#[test]
fn a_chart_without_limits_says_why_and_its_table_has_no_columns_for_them() {
    let points = weekly(14);
    let moves = |place: usize, point: &mut ControlPoint| {
        point.limits = None;
        point.special = (place == 13).then(|| special(SpecialKind::Better, true)).flatten();
    };
    let judged = Control { why_no_limits: Some("The moves are judged."), ..control(&points, moves) };
    let chart = trend(&TrendInput { control: Some(&judged), ..input(&points) });
    assert!(chart.text.ends_with("Getting better, it says. The moves are judged."), "{}", chart.text);
    assert_eq!(chart.svg.matches("The moves are judged.").count(), 2, "in the description of both drawings");
    assert!(chart.svg.contains("chart-mean") && chart.svg.contains("chart-better"));
    assert!(!chart.svg.contains("chart-limit") && !chart.svg.contains("limit"), "{}", chart.svg);
    assert_eq!(chart.table.head[4..], ["Mean", "Signal"]);
    assert_eq!(chart.table.rows[0][4..], ["84.1%", "Better by more than chance, beyond a limit"]);
    assert_eq!(chart.table.rows[1][4..], ["84.1%", "No real change"]);
    let too_few = Control {
        why_no_limits: Some("The moves are judged."),
        ..control(&points, |_, point| (point.mean, point.limits) = (None, None))
    };
    let chart = trend(&TrendInput { control: Some(&too_few), ..input(&points) });
    assert!(chart.text.ends_with("Getting better, it says."), "the verdict says what is missing: {}", chart.text);
}

#[test]
fn who_gets_small_numbers_only_as_c_gets_no_judgement() {
    let points = weekly(14);
    let control = control(&points, |place, point| {
        point.special = special(SpecialKind::Better, true);
        point.step = (place == 7).then(|| Step { from: point.date, reason: "One front door".to_owned() });
    });
    let with = trend(&TrendInput { control: Some(&control), suppressed: true, ..input(&points) });
    assert_eq!(with, trend(&TrendInput { suppressed: true, ..input(&points) }));
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
        judged in prop::collection::vec(
            (any::<u8>(), any::<Option<f64>>(), any::<Option<(f64, f64)>>(), 0_u8..9, any::<Option<String>>()),
            0..40,
        ),
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
        let judged = judged.into_iter().map(|(place, mean, limits, kind, reason)| {
            let kind = [SpecialKind::Better, SpecialKind::Worse, SpecialKind::Changed].get(usize::from(kind)).copied();
            let date = points.get(usize::from(place) % points.len().max(1)).map_or(NaiveDate::MIN, |point| point.date);
            let special = kind.map(|kind| Special { kind, up: place % 2 == 0, words: words.1.clone() });
            ControlPoint { date, mean, limits, special, step: reason.map(|reason| Step { from: date, reason }) }
        });
        let control = Control { points: judged.collect(), verdict: words.0.clone(), why_no_limits: flags.2.then_some("Because.") };
        let chart = trend(&TrendInput {
            id: &words.0,
            title: &words.1,
            points: &points,
            months: &[],
            unfinished: &[],
            behind: None,
            unit: match (flags.0, flags.1) {
                (true, _) => Unit::Share,
                (false, None) => Unit::Count,
                (false, Some(_)) => Unit::Ratio,
            },
            target,
            targets_then: &points.iter().map(|point| (point.date, point.value)).collect::<Vec<_>>(),
            england,
            higher_is_better: flags.1,
            suppressed: flags.2,
            control: Some(&control),
            path: points.iter().map(|point| point.date).max().and_then(|last| {
                Some((last.checked_add_days(Days::new(28))?, words.1.clone()))
            }),
        });
        assert_sound(&chart.svg);
        prop_assert_eq!(chart.table.rows.len(), points.len());
    }
}

/// The same points as months, each named after the month its date lies in.
fn as_months(count: u64) -> (Vec<TrendPoint>, Vec<(NaiveDate, Span)>) {
    let mut points = weekly(count);
    let mut span = Span::month(day("2024-09-01"));
    let mut months = Vec::new();
    for point in &mut points {
        point.date = span.to();
        months.push((point.date, span));
        span = span.next();
    }
    (points, months)
}

#[test]
fn months_have_their_names_and_the_last_says_which_it_is() {
    let (points, months) = as_months(26);
    let extracts: Vec<(NaiveDate, Option<f64>)> =
        (0..52).map(|week| (day("2025-11-07") + Days::new(7 * week), Some(0.8))).collect();
    let behind = Some((&extracts[..], "the last three months as at each extract"));
    let control = control(&points, |_, _| {});
    let chart = trend(&TrendInput { months: &months, behind, control: Some(&control), ..input(&points) });
    assert_sound(&chart.svg);
    assert!(chart.text.contains("in September 2024") && chart.text.contains("in October 2026"), "{}", chart.text);
    assert!(chart.svg.contains(">October: "), "{}", chart.svg);
    assert!(chart.svg.contains("chart-behind"));
    assert!(chart.svg.contains("Thin line: the last three months as at each extract, not judged."));
    assert_eq!((chart.table.head[0].as_str(), chart.table.rows[0][0].as_str()), ("Month", "October 2026"));
    assert_eq!(chart.table.rows.len(), 26, "the thin line is no point");
}

#[test]
fn a_month_that_is_not_finished_is_in_the_table_alone() {
    let (mut points, months) = as_months(14);
    points[13].value = Some(0.111);
    let unfinished = [points[13].date];
    let chart = trend(&TrendInput { months: &months, unfinished: &unfinished, ..input(&points) });
    assert_eq!(chart.table.rows[0][..2], ["October 2025, not finished", "11.1%"]);
    assert!(!chart.text.contains("11.1%") && !chart.svg.contains("11.1%"), "{}", chart.text);
    assert!(chart.svg.contains(">September: "));
}

#[test]
fn who_gets_small_numbers_only_as_c_gets_no_line_behind() {
    let (points, months) = as_months(14);
    let extracts = [(day("2024-10-01"), Some(0.5)), (day("2024-11-01"), Some(0.6))];
    let behind = Some((&extracts[..], "each extract"));
    let chart = trend(&TrendInput { months: &months, behind, suppressed: true, ..input(&points) });
    assert!(!chart.svg.contains("chart-behind"));
}
