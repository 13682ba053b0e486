//! What happened to an action, in words.

use super::people::People;
use crate::desk::words;
use app::data::HistoryRow;
use domain::action::{Author, Event, EventKind};

/// An event. `may_name` says whether a child may be named to this viewer.
pub(super) fn row(event: &Event, people: &People, may_name: &dyn Fn(&str) -> bool) -> HistoryRow {
    let (what, text, links) = told(&event.kind, people, may_name);
    HistoryRow {
        when: words::time(event.at.timestamp_millis()),
        who: match event.by {
            Author::Person(user) => people.name(user),
            Author::Data => "The data".to_owned(),
        },
        what,
        text,
        links,
    }
}

fn told(kind: &EventKind, people: &People, may_name: &dyn Fn(&str) -> bool) -> (String, String, Vec<String>) {
    let child = |child_id: &str| if may_name(child_id) { format!("child {child_id}") } else { "a child".to_owned() };
    let mut links = Vec::new();
    let (what, text) = match kind {
        EventKind::Recorded(recorded) => ("Recorded".to_owned(), recorded.what.clone()),
        EventKind::Amended(changed) => {
            let mut parts = Vec::new();
            let mut part = |name: &str, value: Option<String>| {
                parts.extend(value.map(|value| format!("{name}: {value}")));
            };
            part("What", changed.what.clone());
            part("Why", changed.why.clone());
            part("Who does it", changed.doer.as_ref().map(|doer| people.doer(doer)));
            part("Priority", changed.priority.map(|priority| priority.name().to_owned()));
            let aim = changed.aim.clone().map(|aim| aim.value().map_or_else(|| "none".to_owned(), |aim| aim.measure));
            part("Measure", aim);
            let answers = changed.recommendation.clone();
            part(
                "Recommendation",
                answers.map(|one| one.value().map_or_else(|| "none".to_owned(), |_| "another".to_owned())),
            );
            ("Amended".to_owned(), parts.join("\n"))
        }
        EventKind::DueMoved { to, reason } => (format!("Due date moved to {}", words::date(*to)), reason.clone()),
        EventKind::Progress { text, links: more } => {
            links.clone_from(more);
            ("Progress".to_owned(), text.clone())
        }
        EventKind::EvidenceAdded { name, .. } => ("Evidence added".to_owned(), name.clone()),
        EventKind::HandedOver { to, reason } => (format!("Handed over to {}", people.name(*to)), reason.clone()),
        EventKind::Reported { what_changed } => ("Reported".to_owned(), what_changed.clone()),
        EventKind::SentBack { reason } => ("Report sent back".to_owned(), reason.clone()),
        EventKind::Confirmed => ("Report confirmed, action closed".to_owned(), String::new()),
        EventKind::Reopened { reason } => ("Opened again".to_owned(), reason.clone()),
        EventKind::DataConfirmed { child_id, as_at } => {
            (format!("Confirmed for {}", child(child_id)), format!("Extract as at {}", words::date(*as_at)))
        }
        EventKind::DataContradicted { child_id, as_at } => {
            (format!("Contradicted for {}", child(child_id)), format!("Extract as at {}", words::date(*as_at)))
        }
        EventKind::Withdrawn { reason } => ("Withdrawn".to_owned(), reason.clone()),
    };
    (what, text, links)
}
