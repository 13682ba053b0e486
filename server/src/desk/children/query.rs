//! What a list is asked for: read from free text, and written back into addresses.

use crate::council::Council;
use crate::desk::links::{Links, of_selection};
use crate::reading::{Ask, Asked, Selection};
use app::data::ListQuery;
use app::error::PageError;
use chrono::NaiveDate;
use domain::answers::Cohort;
use domain::measures::Measure;
use domain::measures::figure::Line;
use domain::names::{id_order, name_key};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Show {
    All,
    Act,
    Soon,
    Done,
}

/// By which column lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum By {
    Due,
    Child,
    Team,
    Worker,
    Start,
    Days,
    Event,
}

/// How lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) struct Sort {
    pub(in crate::desk) by: By,
    pub(in crate::desk) descending: bool,
}

/// A list's view, settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct View {
    pub(in crate::desk) selection: Selection,
    pub(in crate::desk) asked: Asked,
    pub(in crate::desk) show: Show,
    /// Late lines of one cohort of managers' answers.
    pub(in crate::desk) answer: Option<Cohort>,
    pub(in crate::desk) sort: Sort,
    pub(in crate::desk) page: u64,
    pub(in crate::desk) size: u64,
    links: Links,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

const DEFAULT_SIZE: u64 = 50;
const DEFAULT_SORT: Sort = Sort { by: By::Due, descending: false };
const SHOWS: [(&str, Show); 4] = [("all", Show::All), ("act", Show::Act), ("soon", Show::Soon), ("done", Show::Done)];
/// Cohorts, by their names in addresses.
const COHORTS: [(&str, Cohort); 4] = [
    ("done", Cohort::DoneNotRecorded),
    ("not-done", Cohort::NotDone),
    ("disputed", Cohort::Disputed),
    ("none", Cohort::NoAnswer),
];
const SORTS: [(&str, By); 7] = [
    ("due", By::Due),
    ("child", By::Child),
    ("team", By::Team),
    ("worker", By::Worker),
    ("start", By::Start),
    ("days", By::Days),
    ("event", By::Event),
];

impl View {
    /// Settles what stands in the address. What cannot be read falls back to the default, but for dates: a wrong
    /// period would be a wrong figure, so it is refused.
    pub(in crate::desk) fn of(query: &ListQuery, council: &Council) -> Result<Self, PageError> {
        let (from, to) = (day(query.from.as_ref(), "from")?, day(query.to.as_ref(), "to")?);
        let asked = Asked::of(council, &Ask { from, to, standards: Vec::new() })
            .map_err(|bad| PageError::BadRequest(bad.to_string()))?;
        let (descending, column) = match query.sort.as_deref().unwrap_or_default().strip_prefix('-') {
            Some(column) => (true, column),
            None => (false, query.sort.as_deref().unwrap_or_default()),
        };
        Ok(Self {
            selection: Selection {
                service: filled(query.service.as_ref()),
                team: filled(query.team.as_ref()),
                worker: filled(query.worker.as_ref()),
            },
            asked,
            show: named(&SHOWS, query.show.as_deref()).unwrap_or(Show::All),
            answer: named(&COHORTS, query.answer.as_deref()),
            sort: named(&SORTS, Some(column)).map_or(DEFAULT_SORT, |by| Sort { by, descending }),
            page: query.page.as_ref().and_then(|page| page.parse().ok()).filter(|page| *page >= 1).unwrap_or(1),
            size: match query.size.as_deref() {
                Some("25") => 25,
                Some("100") => 100,
                Some("200") => 200,
                _ => DEFAULT_SIZE,
            },
            links: council.links(),
            from,
            to,
        })
    }

    /// What the audit keeps of it: no name, no child.
    pub(in crate::desk) fn detail(&self) -> String {
        let part = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {}", clean(value)));
        let mut parts: Vec<String> = [
            part("service", &self.selection.service),
            part("team", &self.selection.team),
            part("worker", &self.selection.worker),
        ]
        .into_iter()
        .flatten()
        .collect();
        parts.push(format!("{} to {}", self.asked.period.from, self.asked.period.to));
        parts.extend(self.links.date().map(|(_, date)| format!("as at {date}")));
        parts.push(format!("page {}", self.page));
        parts.join(", ")
    }

    /// The address of a changed view.
    pub(in crate::desk) fn href(&self, measure: &Measure, change: impl FnOnce(&mut Self)) -> String {
        let mut view = self.clone();
        change(&mut view);
        self.links.children(measure.id, &view.selection, &view.values())
    }

    /// The page's path.
    pub(in crate::desk) fn path(&self, measure: &Measure) -> String {
        format!("/measures/{}/children", measure.id)
    }

    /// Everything that stands in the address, the page but for the first.
    pub(in crate::desk) fn everything(&self) -> Vec<(String, String)> {
        let selection = of_selection(&self.selection).into_iter().map(|(name, value)| (name.to_owned(), value));
        selection.chain(self.kept_by_filters()).collect()
    }

    /// The address of a file of the whole selection.
    pub(in crate::desk) fn export_href(&self, measure: &Measure, ending: &str) -> String {
        let address = self.href(measure, |view| {
            view.page = 1;
            view.size = DEFAULT_SIZE;
        });
        address.replacen("/children", &format!("/children.{ending}"), 1)
    }

    /// The address of the form for one late line.
    pub(in crate::desk) fn answer_href(&self, measure: &Measure, unit: &str) -> String {
        let address = self.href(measure, |_| {}).replacen("/children", "/answer", 1);
        let sign = if address.contains('?') { '&' } else { '?' };
        format!("{address}{sign}unit={unit}")
    }

    /// What else stands in the address when the filter form is sent.
    pub(in crate::desk) fn kept_by_filters(&self) -> Vec<(String, String)> {
        let mut values = self.clone();
        values.page = 1;
        values.values().into_iter().chain(self.links.date()).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let mut values = Vec::new();
        if self.show != Show::All {
            values.push(("show", name_of(&SHOWS, self.show).to_owned()));
        }
        if let Some(cohort) = self.answer {
            values.push(("answer", cohort_name(cohort).to_owned()));
        }
        if self.sort != DEFAULT_SORT {
            let sign = if self.sort.descending { "-" } else { "" };
            values.push(("sort", format!("{sign}{}", name_of(&SORTS, self.sort.by))));
        }
        if self.size != DEFAULT_SIZE {
            values.push(("size", self.size.to_string()));
        }
        if let Some(from) = self.from {
            values.push(("from", from.to_string()));
        }
        if let Some(to) = self.to {
            values.push(("to", to.to_string()));
        }
        if self.page != 1 {
            values.push(("page", self.page.to_string()));
        }
        values
    }
}

/// A cohort's name in addresses.
pub(in crate::desk) fn cohort_name(cohort: Cohort) -> &'static str {
    name_of(&COHORTS, cohort)
}

fn clean(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn filled(value: Option<&String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn day(value: Option<&String>, name: &str) -> Result<Option<NaiveDate>, PageError> {
    filled(value)
        .map(|value| {
            value.parse().map_err(|_| {
                PageError::BadRequest(format!("The address has no date under '{name}': write it as 2026-10-30."))
            })
        })
        .transpose()
}

fn named<T: Copy>(names: &[(&str, T)], name: Option<&str>) -> Option<T> {
    names.iter().find(|(known, _)| Some(*known) == name).map(|(_, value)| *value)
}

fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
}

/// Sorts lines; equal ones by due date, then child, so that pages never overlap.
pub(in crate::desk) fn sort(lines: &mut [Line], sort: Sort) {
    match sort.by {
        // So they come: see `reading::Listed`.
        By::Due if !sort.descending && matches!(lines.first(), Some(Line::Child(_))) => {}
        By::Team | By::Worker => {
            let keys = keys_of_names(lines, sort.by);
            sort_by(lines, sort.descending, |a, b| keys.get(name(a, sort.by)).cmp(&keys.get(name(b, sort.by))));
        }
        by => sort_by(lines, sort.descending, |a, b| compare(a, b, by)),
    }
}

fn sort_by(lines: &mut [Line], descending: bool, compare_column: impl Fn(&Line, &Line) -> Ordering) {
    lines.sort_by(|a, b| {
        let order = compare_column(a, b);
        let order = if descending { order.reverse() } else { order };
        order.then_with(|| compare(a, b, By::Due)).then_with(|| tie(a).cmp(&tie(b)))
    });
}

/// The key of each name in the column, made once a name.
fn keys_of_names(lines: &[Line], by: By) -> HashMap<Arc<str>, String> {
    let mut keys = HashMap::new();
    for name in lines.iter().filter_map(|line| shared_name(line, by)) {
        if !keys.contains_key(name) {
            keys.insert(Arc::clone(name), name_key(name));
        }
    }
    keys
}

fn shared_name(line: &Line, by: By) -> Option<&Arc<str>> {
    match line {
        Line::Child(fact) if by == By::Team => fact.team.as_ref(),
        Line::Child(fact) => fact.worker.as_ref(),
        Line::Worker { worker, .. } => Some(worker),
    }
}

/// The name in the column; an empty one has no key and so comes first.
fn name(line: &Line, by: By) -> &str {
    shared_name(line, by).map_or("", |name| name)
}

fn tie(line: &Line) -> (&str, u8, u16) {
    match line {
        Line::Child(fact) => (&fact.child_id, fact.list, fact.position),
        Line::Worker { worker, .. } => (worker, 0, 0),
    }
}

fn compare(a: &Line, b: &Line, by: By) -> Ordering {
    match (a, b) {
        (Line::Child(a), Line::Child(b)) => match by {
            // No due date means nothing is known of it: it comes before the longest overdue.
            By::Due => a.due.cmp(&b.due),
            By::Child => id_order(&a.child_id).cmp(&id_order(&b.child_id)),
            By::Start => a.start.cmp(&b.start),
            By::Days => a.days.cmp(&b.days),
            By::Event => a.event.cmp(&b.event),
            By::Team | By::Worker => Ordering::Equal,
        },
        (Line::Worker { worker: a, children: many, .. }, Line::Worker { worker: b, children: more, .. }) => match by {
            By::Child => name_key(a).cmp(&name_key(b)),
            By::Days => many.cmp(more),
            _ => more.cmp(many),
        },
        _ => Ordering::Equal,
    }
}
