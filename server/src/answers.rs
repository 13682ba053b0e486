//! What managers say of late children, into the store: checked one by one, kept all together or not at all.

use crate::clock::Clock;
use crate::council::Council;
use crate::db::{Db, DbError};
use crate::store::answers::{self, AnsweredUnit, NewAnswer};
use crate::store::audit::{self, Decision, Entry};
use crate::store::{extracts, facts, people, versions};
use chrono::NaiveDate;
use domain::answers::{Act, BadAnswer, Said, act, check};
use domain::change::Row;
use domain::look_ahead::is_wrong;
use domain::measures::{Fact, Measure};
use domain::scope::Scope;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Most answers given at once: what one list shows on a page, and more.
pub const MOST_AT_ONCE: usize = 1_000;

/// A late unit, as a page names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// The council's id of the child.
    pub child_id: Arc<str>,
    /// The list of the unit's row.
    pub list: u8,
    /// The row among the child's rows of that list.
    pub position: u16,
}

/// Answers given together.
#[derive(Debug, Clone)]
pub struct GivenAnswers {
    /// The extract that the page showed: what is said is said of that one.
    pub extract: i64,
    /// The measure.
    pub measure: &'static Measure,
    /// What is said of which unit.
    pub answers: Vec<(Unit, Said)>,
    /// Who: the account's user name.
    pub by: String,
    /// The request's number for the audit.
    pub request_id: String,
}

/// Why no answer was kept; each says what to do. Nothing is kept of answers given together when one of them cannot be.
#[derive(Debug, thiserror::Error)]
pub enum NotAnswered {
    /// A measure without late units that an answer could be about.
    #[error("Nothing can be answered to this measure: no visit, review or contact puts its children right.")]
    NotAnswerable,
    /// No answer, or too many.
    #[error("Choose the children that the answer is about, {MOST_AT_ONCE} at most.")]
    HowMany,
    /// An extract or a standard came in between, or the page showed an earlier one.
    #[error(
        "Another extract was loaded, or a standard set, since the page was opened. Open the list again and see who is late now."
    )]
    Overtaken,
    /// A unit that is not there, or for which this viewer does not answer: nobody learns which of the two.
    #[error("There is no such child among those for whom you answer.")]
    NotYours,
    /// A unit that is not late.
    #[error("One of the children is not late, so there is nothing to answer. Open the list again and choose from it.")]
    NotLate,
    /// A unit twice.
    #[error("One of the children is there twice, with two answers. Send one answer for each.")]
    Twice,
    /// An answer that cannot be true.
    #[error("{why}")]
    Bad {
        /// Which of the answers, from 0.
        which: usize,
        /// Why.
        why: BadAnswer,
    },
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

/// Keeps answers about late units of the newest extract, with their audit rows, in one transaction. The latest answer about
/// a unit counts, whoever gave it; the earlier ones stay in its history. How many were kept is answered.
///
/// # Errors
/// When one of them may not be given or cannot be true, or the database fails; none is kept then.
pub async fn give(
    db: &Db,
    clock: &Clock,
    newest: &Council,
    scope: &Scope,
    given: &GivenAnswers,
) -> Result<usize, NotAnswered> {
    let act = act(given.measure).ok_or(NotAnswered::NotAnswerable)?;
    if given.answers.is_empty() || given.answers.len() > MOST_AT_ONCE {
        return Err(NotAnswered::HowMany);
    }
    if newest.is_past() || given.extract != newest.extract.id {
        return Err(NotAnswered::Overtaken);
    }
    let late = late(db, newest, scope, given).await?;
    let today = clock.today();
    let units = checked(db, newest, (act, today), &late, given).await?;
    let children: Vec<Arc<str>> = late.iter().map(|fact| Arc::clone(&fact.child_id)).collect();
    let people = people::children(db, &children).await?;
    let answered_at = clock.now_ms();
    let mut rows = Vec::with_capacity(units.len());
    let mut entries = Vec::with_capacity(units.len());
    for (fact, (unit, said)) in late.iter().zip(units) {
        let (person_id, reference) = people.get(&fact.child_id).ok_or(NotAnswered::NotYours)?;
        entries.push(Entry {
            at: answered_at,
            actor: given.by.clone(),
            action: "answer".to_owned(),
            subject: Some(reference.clone()),
            // What is said stands in the answer, which is appended to like this; a reason may name people.
            detail: Some(format!("{}, {}", given.measure.id, said.kind().name())),
            decision: Decision::Allow,
            request_id: given.request_id.clone(),
        });
        rows.push(NewAnswer {
            measure: given.measure.id,
            person_id: *person_id,
            unit,
            extract: given.extract,
            said,
            answered_by: &given.by,
            answered_at,
            answered_on: today,
        });
    }
    let mut tx = db.begin().await?;
    if extracts::dates(&mut tx).await?.last() != Some(&(given.extract, newest.as_at())) {
        return Err(NotAnswered::Overtaken);
    }
    // A standard may have been set meanwhile, and who was late is not.
    for (fact, row) in late.iter().zip(&rows) {
        if !facts::still_says(&mut tx, row.person_id, fact).await? {
            return Err(NotAnswered::Overtaken);
        }
    }
    answers::add(&mut tx, &rows).await?;
    audit::append_in(&mut tx, &entries).await?;
    tx.commit().await?;
    Ok(rows.len())
}

/// The facts of the units, each late and one for which the viewer answers.
async fn late(db: &Db, newest: &Council, scope: &Scope, given: &GivenAnswers) -> Result<Vec<Arc<Fact>>, NotAnswered> {
    let facts = newest.facts(db, given.measure).await?;
    let by_unit: HashMap<(&str, u8, u16), &Arc<Fact>> =
        facts.iter().map(|fact| ((&*fact.child_id, fact.list, fact.position), fact)).collect();
    let mut met = HashSet::new();
    let mut late = Vec::with_capacity(given.answers.len());
    for (unit, _) in &given.answers {
        let fact = by_unit.get(&(&*unit.child_id, unit.list, unit.position)).ok_or(NotAnswered::NotYours)?;
        if !scope.answers_for(fact.team.as_deref()) {
            return Err(NotAnswered::NotYours);
        }
        if !is_wrong(given.measure, fact) {
            return Err(NotAnswered::NotLate);
        }
        if !met.insert(unit) {
            return Err(NotAnswered::Twice);
        }
        late.push(Arc::clone(fact));
    }
    Ok(late)
}

/// Each unit as it stands on its row, with what is said of it.
async fn checked(
    db: &Db,
    newest: &Council,
    (act, today): (&Act, NaiveDate),
    late: &[Arc<Fact>],
    given: &GivenAnswers,
) -> Result<Vec<(AnsweredUnit, Said)>, NotAnswered> {
    let as_at = newest.as_at();
    let children: Vec<Arc<str>> = late.iter().map(|fact| Arc::clone(&fact.child_id)).collect();
    let journeys = versions::journeys_of(db, &children, as_at).await?;
    let mut units = Vec::with_capacity(late.len());
    for (which, (fact, (_, said))) in late.iter().zip(&given.answers).enumerate() {
        let rows = journeys.get(&fact.child_id).map_or_else(Vec::new, |journey| Row::of_journey(journey, act.list));
        let row = rows.get(usize::from(fact.position)).ok_or(NotAnswered::NotYours)?;
        // A day after the extract is a slip of the pen, and no visit on record.
        let last_act = act.on(row).filter(|day| *day <= as_at);
        let said = check(said, today, last_act).map_err(|why| NotAnswered::Bad { which, why })?;
        let unit = AnsweredUnit {
            list: act.list,
            position: i64::from(fact.position),
            began: row.start(),
            clock_start: fact.start,
            last_act,
            team: fact.team.as_deref().map(str::to_owned),
        };
        units.push((unit, said));
    }
    Ok(units)
}
