//! `/data/mapping`: how the council's own headers, codes, teams and workers are read. Setting a line is on record with it,
//! both or neither.

use super::data::list_name;
use super::{ViewerDesk, failed, words};
use crate::db::DbError;
use crate::state::{AppState, Visit};
use crate::store::audit::{self, Decision, Entry};
use crate::store::mapping::{self, Change};
use crate::store::users;
use app::data::{MappingChangeRow, MappingForm, MappingPage, MappingRow};
use app::desk::Answer;
use app::error::PageError;
use chrono::{Days, NaiveDate};
use domain::mapping::{BadMapping, Mapping, MappingKind, MappingLine, Written, list_of};
use domain::record::List;
use domain::text::{BadText, line};
use ingest::MappingUse;
use ingest::annex_a::{NotInFormat, check_mapping, coded_headers};
use serde::Deserialize;
use std::collections::HashMap;

pub(super) async fn page(desk: &ViewerDesk) -> Answer<MappingPage> {
    let scope = &desk.visit.viewer.scope;
    if !scope.loads_data() {
        return desk.deny("read mapping", "mapping").await;
    }
    let council = desk.newest().await?;
    let today = desk.state.clock.today();
    let now = council.as_ref().map_or(today, |council| council.as_at().max(today));
    let changes = mapping::changes(&desk.state.db).await.map_err(failed)?;
    let uses = match &council {
        Some(council) => mapping::uses(&desk.state.db, council.extract.id).await.map_err(failed)?,
        None => Vec::new(),
    };
    let people: HashMap<String, String> = users::all(&desk.state.db)
        .await
        .map_err(failed)?
        .into_iter()
        .map(|user| (user.user_name, user.full_name))
        .collect();
    let in_force = Mapping::on(now, changes.iter().map(|change| change.line.clone()));
    let from = council.as_ref().and_then(|council| council.as_at().checked_add_days(Days::new(1))).unwrap_or(today);
    let body = MappingPage {
        lines: in_force.lines().map(|line| row(line, &uses)).collect(),
        changes: changes.into_iter().rev().map(|change| change_row(change, &people)).collect(),
        form: Some(form(from)),
    };
    Ok(desk.framed(council.as_deref(), body))
}

fn row(line: &MappingLine, uses: &[MappingUse]) -> MappingRow {
    let used = uses.iter().find(|used| used.written == line.written).map(|used| used.times);
    MappingRow {
        kind: words::sentence(line.written.kind.name()),
        place: place(&line.written),
        written: line.written.text.clone(),
        meant: line.meant.clone().unwrap_or_default(),
        since: words::date(line.applies_from),
        used: match (used, line.written.kind) {
            (None, _) => String::new(),
            (Some(times), MappingKind::Header) => {
                format!("{} of the newest extract", words::count(times, "sheet", "sheets"))
            }
            (Some(times), _) => format!("{} of the newest extract", words::count(times, "cell", "cells")),
        },
    }
}

/// "List 6 Children in need, Case status"; empty for teams and workers.
fn place(written: &Written) -> String {
    let list = written.list.map(|number| format!("List {number} {}", list_name(&format!("L{number}"))));
    let every = (list.is_none() && matches!(written.kind, MappingKind::Header | MappingKind::Code))
        .then(|| "Every list".to_owned());
    let parts: Vec<String> = [list, every, written.column.clone()].into_iter().flatten().collect();
    parts.join(", ")
}

fn change_row(change: Change, people: &HashMap<String, String>) -> MappingChangeRow {
    let Change { line, reason, set_by, set_at } = change;
    let kind = words::sentence(line.written.kind.name());
    let place = place(&line.written);
    MappingChangeRow {
        place: if place.is_empty() { kind } else { format!("{kind}, {place}") },
        written: line.written.text,
        meant: line.meant.unwrap_or_else(|| "Taken back".to_owned()),
        applies_from: words::date(line.applies_from),
        reason,
        set: format!("{}, {}", people.get(&set_by).unwrap_or(&set_by), words::time(set_at)),
    }
}

fn form(from: NaiveDate) -> MappingForm {
    MappingForm {
        lists: List::ALL.iter().map(|list| (list.number(), list.name().to_owned())).collect(),
        columns: coded_headers().into_iter().map(str::to_owned).collect(),
        from: from.to_string(),
    }
}

/// What the form sends. A part that is not sent is empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LineAsked {
    /// `header`, `code`, `team` or `worker`.
    pub kind: String,
    /// The list's number; empty for every list.
    pub list: String,
    /// The official header, of a code.
    pub column: String,
    /// As it stands in the file.
    pub written: String,
    /// What it is meant to be; empty to take the line back.
    pub meant: String,
    /// From which as-at date.
    pub applies_from: String,
    /// Why.
    pub reason: String,
}

/// Why nothing was changed; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// The viewer may not, or the database failed.
    #[error("the page gives no answer")]
    Page(#[from] PageError),
    /// No such kind.
    #[error("Choose what the word is: a header, a code, a team or a worker.")]
    Kind,
    /// A text is missing or too long.
    #[error("{0}.")]
    Text(#[from] BadText),
    /// The line cannot be.
    #[error("The line cannot be set: {0}.")]
    Line(#[from] BadMapping),
    /// What it gives is not in Annex A.
    #[error("The line cannot be set: {0}.")]
    Format(#[from] NotInFormat),
    /// No date.
    #[error("The date from which the line applies is missing or is not a date. Give the day of an extract.")]
    NoDate,
    /// Nothing to take back.
    #[error("No such line is set, so there is none to take back. Say what the word is to be read as.")]
    NothingToTakeBack,
}

impl From<DbError> for NotSet {
    fn from(error: DbError) -> Self {
        Self::Page(failed(error))
    }
}

/// Sets a line of the mapping from a date, or takes it back, and puts that on record with it. Nothing is read anew.
///
/// # Errors
/// When the viewer may not, when the form makes no sense, or when the database fails; nothing is changed then.
pub async fn set(state: &AppState, visit: &Visit, asked: &LineAsked) -> Result<(), NotSet> {
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    if !visit.viewer.scope.loads_data() {
        return Ok(desk.deny("set mapping", "mapping").await?);
    }
    let new = read(asked)?;
    let reason = line("A reason", &asked.reason)?;
    if new.meant.is_none() {
        let known = mapping::on(&state.db, new.applies_from).await?;
        if !known.lines().any(|line| line.written == new.written) {
            return Err(NotSet::NothingToTakeBack);
        }
    }
    let (set_by, set_at) = (visit.viewer.user_name.clone(), state.clock.now_ms());
    let entry = Entry {
        at: set_at,
        actor: set_by.clone(),
        action: "set mapping".to_owned(),
        subject: Some(new.written.kind.name().to_owned()),
        detail: Some(in_words(&new, &reason)),
        decision: Decision::Allow,
        request_id: visit.request_id.to_string(),
    };
    let mut tx = state.db.begin().await?;
    mapping::add(&mut tx, vec![Change { line: new, reason, set_by, set_at }]).await?;
    audit::append_in(&mut tx, &[entry]).await?;
    tx.commit().await?;
    Ok(())
}

fn read(asked: &LineAsked) -> Result<MappingLine, NotSet> {
    let kind = MappingKind::named(&asked.kind).ok_or(NotSet::Kind)?;
    let of_column = matches!(kind, MappingKind::Header | MappingKind::Code);
    let written = Written {
        kind,
        list: if of_column { list_of(&asked.list)? } else { None },
        column: Some(asked.column.trim().to_owned()).filter(|column| !column.is_empty() && kind == MappingKind::Code),
        text: line("What is written in the file", &asked.written)?,
    };
    let meant = match asked.meant.trim() {
        "" => None,
        meant => Some(line("What it is read as", meant)?),
    };
    let applies_from = asked.applies_from.trim().parse().map_err(|_| NotSet::NoDate)?;
    let new = MappingLine { written, meant, applies_from }.checked()?;
    check_mapping(&new)?;
    Ok(new)
}

/// "CIN read as c) Child in need plan in Case status from 2026-11-01: agreed with the case system's team".
fn in_words(line: &MappingLine, reason: &str) -> String {
    let meant = line.meant.as_deref().unwrap_or("what stands there again");
    let place = match place(&line.written) {
        place if place.is_empty() => String::new(),
        place => format!(" in {place}"),
    };
    format!("\"{}\" read as \"{meant}\"{place} from {}: {reason}", line.written.text, line.applies_from)
}
