//! What happened to an action, in words.

use super::people::People;
use crate::desk::words;
use crate::reading::naming::Named;
use crate::store::recommendations::Recommendation;
use app::data::HistoryRow;
use domain::action::{Aim, Author, Event, EventKind};
use domain::ids::ChildId;
use domain::measures::measure;

/// Who there is, and what was recommended.
type Known<'a> = (&'a People, &'a [Recommendation]);

/// An event, with the children who may be named to this viewer.
pub(super) fn row(event: &Event, known: Known<'_>, named: &Named) -> HistoryRow {
    let (what, text, links) = told(&event.kind, known, named);
    HistoryRow {
        when: words::time(event.at.timestamp_millis()),
        who: match event.by {
            Author::Person(user) => known.0.name(user),
            Author::Data => "The data".to_owned(),
        },
        what,
        text,
        links,
    }
}

fn told(kind: &EventKind, (people, recommended): Known<'_>, named: &Named) -> (String, String, Vec<String>) {
    let child = |child_id: &ChildId| {
        named.kept(child_id).map_or_else(|| "a child".to_owned(), |child_id| format!("child {child_id}"))
    };
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
            let aim = changed.aim.clone().map(|aim| aim.value().map_or_else(|| "none".to_owned(), aimed_at));
            part("Measure", aim);
            let answers = changed.recommendation.clone().map(|one| {
                let one = one.value().and_then(|id| recommended.iter().find(|known| known.id == id));
                one.map_or_else(|| "none".to_owned(), |one| format!("{} {}", one.source, one.reference))
            });
            part("Recommendation", answers);
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
        EventKind::DataRetracted { child_id, as_at, reason } => (
            format!("No longer counted for {}: what the extract as at {} said", child(child_id), words::date(*as_at)),
            format!("The extract was removed or moved: {reason}"),
        ),
        EventKind::Withdrawn { reason } => ("Withdrawn".to_owned(), reason.clone()),
    };
    (what, text, links)
}

/// "Visits on time (North 1), from 35 of 38 as at 27 February 2026".
fn aimed_at(aim: Aim) -> String {
    let name = measure(&aim.measure).map_or(aim.measure.as_str(), |measure| measure.name);
    let baseline = aim.baseline.map_or_else(
        || ", without a figure".to_owned(),
        |from| {
            let figure = from.figure;
            format!(", from {} of {} as at {}", figure.numerator, figure.denominator, words::date(from.as_at))
        },
    );
    format!("{name} ({}){baseline}", super::said::area(&aim.group))
}
