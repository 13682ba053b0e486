//! `/admin/recommendations`: what was recommended, and what is done about it; and loading a list.

use crate::desk::actions::Fields;
use crate::desk::links::with_query;
use crate::desk::{ViewerDesk, failed};
use crate::state::{AppState, Visit};
use crate::store::actions::progress;
use crate::store::audit::{self, Decision, Entry};
use crate::store::reader::Reader;
use crate::store::recommendations::{self as store, NewRecommendation};
use app::data::{Field, FieldKind, Form, Link, RecommendationRow, RecommendationsPage};
use app::desk::Answer;
use app::error::PageError;
use domain::action::late_when_due_before;
use domain::calendar::WorkingDays;
use domain::ids::UserId;
use domain::text::line;
use std::collections::BTreeMap;

/// What stands in the audit where a list is loaded.
const LOAD: &str = "load recommendations";

pub(super) async fn page(desk: &ViewerDesk) -> Answer<RecommendationsPage> {
    let scope = &desk.visit.viewer.scope;
    if !(scope.reads_children() || scope.loads_data()) {
        return desk.deny("read recommendations", "recommendations").await;
    }
    let reader = Reader { user: UserId(desk.visit.viewer.user_id), scope };
    let late_before = late_when_due_before(desk.state.clock.today(), &WorkingDays::england());
    let counts = progress(&desk.state.db, &reader, late_before).await.map_err(failed)?;
    let all = store::all(&desk.state.db).await.map_err(failed)?;
    let rows = all.into_iter().map(|one| {
        let progress = counts.get(&one.id.0).copied().unwrap_or_default();
        let query = [("tab", "all".to_owned()), ("recommendation", one.id.0.to_string())];
        RecommendationRow {
            source: one.source,
            reference: Link {
                text: one.reference,
                href: if scope.reads_children() { with_query("/actions", &query) } else { String::new() },
            },
            title: one.title,
            state: if one.in_force { "On the list" } else { "No longer on the list" }.to_owned(),
            open: progress.open,
            late: progress.late,
            closed: progress.closed,
        }
    });
    let page = RecommendationsPage {
        rows: rows.collect(),
        form: scope.loads_data().then(form),
        counts: scope.reads_children(),
    };
    let council = desk.newest().await?;
    Ok(desk.framed(council.as_deref(), page))
}

fn form() -> Form {
    Form {
        action: "/admin/recommendations".to_owned(),
        id: "recommendations".to_owned(),
        title: "Load a list".to_owned(),
        about: "The list of each source named is replaced: what is no longer on it is marked so and kept, as actions may answer it.".to_owned(),
        fields: vec![Field {
            name: "list".to_owned(),
            label: "The list".to_owned(),
            hint: "One recommendation a line: source, reference, title, as a CSV file has them. For example: Improvement plan,3.2,See every child in time".to_owned(),
            kind: FieldKind::Text,
            required: true,
            ..Field::default()
        }],
        button: "Load the list".to_owned(),
        ..Form::default()
    }
}

/// Why no list was loaded; each says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotLoaded {
    #[error(transparent)]
    Page(#[from] PageError),
    #[error("The list is empty. Go back and paste it: source, reference, title, one recommendation a line.")]
    Empty,
    #[error(
        "Line {0} does not hold a source, a reference and a title, none of them empty or very long. Go back and put it right; nothing was loaded."
    )]
    Line(usize),
}

/// Loads what was pasted: all of it or nothing.
///
/// # Errors
/// When the viewer may not, or a line makes no sense.
pub(crate) async fn load(state: &AppState, visit: &Visit, fields: &Fields) -> Result<(), NotLoaded> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !visit.viewer.scope.loads_data() || !fields.are_only(&["list"], "") {
        return Ok(desk.deny(LOAD, "recommendations").await?);
    }
    let sources = read(fields.get("list"))?;
    let now = state.clock.now_ms();
    let mut tx = state.db.begin().await.map_err(failed)?;
    let mut entries = Vec::new();
    for (source, lines) in &sources {
        let list: Vec<_> = lines.iter().map(|(reference, title)| NewRecommendation { reference, title }).collect();
        store::load(&mut tx, source, &list, now).await.map_err(failed)?;
        entries.push(Entry {
            at: now,
            actor: visit.viewer.user_name.clone(),
            action: LOAD.to_owned(),
            subject: Some(source.chars().take(120).collect()),
            detail: Some(format!("{} lines", list.len())),
            decision: Decision::Allow,
            request_id: visit.request_id.to_string(),
        });
    }
    audit::append_in(&mut tx, &entries).await.map_err(failed)?;
    tx.commit().await.map_err(failed)?;
    Ok(())
}

type Sources = BTreeMap<String, Vec<(String, String)>>;

/// The lines by source. A heading is passed over.
fn read(list: &str) -> Result<Sources, NotLoaded> {
    let mut sources = Sources::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(list.as_bytes());
    for (at, record) in reader.records().enumerate() {
        let bad = || NotLoaded::Line(at + 1);
        let record = record.map_err(|_| bad())?;
        let part = |place: usize| line("The line", record.get(place).unwrap_or_default()).map_err(|_| bad());
        let (source, reference, title) = (part(0)?, part(1)?, part(2)?);
        if record.len() != 3 {
            return Err(bad());
        }
        if at == 0 && source.eq_ignore_ascii_case("source") {
            continue;
        }
        sources.entry(source).or_default().push((reference, title));
    }
    if sources.is_empty() { Err(NotLoaded::Empty) } else { Ok(sources) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_source_and_a_bad_line_is_named() {
        let list = "source,reference,title\nPlan,1,\"Visits, on time\"\nInspection,A,Supervision\nPlan,2,Caseloads\n";
        let sources = read(list).unwrap();
        assert_eq!(sources["Plan"], [("1".into(), "Visits, on time".into()), ("2".into(), "Caseloads".into())]);
        assert_eq!(sources["Inspection"].len(), 1);
        assert!(matches!(read("Plan,1,Visits\nPlan,2"), Err(NotLoaded::Line(2))));
        assert!(matches!(read("Plan,1,Visits,more"), Err(NotLoaded::Line(1))));
        assert!(matches!(read("  "), Err(NotLoaded::Empty | NotLoaded::Line(_))));
    }
}
