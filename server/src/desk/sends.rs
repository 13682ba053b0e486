//! Who may send which form, as far as the role alone tells: asked before a byte of it is read. What depends on what the
//! form is about, the form's own desk asks when it knows that.

use super::actions::{may_hand_over, may_record};
use super::rebases::may_rebase;
use super::{ViewerDesk, actions};
use crate::state::{AppState, Visit};

/// Who.
#[derive(Debug, Clone, Copy)]
enum Who {
    ReadsChildren,
    LoadsData,
    SetsStandards,
    RecordsActions,
    HandsOver,
    Rebases,
}

/// A form: its route, who may send it, and what stands in the audit of who may not; `{}` is what fills the route's gap.
struct SentForm(&'static str, Who, &'static str, &'static str);

const FORMS: &[SentForm] = &[
    SentForm("/actions/new", Who::RecordsActions, actions::RECORD, "new action"),
    SentForm("/actions/hand-over", Who::HandsOver, actions::CHANGE, "hand over"),
    SentForm("/actions/{number}", Who::ReadsChildren, actions::CHANGE, "{}"),
    SentForm("/actions/{number}/evidence", Who::ReadsChildren, actions::CHANGE, "{}"),
    SentForm("/admin/recommendations", Who::LoadsData, "load recommendations", "recommendations"),
    SentForm("/admin/standards", Who::SetsStandards, "set standard", "standards"),
    SentForm("/admin/targets", Who::SetsStandards, "set target", "targets"),
    SentForm("/data/mapping", Who::LoadsData, "set mapping", "mapping"),
    SentForm("/data/load", Who::LoadsData, "load", "new"),
    SentForm("/data/loads/{id}/confirm", Who::LoadsData, "load", "{}"),
    SentForm("/data/loads/{id}/cancel", Who::LoadsData, "load", "{}"),
    SentForm("/data/extracts/{id}/remove", Who::LoadsData, "remove extract", "extract {}"),
    SentForm("/data/extracts/{id}/move", Who::LoadsData, "move extract", "extract {}"),
    SentForm("/measures/{id}/rebase", Who::Rebases, "rebase", "{}"),
    SentForm("/measures/{id}/answers", Who::ReadsChildren, "answer", "{}"),
    SentForm("/notices", Who::ReadsChildren, "change calendar", "calendar"),
    SentForm("/surgeries", Who::ReadsChildren, "plan surgery", "surgeries"),
    SentForm("/surgeries/{id}", Who::ReadsChildren, "change surgery", "{}"),
];

/// A form that its sender may not send: what stands in the audit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MayNotSend {
    pub(crate) action: &'static str,
    pub(crate) subject: String,
}

/// Whether the viewer may not send the form of a route, by the role alone. `path` is the address as sent.
pub(crate) fn refused(state: &AppState, visit: &Visit, route: &str, path: &str) -> Option<MayNotSend> {
    let SentForm(_, who, action, subject) = FORMS.iter().find(|form| form.0 == route)?;
    let scope = &visit.viewer.scope;
    let desk = || ViewerDesk::new(state.clone(), visit.clone());
    let may = match who {
        Who::ReadsChildren => scope.reads_children(),
        Who::LoadsData => scope.loads_data(),
        Who::SetsStandards => scope.sets_standards(),
        Who::RecordsActions => may_record(&desk()),
        Who::HandsOver => may_hand_over(&desk()),
        Who::Rebases => may_rebase(&desk()),
    };
    (!may).then(|| MayNotSend { action, subject: subject.replace("{}", &gap(route, path)) })
}

/// What stands in the address where the route has its gap, made fit for the audit.
fn gap(route: &str, path: &str) -> String {
    let at = route.split('/').position(|part| part.starts_with('{'));
    let part = at.and_then(|at| path.split('/').nth(at)).unwrap_or_default();
    part.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_of_a_route_is_what_the_address_has_there() {
        assert_eq!(gap("/actions/{number}/evidence", "/actions/A-000001/evidence"), "A-000001");
        assert_eq!(gap("/surgeries", "/surgeries"), "");
        assert_eq!(gap("/surgeries/{id}", &format!("/surgeries/{}", "7".repeat(500))).len(), 120);
    }
}
