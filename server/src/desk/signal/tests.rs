use super::*;
use crate::store::rebases::Cut;
use chrono::Days;
use domain::measures::measure;
use rstest::rstest;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Extracts a week apart, the last on 30 October 2026; values in thousandths.
fn weekly(values: &[u64]) -> Vec<(NaiveDate, Option<Figure>)> {
    let last = day("2026-10-30");
    let weeks_before = |place: usize| Days::new(7 * (values.len() - 1 - place) as u64);
    let dated = values.iter().enumerate().map(|(place, value)| (last - weeks_before(place), Some(figure(*value))));
    dated.collect()
}

fn figure(numerator: u64) -> Figure {
    Figure { numerator, denominator: 1000 }
}

/// So many values, first `one`, then the `other`, and so on.
fn between(one: u64, other: u64, times: usize) -> Vec<u64> {
    [one, other].into_iter().cycle().take(times).collect()
}

fn then(mut values: Vec<u64>, more: &[u64]) -> Vec<u64> {
    values.extend(more);
    values
}

fn of(polarity: Polarity) -> Settings {
    Settings::of(polarity)
}

/// The verdict as sentences.
fn verdict(settings: Settings, values: &[u64]) -> String {
    judge_by(settings, &weekly(values), []).unwrap().control().verdict
}

fn rebase(id: i64, from: &str, reason: &str) -> Rebase {
    Rebase {
        id,
        cut: Cut { measure: "CPP-01".to_owned(), area: Area::All, applies_from: day(from) },
        reason: reason.to_owned(),
        set_by: "Jo Marsh".to_owned(),
        set_at: 0,
    }
}

#[rstest]
#[case(Polarity::High, 700, "Special cause: improving, beyond the upper limit on 30 October 2026.")]
#[case(Polarity::High, 320, "Special cause: worsening, beyond the lower limit on 30 October 2026.")]
#[case(Polarity::Low, 700, "Special cause: worsening, beyond the upper limit on 30 October 2026.")]
#[case(Polarity::Low, 320, "Special cause: improving, beyond the lower limit on 30 October 2026.")]
#[case(Polarity::Neutral, 700, "Special cause: higher than before, beyond the upper limit on 30 October 2026.")]
#[case(Polarity::Neutral, 320, "Special cause: lower than before, beyond the lower limit on 30 October 2026.")]
#[case(Polarity::High, 510, "No significant change: common cause.")]
#[case(Polarity::Neutral, 510, "No significant change: common cause.")]
fn a_change_is_named_by_what_it_means_for_the_measure(
    #[case] polarity: Polarity,
    #[case] last: u64,
    #[case] words: &str,
) {
    assert_eq!(verdict(of(polarity), &then(between(500, 520, 18), &[last])), words);
}

#[rstest]
#[case::shift_up(then(between(500, 520, 12), &[560, 580, 560, 580, 560, 580, 560]), "7 extracts in a row above the mean since 18 September 2026")]
#[case::shift_down(then(between(500, 520, 12), &[460, 440, 460, 440, 460, 440, 460]), "7 extracts in a row below the mean since 18 September 2026")]
#[case::trend_up(then(vec![520, 480, 540, 470, 530, 490, 510, 520, 480, 540], &[460, 470, 480, 490, 500, 510, 520, 530]), "8 extracts in a row rising since 11 September 2026")]
#[case::trend_down(then(vec![520, 480, 540, 470, 530, 490, 510, 520, 480, 540], &[530, 520, 510, 500, 490, 480, 470]), "8 extracts in a row falling since 11 September 2026")]
#[case::near_the_upper(then(between(500, 510, 16), &[530, 510, 531]), "2 of the last 3 extracts near the upper limit since 16 October 2026")]
#[case::near_the_lower(then(between(500, 510, 16), &[480, 500, 479]), "2 of the last 3 extracts near the lower limit since 16 October 2026")]
fn the_rule_that_fired_is_said_with_the_extracts_it_spans(#[case] values: Vec<u64>, #[case] rule: &str) {
    let history = weekly(&values);
    let signal = judge_by(of(Polarity::High), &history, []).unwrap().signal();
    assert_eq!(signal.rule.as_deref(), Some(rule));
}

#[test]
fn a_signal_before_the_last_extract_is_history() {
    let values = then(between(500, 520, 18), &[700, 510]);
    let signal = judge_by(of(Polarity::High), &weekly(&values), []).unwrap().signal();
    assert_eq!(
        (signal.variation.remark.text.as_str(), signal.rule, signal.variation.sign),
        ("No significant change: common cause", None, app::data::Sign::Steady)
    );
}

#[rstest]
#[case(Polarity::High, 0.6, "Will not reach the target unless something changes")]
#[case(Polarity::High, 0.51, "Hit or miss")]
#[case(Polarity::High, 0.4, "Will reach the target")]
#[case(Polarity::Low, 0.6, "Will reach the target")]
#[case(Polarity::Low, 0.51, "Hit or miss")]
#[case(Polarity::Low, 0.4, "Will not reach the target unless something changes")]
fn assurance_is_said_by_polarity(#[case] polarity: Polarity, #[case] target: f64, #[case] words: &str) {
    let settings = Settings { target: Some(target), ..of(polarity) };
    let verdict = verdict(settings, &between(500, 520, 20));
    assert_eq!(verdict, format!("No significant change: common cause. {words}."));
}

#[rstest]
#[case::a_late_rise(
    Polarity::High,
    0.6,
    700,
    "Reached now, not yet reliably: the limits of its course lie short of the target"
)]
#[case::a_late_fall(Polarity::High, 0.4, 320, "Missed now, though the limits of its course would reach the target")]
#[case::exactly_on_the_target(
    Polarity::High,
    0.6,
    600,
    "Reached now, not yet reliably: the limits of its course lie short of the target"
)]
#[case::low_is_good(
    Polarity::Low,
    0.4,
    320,
    "Reached now, not yet reliably: the limits of its course lie short of the target"
)]
fn assurance_never_denies_the_figure_beside_it(
    #[case] polarity: Polarity,
    #[case] target: f64,
    #[case] last: u64,
    #[case] words: &str,
) {
    let settings = Settings { target: Some(target), ..of(polarity) };
    let verdict = verdict(settings, &then(between(500, 520, 18), &[last]));
    assert!(verdict.ends_with(&format!(". {words}.")), "{verdict}");
}

#[test]
fn without_a_target_or_a_direction_there_is_no_assurance() {
    let signal = |settings| judge_by(settings, &weekly(&between(500, 520, 20)), []).unwrap().signal().assurance;
    assert_eq!(signal(of(Polarity::High)), None);
    assert_eq!(signal(Settings { target: Some(0.9), ..of(Polarity::Neutral) }), None);
}

#[test]
fn twelve_extracts_are_one_too_few_and_thirteen_are_enough() {
    let twelve = weekly(&between(500, 520, 12));
    let judged = judge_by(of(Polarity::High), &twelve, []).unwrap();
    assert_eq!(judged.signal().variation.remark.text, "1 more extract is needed before a chart can tell");
    assert!(judged.control().points.iter().all(|point| point.mean.is_none() && point.limits.is_none()));

    let thirteen = weekly(&between(500, 520, 13));
    let judged = judge_by(of(Polarity::High), &thirteen, []).unwrap();
    assert_eq!(judged.signal().variation.remark.text, "No significant change: common cause");
    assert!(judged.control().points.iter().all(|point| point.mean.is_some() && point.limits.is_some()));
    assert_eq!(verdict(of(Polarity::High), &[500]), "12 more extracts are needed before a chart can tell.");
}

#[test]
fn extracts_without_a_value_keep_their_place_and_do_not_count() {
    let mut history = weekly(&between(500, 520, 13));
    history[5].1 = None;
    history[6].1 = Some(Figure { numerator: 0, denominator: 0 });
    let judged = judge_by(of(Polarity::High), &history, []).unwrap();
    assert_eq!(judged.signal().variation.remark.text, "2 more extracts are needed before a chart can tell");
    assert_eq!(judged.control().points.len(), 13);

    let mut history = weekly(&then(between(500, 520, 18), &[700, 510]));
    history[19].1 = None;
    let rule = judge_by(of(Polarity::High), &history, []).unwrap().signal().rule;
    assert_eq!(rule.as_deref(), Some("beyond the upper limit on 23 October 2026"), "of the last value there is");

    history.iter_mut().for_each(|(_, figure)| *figure = None);
    assert!(judge_by(of(Polarity::High), &history, []).is_none());
}

#[test]
fn of_several_extracts_of_a_week_the_last_is_the_point() {
    let mut history = weekly(&between(500, 520, 13));
    let friday = history[12].0;
    history.insert(12, (friday - Days::new(2), Some(figure(900))));
    let judged = judge_by(of(Polarity::High), &history, []).unwrap();
    assert_eq!((judged.dates.len(), judged.signal().rule), (13, None));
    assert!(judged.control().points.iter().all(|point| point.date != friday - Days::new(2)));
    // Sunday and Monday are two weeks.
    assert_eq!(series(&[(day("2026-10-25"), None), (day("2026-10-26"), None)]).len(), 2);
}

#[test]
fn a_cut_begins_a_segment_with_lines_of_its_own_and_its_reason() {
    let history = weekly(&then(between(500, 520, 14), &between(700, 720, 14)));
    let middle = history[14].0;
    let cut = rebase(1, &(middle - Days::new(3)).to_string(), "One front door for all");
    let judged = judge_by(of(Polarity::High), &history, [&cut]).unwrap();
    assert_eq!(judged.signal().variation.remark.text, "No significant change: common cause");
    let control = judged.control();
    let means: Vec<f64> = control.points.iter().filter_map(|point| point.mean).collect();
    assert!(means[..14].iter().all(|mean| (mean - 0.51).abs() < 1e-9), "{means:?}");
    assert!(means[14..].iter().all(|mean| (mean - 0.71).abs() < 1e-9), "{means:?}");
    let steps: Vec<_> = control.points.iter().filter_map(|point| Some((point.date, point.step.clone()?))).collect();
    let step = Step { from: middle - Days::new(3), reason: "One front door for all".to_owned() };
    assert_eq!(steps, [(middle, step)], "at the first extract on or after the date");
}

#[test]
fn after_a_cut_thirteen_extracts_are_needed_again() {
    let history = weekly(&between(500, 520, 30));
    let cut = rebase(1, &history[20].0.to_string(), "One front door for all");
    let judged = judge_by(of(Polarity::High), &history, [&cut]).unwrap();
    assert_eq!(
        judged.signal().variation.remark.text,
        "3 more extracts are needed before the chart that begins anew on 28 August 2026 can tell"
    );
    let lines = judged.control().points.iter().filter(|point| point.mean.is_some()).count();
    assert_eq!(lines, 20, "what was judged before stays judged");
}

#[test]
fn a_cut_before_the_second_extract_or_after_the_last_cuts_nothing_and_of_two_the_later_made_counts() {
    let dates: Vec<NaiveDate> = weekly(&[500, 500, 500]).into_iter().map(|(date, _)| date).collect();
    let (early, late) = (rebase(1, "2020-01-01", "a"), rebase(2, "2027-01-01", "b"));
    assert!(cuts(&dates, [&early, &late]).is_empty());
    let (one, other) = (rebase(3, "2026-10-20", "c"), rebase(4, "2026-10-23", "d"));
    let cuts = cuts(&dates, [&one, &other]);
    assert_eq!(cuts.into_iter().map(|(place, cut)| (place, cut.id)).collect::<Vec<_>>(), [(1, 4)]);
}

#[test]
fn settings_are_the_measures_polarity_and_the_target_in_force() {
    let visits = measure("CPP-01").unwrap();
    let aim = Aim::read(visits, "92.5%", "").unwrap();
    let settings = settings(visits, Some(aim));
    assert_eq!((settings.polarity, settings.target), (Polarity::High, Some(0.925)));
    assert!(!settings.screen_outliers && settings.fix_after.is_none() && settings.rebase.is_empty());
}

#[test]
fn a_chart_has_the_area_of_what_is_selected() {
    let everything = Scope::operator();
    let team = Selection { service: Some("North".to_owned()), team: Some("North 1".to_owned()), worker: None };
    assert_eq!(area(&team, &everything), Some(Area::Team("North 1".to_owned())));
    let service = Selection { team: None, ..team.clone() };
    assert_eq!(area(&service, &everything), Some(Area::Service("North".to_owned())));
    assert_eq!(area(&Selection::default(), &everything), Some(Area::All));
    assert_eq!(area(&Selection { worker: Some("Amy".to_owned()), ..team }, &everything), None);
}
