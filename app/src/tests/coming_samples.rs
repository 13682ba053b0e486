//! Made-up data for what comes and for the registers.

use super::samples::{figure, link, page};
use crate::data::*;

pub fn look_ahead() -> LookAhead {
    let week = |day: &str, value: &str, due| WeekRow {
        day: day.to_owned(),
        figure: figure(value, "104 of 114 plans open"),
        due,
    };
    LookAhead {
        weeks: vec![
            week("Now, 30 October 2026", "91.2%", None),
            week("Friday 6 November 2026", "84.2%", Some(8)),
            week("Friday 13 November 2026", "61.4%", Some(26)),
        ],
        has_due_days: true,
        note: "Judged on what is known now.".to_owned(),
        caution: Some("A plan ends when the child is safe or helped.".to_owned()),
        target: Some(WayToTarget {
            text: "5 of the 10 on the wrong side have to be put right.".to_owned(),
            act: Some("What puts one right: the child is seen.".to_owned()),
            children: vec![WayRow {
                who: "C204537".to_owned(),
                href: Some("/children/0123".to_owned()),
                team: "North Team 1".to_owned(),
                worker: "Bo Lind".to_owned(),
                due: "23 October 2026".to_owned(),
            }],
            more: Some("And 4 more.".to_owned()),
            all: Some(link("10 to act on", "/measures/CPP-01/children?show=act")),
        }),
    }
}

pub fn due(lines: usize) -> DueCalendar {
    let row = |at: usize| DueRow {
        day: if at == 0 { "Saturday 31 October 2026" } else { "Monday 2 November 2026" }.to_owned(),
        working_day: at > 0,
        who: format!("C{at:06}"),
        href: Some("/children/0123".to_owned()),
        measure: link("Child protection visits on time", "/measures/CPP-01?team=x"),
        worker: "Bo Lind".to_owned(),
    };
    DueCalendar {
        days: "30 October 2026 to 26 November 2026".to_owned(),
        rows: (0..lines).map(row).collect(),
        total: lines as u64,
    }
}

pub fn register(lines: usize) -> Page<RegisterPage> {
    let row = |at: usize| RegisterRow {
        who: format!("C{:06}", 204_500 + at * 37),
        href: Some(format!("/children/C{:06}", 204_500 + at * 37)),
        is_new: at.is_multiple_of(5),
        team: format!("North Team {}", at % 4),
        worker: ["Bo Lind", "(no worker)", "Dee O’Neill & Partner"][at % 3].to_owned(),
        reasons: vec!["4 referrals in 12 months".to_owned(), "Open without an allocated worker".to_owned()],
        since: "3 March 2026".to_owned(),
        stay: "3 July 2026, 17 weeks".to_owned(),
    };
    let tab = |text: &str, name: &str, count, current| Tab {
        text: text.to_owned(),
        count,
        href: format!("/attention?list={name}"),
        current,
        open_ended: false,
    };
    let choice = |value: &str| Choice { value: value.to_owned(), chosen: false };
    page(RegisterPage {
        exports: Vec::new(),
        title: "Children requiring attention".to_owned(),
        about: "Children about whom one or more rules ask a question.".to_owned(),
        place: "Whole council".to_owned(),
        tabs: vec![
            tab("Requiring attention", "attention", lines as u64, true),
            tab("Without a worker", "unallocated", 12, false),
        ],
        services: vec![choice("Front Door"), choice("Children & Families")],
        teams: vec![choice("North Team 1"), choice("North Team 2")],
        kept: vec![("reason".to_owned(), "referrals".to_owned())],
        reasons: vec![ReasonTotal {
            rule: link("3 or more referrals in 12 months", "/attention?reason=referrals"),
            why: "Somebody keeps worrying about this child.".to_owned(),
            children: lines as u64,
            chosen: false,
        }],
        by_team: vec![TeamTotal {
            team: link("North Team 1", "/attention?team=North%20Team%201"),
            children: 10,
            then: vec![8, 4],
            change: Some("2 more".to_owned()),
        }],
        orders: vec![choice("Longest first"), choice("Newest first")],
        pace: "25 now, 20 four weeks ago.".to_owned(),
        trend: Some(super::samples::chart()),
        trend_first: false,
        then: vec!["2 October 2026".to_owned(), "7 August 2026".to_owned()],
        stay: Some(Column {
            text: "On this list since".to_owned(),
            href: "/attention?sort=Longest%20first".to_owned(),
            sorted: "none".to_owned(),
        }),
        since: Some("Since 23 October 2026".to_owned()),
        dated: Some("A reason since".to_owned()),
        rows: (0..lines).map(row).collect(),
        total: lines as u64,
        page: 1,
        pages: 1,
        previous: None,
        next: None,
    })
}
