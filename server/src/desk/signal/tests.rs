use super::*;
use crate::store::rebases::Cut;
use app::data::{Sign, Standing};
use domain::measures::measure;
use domain::organisation::Organisation;
use domain::scope::{Grant, Role};
use domain::signal::Span;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Months up to October 2026, of so many thousandths.
fn months(values: &[u64]) -> Vec<Point> {
    let mut span = Span::month(day("2026-10-31"));
    let mut points = Vec::new();
    for numerator in values.iter().rev() {
        let figure = Some(Figure { numerator: *numerator, denominator: 1000 });
        points.push(Point { span, as_at: Some(span.to()), figure, finished: true });
        span = span.previous();
    }
    points.reverse();
    points
}

/// So many values, first the one, then the other, and what follows them.
fn between(one: u64, other: u64, times: usize, then: &[u64]) -> Vec<u64> {
    [one, other].into_iter().cycle().take(times).chain(then.iter().copied()).collect()
}

fn judged<'a>(id: &'static str, values: &[u64], rebases: &'a [Rebase]) -> Judged<'a> {
    judge_points(measure(id).unwrap(), signal::Step::Month, None, &months(values), rebases).unwrap()
}

fn rebase(id: i64, from: &str) -> Rebase {
    Rebase {
        id,
        cut: Cut { measure: "ASM-01".to_owned(), area: Area::All, applies_from: day(from) },
        reason: "One front door".to_owned(),
        set_by: "Jo Marsh".to_owned(),
        set_at: 0,
    }
}

#[test]
fn the_card_the_sentence_and_the_drawing_say_the_same() {
    for (id, last, words, sign, standing) in [
        ("ASM-01", 700, "Getting better since October 2026", Sign::Up, Standing::Good),
        ("ASM-01", 320, "Getting worse since October 2026", Sign::Down, Standing::Bad),
        ("ASM-02", 700, "Getting worse since October 2026", Sign::Up, Standing::Bad),
        ("S47-04", 700, "Higher than usual since October 2026", Sign::Up, Standing::Neutral),
        ("ASM-01", 510, "No real change", Sign::Steady, Standing::Neutral),
    ] {
        let judged = judged(id, &between(500, 520, 18, &[last]), &[]);
        let signal = judged.signal();
        let remark = &signal.variation.remark;
        assert_eq!((remark.text.as_str(), signal.variation.sign, remark.standing), (words, sign, standing), "{id}");
        let control = judged.control();
        assert!(control.verdict.starts_with(words), "{id}: {}", control.verdict);
        assert_eq!(control.points[18].special.is_some(), last != 510, "{id}");
    }
}

#[test]
fn the_rule_says_up_to_which_month_it_held() {
    let rule = |values: &[u64]| judged("ASM-01", values, &[]).signal().rule.unwrap_or_default();
    assert_eq!(rule(&between(500, 520, 18, &[700])), "October 2026 lies beyond the upper limit");
    assert_eq!(rule(&between(500, 520, 18, &[700, 510])), "September 2026 lies beyond the upper limit");
    assert_eq!(
        rule(&between(500, 520, 12, &[460, 440, 460, 440, 460, 440, 460])),
        "7 or more months in a row below the mean up to October 2026"
    );
    assert_eq!(rule(&between(500, 520, 18, &[])), "");
}

/// CPP-07 carries over and lower is better.
#[test]
fn of_a_measure_that_carries_over_card_drawing_and_table_tell_its_moves_alone() {
    let judged_by_moves = |values: &[u64]| judged("CPP-07", values, &[]);
    for (values, sentence, marks) in [
        (
            between(500, 520, 19, &[700]),
            "Getting worse since October 2026: in October 2026 it rose by more than is usual in a month.",
            &["a bigger move in a month than is usual"][..],
        ),
        (
            between(500, 520, 19, &[300]),
            "Getting better since October 2026: in October 2026 it fell by more than is usual in a month.",
            &["a bigger move in a month than is usual"],
        ),
        (
            between(500, 520, 13, &[490, 480, 470, 460, 450]),
            "Getting better since April 2026: 7 or more months in a row falling up to October 2026.",
            &["one of 7 or more in a row falling"; 7],
        ),
        // The last seven months lie below the mean.
        (between(500, 520, 12, &[505, 490, 500, 480, 490, 470, 480, 460, 470, 455]), "No real change.", &[]),
    ] {
        let judged = judged_by_moves(&values);
        assert_eq!(judged.sentence(), sentence);
        let control = judged.control();
        assert_eq!(control.verdict, sentence);
        assert_eq!(control.why_no_limits, Some(signal::words::WHY_NO_LIMITS));
        assert!(control.points.iter().all(|point| point.limits.is_none() && point.mean.is_some()));
        let words: Vec<&str> =
            control.points.iter().filter_map(|point| Some(point.special.as_ref()?.words.as_str())).collect();
        assert_eq!(words, marks, "{sentence}");
        assert!(judged.judgement().last().is_some_and(|last| last.signal.is_some()), "the level alone would say so");
    }
}

#[test]
fn a_measure_that_carries_over_says_how_many_months_are_missing_and_not_more() {
    let judged = judged("CPP-07", &between(500, 520, 12, &[]), &[]);
    assert_eq!(judged.sentence(), "Too few months to tell (1 more).");
    assert!(judged.control().points.iter().all(|point| point.mean.is_none()), "no line to say why it has no limits");
}

#[test]
fn the_last_month_is_named_with_its_value() {
    assert_eq!(judged("ASM-01", &between(500, 520, 13, &[859]), &[]).latest().as_deref(), Some("October: 85.9%"));
}

#[test]
fn fewer_than_thirteen_months_are_drawn_without_lines_and_say_how_many_are_missing() {
    let judged = judged("ASM-01", &between(500, 520, 12, &[]), &[]);
    assert_eq!(judged.sentence(), "Too few months to tell (1 more).");
    assert!(judged.control().points.iter().all(|point| point.mean.is_none() && point.limits.is_none()));
    assert_eq!((judged.drawn().0.len(), judged.values().len()), (12, 12), "the line is drawn");
}

#[test]
fn few_children_are_drawn_with_limits_and_without_marks() {
    let mut points = months(&between(500, 520, 18, &[700]));
    for point in &mut points {
        point.figure = point.figure.map(|figure| Figure { numerator: figure.numerator / 111, denominator: 9 });
    }
    let judged = judge_points(measure("ASM-01").unwrap(), signal::Step::Month, None, &points, []).unwrap();
    assert_eq!(judged.sentence(), "Too few children to tell.");
    let control = judged.control();
    assert!(control.points.iter().all(|point| point.special.is_none() && point.limits.is_some()));
}

#[test]
fn a_cut_is_a_step_of_the_drawing_and_said_where_it_leaves_too_few() {
    let cuts = [rebase(1, "2026-06-01")];
    let judged = judged("ASM-01", &between(500, 520, 20, &[]), &cuts);
    assert_eq!(judged.sentence(), "Too few months to tell (8 more): the chart begins anew on 1 June 2026.");
    let steps: Vec<NaiveDate> =
        judged.control().points.iter().filter(|point| point.step.is_some()).map(|point| point.date).collect();
    assert_eq!(steps, [day("2026-06-30")]);
}

#[test]
fn an_unfinished_month_is_in_the_table_and_is_no_last_value() {
    let mut points = months(&between(500, 520, 13, &[990]));
    points[13].finished = false;
    points[13].as_at = Some(day("2026-10-23"));
    let judged = judge_points(measure("ASM-01").unwrap(), signal::Step::Month, None, &points, []).unwrap();
    let (drawn, _, unfinished) = judged.drawn();
    assert_eq!((drawn.len(), unfinished.as_slice()), (14, &[day("2026-10-23")][..]));
    assert_eq!(judged.latest().as_deref(), Some("September: 50.0%"));
    assert_eq!(judged.values().len(), 13);
}

#[test]
fn a_chart_has_the_area_of_what_is_selected() {
    let all = Grant { role: Role::Analyst, area: Area::All, valid_from: None, valid_to: None };
    let everything = Scope::of(&[all], &Organisation::on(day("2026-10-23"), []), day("2026-10-23"));
    let team = Selection { service: Some("North".to_owned()), team: Some("North 1".to_owned()), worker: None };
    assert_eq!(area(&team, &everything), Some(Area::Team("North 1".to_owned())));
    let service = Selection { team: None, ..team.clone() };
    assert_eq!(area(&service, &everything), Some(Area::Service("North".to_owned())));
    assert_eq!(area(&Selection::default(), &everything), Some(Area::All));
    assert_eq!(area(&Selection { worker: Some("Amy".to_owned()), ..team }, &everything), None);
}
