//! The whole of a selection in figures, each with of what.

use super::NOT_SUPPLIED;
use super::rows::{part, ratio};
use crate::council::Council;
use crate::desk::words::{count, thousands};
use crate::reading::Selection;
use app::data::CaseloadTotal;
use domain::caseload::{Caseload, Caseloads, Staff};

pub(super) fn of(council: &Council, selection: &Selection, found: Option<&Caseloads>) -> Vec<CaseloadTotal> {
    let whole = found.map(|found| &found.whole);
    let mut totals = held(council, selection, whole);
    totals.extend(staff(whole.and_then(|whole| whole.staff.as_ref())));
    totals
}

/// What the extract says: WF-01, WF-02, and managers who hold cases.
fn held(council: &Council, selection: &Selection, whole: Option<&Caseload>) -> Vec<CaseloadTotal> {
    let links = council.links();
    let total = |name: &str, told: Option<(String, String)>, href: String| {
        let (value, detail) = told.unwrap_or_else(not_supplied);
        CaseloadTotal { name: name.to_owned(), value, detail, href: Some(href) }
    };
    let children = |whole: &Caseload| {
        let value = (whole.workers > 0).then(|| whole.children as f64 / whole.workers as f64);
        (ratio(value), format!("{} held by {}", count(whole.children, "child", "children"), workers(whole.workers)))
    };
    let above = |whole: &Caseload| (thousands(whole.above), format!("of {} who hold a child", workers(whole.workers)));
    let managers = |whole: &Caseload| {
        (thousands(whole.managers_holding), format!("of {} who hold a child", workers(whole.workers)))
    };
    vec![
        total("Children per worker", whole.map(children), links.children("WF-01", selection, &[])),
        total("Workers above the limit", whole.map(above), links.children("WF-02", selection, &[])),
        total(
            "Managers who hold cases",
            whole.map(managers),
            links.attention(selection, &[("list", "managers".to_owned())]),
        ),
    ]
}

/// What the workforce file adds.
fn staff(staff: Option<&Staff>) -> Vec<CaseloadTotal> {
    let total = |name: &str, tell: &dyn Fn(&Staff) -> (String, String)| {
        let (value, detail) = staff.map_or_else(not_supplied, tell);
        CaseloadTotal { name: name.to_owned(), value, detail, href: None }
    };
    vec![
        total("Children per full-time equivalent", &|staff| {
            let left_out = match staff.holders_without_fte {
                0 => String::new(),
                left_out => format!("; {} left out, whose hours are not known or none", workers(left_out)),
            };
            let held = count(staff.children_with_fte, "child", "children");
            (ratio(staff.children_per_fte()), format!("{held} held on {} full-time equivalents{left_out}", staff.fte))
        }),
        total("Agency workers", &|staff| {
            (part(staff.agency), "of those in post of whom it is known, by head".to_owned())
        }),
        total("Newly qualified workers", &|staff| {
            (part(staff.newly_qualified), "of those in post of whom it is known, by head".to_owned())
        }),
        total("Workers per manager", &|staff| {
            let managers = count(staff.managers, "manager", "managers");
            (ratio(staff.workers_per_manager()), format!("{} in post and {managers}, by head", workers(staff.workers)))
        }),
        total("Workers who hold a child and are not in post", &|staff| {
            (thousands(staff.not_in_post), "by the workforce file: left, or not in it".to_owned())
        }),
        total("Workers in post without a child", &|staff| {
            (thousands(staff.without_child), format!("of {} in post", workers(staff.workers)))
        }),
    ]
}

fn workers(number: u64) -> String {
    count(number, "worker", "workers")
}

fn not_supplied() -> (String, String) {
    (NOT_SUPPLIED.to_owned(), String::new())
}
