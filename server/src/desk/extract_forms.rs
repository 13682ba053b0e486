//! Removing an extract and moving it to another date, from its page: for who loads data.

use super::ViewerDesk;
use crate::load::{ChangeError, ExtractChanged, ExtractRequest, Frozen, move_extract, remove_extract};
use crate::state::{AppState, Visit};
use crate::store::extracts::{self, Extract};
use app::data::{Field, FieldKind, Form, Pick};
use app::error::PageError;
use chrono::NaiveDate;
use domain::names::collapse;
use serde::Deserialize;

/// Most letters of a reason.
const LONGEST_REASON: usize = 300;

/// The form as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExtractForm {
    /// Why.
    pub reason: String,
    /// The date to move to; empty where the extract is removed.
    pub to: String,
    /// `redact` where it was another council's.
    pub frozen: String,
}

/// What is done with the extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtractAct {
    /// It is taken out.
    Remove,
    /// It is put to another date.
    Move,
}

impl ExtractAct {
    const fn action(self) -> &'static str {
        match self {
            Self::Remove => "remove extract",
            Self::Move => "move extract",
        }
    }
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// There is no such page for this viewer, or the answer could not be put on record.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The date cannot be read.
    #[error("the date is missing or is no date: give the day the case system was read")]
    NoDate,
    /// The reason is too long.
    #[error("the reason is longer than {LONGEST_REASON} letters: say it shorter")]
    LongReason,
    /// It cannot be done.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

fn reason() -> Field {
    Field {
        name: "reason".to_owned(),
        label: "Reason".to_owned(),
        hint: "Those who read the figures will see it. Name no child.".to_owned(),
        required: true,
        ..Field::default()
    }
}

/// The forms of an extract that is in force.
pub(super) fn forms(extract: &Extract) -> Vec<Form> {
    let to = Field {
        name: "to".to_owned(),
        label: "The date it is really as at".to_owned(),
        value: extract.as_at.to_string(),
        kind: FieldKind::Date,
        required: true,
        ..Field::default()
    };
    let pick =
        |value: &str, text: &str| Pick { value: value.to_owned(), text: text.to_owned(), chosen: value == "keep" };
    let frozen = Field {
        name: "frozen".to_owned(),
        label: "What was made on it".to_owned(),
        hint: "Findings of actions and agendas of surgeries name children.".to_owned(),
        kind: FieldKind::Choice,
        picks: vec![
            pick("keep", "These are our children: keep findings and agendas as they are"),
            pick("redact", "It was another council's file: take its children out of findings and agendas"),
        ],
        required: true,
        ..Field::default()
    };
    let form = |act: &str, title: &str, about: &str, fields: Vec<Field>| Form {
        action: format!("/data/extracts/{}/{act}", extract.id),
        id: format!("{act}-extract"),
        title: title.to_owned(),
        about: about.to_owned(),
        fields,
        button: title.to_owned(),
        ..Form::default()
    };
    vec![
        form(
            "move",
            "Move to another date",
            "Its records stay as they are. Figures and registers are counted as at the other date, by the standards of that date.",
            vec![to, reason()],
        ),
        form(
            "remove",
            "Remove this extract",
            "Figures, lists and registers will be as if it had never been loaded. What people did on it stays: answers, actions, surgeries.",
            vec![frozen, reason()],
        ),
    ]
}

/// Removes or moves an extract, and puts that on record with it.
///
/// # Errors
/// When the viewer may not, when it cannot be done, or when the database fails; nothing is changed then.
pub async fn change(
    state: &AppState,
    visit: &Visit,
    (id, act): (&str, ExtractAct),
    form: &ExtractForm,
) -> Result<ExtractChanged, NotChanged> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let number = id.parse::<i64>().ok().filter(|_| visit.viewer.scope.loads_data());
    let in_force = extracts::all(&state.db).await.map_err(super::failed)?;
    let Some(extract) = in_force.into_iter().find(|extract| Some(extract.id) == number) else {
        return Ok(desk.deny(act.action(), &format!("extract {id}")).await?);
    };
    let reason = collapse(&form.reason.replace(|c: char| c.is_control(), " "));
    if reason.chars().count() > LONGEST_REASON {
        return Err(NotChanged::LongReason);
    }
    let request = ExtractRequest {
        as_at: extract.as_at,
        extract: Some(extract.id),
        reason,
        done_by: visit.viewer.user_name.clone(),
        request_id: visit.request_id.to_string(),
    };
    Ok(match act {
        ExtractAct::Remove => {
            let frozen = if form.frozen == "redact" { Frozen::Redacted } else { Frozen::Kept };
            remove_extract(&state.db, &state.clock, &request, frozen).await?
        }
        ExtractAct::Move => {
            let to: NaiveDate = form.to.trim().parse().map_err(|_| NotChanged::NoDate)?;
            move_extract(&state.db, &state.clock, &request, to).await?
        }
    })
}
