//! The events of calendar months: what a chart of a measure over a period is made of.

use crate::common::extracts::{ASSESSMENTS, Files, ORGANISATION_HEAD, REFERRALS, Random, clock, day, organisation};
use crate::common::{Start, on_both, operator};
use domain::measures::{CORE, Timing, measure};
use domain::signal::Point;
use server::council::{Council, bring_months_up_to_date};
use server::db::Db;
use server::load::{NewStandard, set_standard};
use server::reading::{Ask, Asked, Selection, course, figure};
use server::store::extracts::Which;

async fn council(db: &Db) -> Council {
    Council::read(db).await.unwrap().unwrap().with_history(db).await.unwrap()
}

async fn points(db: &Db, id: &str, team: Option<&str>) -> Vec<Point> {
    let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
    course(&council(db).await, &operator(), measure(id).unwrap(), &selection)
}

/// "2026-01 2026-02-06 3/4", "2026-02 2026-02-27 1/1 unfinished", "2026-03 gap".
async fn said(db: &Db, id: &str, team: Option<&str>) -> Vec<String> {
    let point = |point: Point| match (point.as_at, point.figure) {
        (Some(as_at), Some(figure)) => {
            let unfinished = if point.finished { "" } else { " unfinished" };
            format!("{} {as_at} {}/{}{unfinished}", point.span, figure.numerator, figure.denominator)
        }
        _ => format!("{} gap", point.span),
    };
    points(db, id, team).await.into_iter().map(point).collect()
}

/// Referrals by date and whether nothing followed, of North 1.
fn referrals(all: &[(&str, &str)]) -> Files {
    let row =
        |(number, (date, nfa)): (usize, &(&str, &str))| format!("C{number},2015-01-01,{date},{nfa},0,North 1,Amy");
    let rows: Vec<String> = all.iter().enumerate().map(row).collect();
    let mut files = Files::new();
    files.list(3, REFERRALS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files
}

async fn load(db: &Db, files: &Files, as_at: &str) {
    files.load_as(db, as_at, true).await.unwrap();
}

const UP_TO_DECEMBER: [(&str, &str); 4] =
    [("2025-11-30", "Yes"), ("2025-12-01", "Yes"), ("2025-12-31", "No"), ("2026-01-01", "No")];

#[tokio::test]
async fn a_month_is_counted_from_the_first_extract_after_its_end_and_late_keying_moves_it_no_more() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &referrals(&UP_TO_DECEMBER), "2026-01-02").await;
        assert_eq!(said(db, "REF-03", None).await, ["2025-12 2026-01-02 1/2", "2026-01 2026-01-02 0/1 unfinished"]);
        let mut later = UP_TO_DECEMBER.to_vec();
        later.extend([("2025-12-15", "Yes"), ("2026-01-20", "Yes"), ("2026-02-03", "Yes")]);
        load(db, &referrals(&later), "2026-02-06").await;
        let february = "2026-02 2026-02-06 1/1 unfinished";
        assert_eq!(said(db, "REF-03", None).await, ["2025-12 2026-01-02 1/2", "2026-01 2026-02-06 1/2", february]);
        assert_eq!(said(db, "REF-03", Some("North 1")).await[1], "2026-01 2026-02-06 1/2");
        assert_eq!(said(db, "REF-03", Some("North 2")).await[1], "2026-01 2026-02-06 0/0");
        // As it was in January.
        let then = Council::read_as_at(db, Which::OnOrBefore(day("2026-01-31"))).await.unwrap().unwrap();
        let then = then.with_history(db).await.unwrap();
        let points = course(&then, &operator(), measure("REF-03").unwrap(), &Selection::default());
        assert_eq!((points.len(), points[1].finished), (2, false));
    })
    .await;
}

#[tokio::test]
async fn an_extract_put_right_takes_the_place_of_the_old_one_and_gaps_stay() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &referrals(&UP_TO_DECEMBER[..3]), "2026-01-02").await;
        load(db, &referrals(&UP_TO_DECEMBER), "2026-01-02").await;
        load(db, &referrals(&[("2026-05-29", "Yes")]), "2026-05-31").await;
        let gaps = ["2026-02 gap", "2026-03 gap", "2026-04 gap"];
        let mut expected = vec!["2025-12 2026-01-02 1/2", "2026-01 2026-01-02 0/1 unfinished"];
        expected.extend(gaps);
        expected.push("2026-05 2026-05-31 1/1");
        assert_eq!(said(db, "REF-03", None).await, expected);
        // Whoever takes an extract out takes out its rows, and the months are those of the rest.
        app.sql("delete from month_tally where extract_id = 3").await;
        app.sql("delete from month_count where extract_id = 3").await;
        app.sql("update extract set superseded_by = 3 where id = 3").await;
        assert_eq!(said(db, "REF-03", None).await, expected[..2]);
        assert_eq!(bring_months_up_to_date(db).await.unwrap(), 0, "what is no longer in force is not counted");
    })
    .await;
}

#[tokio::test]
async fn months_that_were_not_kept_are_counted_on_first_need() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        load(db, &referrals(&UP_TO_DECEMBER), "2026-01-02").await;
        load(db, &referrals(&UP_TO_DECEMBER), "2026-01-09").await;
        assert_eq!(bring_months_up_to_date(db).await.unwrap(), 0, "a load keeps them at once");
        let before = said(db, "REF-03", None).await;
        // As a database of an earlier release has it.
        app.sql("delete from month_tally").await;
        app.sql("delete from month_count").await;
        assert_eq!(said(db, "REF-03", None).await, before);
        app.sql("delete from month_count where extract_id = 2").await;
        assert_eq!(bring_months_up_to_date(db).await.unwrap(), 1);
        assert_eq!(said(db, "REF-03", None).await, before);
        // Counted by a reading that an earlier release had.
        app.sql("update month_count set basis = 'old' where extract_id = 1").await;
        assert_eq!(bring_months_up_to_date(db).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_month_is_judged_by_the_standard_of_its_end() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        // Each assessment took 40 working days.
        let row = |child: &str, start: &str, end: &str| format!("{child},2015-01-01,{start},Yes,{end},North 1,Amy");
        let rows = [row("C1", "2025-10-20", "2025-12-15"), row("C2", "2025-11-17", "2026-01-15")];
        let mut files = Files::new();
        files.list(4, ASSESSMENTS, &rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
        load(db, &files, "2026-01-02").await;
        load(db, &files, "2026-02-06").await;
        let february = "2026-02 2026-02-06 0/0 unfinished";
        assert_eq!(said(db, "ASM-01", None).await, ["2025-12 2026-01-02 1/1", "2026-01 2026-02-06 1/1", february]);
        // From January on 30 working days: that moves January, and December not though its extract is of January.
        let standard = NewStandard {
            name: "assessment_working_days".to_owned(),
            value: "30".to_owned(),
            applies_from: day("2026-01-01"),
            reason: "asked for by the Director".to_owned(),
            set_by: "a test".to_owned(),
            request_id: "a test".to_owned(),
        };
        assert_eq!(set_standard(db, &clock(), &standard).await.unwrap(), 2);
        assert_eq!(bring_months_up_to_date(db).await.unwrap(), 0, "counted with the change");
        assert_eq!(said(db, "ASM-01", None).await, ["2025-12 2026-01-02 1/1", "2026-01 2026-02-06 0/1", february]);
        // A step of the charts moves no count.
        let step = NewStandard { name: "chart_step".to_owned(), value: "week".to_owned(), ..standard };
        assert_eq!(set_standard(db, &clock(), &step).await.unwrap(), 0);
        assert_eq!(bring_months_up_to_date(db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn every_month_is_the_figure_of_its_events_asked_of_its_extract() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (seed, as_at) in
            ["2025-11-28", "2025-12-05", "2025-12-31", "2026-01-30", "2026-02-13"].into_iter().enumerate()
        {
            let files = Random::new(seed as u64, day(as_at)).files();
            load(db, &files, as_at).await;
        }
        let (scope, newest) = (operator(), council(db).await);
        let mut events = 0;
        for measure in CORE.iter().filter(|measure| measure.timing == Timing::InPeriod) {
            for team in [None, Some("North 1"), Some("(no team)")] {
                let selection = Selection { team: team.map(str::to_owned), ..Selection::default() };
                for point in course(&newest, &scope, measure, &selection) {
                    let as_at = point.as_at.unwrap();
                    let then = Council::read_as_at(db, Which::OnOrBefore(as_at)).await.unwrap().unwrap();
                    let (from, to) = (Some(point.span.from()), Some(point.span.to().min(as_at)));
                    let asked = Asked::of(&then, &Ask { from, to, ..Ask::default() }).unwrap();
                    let counted = figure(db, &then, &scope, measure, &asked, &selection).await.unwrap();
                    assert_eq!(point.figure, counted, "{} {}", measure.id, point.span);
                    events += counted.map_or(0, |figure| figure.denominator);
                }
            }
        }
        assert!(events > 100, "{events}");
    })
    .await;
}
