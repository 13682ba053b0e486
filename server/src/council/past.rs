//! The registers over time: who stood on which in every extract. Nobody's scope is applied yet: see [`crate::reading`].
//!
//! What an extract's registers were counted by stands beside them. Where that is so no longer (an extract of before this
//! was kept, a manager who began in the past by a newer organisation, a rule that a release changed) the extract is
//! counted anew on first need, so that a line of the past is always what the register of that date shows.

use crate::council::registers::{Register, count, sound};
use crate::council::{Council, CouncilCache, Measuring};
use crate::db::{Db, DbError};
use crate::store::extracts::{self, Extract, Version};
use crate::store::generation::Generation;
use crate::store::{organisation, people, records, registers, standards, workforce};
use chrono::NaiveDate;
use domain::organisation::{Organisation, TeamPlace};
use domain::registers::{Managers, RULES};
use domain::standards::Standards;
use domain::workforce::{Workforce, WorkforceLine};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;

/// Moves when a release changes what a rule of a register finds.
const READING: u32 = 2;

/// A line of a register as it was.
#[derive(Debug, Clone)]
pub(crate) struct PastLine {
    pub(crate) child_id: Arc<str>,
    pub(crate) team: Option<Arc<str>>,
    /// A bit for each of [`RULES`] that gave a reason.
    rules: u32,
    /// The first extract since which the child stands on the register without a break.
    pub(crate) since: NaiveDate,
}

impl PastLine {
    /// Whether a rule put it there.
    pub(crate) fn has_reason(&self, rule: &str) -> bool {
        self.rules & bit(rule) != 0
    }
}

/// The bit of a rule; none for one that is no longer known.
fn bit(rule: &str) -> u32 {
    let place = RULES.iter().position(|known| known.id == rule).and_then(|place| u32::try_from(place).ok());
    place.and_then(|place| 1_u32.checked_shl(place)).unwrap_or_default()
}

/// The registers of every extract in force.
#[derive(Debug, Default)]
pub(crate) struct RegisterHistory {
    lines: FxHashMap<(i64, Register), Vec<PastLine>>,
}

impl RegisterHistory {
    /// The lines of an extract's register, in no order.
    pub(crate) fn lines(&self, extract: i64, register: Register) -> &[PastLine] {
        self.lines.get(&(extract, register)).map_or(&[], Vec::as_slice)
    }

    /// Sets the extracts side by side, oldest first, and finds since when each child has been where it is.
    async fn read(db: &Db, extracts: &[Extract]) -> Result<Self, DbError> {
        let mut history = Self::default();
        let mut children: FxHashMap<i64, Arc<str>> = FxHashMap::default();
        let mut teams: HashSet<Arc<str>> = HashSet::new();
        for stored in registers::lines(db).await? {
            let Some(register) = Register::named(&stored.register) else { continue };
            let child = children.entry(stored.person_id).or_insert_with(|| stored.source_id.into());
            let team = stored.team.map(|team| match teams.get(team.as_str()) {
                Some(known) => Arc::clone(known),
                None => {
                    let team: Arc<str> = team.into();
                    teams.insert(Arc::clone(&team));
                    team
                }
            });
            let rules = stored.rules.iter().flat_map(|rules| rules.split(',')).fold(0, |all, rule| all | bit(rule));
            let line = PastLine { child_id: Arc::clone(child), team, rules, since: NaiveDate::MIN };
            history.lines.entry((stored.extract_id, register)).or_default().push(line);
        }
        for register in Register::ALL {
            let mut before: FxHashMap<Arc<str>, NaiveDate> = FxHashMap::default();
            for extract in extracts {
                let mut now = FxHashMap::default();
                for line in history.lines.get_mut(&(extract.id, register)).into_iter().flatten() {
                    line.since = before.get(&line.child_id).copied().unwrap_or(extract.as_at);
                    now.insert(Arc::clone(&line.child_id), line.since);
                }
                before = now;
            }
        }
        Ok(history)
    }
}

impl CouncilCache {
    /// The registers of every extract of a version, brought up to date and read on first need.
    pub(crate) async fn register_history(&self, db: &Db, version: Version) -> Result<Arc<RegisterHistory>, DbError> {
        let mut known = self.register_history.lock().await;
        if let Some((of, history)) = &*known
            && *of == version
        {
            return Ok(Arc::clone(history));
        }
        let Some(newest) = self.newest(db, version).await? else { return Ok(Arc::default()) };
        bring_up_to_date(db).await?;
        let history = Arc::new(RegisterHistory::read(db, &newest.extracts).await?);
        *known = Some((version, Arc::clone(&history)));
        Ok(history)
    }
}

/// Counts the registers of every extract in force whose registers are not kept, or were counted by what is so no longer.
/// How many they were is answered.
///
/// # Errors
/// When the database fails; the extracts counted until then are kept.
pub async fn bring_up_to_date(db: &Db) -> Result<usize, DbError> {
    let mut counted = 0;
    // Whenever another change comes in between, what is left is looked at anew.
    while !try_to_bring_up_to_date(db, &mut counted).await? {}
    Ok(counted)
}

/// Whether no other change came in between.
async fn try_to_bring_up_to_date(db: &Db, counted: &mut usize) -> Result<bool, DbError> {
    let generation = Generation::now(db).await?;
    let changes = standards::changes(db).await?;
    let lines = organisation::lines(db).await?;
    let bases = registers::bases(db).await?;
    for extract in extracts::all(db).await? {
        let standards = standards::in_force(&changes, extract.as_at)?;
        let staff = workforce::on(db, extract.as_at).await?.map(|loaded| loaded.lines);
        let managers = managers_on(extract.as_at, lines.clone(), staff);
        if bases.get(&extract.id) != Some(&basis(&standards, &managers)?) {
            if !count_anew(db, &extract, standards, managers, &generation).await? {
                return Ok(false);
            }
            *counted += 1;
        }
    }
    Ok(true)
}

/// Whether the count was kept: not when another change came in between.
async fn count_anew(
    db: &Db,
    extract: &Extract,
    standards: Standards,
    managers: Managers,
    generation: &Generation,
) -> Result<bool, DbError> {
    let as_at = extract.as_at;
    let basis = basis(&standards, &managers)?;
    let journeys = records::journeys(db, as_at).await?;
    let (names, supplied) = (extracts::names(db, extract.id).await?, extract.supplied.clone());
    let measuring = Measuring { as_at, standards, names, supplied };
    let lines = tokio::task::spawn_blocking(move || {
        measuring.with(|context| count(&sound(journeys, as_at), context, &managers).kept())
    });
    let lines = lines
        .await
        .map_err(|_| DbError::Inconsistent("the registers of an extract could not be counted".to_owned()))?;
    let children = people::children_among(people::known(db).await?);
    let mut tx = db.begin_patiently().await?;
    if !generation.still_holds(&mut tx).await? {
        return Ok(false);
    }
    registers::replace(&mut tx, extract.id, &basis, &lines, &children).await?;
    tx.commit().await?;
    Ok(true)
}

/// Those who manage on a date, by the lines of the organisation and of the workforce file.
pub(crate) fn managers_on(
    date: NaiveDate,
    organisation: Vec<TeamPlace>,
    staff: Option<Vec<WorkforceLine>>,
) -> Managers {
    let organisation = Organisation::on(date, organisation);
    let workforce = staff.map(|lines| Workforce::on(date, lines));
    Managers::of(&organisation, workforce.iter().flat_map(Workforce::managers))
}

/// What an extract's registers are counted by, besides its records, as one word.
pub(crate) fn basis(standards: &Standards, managers: &Managers) -> Result<String, DbError> {
    let mut hash = Sha256::new();
    hash.update(READING.to_be_bytes());
    hash.update(serde_json::to_vec(standards)?);
    for key in managers.keys() {
        hash.update(key);
        hash.update([0]);
    }
    Ok(crate::load::hex(&hash.finalize()[..10]))
}

impl Council {
    /// Whether a date is that of the first extract in force.
    pub(crate) fn is_first(&self, date: NaiveDate) -> bool {
        self.extracts.first().is_some_and(|first| first.as_at == date)
    }
}
