//! Made-up answers of managers, and a page of tables.

use super::samples::{link, page};
use crate::data::*;

/// Beside a line: every other one can be answered for.
pub fn beside(at: usize) -> RowAnswer {
    let unit = at.is_multiple_of(2).then(|| format!("0123456789abcdef.4.{at}"));
    RowAnswer {
        form: unit.as_ref().map(|unit| format!("/measures/ASM-03/answer?show=act&unit={unit}")),
        unit,
        said: "Visited on 4 February 2026".to_owned(),
        by: "Jo Marsh, 9 February 2026".to_owned(),
        outcome: "Not confirmed by the extract as at 20 February 2026".to_owned(),
        standing: Standing::Bad,
    }
}

pub fn form(unit: Option<&str>) -> AnswerForm {
    AnswerForm {
        action: "/measures/ASM-03/answers".to_owned(),
        kept: vec![("team".to_owned(), "North & West".to_owned()), ("extract".to_owned(), "7".to_owned())],
        unit: unit.map(str::to_owned),
        kinds: vec![
            ("done".to_owned(), "Visited on the day below".to_owned()),
            ("not-done".to_owned(), "Not visited".to_owned()),
        ],
    }
}

pub fn on_list() -> ListAnswers {
    let tab = |text: &str, answer: &str, count| Tab {
        text: text.to_owned(),
        count,
        href: format!("/measures/ASM-03/children?answer={answer}"),
        current: answer == "none",
        open_ended: false,
    };
    ListAnswers {
        tabs: vec![tab("Visited, not recorded", "done", 4), tab("No answer yet", "none", 34)],
        form: Some(form(None)),
        overview: link("Answers of every team", "/answers"),
    }
}

pub fn history() -> Table {
    Table {
        caption: "Answers, newest first".to_owned(),
        head: vec!["Said on".to_owned(), "What".to_owned()],
        rows: vec![vec!["9 February 2026".to_owned(), "Not visited: <nobody> at the door".to_owned()]],
    }
}

pub fn one() -> Page<AnswerPage> {
    page(AnswerPage {
        measure: link("Child protection visits on time", "/measures/CPP-01"),
        list: link("Children", "/measures/CPP-01/children?show=act"),
        child: link("C204537", "/children/0123456789abcdef"),
        about: vec![("Team".to_owned(), "North Team 1".to_owned())],
        form: form(Some("0123456789abcdef.7.0")),
        history: Some(history()),
    })
}

pub fn tables() -> Page<TablesPage> {
    page(TablesPage {
        title: "Managers' answers".to_owned(),
        caption: "Whole council".to_owned(),
        lead: vec!["A late visit is one of two things.".to_owned()],
        narrow: Narrow {
            action: "/answers".to_owned(),
            selects: vec![NarrowSelect {
                name: "team".to_owned(),
                label: "Team".to_owned(),
                options: vec![
                    (String::new(), "All teams".to_owned(), false),
                    ("North & West".to_owned(), "North & West".to_owned(), true),
                ],
            }],
            dates: Vec::new(),
            kept: vec![("as_at".to_owned(), "2026-10-23".to_owned())],
        },
        parts: vec![
            TablePart {
                title: "Visits".to_owned(),
                head: vec!["Team".to_owned(), "Late".to_owned()],
                rows: vec![vec![link("North & West", ""), link("12", "/measures/CPP-01/children?show=act")]],
                ..TablePart::default()
            },
            TablePart {
                title: "Nothing here".to_owned(),
                empty: "Choose another team.".to_owned(),
                ..TablePart::default()
            },
        ],
        page: 1,
        pages: 2,
        next: Some("/answers?page=2".to_owned()),
        exports: vec![link("CSV", "/data/altered.csv")],
        ..TablesPage::default()
    })
}
