//! Late children with what was said of them, whether it came true, and the cohorts that follow from it.

mod paths;

use crate::council::Council;
use crate::db::Db;
use crate::reading::naming::Named;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Asked, ReadError, Selection, is_supplied};
use crate::store::answers::{self, Answer};
use crate::store::facts;
use chrono::NaiveDate;
use domain::answers::{Cohort, Cohorts, Outcome, Rate, act, cohort};
use domain::look_ahead::is_wrong;
use domain::measures::{Fact, Measure};
use domain::names::name_key;
use domain::scope::Scope;
pub(crate) use paths::Later;
use paths::Paths;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// An answer and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// What came of it, as far as the newest extract knows.
    pub outcome: Outcome,
}

/// A late unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateUnit {
    /// The child; `None` where it is no longer the viewer's to know.
    pub child: Option<Arc<str>>,
    /// The list of the unit's row.
    pub list: u8,
    /// The row among the child's rows of that list.
    pub position: u16,
    /// The unit's team; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The unit's worker; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
    /// Where the measure's clock began.
    pub start: Option<NaiveDate>,
    /// The last day that was on time.
    pub due: Option<NaiveDate>,
    /// Days run, in the clock's unit.
    pub days: Option<i64>,
    /// The answer that counts; none where nobody answered, or the child is not the viewer's to know.
    pub answer: Option<Answered>,
    /// A day by the extract's date, that a later extract shows and this one did not.
    pub shown: Option<NaiveDate>,
    /// Where it belongs.
    pub cohort: Cohort,
    /// Whether the viewer may answer for it.
    pub may_answer: bool,
}

/// The late units of a measure in an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateUnits {
    /// The units, in the order lists have at first.
    pub units: Vec<LateUnit>,
    /// All of them by cohort.
    pub cohorts: Cohorts,
    /// By team, in the order of the alphabet; `None` is "(no team)".
    pub by_team: Vec<(Option<Arc<str>>, Cohorts)>,
}

/// The late units of a selection within a scope, each with the answer that counts and its cohort. Answers and cohorts are
/// told by all that the newest extract knows; `council` may be an earlier one.
///
/// `None` where the measure's late units wait for nothing that an answer could be about, or the extract does not hold what
/// it needs.
///
/// # Errors
/// When the database fails.
pub async fn late_units(
    db: &Db,
    (council, newest): (&Council, &Council),
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
) -> Result<Option<LateUnits>, ReadError> {
    let asked = Asked { period: council.period(), standards: council.standards.clone() };
    let Some(act) = act(measure).filter(|_| is_supplied(council, measure, &asked)) else { return Ok(None) };
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let facts = council.facts(db, measure).await?;
    let late: Vec<Arc<Fact>> = facts
        .iter()
        .filter(|fact| is_wrong(measure, fact) && sieve.lets(fact.team.as_deref(), fact.worker.as_deref()))
        .cloned()
        .collect();
    let since = council.extracts.first().map_or(council.as_at(), |first| first.as_at);
    let given = Given::of(answers::of_measure(db, measure.id, since, council.as_at()).await?);
    // In the newest extract only those whom an answer is about need to be looked at over time.
    let known = if newest.as_at() > council.as_at() {
        let wrong: Vec<_> = facts.iter().filter(|fact| is_wrong(measure, fact)).cloned().collect();
        Over::All(council.later(measure.id, Later::read(db, (council, newest), act, &wrong)).await?)
    } else {
        let about = late.iter().filter(|fact| given.is_about(&fact.child_id));
        let children = about.map(|fact| Arc::clone(&fact.child_id)).collect();
        Over::Answered(Box::new(Paths::read(db, newest, act, children).await?))
    };
    let named = Named::of(db, Some(newest), scope).await?;
    let mut all = LateUnits { units: Vec::new(), cohorts: Cohorts::default(), by_team: Vec::new() };
    let mut by_team: BTreeMap<Option<String>, (Option<Arc<str>>, Cohorts)> = BTreeMap::new();
    for fact in late {
        let unit = Late { fact, council, known: &known, given: &given }.unit(scope, &named);
        all.cohorts.add(unit.cohort);
        let key = unit.team.as_deref().map(name_key);
        by_team.entry(key).or_insert_with(|| (unit.team.clone(), Cohorts::default())).1.add(unit.cohort);
        all.units.push(unit);
    }
    all.by_team = by_team.into_values().collect();
    Ok(Some(all))
}

/// One late unit and what is known about it.
struct Late<'a> {
    fact: Arc<Fact>,
    council: &'a Council,
    known: &'a Over,
    given: &'a Given,
}

/// What is known over time: of every late unit of an earlier extract, or of those of the newest that an answer is about.
enum Over {
    All(Arc<Later>),
    Answered(Box<Paths>),
}

impl Over {
    fn paths(&self) -> &Paths {
        match self {
            Self::All(later) => &later.paths,
            Self::Answered(paths) => paths,
        }
    }

    fn shown(&self, fact: &Fact, as_at: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::All(later) => later.shown(fact),
            Self::Answered(paths) => paths.shown(fact, as_at),
        }
    }
}

impl Late<'_> {
    fn unit(self, scope: &Scope, named: &Named) -> LateUnit {
        let as_at = self.council.as_at();
        let paths = self.known.paths();
        let row = paths.row(&self.fact.child_id, as_at, usize::from(self.fact.position));
        let answer = row.as_ref().and_then(|row| self.given.about(&self.fact, row.start()));
        let answer = answer.map(|answer| Answered { answer: answer.clone(), outcome: paths.outcome(answer) });
        let shown = self.known.shown(&self.fact, as_at);
        let cohort = cohort(answer.as_ref().map(|it| (&it.answer.said, it.outcome)), shown.is_some());
        let child = named.name(&self.fact.child_id);
        LateUnit {
            answer: answer.filter(|_| child.is_some()),
            shown,
            cohort,
            may_answer: !self.council.is_past() && scope.answers_for(self.fact.team.as_deref()),
            child,
            list: self.fact.list,
            position: self.fact.position,
            team: self.fact.team.clone(),
            worker: self.fact.worker.clone(),
            start: self.fact.start,
            due: self.fact.due,
            days: self.fact.days,
        }
    }
}

/// Answers by child, in the order they were given.
struct Given(HashMap<Arc<str>, Vec<Answer>>);

impl Given {
    fn of(answers: Vec<Answer>) -> Self {
        let mut by_child: HashMap<Arc<str>, Vec<Answer>> = HashMap::new();
        for answer in answers {
            by_child.entry(Arc::clone(&answer.child_id)).or_default().push(answer);
        }
        Self(by_child)
    }

    fn is_about(&self, child: &str) -> bool {
        self.0.contains_key(child)
    }

    /// The latest answer about a unit whose row began on a day: of the same row and the same lateness.
    fn about(&self, fact: &Fact, began: Option<NaiveDate>) -> Option<&Answer> {
        self.0.get(&fact.child_id)?.iter().rev().find(|answer| {
            let unit = &answer.unit;
            unit.list.number() == fact.list && unit.began == began && unit.clock_start == fact.start
        })
    }
}

/// How often a team's answers came true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRate {
    /// The team as the answers were given; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// How often.
    pub rate: Rate,
}

type OutcomesOfTeam = (Option<Arc<str>>, Vec<Outcome>);

/// How often answers about a measure's late units came true, by team, of a selection within a scope: those given on
/// extracts from a date up to the council's. Of the answers about one unit on one extract the last counts, so that a slip
/// of the pen put right at once is none. For who reads children.
///
/// # Errors
/// When the database fails.
pub async fn answer_rates(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
    from: NaiveDate,
) -> Result<Vec<TeamRate>, ReadError> {
    let mut by_team: BTreeMap<Option<String>, OutcomesOfTeam> = BTreeMap::new();
    for Answered { answer, outcome } in last_answers(db, council, scope, measure, selection, from).await? {
        let team = answer.unit.team.as_deref();
        let entry = by_team.entry(team.map(name_key)).or_insert_with(|| (team.map(Arc::from), Vec::new()));
        entry.1.push(outcome);
    }
    let rates = by_team.into_values();
    Ok(rates.map(|(team, outcomes)| TeamRate { team, rate: outcomes.into_iter().collect() }).collect())
}

/// The last answer about each unit on each extract from a date up to the council's, of a selection within a scope, in the
/// order of extracts.
async fn last_answers(
    db: &Db,
    council: &Council,
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
    from: NaiveDate,
) -> Result<Vec<Answered>, ReadError> {
    let Some(act) = act(measure) else { return Ok(Vec::new()) };
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, selection);
    let given = answers::of_measure(db, measure.id, from, council.as_at()).await?;
    let mut last: BTreeMap<(NaiveDate, Arc<str>, i64), Answer> = BTreeMap::new();
    for answer in given {
        if sieve.lets(answer.unit.team.as_deref(), None) {
            last.insert((answer.as_at, Arc::clone(&answer.child_id), answer.unit.position), answer);
        }
    }
    let paths =
        Paths::read(db, council, act, last.values().map(|answer| Arc::clone(&answer.child_id)).collect()).await?;
    let answered = last.into_values().map(|answer| Answered { outcome: paths.outcome(&answer), answer });
    Ok(answered.collect())
}

/// An answer that did not come true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTrue {
    /// The child; `None` where it is no longer the viewer's to know.
    pub child: Option<Arc<str>>,
    /// The answer, with what came of it.
    pub answered: Answered,
}

/// The answers about a measure's late units that did not come true, the newest first, as [`answer_rates`] counts them. A
/// surgery asks about them. `newest` is the newest extract: today's access decides who may be named.
///
/// # Errors
/// When the database fails.
pub async fn answers_not_true(
    db: &Db,
    (council, newest): (&Council, &Council),
    scope: &Scope,
    measure: &'static Measure,
    selection: &Selection,
    from: NaiveDate,
) -> Result<Vec<NotTrue>, ReadError> {
    let mut given = last_answers(db, council, scope, measure, selection, from).await?;
    given.retain(|answered| answered.outcome.came_true() == Some(false));
    let named = Named::of(db, Some(newest), scope).await?;
    let not_true = given.into_iter().rev();
    Ok(not_true.map(|answered| NotTrue { child: named.name(&answered.answer.child_id), answered }).collect())
}

/// Every answer about one child, the newest first, with what came of each; `None` where the viewer may not open the child,
/// as for a child that is not known.
///
/// # Errors
/// When the database fails.
pub async fn answers_of_child(
    db: &Db,
    newest: &Council,
    scope: &Scope,
    reference: &str,
) -> Result<Option<Vec<Answered>>, ReadError> {
    if !(scope.reaches_everything() && scope.reads_children()) {
        let teams = facts::teams_of_child(db, reference).await?;
        if !teams.iter().any(|team| scope.allows_children_of(team.as_deref())) {
            return Ok(None);
        }
    }
    let mut answered = Vec::new();
    let mut known: BTreeMap<&'static str, Paths> = BTreeMap::new();
    for answer in answers::of_child(db, reference).await? {
        let Some(act) = domain::measures::measure(&answer.measure).and_then(act) else { continue };
        if !known.contains_key(act.measure) {
            known.insert(act.measure, Paths::read(db, newest, act, vec![Arc::clone(&answer.child_id)]).await?);
        }
        if let Some(paths) = known.get(act.measure) {
            let outcome = paths.outcome(&answer);
            answered.push(Answered { answer, outcome });
        }
    }
    answered.reverse();
    Ok(Some(answered))
}
