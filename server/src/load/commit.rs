//! The one transaction of a load.

use crate::council::{Registers, count_registers, managers_on, register_basis, sound};
use crate::db::{Db, DbError, Tx};
use crate::load::assembly::{Assembly, Row};
use crate::load::changes::{Changed, reasons_to_ask};
use crate::load::report::{LoadReport, counts};
use crate::load::{LoadError, LoadRequest, Outcome};
use crate::store::actions;
use crate::store::audit::{self, Decision, Entry};
use crate::store::extracts::{self, Extract, NewExtract};
use crate::store::people::{self, Kind};
use crate::store::records::{self, InForce, NewVersion};
use crate::store::targets::{self, Change};
use crate::store::{facts, mapping, organisation, problems, registers, workforce};
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::journey::Journey;
use domain::mapping::MappingLine;
use domain::measures::figure::{Tally, tallies_by_measure};
use domain::measures::{CORE, Context, Fact, Measure, Period, Supplied, evaluate};
use domain::names::Names;
use domain::registers::Managers;
use domain::standards::Standards;
use domain::targets::DatedTarget;
use ingest::Extract as Read;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Everything a commit needs.
pub(crate) struct Incoming<'a> {
    pub(crate) request: &'a LoadRequest,
    pub(crate) extract: Read,
    pub(crate) assembly: Assembly,
    pub(crate) fingerprint: String,
    pub(crate) standards: &'a Standards,
    pub(crate) calendar: &'a WorkingDays,
    pub(crate) reference_key: &'a str,
    pub(crate) loaded_at: i64,
}

/// Compares with what is stored, asks where something is unusual, and keeps everything or nothing.
pub(crate) async fn commit(db: &Db, incoming: Incoming<'_>) -> Result<Outcome, LoadError> {
    let Incoming { request, extract: read, mut assembly, fingerprint, standards, calendar, reference_key, loaded_at } =
        incoming;
    let as_at = request.as_at;
    if read.lists.is_empty() {
        return keep_own_tables_only(db, request, &read, loaded_at).await;
    }
    let before = extract_before(db, as_at).await?;
    let mut known = people::known(db).await?;
    let managers = managers(db, &read, as_at).await?;

    let mut tx = db.begin().await?;
    let dates = extracts::dates(&mut tx).await?;
    let newest = dates.last().map(|(_, date)| *date);
    let next = dates.iter().map(|(_, date)| *date).find(|date| *date > as_at);
    let in_force = records::in_force(&mut tx, as_at).await?;
    if !request.confirmed {
        let children: HashSet<i64> = in_force.iter().map(|version| version.person_id).collect();
        let reasons = reasons_to_ask(request, &read, &assembly, before.as_ref(), newest, &children, &known);
        if !reasons.is_empty() {
            let plan = Plan::of(std::mem::take(&mut assembly.rows), in_force, |person| {
                known.get(&assembly.people[person as usize]).copied().unwrap_or(-1)
            });
            return Ok(Outcome::Held(reasons.into_iter().chain([plan.changed.sentence()]).collect()));
        }
    }

    add_new_people(&mut tx, reference_key, &assembly, &mut known).await?;
    let plan = Plan::of(std::mem::take(&mut assembly.rows), in_force, |person| {
        known.get(&assembly.people[person as usize]).copied().unwrap_or(-1)
    });
    let changed = plan.changed;
    plan.keep(&mut tx, as_at, next).await?;

    let report = serde_json::to_string(&counts(&read)).map_err(DbError::from)?;
    let files: Vec<String> = request.files.iter().map(|file| file.name.clone()).collect();
    for (superseded, _) in dates.iter().filter(|(_, date)| *date == as_at) {
        facts::remove_tallies(&mut tx, *superseded).await?;
        registers::remove(&mut tx, *superseded).await?;
    }
    let id = extracts::add(
        &mut tx,
        &NewExtract {
            as_at,
            format: "annex-a",
            files: &files,
            fingerprint: &fingerprint,
            loaded_at,
            loaded_by: &request.loaded_by,
            supplied: &read.supplied,
            report: &report,
            problems: i64::try_from(read.problems_total).unwrap_or(i64::MAX),
        },
    )
    .await?;
    extracts::add_names(&mut tx, id, &read.names).await?;
    problems::add(&mut tx, id, &read.problems).await?;
    mapping::keep_uses(&mut tx, id, &read.uses).await?;

    let journeys = std::mem::take(&mut assembly.journeys);
    drop(assembly);
    let context = Context {
        as_at,
        period: Period::up_to(as_at),
        standards,
        calendar,
        names: &read.names,
        supplied: &read.supplied,
    };
    let (mut found, on_registers) = measure_with_registers(journeys, &context, &managers);
    facts::add_tallies(&mut tx, id, &tally_all(&found)).await?;
    let children = people::children_among(known);
    let basis = register_basis(standards, &managers)?;
    registers::replace(&mut tx, id, &basis, &on_registers.kept(), &children).await?;
    if next.is_none() {
        // Facts of one measure side by side: the index grows at its end and a list is read in one sweep.
        found.par_sort_by(|a, b| a.measure.cmp(b.measure));
        facts::replace(&mut tx, &found, &children).await?;
        actions::refresh_teams(&mut tx).await?;
        let is_supplied = |measure: &Measure| read.supplied.satisfies(measure.needs_under(standards));
        actions::hear_extract(&mut tx, &found, is_supplied, as_at, loaded_at).await?;
    }
    keep_own_tables(&mut tx, request, &read, loaded_at).await?;
    audit::append_in(&mut tx, &[entry(request, loaded_at, Some(id))]).await?;
    tx.commit().await?;
    Ok(Outcome::Loaded(LoadReport::of_read(&read, Some(id), as_at, changed)))
}

async fn keep_own_tables_only(
    db: &Db,
    request: &LoadRequest,
    read: &Read,
    loaded_at: i64,
) -> Result<Outcome, LoadError> {
    let mut tx = db.begin().await?;
    keep_own_tables(&mut tx, request, read, loaded_at).await?;
    audit::append_in(&mut tx, &[entry(request, loaded_at, None)]).await?;
    tx.commit().await?;
    Ok(Outcome::Loaded(LoadReport::of_read(read, None, request.as_at, Changed::default())))
}

/// The council's own tables: the organisation carries its own dates and takes the place of the one before, targets are
/// added to those that were set, and the workforce is kept as at the date of the load.
async fn keep_own_tables(tx: &mut Tx, request: &LoadRequest, read: &Read, loaded_at: i64) -> Result<(), DbError> {
    if let Some(organisation) = &read.organisation {
        organisation::replace(tx, &organisation.lines).await?;
    }
    if let Some(targets) = &read.targets {
        let change = |target: &DatedTarget| Change {
            target: target.clone(),
            reason: "Loaded from targets.csv".to_owned(),
            set_by: request.loaded_by.clone(),
            set_at: loaded_at,
        };
        targets::add(tx, targets.lines.iter().map(change).collect()).await?;
    }
    if let Some(lines) = &read.mapping {
        let change = |line: &MappingLine| mapping::Change {
            line: line.clone(),
            reason: "Loaded from mapping.csv".to_owned(),
            set_by: request.loaded_by.clone(),
            set_at: loaded_at,
        };
        mapping::add(tx, lines.lines.iter().map(change).collect()).await?;
    }
    if let Some(workforce) = &read.workforce {
        workforce::add(tx, &workforce.lines, request.as_at, (&request.loaded_by, loaded_at)).await?;
    }
    Ok(())
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

fn entry(request: &LoadRequest, at: i64, extract: Option<i64>) -> Entry {
    Entry {
        at,
        actor: request.loaded_by.clone(),
        action: "load".to_owned(),
        subject: extract.map(|id| format!("extract {id}")),
        detail: Some(format!("as at {}", request.as_at)),
        decision: Decision::Allow,
        request_id: request.request_id.clone(),
    }
}

async fn extract_before(db: &Db, as_at: NaiveDate) -> Result<Option<Extract>, DbError> {
    match extracts::find(db, extracts::Which::OnOrBefore(as_at)).await? {
        Some(extract) => Ok(Some(extract)),
        None => extracts::find(db, extracts::Which::Newest).await,
    }
}

async fn add_new_people(
    tx: &mut Tx,
    reference_key: &str,
    assembly: &Assembly,
    known: &mut HashMap<(Kind, Arc<str>), i64>,
) -> Result<(), DbError> {
    let mut next = people::next_id(tx).await?;
    let mut new = Vec::new();
    for (kind, source) in &assembly.people {
        known.entry((*kind, Arc::clone(source))).or_insert_with(|| {
            let id = next;
            next += 1;
            new.push((id, *kind, Arc::clone(source)));
            id
        });
    }
    people::add(tx, reference_key, &new).await
}

/// What happens to stored versions: which stay, which end, which are new.
struct Plan {
    new: Vec<NewVersion>,
    ended: Vec<InForce>,
    changed: Changed,
}

impl Plan {
    fn of(rows: Vec<Row>, in_force: Vec<InForce>, person_id: impl Fn(u32) -> i64) -> Self {
        let mut stored: HashMap<(i64, i64, i64), InForce> = in_force
            .into_iter()
            .map(|version| ((version.person_id, version.list, version.position), version))
            .collect();
        let mut changed = Changed::default();
        let mut new = Vec::new();
        for row in rows {
            let (person_id, list, position) = (person_id(row.person), i64::from(row.list), i64::from(row.position));
            let key = (person_id, list, position);
            if stored.get(&key).is_some_and(|version| version.content_hash == row.content_hash) {
                stored.remove(&key);
                changed.same += 1;
            } else {
                new.push(NewVersion { list, person_id, position, content_hash: row.content_hash, body: row.body });
            }
        }
        let ended: Vec<InForce> = stored.into_values().collect();
        changed.new = new.len() as u64;
        changed.ended = ended.len() as u64;
        Self { new, ended, changed }
    }

    /// Keeps the versions of an extract as at `as_at`; `next` is the as-at date of the extract after it.
    async fn keep(self, tx: &mut Tx, as_at: NaiveDate, next: Option<NaiveDate>) -> Result<(), DbError> {
        let (mut last_seen_before, mut seen_only_later, mut never_seen) = (Vec::new(), Vec::new(), Vec::new());
        for version in &self.ended {
            // The part of the version that lies after the next extract stays true.
            let goes_on = next.filter(|next| version.seen_to.is_none_or(|to| to > *next));
            match (version.seen_from < as_at, goes_on) {
                (true, None) => last_seen_before.push(version.id),
                (true, Some(next)) => {
                    records::copy_from(tx, version.id, next, version.seen_to).await?;
                    last_seen_before.push(version.id);
                }
                (false, Some(_)) => seen_only_later.push(version.id),
                (false, None) => never_seen.push(version.id),
            }
        }
        records::end(tx, &last_seen_before, as_at).await?;
        if let Some(next) = next {
            records::begin_at(tx, &seen_only_later, next).await?;
        }
        records::remove(tx, &never_seen).await?;
        records::add(tx, self.new, as_at, next).await
    }
}

/// The facts of every child, on all cores.
pub(crate) fn measure_all(
    journeys: Vec<Journey>,
    as_at: NaiveDate,
    supplied: &Supplied,
    names: &Names,
    standards: &Standards,
    calendar: &WorkingDays,
) -> Vec<Fact> {
    let context = Context { as_at, period: Period::up_to(as_at), standards, calendar, names, supplied };
    journeys.into_par_iter().flat_map_iter(|journey| evaluate(&journey.read_as_at(as_at), &context)).collect()
}

/// The facts of every child, and the registers, from one reading of the journeys.
pub(super) fn measure_with_registers(
    journeys: Vec<Journey>,
    context: &Context<'_>,
    managers: &Managers,
) -> (Vec<Fact>, Registers) {
    let sound = sound(journeys, context.as_at);
    let facts = || sound.par_iter().flat_map_iter(|journey| evaluate(journey, context)).collect();
    rayon::join(facts, || count_registers(&sound, context, managers))
}

pub(crate) fn tally_all(found: &[Fact]) -> Vec<(&'static str, Tally)> {
    let mut by_measure = tallies_by_measure(found);
    CORE.iter()
        .flat_map(|measure| {
            by_measure.remove(measure.id).unwrap_or_default().into_iter().map(|tally| (measure.id, tally))
        })
        .collect()
}
