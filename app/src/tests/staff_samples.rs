//! Made-up data for caseloads, targets and notices.

use super::samples::{self, link, page};
use crate::data::*;

pub fn caseloads(workers: usize) -> Page<CaseloadsPage> {
    let worker = |at: usize| WorkerCaseloadRow {
        worker: format!("Worker {at}"),
        href: (at > 0).then(|| "/measures/ALL-01/children?worker=x".to_owned()),
        team: "North Team 1".to_owned(),
        children: at as u64,
        above: (at > 18).then(|| format!("{} above the limit of 18", at - 18)),
        role: "Social worker".to_owned(),
        fte: "0.6".to_owned(),
        per_fte: "15.2".to_owned(),
        marks: vec![
            ("Newly qualified".to_owned(), Standing::Neutral),
            ("Left on 3 March 2026".to_owned(), Standing::Bad),
        ],
    };
    let team = TeamCaseloadRow {
        team: link("North Team 1", "/caseloads?team=North%20Team%201"),
        children: 120,
        workers: 8,
        above: 2,
        per_fte: "16.4".to_owned(),
        agency: "2 of 9 (22.2%)".to_owned(),
        newly_qualified: "1 of 9 (11.1%)".to_owned(),
        per_manager: "8.0".to_owned(),
        managers_holding: 1,
        not_in_post: "1".to_owned(),
        without_child: "0".to_owned(),
    };
    let total = CaseloadTotal {
        name: "Children per worker".to_owned(),
        value: "15.0".to_owned(),
        detail: "120 children held by 8 workers".to_owned(),
        href: Some("/measures/WF-01/children".to_owned()),
    };
    page(CaseloadsPage {
        place: "Whole council".to_owned(),
        workforce: "The workforce is that of workforce.csv as at 30 October 2026.".to_owned(),
        supplied: true,
        limit: "More than 18 children is above the limit.".to_owned(),
        services: Vec::new(),
        teams: [("North Team 1", false), ("North & West", true)]
            .map(|(value, chosen)| Choice { value: value.to_owned(), chosen })
            .into(),
        kept: Vec::new(),
        totals: vec![total],
        by_team: vec![team],
        workers: (0..workers).map(worker).collect(),
        total: workers as u64,
        page: 1,
        pages: 1,
        previous: None,
        next: None,
        exports: vec![link("Take away as CSV", "/caseloads.csv")],
    })
}

pub fn targets() -> Page<TargetsPage> {
    let row = |place: &str, warning: Option<&str>| TargetRow {
        measure: link("Child protection visits on time", "/measures/CPP-01"),
        place: place.to_owned(),
        target: "95% or more".to_owned(),
        tolerance: "2.5%".to_owned(),
        origin: "From 1 November 2026".to_owned(),
        warning: warning.map(str::to_owned),
    };
    let change = TargetChangeRow {
        measure: "Child protection visits on time".to_owned(),
        place: "Team North & West".to_owned(),
        target: "95%, close within 2.5%".to_owned(),
        applies_from: "1 November 2026".to_owned(),
        reason: "Agreed by the board".to_owned(),
        set: "Jo Marsh, 30 October 2026, 10:05".to_owned(),
    };
    page(TargetsPage {
        targets: vec![row("The whole council", None), row("Team Nowhere", Some("Not in the newest extract"))],
        changes: vec![change],
        form: Some(TargetForm {
            measures: vec![("CPP-01".to_owned(), "Child protection visits on time".to_owned())],
            services: vec!["North & West".to_owned()],
            teams: vec!["North Team 1".to_owned()],
            from: "2026-10-31".to_owned(),
        }),
        exports: vec![link("Take away as CSV", "/admin/targets.csv")],
    })
}

pub fn notices() -> Page<NoticesPage> {
    let section = |id: &str, title: &str| NoticeSection {
        id: id.to_owned(),
        title: title.to_owned(),
        about: "What it is.".to_owned(),
        number: "2".to_owned(),
        ..NoticeSection::default()
    };
    page(NoticesPage {
        total: "4 things wait for you".to_owned(),
        sections: vec![
            NoticeSection {
                lines: samples::log().body.sections.remove(0).lines,
                more: Some(link("And 3 more, on the log", "/actions?tab=mine")),
                ..section("late", "Late")
            },
            NoticeSection {
                surgeries: vec![(
                    link("Tuesday 3 November 2026: North", "/surgeries/5"),
                    "Led by Hana Osei".to_owned(),
                )],
                ..section("to-prepare", "Surgeries to prepare")
            },
        ],
        mail: "This site sends no e-mail.".to_owned(),
        calendar: CalendarPanel {
            has_address: true,
            state: "Your calendar has an address since 2 March 2026, 08:00.".to_owned(),
            address: Some("https://surgery.example/calendar/AAAA.ics".to_owned()),
        },
    })
}
