//! Recording an action as its form asks. Subject, finding and baseline are made anew from the extract: no form can claim
//! a figure or a team.

use super::about::{About, about, detail};
use super::form::cohort;
use super::shown;
use crate::desk::actions::forms::sent_doer;
use crate::desk::actions::keep::{Kept, keep};
use crate::desk::actions::people::People;
use crate::desk::actions::{Answered, Fields, RECORD, Today, lines};
use crate::desk::{ViewerDesk, failed, words};
use crate::state::{AppState, Visit};
use crate::store::actions::NewAction;
use crate::store::audit::{Decision, Entry};
use crate::store::reader::NotDone;
use crate::store::{recommendations, users};
use app::data::{NewActionPage, NewActionQuery};
use app::error::PageError;
use domain::action::{Aim, Baseline, Doer, Draft, Due, Finding, Level, Person, Priority, Refusal, Subject};
use domain::ids::{RecommendationId, UserId};

/// What the form sends along.
const ALONG: [&str; 9] = ["child", "measure", "service", "team", "from", "to", "surgery", "item", "as_at"];

/// What is filled in.
const FILLED: [&str; 9] =
    ["level", "what", "why", "accountable", "doer", "doer_name", "due", "priority", "recommendation"];

/// Records an action as the form asks.
///
/// # Errors
/// Not found where the viewer may not, and for a form with fields it does not have.
pub(crate) async fn record(
    state: &AppState,
    visit: &Visit,
    fields: &Fields,
) -> Result<Answered<NewActionPage>, PageError> {
    let one = |name: &str| fields.filled(name).map(str::to_owned);
    let query = NewActionQuery {
        child: fields.all("child"),
        measure: one("measure"),
        service: one("service"),
        team: one("team"),
        from: one("from"),
        to: one("to"),
        surgery: one("surgery"),
        item: one("item"),
        as_at: one("as_at"),
    };
    let desk = ViewerDesk::new(state.clone(), visit.clone()).as_at(query.as_at.as_deref())?;
    let names: Vec<&str> = ALONG.into_iter().chain(FILLED).collect();
    if !fields.are_only(&names, "child") {
        return desk.deny(RECORD, "new action").await;
    }
    let Some(about) = about(&desk, &query).await? else { return desk.deny(RECORD, "new action").await };
    let Some(mut subject) = about.subject.clone() else { return desk.deny(RECORD, "new action").await };
    if fields.get("level") == Level::Team.name() {
        subject = cohort(&subject).unwrap_or(subject);
    }
    let refuse = async |why: String| {
        let why = format!("{}.", words::sentence(why.trim_end_matches('.')));
        let page = shown(&desk, &about, &query, Some((fields, why))).await?;
        Ok(Answered::Refused(Box::new(page)))
    };
    let Ok(due) = fields.get("due").trim().parse() else {
        return refuse("the due date is missing or is no date: choose one".to_owned()).await;
    };
    let (people, today) = (People::of(&desk).await?, Today::of(&desk).await?);
    let head = fields.filled("accountable").and_then(|user| user.parse().ok()).map(UserId);
    let head = head.filter(|user| !people.is_out_of_office(*user, today.date));
    let grants = match head {
        Some(user) => users::grants(&state.db, user.0).await.map_err(failed)?,
        None => Vec::new(),
    };
    let doer = sent_doer(fields);
    if let Doer::User(user) = doer
        && people.find(user).is_none()
    {
        return refuse("choose who does it".to_owned()).await;
    }
    let known = recommendations::all(&state.db).await.map_err(failed)?;
    let recommendation = fields.filled("recommendation").and_then(|id| id.parse().ok()).map(RecommendationId);
    let recommendation = recommendation.filter(|id| known.iter().any(|one| one.id == *id));
    let (finding, aim) = frozen(&about, &subject);
    let draft = Draft {
        subject,
        what: fields.get("what"),
        why: fields.get("why"),
        finding,
        accountable: head.map(|user| Person { user, grants: &grants }),
        doer,
        due: Due::On(due),
        priority: Priority::from_name(fields.get("priority")).unwrap_or_default(),
        aim,
        recommendation,
        surgery: about.surgery,
    };
    let new = NewAction {
        draft,
        actor: desk.person(),
        today: today.date,
        organisation: &today.organisation,
        calendar: &today.calendar,
        standards: &today.standards,
        at: state.clock.now_ms(),
    };
    let entry = Entry {
        at: state.clock.now_ms(),
        actor: visit.viewer.user_name.clone(),
        action: RECORD.to_owned(),
        subject: None,
        detail: detail(&about),
        decision: Decision::Allow,
        request_id: visit.request_id.to_string(),
    };
    match keep(&state.db, about.surgery.map(|surgery| (surgery, about.item)), &new, &entry).await {
        // The meeting goes on.
        Ok(Kept::InMeeting(surgery)) => Ok(Answered::Done(format!("/surgeries/{}", surgery.0))),
        Ok(Kept::Alone(id)) => Ok(Answered::Done(lines::href(id))),
        Err(NotDone::Unknown | NotDone::Refused(Refusal::NotAllowed)) => desk.deny(RECORD, "new action").await,
        Err(NotDone::Refused(refusal)) => refuse(refusal.to_string()).await,
        Err(NotDone::Db(error)) => Err(failed(error)),
    }
}

/// What the extract shows, as it is kept for good.
fn frozen(about: &About, subject: &Subject) -> (Option<Finding>, Option<Aim>) {
    let Some((council, (measure, group, _, figure))) = about.council.as_ref().zip(about.figure.as_ref()) else {
        return (None, None);
    };
    let as_at = council.as_at();
    let finding = Finding {
        as_at,
        measure: Some(measure.id.to_owned()),
        group: group.clone(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        children: subject.children().iter().map(|child| child.child_id.clone()).collect(),
    };
    let aim = Aim {
        measure: measure.id.to_owned(),
        group: group.clone(),
        baseline: Some(Baseline { as_at, figure: *figure }),
    };
    (Some(finding), Some(aim))
}
