//! What is known of one extract: the newest, kept in memory while it is the newest, and the few earlier ones that were
//! asked for last.
//!
//! The cache holds what is stored, for nobody in particular; who may see which part is decided on every read by
//! the viewer's scope (see [`crate::reading`]). It is keyed by the extract and the organisation, never by a viewer.

mod ahead;
mod measuring;
mod months;
mod news;
mod past;
mod registers;

pub(crate) use ahead::Ahead;
pub(crate) use measuring::Measuring;
pub use months::bring_up_to_date as bring_months_up_to_date;
pub(crate) use months::{MonthToCount, Months, count_months, months_differ, months_to_count};
pub use news::Altered;
pub(crate) use news::{Event, News};
pub use past::bring_up_to_date as bring_registers_up_to_date;
pub(crate) use past::{PastLine, RegisterHistory, basis as register_basis, managers_on};
pub use registers::{OnRegister, Register, Why};
pub(crate) use registers::{Registers, count as count_registers, sound};

use crate::db::{Db, DbError};
use crate::desk::Links;
use crate::reading::naming::{self, KnownChildren};
use crate::reading::{Later, Published, Selection};
use crate::store::extracts::{self, Extract, Version, Which};
use crate::store::facts::{self, Tallies};
use crate::store::{organisation, records, standards, targets, workforce};
use chrono::NaiveDate;
use domain::calendar::WorkingDays;
use domain::journey::Journey;
use domain::measures::{CORE, Context, Fact, Measure, Period};
use domain::names::Names;
use domain::organisation::Organisation;
use domain::registers::Managers;
use domain::scope::Scope;
use domain::standards::Standards;
use domain::targets::{TargetInForce, Targets};
use domain::workforce::Workforce;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError};
use tokio::sync::{Mutex, OnceCell, RwLock};

/// Every fact of one measure, in the order lists have at first: by due date, then child.
pub(crate) type Facts = Vec<Arc<Fact>>;

/// A child, and a team in whose figures it counts.
type ChildOfTeam = (Arc<str>, Option<Arc<str>>);

/// A date, and the keys of the teams whose figures are meant (none: of everything).
pub(crate) type DateAndTeams = (NaiveDate, Option<BTreeSet<String>>);

/// An extract and what goes with it.
#[derive(Debug)]
pub struct Council {
    /// The extract.
    pub extract: Extract,
    /// Every extract in force up to this one, oldest first.
    pub extracts: Vec<Extract>,
    /// As-at dates of every extract in force, later ones too, oldest first: what can be chosen.
    pub dates: Arc<[NaiveDate]>,
    /// Names as first met in the extract.
    pub names: Names,
    /// The organisation as on the extract's date.
    pub organisation: Organisation,
    /// The standards in force on that date.
    pub standards: Standards,
    /// The standards that were in force on the date of each of `extracts`.
    pub standards_then: Vec<Standards>,
    /// The targets that were in force on the date of each of `extracts`; the last are those in force now.
    targets_then: Vec<Targets>,
    /// The workforce as on that date, and as at which date it was loaded; `None` where no file was loaded up to it.
    pub workforce: Option<(NaiveDate, Workforce)>,
    /// Working days.
    pub calendar: WorkingDays,
    /// Tallies of every extract.
    pub tallies: Arc<Tallies>,
    /// The events of calendar months; empty until [`Council::with_months`] has read them.
    pub(crate) months: Arc<Months>,
    /// Key of the child references.
    pub reference_key: String,
    facts: Mutex<HashMap<&'static str, Arc<Facts>>>,
    /// Each child with each team in whose figures it counts; of the newest extract only.
    children_of: OnceCell<Vec<ChildOfTeam>>,
    /// Every child of whom anything is kept; of the newest extract only.
    known_children: OnceCell<Arc<KnownChildren>>,
    /// The registers.
    registers: OnceCell<Registers>,
    /// The coming weeks if nobody acts.
    ahead: OnceCell<Ahead>,
    /// What later extracts show of the late units of a measure.
    later: Mutex<HashMap<&'static str, Arc<Later>>>,
    /// What may be shown to who gets no small number, by date and teams.
    published: std::sync::Mutex<HashMap<DateAndTeams, Arc<Published>>>,
}

impl Council {
    /// Reads the newest extract and its surroundings; `None` before the first load.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(db: &Db) -> Result<Option<Self>, DbError> {
        Self::read_as_at(db, Which::Newest).await
    }

    /// Reads the extract asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_as_at(db: &Db, which: Which) -> Result<Option<Self>, DbError> {
        let Some(extract) = extracts::find(db, which).await? else { return Ok(None) };
        let extracts = extracts::all(db).await?;
        let tallies = match which {
            Which::Newest => facts::tallies(db, None).await?,
            Which::OnOrBefore(_) => facts::tallies(db, Some(extract.id)).await?,
        };
        Self::of(db, extract, extracts, Arc::new(tallies)).await.map(Some)
    }

    /// An earlier extract, beside this one.
    async fn earlier(&self, db: &Db, extract: &Extract) -> Result<Self, DbError> {
        Self::of(db, extract.clone(), self.extracts.clone(), Arc::clone(&self.tallies)).await?.with_months(db).await
    }

    /// `extracts` are all in force; the later ones are left out.
    async fn of(db: &Db, extract: Extract, mut extracts: Vec<Extract>, tallies: Arc<Tallies>) -> Result<Self, DbError> {
        let dates = extracts.iter().map(|extract| extract.as_at).collect();
        extracts.retain(|one| one.as_at <= extract.as_at);
        let changes = standards::changes(db).await?;
        let standards_then =
            extracts.iter().map(|one| standards::in_force(&changes, one.as_at)).collect::<Result<_, _>>()?;
        let set = targets::changes(db).await?;
        let workforce = workforce::on(db, extract.as_at).await?;
        Ok(Self {
            targets_then: extracts.iter().map(|one| targets::in_force(&set, one.as_at)).collect(),
            workforce: workforce.map(|loaded| (loaded.as_at, Workforce::on(extract.as_at, loaded.lines))),
            names: extracts::names(db, extract.id).await?,
            organisation: Organisation::on(extract.as_at, organisation::lines(db).await?),
            standards: standards::in_force(&changes, extract.as_at)?,
            standards_then,
            calendar: WorkingDays::england(),
            reference_key: crate::load::reference_key(db).await?,
            months: Arc::default(),
            facts: Mutex::default(),
            children_of: OnceCell::new(),
            known_children: OnceCell::new(),
            registers: OnceCell::new(),
            ahead: OnceCell::new(),
            later: Mutex::default(),
            published: std::sync::Mutex::default(),
            dates,
            extracts,
            tallies,
            extract,
        })
    }

    /// What later extracts show of the late units of a measure, read once. An earlier extract is read anew when another is
    /// loaded, and this with it.
    pub(crate) async fn later(
        &self,
        measure: &'static str,
        read: impl Future<Output = Result<Later, DbError>>,
    ) -> Result<Arc<Later>, DbError> {
        let mut known = self.later.lock().await;
        if let Some(later) = known.get(measure) {
            return Ok(Arc::clone(later));
        }
        let later = Arc::new(read.await?);
        known.insert(measure, Arc::clone(&later));
        Ok(later)
    }

    /// Ids of the measures that may be shown of a date and of these teams (none: of everything), judged once.
    pub(crate) fn published(
        &self,
        of: DateAndTeams,
        judge: impl FnOnce(Option<&BTreeSet<String>>) -> Published,
    ) -> Arc<Published> {
        let known = || self.published.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(published) = known().get(&of) {
            return Arc::clone(published);
        }
        let published = Arc::new(judge(of.1.as_ref()));
        known().insert(of, Arc::clone(&published));
        published
    }

    /// Whether a later extract is in force.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.dates.last().is_some_and(|newest| *newest > self.as_at())
    }

    /// The way to addresses that stay at this extract.
    pub(crate) fn links(&self) -> Links {
        Links::at(self.is_past().then(|| self.as_at()))
    }

    /// The as-at date.
    #[must_use]
    pub fn as_at(&self) -> NaiveDate {
        self.extract.as_at
    }

    /// The default period.
    #[must_use]
    pub fn period(&self) -> Period {
        Period::up_to(self.as_at())
    }

    /// The organisation as on the as-at date.
    #[must_use]
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// Those who manage, by the organisation and by the workforce file.
    #[must_use]
    pub fn managers(&self) -> Managers {
        Managers::of(&self.organisation, self.workforce.iter().flat_map(|(_, workforce)| workforce.managers()))
    }

    /// The target of a measure for a selection on the as-at date: the one that every card, chart and list stands beside.
    #[must_use]
    pub fn target(&self, measure: &Measure, selection: &Selection) -> Option<TargetInForce> {
        self.targets_then.last().and_then(|targets| self.target_of(targets, measure, selection))
    }

    /// The same as it was on the date of each extract up to this one.
    pub(crate) fn targets_over_time(
        &self,
        measure: &Measure,
        selection: &Selection,
    ) -> impl Iterator<Item = (NaiveDate, Option<TargetInForce>)> {
        let dates = self.extracts.iter().map(|extract| extract.as_at);
        dates.zip(self.targets_then.iter().map(|targets| self.target_of(targets, measure, selection)))
    }

    /// A team's service is that of the organisation as it is on the as-at date, as for every earlier figure of a service.
    fn target_of(&self, targets: &Targets, measure: &Measure, selection: &Selection) -> Option<TargetInForce> {
        let team = selection.team.as_deref();
        let service = selection.service.as_deref().or_else(|| self.organisation.service(team?));
        targets.in_force(measure, team, service)
    }

    /// Every fact of one measure under the default period and the standards in force: of the newest extract as stored,
    /// of an earlier one counted anew from the records, once. Nobody's scope is applied yet, so this stays inside
    /// [`crate::reading`].
    pub(crate) async fn facts(&self, db: &Db, measure: &'static Measure) -> Result<Arc<Facts>, DbError> {
        let mut known = self.facts.lock().await;
        if let Some(facts) = known.get(measure.id) {
            return Ok(Arc::clone(facts));
        }
        if self.is_past() {
            // One pass over the records answers for every measure.
            let mut by_measure: HashMap<&'static str, Vec<Fact>> = HashMap::new();
            for fact in self.counted_anew(db).await? {
                by_measure.entry(fact.measure).or_default().push(fact);
            }
            for measure in CORE {
                let facts = by_measure.remove(measure.id).unwrap_or_default();
                known.insert(measure.id, Arc::new(in_order(facts)));
            }
        } else {
            // Facts are kept of the newest extract only.
            let facts = facts::of_measure(db, measure, &self.names).await?;
            known.insert(measure.id, Arc::new(in_order(facts)));
        }
        Ok(known.get(measure.id).cloned().unwrap_or_default())
    }

    async fn counted_anew(&self, db: &Db) -> Result<Vec<Fact>, DbError> {
        self.over_journeys(db, |journeys, context| {
            let Context { as_at, supplied, names, standards, calendar, .. } = *context;
            crate::load::measure_all(journeys, as_at, supplied, names, standards, calendar)
        })
        .await
    }

    /// Takes every child's journey once, away from the threads that answer requests.
    async fn over_journeys<T: Send + 'static>(
        &self,
        db: &Db,
        work: impl FnOnce(Vec<Journey>, &Context<'_>) -> T + Send + 'static,
    ) -> Result<T, DbError> {
        let as_at = self.as_at();
        let journeys = records::journeys(db, as_at).await?;
        let (standards, names, supplied) = (self.standards.clone(), self.names.clone(), self.extract.supplied.clone());
        let measuring = Measuring { as_at, standards, names, supplied };
        tokio::task::spawn_blocking(move || measuring.with(|context| work(journeys, context)))
            .await
            .map_err(|_| DbError::Inconsistent("the records of an extract could not be counted".to_owned()))
    }

    /// Whether a viewer who reads only some teams may still be shown who a child is: whether the child counts in a
    /// figure of one of those teams in the newest extract. `newest` is that extract; this one may be earlier.
    pub(crate) async fn still_theirs(newest: &Self, db: &Db, scope: &Scope) -> Result<HashSet<Arc<str>>, DbError> {
        let of = newest.children_of.get_or_try_init(|| facts::teams_of_children(db, &newest.names)).await?;
        Ok(of
            .iter()
            .filter(|(_, team)| scope.allows_children_of(team.as_deref()))
            .map(|(child, _)| Arc::clone(child))
            .collect())
    }

    /// Every child of whom anything is kept, for [`crate::reading::naming`].
    pub(crate) async fn known_children(newest: &Self, db: &Db) -> Result<Arc<KnownChildren>, DbError> {
        newest.known_children.get_or_try_init(|| naming::known_children(db)).await.map(Arc::clone)
    }
}

/// Facts in the order lists have at first.
pub(crate) fn in_order(facts: Vec<Fact>) -> Facts {
    let mut facts: Facts = facts.into_iter().map(Arc::new).collect();
    facts.sort_by(|a, b| order(a).cmp(&order(b)));
    facts
}

fn order(fact: &Fact) -> (Option<NaiveDate>, &str, u8, u16) {
    (fact.due, &fact.child_id, fact.list, fact.position)
}

/// Keeps the council in memory until something newer is loaded, by this process or another.
#[derive(Debug, Default)]
pub struct CouncilCache {
    known: RwLock<Option<(Version, Option<Arc<Council>>)>>,
    organisations: RwLock<Option<(Version, NaiveDate, Arc<Organisation>)>>,
    /// Earlier extracts, the one asked for last at the end.
    earlier: Mutex<Vec<(Version, Arc<Council>)>>,
    /// What extracts said that the ones before did not, the one asked for last at the end. They stay true when a later
    /// extract is loaded, taken out or moved.
    news: Mutex<Vec<(news::Key, Arc<News>)>>,
    /// The registers of every extract.
    register_history: Mutex<Option<(Version, Arc<RegisterHistory>)>>,
}

/// How many earlier extracts stay in memory: a meeting compares a few.
const EARLIER: usize = 4;

impl CouncilCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The newest extract of a version; `None` before the first load.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest(&self, db: &Db, version: Version) -> Result<Option<Arc<Council>>, DbError> {
        if let Some((known, council)) = &*self.known.read().await
            && *known == version
        {
            return Ok(council.clone());
        }
        // One reads, the others wait for it and then find it.
        let mut slot = self.known.write().await;
        if let Some((known, council)) = &*slot
            && *known == version
        {
            return Ok(council.clone());
        }
        let council = match Council::read(db).await? {
            Some(council) => Some(Arc::new(council.with_months(db).await?)),
            None => None,
        };
        *slot = Some((version, council.clone()));
        Ok(council)
    }

    /// The extract in force on a date; `None` before the first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn on(&self, db: &Db, version: Version, date: NaiveDate) -> Result<Option<Arc<Council>>, DbError> {
        let Some(newest) = self.newest(db, version).await? else { return Ok(None) };
        let Some(extract) = newest.extracts.iter().rev().find(|extract| extract.as_at <= date) else {
            return Ok(None);
        };
        if extract.id == newest.extract.id {
            return Ok(Some(newest));
        }
        let mut earlier = self.earlier.lock().await;
        earlier.retain(|(known, _)| *known == version);
        let council = match earlier.iter().position(|(_, council)| council.extract.id == extract.id) {
            Some(place) => earlier.remove(place).1,
            None => Arc::new(newest.earlier(db, extract).await?),
        };
        earlier.push((version, Arc::clone(&council)));
        if earlier.len() > EARLIER {
            earlier.remove(0);
        }
        Ok(Some(council))
    }

    /// The organisation of a version as on a date: what scopes are made from, before any extract too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisation(&self, db: &Db, version: Version, on: NaiveDate) -> Result<Arc<Organisation>, DbError> {
        if let Some((known, date, organisation)) = &*self.organisations.read().await
            && *known == version
            && *date == on
        {
            return Ok(Arc::clone(organisation));
        }
        let organisation = Arc::new(Organisation::on(on, organisation::lines(db).await?));
        *self.organisations.write().await = Some((version, on, Arc::clone(&organisation)));
        Ok(organisation)
    }
}
