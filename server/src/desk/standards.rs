//! `/admin/standards`: by which standard each figure is counted.

use crate::desk::export::take_away;
use crate::desk::{ViewerDesk, failed, words};
use crate::store::{standards, users};
use app::data::{ChangeRow, StandardRow, StandardsPage};
use app::desk::Answer;
use chrono::Days;
use domain::measures::CORE;
use domain::standards::Standards;
use std::collections::HashMap;

pub(super) async fn page(desk: &ViewerDesk) -> Answer<StandardsPage> {
    let scope = &desk.visit.viewer.scope;
    if !(scope.reads_counts() || scope.sets_standards()) {
        return desk.deny("read standards", "standards").await;
    }
    let db = &desk.state.db;
    let council = desk.newest().await?;
    let today = desk.state.clock.today();
    let changes = standards::changes(db).await.map_err(failed)?;
    let in_force = standards::in_force(&changes, council.as_ref().map_or(today, |council| council.as_at().max(today)))
        .map_err(failed)?;
    let defaults = Standards::default();
    let rows = Standards::NAMES
        .iter()
        .map(|name| {
            let (value, default) = (in_force.get(name).unwrap_or_default(), defaults.get(name).unwrap_or_default());
            StandardRow {
                name: (*name).to_owned(),
                words: in_words(name),
                default: (value != default).then_some(default),
                measures: used_by(name),
                value,
            }
        })
        .collect();
    let people: HashMap<String, String> =
        users::all(db).await.map_err(failed)?.into_iter().map(|user| (user.user_name, user.full_name)).collect();
    let named = desk.named().await?;
    let body = StandardsPage {
        standards: rows,
        changes: changes
            .into_iter()
            .rev()
            .map(|change| ChangeRow {
                words: in_words(&change.name),
                value: change.value,
                applies_from: words::date(change.applies_from),
                reason: named.text(&change.reason),
                set: format!(
                    "{}, {}",
                    people.get(&change.set_by).unwrap_or(&change.set_by),
                    words::time(change.set_at)
                ),
            })
            .collect(),
        may_set: scope.sets_standards(),
        exports: take_away(|ending| format!("/admin/standards.{ending}")),
        from: council
            .as_ref()
            .and_then(|council| council.as_at().checked_add_days(Days::new(1)))
            .unwrap_or(today)
            .to_string(),
    };
    Ok(desk.framed(council.as_deref(), body))
}

/// A standard's name as people read it.
pub(crate) fn in_words(name: &str) -> String {
    let (group, rest) = match name.split_once('_') {
        Some(("cp", rest)) => ("Child protection: ", rest),
        Some(("cin", rest)) => ("Child in need: ", rest),
        Some(("cla", rest)) => ("Children in care: ", rest),
        Some(("icpc", rest)) => ("Initial conference: ", rest),
        Some(("attention", rest)) => ("Register of attention: ", rest),
        Some(("closure", rest)) => ("Ready to close: ", rest),
        Some(("answer", rest)) => ("Managers' answers: ", rest),
        Some(("action", rest)) => ("Actions: ", rest),
        Some(("surgery", rest)) => ("Surgeries: ", rest),
        _ => ("", name),
    };
    let words = rest.replace('_', " ");
    if !group.is_empty() {
        return format!("{group}{words}");
    }
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The measures that depend on a standard, or what else does.
fn used_by(name: &str) -> String {
    let measures: Vec<&str> =
        CORE.iter().filter(|measure| measure.standards.contains(&name)).map(|measure| measure.name).collect();
    match name.split_once('_') {
        _ if !measures.is_empty() => measures.join(", "),
        Some(("chart", _)) => "Charts of figures at a date whose clock is 10 working days or shorter".to_owned(),
        Some(("recording", _)) => "How late things are recorded".to_owned(),
        Some(("action", _)) => "The action log".to_owned(),
        Some(("surgery", _)) => "Notices of surgeries to prepare".to_owned(),
        Some(("answer", _)) => "Whether managers' answers come true".to_owned(),
        _ => "The registers".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_reads_as_words() {
        assert_eq!(in_words("cp_visit_working_days"), "Child protection: visit working days");
        assert_eq!(in_words("dormant_days"), "Dormant days");
        assert_eq!(in_words("action_due_working_days"), "Actions: due working days");
        assert_eq!(used_by("action_due_working_days"), "The action log");
        for name in Standards::NAMES {
            assert!(!in_words(name).contains('_'), "{name}");
        }
    }
}
