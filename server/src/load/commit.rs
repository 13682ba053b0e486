//! A load decides: what would change, whether it is held, and if not, the one transaction that keeps it.

use crate::council::{MonthToCount, Registers, managers_on};
use crate::db::{Db, DbError};
use crate::load::assembly::Assembly;
use crate::load::forecast::{self, Forecast};
use crate::load::keep::{add_new_people, confirmation, entry, keep, keep_own_tables};
use crate::load::measure::{Counts, measure_extract, tally_all, windows};
use crate::load::past::Past;
use crate::load::phases::Phases;
use crate::load::plan::Plan;
use crate::load::report::{self, LoadReport, counts};
use crate::load::{LoadError, LoadRequest, Outcome};
use crate::store::audit::{self, Decision, Entry};
use crate::store::generation::Generation;
use crate::store::months::CountedMonth;
use crate::store::{facts, organisation, people, records, settings, standards, workforce};
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::history::window::Windows;
use domain::holds::{Changes, Gathered, Hold, OwnTables, Situation, WorkforceChange};
use domain::journey::Journey;
use domain::measures::figure::{Figure, Tally};
use domain::measures::{Context, Fact, Period};
use domain::record::List;
use domain::registers::Managers;
use domain::standards::Standards;
use ingest::{Extract as Read, Limits, Problem, ProblemGroup, ProblemKind, Severity};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Everything a commit needs.
pub(crate) struct Incoming<'a> {
    pub(crate) request: &'a LoadRequest,
    /// The state that everything here was worked out from.
    pub(crate) generation: Generation,
    pub(crate) extract: Read,
    pub(crate) assembly: Assembly,
    pub(crate) gathered: Gathered,
    /// Hash of everything, and of the Annex A files alone.
    pub(crate) fingerprint: String,
    pub(crate) content: String,
    pub(crate) standards: &'a Standards,
    /// The months whose events are counted from it.
    pub(crate) months: Vec<MonthToCount>,
    pub(crate) calendar: &'a WorkingDays,
    pub(crate) today: NaiveDate,
    pub(crate) loaded_at: i64,
}

/// What was measured of an extract.
pub(super) struct Measured {
    pub(super) found: Vec<Fact>,
    pub(super) registers: Registers,
    pub(super) tallies: Vec<(&'static str, Tally)>,
    pub(super) windows: Windows,
    pub(super) months: Vec<CountedMonth>,
}

/// Compares with what is stored, holds what is unusual, and keeps everything or nothing.
pub(crate) async fn commit(db: &Db, mut incoming: Incoming<'_>) -> Result<Outcome, LoadError> {
    let as_at = incoming.request.as_at;
    let mut phases = Phases::begin();
    let mut known = people::known(db).await?;
    phases.ended("read who is known");
    let mut past = Past::read(db, as_at, &known).await?;
    phases.ended("read the extract before");
    let is_same = past.same_date_content.as_ref() == Some(&incoming.content);
    if incoming.extract.lists.is_empty() || is_same {
        return own_tables_only(db, incoming, &past).await;
    }
    name_what_does_not_hold(&mut incoming, &past);
    let managers = managers(db, &incoming.extract, as_at).await?;

    // Measured before the turn is taken: everyone else's changes wait only while the results are kept.
    let journeys = std::mem::take(&mut incoming.assembly.journeys);
    let measured = measure(&incoming, journeys, &managers)?;
    phases.ended("measure");

    let mut tx = db.begin_patiently().await?;
    if !incoming.generation.still_holds(&mut tx).await? {
        return Err(LoadError::Overtaken);
    }
    let in_force = records::in_force(&mut tx, as_at).await?;
    let key = settings::get_or_make_in(&mut tx, "child_reference_key", super::new_reference_key).await?;
    add_new_people(&mut tx, &key, &incoming.assembly, &mut known).await?;
    let Assembly { people, rows, .. } = std::mem::take(&mut incoming.assembly);
    let plan = Plan::of(rows, in_force, |person| known.get(&people[person as usize]).copied().unwrap_or(-1));
    drop(people);
    let is_as_before = past.same_date.as_ref().is_some_and(|stored| stored.supplied == incoming.extract.supplied);
    if is_as_before && plan.changes.are_none() {
        drop(tx);
        return own_tables_only(db, incoming, &past).await;
    }
    let changes = plan.changes;
    phases.ended("compare with what is stored");
    let holds = judge(&incoming, &incoming.gathered, &past, changes);
    phases.ended("judge whether it is held");
    // What was compared is not needed any more: a large load has its memory for what it keeps.
    let lists = std::mem::take(&mut incoming.gathered.lists);
    incoming.gathered = Gathered::default();
    incoming.gathered.lists = lists;
    past.before = None;
    if incoming.request.check || !incoming.request.confirmed.covers(&holds) {
        drop((tx, plan));
        let forecast = forecast(db, &incoming, &past, &measured, (holds, changes)).await?;
        return answer(db, &incoming, forecast).await;
    }
    let report = keep(&mut tx, &incoming, &past, plan, (measured, managers), known, &holds).await?;
    tx.commit().await?;
    phases.ended("keep");
    Ok(Outcome::Loaded(report))
}

/// Adds to the problems what is too little to hold.
fn name_what_does_not_hold(incoming: &mut Incoming<'_>, past: &Past) {
    let as_at = incoming.request.as_at;
    let said = domain::holds::said(as_at, incoming.calendar, &incoming.gathered);
    let named = domain::holds::named_ids(&incoming.gathered, past.before.as_ref());
    let read = &mut incoming.extract;
    let problem = |list: Option<List>, child: Option<Arc<str>>, kind: ProblemKind, message: String| {
        let sheet = read.lists.iter().find(|read| list.is_none_or(|list| read.list == list));
        Problem {
            file: sheet.map(|sheet| sheet.file.clone()).unwrap_or_default(),
            list: list.map(|list| list.label().to_owned()).unwrap_or_default(),
            row: None,
            column: None,
            value: None,
            severity: Severity::Warning,
            message,
            child_id: child,
            team: None,
            kind,
        }
    };
    let said = said.into_iter().map(|message| problem(None, None, ProblemKind::EventsAfterAsAt, message));
    let otherwise = "the extract before writes this id with other leading zeros, capitals or spaces: give it the same, or the child counts as another";
    let named =
        named.into_iter().map(|id| problem(Some(id.list), Some(id.child), ProblemKind::IdsAlike, otherwise.to_owned()));
    let more: Vec<Problem> = said.chain(named).collect();
    for problem in &more {
        add_to_group(&mut read.problem_groups, problem);
    }
    let room = Limits::default().problems.saturating_sub(read.problems.len());
    read.problems_total += more.len() as u64;
    read.problems.extend(more.into_iter().take(room));
}

/// Counts a problem among those of its kind, list and column.
fn add_to_group(groups: &mut Vec<ProblemGroup>, problem: &Problem) {
    let is_its = |group: &&mut ProblemGroup| {
        group.kind == problem.kind && group.list == problem.list && group.column == problem.column
    };
    match groups.iter_mut().find(is_its) {
        Some(group) => group.count += 1,
        None => groups.push(ProblemGroup {
            list: problem.list.clone(),
            kind: problem.kind,
            column: problem.column.clone(),
            count: 1,
            examples: Vec::new(),
            severity: problem.severity,
            message: problem.message.clone(),
        }),
    }
}

/// Measures the journeys.
pub(super) fn measure(
    incoming: &Incoming<'_>,
    journeys: Vec<Journey>,
    managers: &Managers,
) -> Result<Measured, LoadError> {
    let as_at = incoming.request.as_at;
    let context = Context {
        as_at,
        period: Period::up_to(as_at),
        standards: incoming.standards,
        calendar: incoming.calendar,
        names: &incoming.extract.names,
        supplied: &incoming.extract.supplied,
    };
    let windows = windows(&journeys, as_at);
    let Counts { facts: found, registers, months } = measure_extract(journeys, &context, managers, &incoming.months)?;
    let tallies = tally_all(&found);
    Ok(Measured { found, registers, tallies, windows, months })
}

/// What the load would do, and why it is held.
async fn forecast(
    db: &Db,
    incoming: &Incoming<'_>,
    past: &Past,
    measured: &Measured,
    (held, changes): (Vec<Hold>, Changes),
) -> Result<Forecast, LoadError> {
    let read = &incoming.extract;
    let mut after: HashMap<&'static str, Vec<Tally>> = HashMap::new();
    for (measure, tally) in &measured.tallies {
        after.entry(measure).or_default().push(tally.clone());
    }
    let after = forecast::figures(&after, &read.supplied, incoming.standards);
    let before = standing_figures(db, past).await?;
    Ok(Forecast {
        held,
        lists: counts(read),
        problems: read.problems.iter().map(report::problem).collect(),
        figures: forecast::beside(&before, &after),
        groups: read.problem_groups.clone(),
        changes,
        message: report::forecast_words(incoming.request.as_at, past, changes) + &report::mapped(&read.uses),
    })
}

/// Every figure as it stands: of the extract that would be replaced, or of the one before.
async fn standing_figures(db: &Db, past: &Past) -> Result<Vec<(&'static str, Option<Figure>)>, DbError> {
    let Some(standing) = &past.standing else { return Ok(Vec::new()) };
    let tallies = facts::tallies(db, Some(standing.id)).await?.remove(&standing.id).unwrap_or_default();
    let standards = standards::on(db, standing.as_at).await?;
    Ok(forecast::figures(&tallies, &standing.supplied, &standards))
}

/// Every reason to hold the load. `gathered` is empty where no list is new.
fn judge(incoming: &Incoming<'_>, gathered: &Gathered, past: &Past, changes: Changes) -> Vec<Hold> {
    let read = &incoming.extract;
    let has_spells = gathered.lists.keys().any(|list| (6..=8).contains(list));
    let teams = if has_spells { gathered.open_teams() } else { &past.teams_with_children };
    let known = past.known_names(read);
    let replaced = past.replaced();
    let own = OwnTables {
        on: incoming.request.as_at,
        organisation_before: &past.organisation,
        organisation: read.organisation.as_ref().map(|table| table.lines.as_slice()),
        teams_with_children: teams,
        workforce: read
            .workforce
            .as_ref()
            .zip(past.workforce.as_ref())
            .map(|(table, before)| WorkforceChange { before: before.len() as u64, now: table.lines.len() as u64 }),
    };
    domain::holds::judge(&Situation {
        as_at: incoming.request.as_at,
        today: incoming.today,
        calendar: incoming.calendar,
        now: gathered,
        before: past.before.as_ref(),
        known: &known,
        content: &incoming.content,
        others: &past.others,
        changes,
        replaced: replaced.as_ref(),
        own: &own,
    })
}

/// A load without lists, or with lists that are loaded as at this date already: only the council's own tables are new.
async fn own_tables_only(db: &Db, incoming: Incoming<'_>, past: &Past) -> Result<Outcome, LoadError> {
    let Incoming { request, extract: read, loaded_at, .. } = &incoming;
    let stored = past.same_date.as_ref().filter(|_| !read.lists.is_empty());
    let holds = judge(&incoming, &Gathered::default(), past, Changes::default());
    if request.check || !request.confirmed.covers(&holds) {
        let standing = standing_figures(db, past).await?;
        let forecast = Forecast {
            held: holds,
            lists: counts(read),
            problems: read.problems.iter().map(report::problem).collect(),
            figures: forecast::beside(&standing, &standing),
            groups: read.problem_groups.clone(),
            changes: Changes::default(),
            message: report::own_tables_words(read, stored.is_some()),
        };
        return answer(db, &incoming, forecast).await;
    }
    if let Some(extract) = stored.filter(|_| !read.has_own_tables()) {
        return Ok(Outcome::Unchanged(LoadReport::of_stored(extract)?));
    }
    let confirmation = confirmation(request, &holds);
    let mut tx = db.begin_patiently().await?;
    if !incoming.generation.still_holds(&mut tx).await? {
        return Err(LoadError::Overtaken);
    }
    keep_own_tables(&mut tx, request, read, stored.map(|extract| extract.id), *loaded_at).await?;
    audit::append_in(&mut tx, &[entry(request, *loaded_at, None, confirmation.as_ref())]).await?;
    tx.commit().await?;
    let report = match stored {
        Some(extract) => LoadReport::of_own_tables_beside(read, extract),
        None => LoadReport::of_read(read, None, request.as_at, Changes::default()),
    };
    Ok(Outcome::Loaded(report))
}

/// What is answered where nothing is changed. A check is put on the audit, and nothing else anywhere.
async fn answer(db: &Db, incoming: &Incoming<'_>, forecast: Forecast) -> Result<Outcome, LoadError> {
    if !incoming.request.check {
        return Ok(Outcome::Held(forecast));
    }
    let kinds: BTreeSet<&str> = forecast.held.iter().map(|hold| hold.kind.name()).collect();
    let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
    let outcome = if kinds.is_empty() { "it would load".to_owned() } else { format!("it would be held: {kinds}") };
    let request = incoming.request;
    let entry = Entry {
        at: incoming.loaded_at,
        actor: request.loaded_by.clone(),
        action: "check load".to_owned(),
        subject: None,
        detail: Some(format!("as at {}; {outcome}", request.as_at)),
        decision: Decision::Allow,
        request_id: request.request_id.clone(),
    };
    audit::append(db, &[entry]).await?;
    Ok(Outcome::Checked(forecast))
}

/// Those who will manage on the extract's date once it is loaded.
async fn managers(db: &Db, read: &Read, as_at: NaiveDate) -> Result<Managers, DbError> {
    let organisation = match &read.organisation {
        Some(organisation) => organisation.lines.clone(),
        None => organisation::lines(db).await?,
    };
    let staff = match &read.workforce {
        Some(workforce) => Some(workforce.lines.clone()),
        None => workforce::on(db, as_at).await?.map(|loaded| loaded.lines),
    };
    Ok(managers_on(as_at, organisation, staff))
}
