//! What a form with answers sends, into the store: all of it or nothing, and then back to the list.

use super::unit_name;
use crate::answers::{self, GivenAnswers, MOST_AT_ONCE, NotAnswered, Unit};
use crate::desk::ViewerDesk;
use crate::desk::children::View;
use crate::desk::failed;
use crate::reading::{self, Selection};
use crate::state::{AppState, Visit};
use app::data::ListQuery;
use app::error::PageError;
use chrono::NaiveDate;
use domain::answers::{Said, SaidKind};
use std::collections::HashMap;

/// The fields of a form, as they were sent; a field may stand there many times.
pub type AnswerFields = Vec<(String, String)>;

/// What stands in the audit.
const ACTION: &str = "answer";

/// Why no answer was kept; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NotGiven {
    /// The viewer may not, or the database failed.
    #[error("the page gives no answer")]
    Page(#[from] PageError),
    /// No line was ticked, or too many.
    #[error(
        "No line is ticked, or more than {MOST_AT_ONCE}. Go back, tick the lines that the answer is about, and send it again."
    )]
    HowMany,
    /// Nothing was said.
    #[error("It is not said what the answer is. Go back and choose one of the five.")]
    NothingSaid,
    /// A day is needed.
    #[error(
        "The day is missing, or it is no date. Go back and give the day on which it was done, or for which it is booked."
    )]
    NoDay,
    /// The store refused.
    #[error("{0}. Nothing was kept. Go back: what you chose is still there.")]
    Refused(String),
}

/// Keeps one answer for every line of the form. Answers the address of the list that the form came from.
///
/// # Errors
/// When the viewer may not, when the answer cannot be true of one of the lines, or when the database fails; nothing is
/// kept then.
pub async fn give(state: &AppState, visit: &Visit, id: &str, fields: &AnswerFields) -> Result<String, NotGiven> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let scope = &visit.viewer.scope;
    let found = desk.newest().await?.zip(domain::measures::measure(id)).filter(|_| scope.reads_children());
    let Some((council, measure)) = found else { return Ok(desk.deny(ACTION, id).await?) };
    let everything = Selection::default();
    let late = reading::late_units(&state.db, (&council, &council), scope, measure, &everything).await;
    let late = late.map_err(failed)?.map(|late| late.units).unwrap_or_default();
    // Who answers for nobody here learns no more than that.
    let yours: HashMap<String, Unit> = late
        .iter()
        .filter(|unit| unit.may_answer)
        .filter_map(|unit| {
            let child = unit.child.clone()?;
            let name = unit_name(&council, &child, unit);
            Some((name, Unit { child_id: child, list: unit.list, position: unit.position }))
        })
        .collect();
    let units: Vec<&str> = all(fields, "unit").collect();
    if yours.is_empty() && !is_about_an_earlier_extract(fields, council.extract.id) {
        return Ok(desk.deny(ACTION, id).await?);
    }
    if units.is_empty() || units.len() > MOST_AT_ONCE {
        return Err(NotGiven::HowMany);
    }
    let said = said(fields)?;
    let extract = one(fields, "extract").parse().unwrap_or_default();
    if extract != council.extract.id {
        return Err(refused(&NotAnswered::Overtaken));
    }
    let mut answers = Vec::with_capacity(units.len());
    for name in units {
        let Some(unit) = yours.get(name) else { return Ok(desk.deny(ACTION, id).await?) };
        answers.push((unit.clone(), said.clone()));
    }
    let given = GivenAnswers {
        extract,
        measure,
        answers,
        by: visit.viewer.user_name.clone(),
        request_id: visit.request_id.to_string(),
    };
    match answers::give(&state.db, &state.clock, &council, scope, &given).await {
        Ok(_) => {}
        Err(NotAnswered::NotYours) => return Ok(desk.deny(ACTION, id).await?),
        Err(NotAnswered::Db(error)) => return Err(NotGiven::Page(failed(error))),
        Err(NotAnswered::Bad { which, why }) => {
            let child = given.answers.get(which).map_or("", |(unit, _)| &*unit.child_id);
            return Err(NotGiven::Refused(format!("Child {child}: {why}")));
        }
        Err(why) => return Err(refused(&why)),
    }
    let view = View::of(&list_query(fields), &council)?;
    Ok(view.href(measure, |_| {}))
}

fn refused(why: &NotAnswered) -> NotGiven {
    NotGiven::Refused(why.to_string().trim_end_matches('.').to_owned())
}

/// Whether the page that the form stood on showed another extract: its lines may all be gone since.
fn is_about_an_earlier_extract(fields: &AnswerFields, newest: i64) -> bool {
    one(fields, "extract").parse::<i64>().is_ok_and(|extract| extract < newest)
}

fn said(fields: &AnswerFields) -> Result<Said, NotGiven> {
    let kind = SaidKind::from_name(one(fields, "said")).ok_or(NotGiven::NothingSaid)?;
    let day: Option<NaiveDate> = one(fields, "day").trim().parse().ok();
    Said::from_parts(kind, day, Some(one(fields, "reason").to_owned())).ok_or(NotGiven::NoDay)
}

fn all<'a>(fields: &'a AnswerFields, name: &'a str) -> impl Iterator<Item = &'a str> {
    fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn one<'a>(fields: &'a AnswerFields, name: &'a str) -> &'a str {
    all(fields, name).next().unwrap_or_default()
}

/// The list that the form came from.
fn list_query(fields: &AnswerFields) -> ListQuery {
    let field = |name: &'static str| Some(one(fields, name).to_owned()).filter(|value| !value.is_empty());
    ListQuery {
        service: field("service"),
        team: field("team"),
        worker: field("worker"),
        show: field("show"),
        sort: field("sort"),
        page: field("page"),
        size: field("size"),
        answer: field("answer"),
        ..ListQuery::default()
    }
}
