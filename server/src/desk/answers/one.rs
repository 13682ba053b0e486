//! `/measures/:id/answer`: the form for one late child, with what was said of it before.

use super::{list, say, unit_name};
use crate::desk::children::View;
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::{self, NO_TEAM, NO_WORKER, Selection};
use crate::store::people::{Kind, reference};
use app::data::{AnswerForm, AnswerPage, Link, ListQuery};
use app::desk::Answer;
use domain::answers::act;

/// What stands in the audit where it is refused.
const ACTION: &str = "read answer";

pub(in crate::desk) async fn page(desk: &ViewerDesk, id: &str, unit: &str, query: &ListQuery) -> Answer<AnswerPage> {
    let scope = &desk.visit.viewer.scope;
    let found = desk.newest().await?.zip(domain::measures::measure(id)).filter(|_| scope.reads_children());
    let Some((council, measure)) = found else { return desk.deny(ACTION, id).await };
    let Some(act) = act(measure) else { return desk.deny(ACTION, id).await };
    let view = View::of(&ListQuery { as_at: None, ..query.clone() }, &council)?;
    let everything = Selection::default();
    let db = &desk.state.db;
    let late = reading::late_units(db, (&council, &council), scope, measure, &everything).await.map_err(failed)?;
    let late = late.into_iter().flat_map(|late| late.units).find_map(|it| {
        let child = it.child.clone().filter(|_| it.may_answer)?;
        (unit_name(&council, &child, &it) == unit).then_some((child, it))
    });
    let Some((child, late)) = late else { return desk.deny(ACTION, id).await };
    let child_reference = reference(&council.reference_key, Kind::Child, &child);
    let answers = reading::answers_of_child(db, &council, scope, &child_reference).await.map_err(failed)?;
    let answers: Vec<_> =
        answers.unwrap_or_default().into_iter().filter(|it| it.answer.measure == measure.id).collect();
    desk.allow(ACTION, &child_reference, Some(measure.id.to_owned())).await?;
    let said_of = |name: &str, value: String| (name.to_owned(), value);
    let named = desk.named().await?;
    let body = AnswerPage {
        measure: Link { text: measure.name.to_owned(), href: council.links().measure(measure.id, &everything) },
        list: Link { text: "Children".to_owned(), href: view.href(measure, |_| {}) },
        child: Link { text: child.to_string(), href: council.links().child(&child_reference) },
        about: vec![
            said_of("Team", late.team.as_deref().unwrap_or(NO_TEAM).to_owned()),
            said_of("Worker", late.worker.as_deref().unwrap_or(NO_WORKER).to_owned()),
            said_of("Clock began", words::date_or_dash(late.start)),
            said_of("Was due", words::date_or_dash(late.due)),
            said_of("How it stands", say::cohort(act, late.cohort)),
        ],
        form: AnswerForm { unit: Some(unit.to_owned()), ..list::form(measure, act, &view, council.extract.id) },
        history: say::history(&answers, &named),
    };
    Ok(desk.framed(Some(&council), body))
}
