//! What the data shows before a surgery, gathered from the extract in force for the agenda that the domain makes.
//!
//! The agenda is the meeting's and not its preparer's: it is gathered over the whole remit, and each reader is shown only
//! the own children of it.

use crate::council::{Council, Register};
use crate::desk::cards::CardMaker;
use crate::desk::{ViewerDesk, failed, standing, suppress};
use crate::reading::{self, Asked, NotTrue, Selection, Stay, Unscoped};
use crate::store::actions::{self, Filter, Line, Order};
use crate::store::reader::Reader;
use crate::store::rebases::Rebase;
use crate::store::standards;
use crate::store::surgeries::{self, Window};
use app::error::PageError;
use chrono::NaiveDate;
use domain::action::{ChildOfTeam, Escalation, Level, State, escalation, working_days_late};
use domain::answers::act;
use domain::calendar::{add_days, minus_days};
use domain::funnel::{self, Place};
use domain::ids::{ChildId, SurgeryId, UserId};
use domain::measures::figure::Line as Unit;
use domain::measures::{CORE, Counting, Measure, Polarity};
use domain::names::name_key;
use domain::scope::{Area, Scope};
use domain::standards::Standards;
use domain::surgery::agenda::{ActionBefore, AgendaInput, ChildrenOfMeasure, MeasureNow, TeamNow, agenda};
use domain::surgery::{Frozen, ItemDraft, ItemKind, Link, Remit, Surgery};
use std::collections::{BTreeMap, HashSet};

/// The measure whose units are the children open.
pub(super) const OPEN_CHILDREN: &str = "ALL-01";
/// Most actions of one team that are looked at.
const ACTIONS: u32 = 500;

/// What is asked, once for the whole agenda.
struct Gathering<'a> {
    desk: &'a ViewerDesk,
    council: &'a Council,
    asked: Asked,
    rebases: Vec<Rebase>,
    /// Of the remit: children and figures of its own.
    scope: Scope,
    /// What the remit is compared with.
    counts: Unscoped,
    /// The standards of today: how far a late action has risen is not a matter of the extract.
    standards: Standards,
    today: NaiveDate,
    next: NaiveDate,
}

/// The items of a surgery as the council shows them; `next` is the day of the surgery after it. Several teams have the
/// items of each, since a figure of both together has no list of its own.
pub(super) async fn items(
    desk: &ViewerDesk,
    council: &Council,
    surgery: &Surgery,
    next: NaiveDate,
) -> Result<Vec<ItemDraft>, PageError> {
    let gathering = Gathering {
        desk,
        council,
        asked: ViewerDesk::asked(council),
        rebases: desk.rebases().await?,
        scope: reading::scope_of_remit(&surgery.remit, &council.organisation),
        counts: Unscoped::counts(&council.organisation),
        standards: standards::on(&desk.state.db, desk.state.clock.today()).await.map_err(failed)?,
        today: desk.state.clock.today(),
        next,
    };
    let areas: Vec<Area> = match &surgery.remit {
        Remit::Service { service } => vec![Area::Service(service.clone())],
        Remit::Teams { teams } => teams.iter().cloned().map(Area::Team).collect(),
    };
    let mut items: Vec<ItemDraft> = Vec::new();
    for area in &areas {
        let mut made = agenda(&gathering.input(area).await?);
        if let (Area::Team(team), true) = (area, areas.len() > 1) {
            let of_team = made.iter_mut().filter(|item| !matches!(item.kind, ItemKind::Action | ItemKind::Team));
            of_team.for_each(|item| item.title = format!("{team}: {}", item.title));
        }
        items.extend(made);
    }
    let mut met = HashSet::new();
    items.retain(|item| match &item.link {
        Some(Link::Action { action }) => met.insert(*action),
        _ => true,
    });
    items.sort_by_key(|item| ItemKind::ALL.iter().position(|kind| *kind == item.kind));
    Ok(items)
}

/// The selection of an area.
pub(super) fn selection(area: &Area) -> Selection {
    match area {
        Area::All => Selection::default(),
        Area::Service(service) => Selection { service: Some(service.clone()), ..Selection::default() },
        Area::Team(team) => Selection { team: Some(team.clone()), ..Selection::default() },
    }
}

impl Gathering<'_> {
    async fn input(&self, area: &Area) -> Result<AgendaInput, PageError> {
        let selection = selection(area);
        let open = match domain::measures::measure(OPEN_CHILDREN) {
            Some(measure) => self.maker(&selection).figure(measure).await?.map(|figure| figure.denominator),
            None => None,
        };
        Ok(AgendaInput {
            as_at: self.council.as_at(),
            open_children: open,
            actions: self.actions(area).await?,
            measures: self.measures(&selection).await?,
            teams: self.teams(area).await?,
            attention: self.new_on_attention(&selection).await?,
            unallocated: self.register(Register::Unallocated, &selection).await?,
            managers: self.register(Register::Managers, &selection).await?,
            dormant: self.register(Register::Dormant, &selection).await?,
            answers: self.answers_not_borne_out(&selection).await?,
            falling_due: self.falling_due(&selection).await?,
            group: area.clone(),
        })
    }

    fn maker<'b>(&'b self, selection: &'b Selection) -> CardMaker<'b> {
        CardMaker {
            db: &self.desk.state.db,
            council: self.council,
            scope: &self.scope,
            asked: &self.asked,
            selection,
            rebases: &self.rebases,
        }
    }

    /// Ages apart are left to their whole.
    async fn measures(&self, selection: &Selection) -> Result<Vec<MeasureNow>, PageError> {
        let maker = self.maker(selection);
        let mut measures = Vec::new();
        for measure in CORE.iter().filter(|measure| suppress::is_published(measure)) {
            let Some(figure) = maker.figure(measure).await?.filter(|figure| figure.denominator > 0) else { continue };
            let judged = maker.judged(measure);
            measures.push(MeasureNow {
                measure,
                figure,
                verdict: judged.as_ref().map(|judged| judged.judgement().verdict),
                assurance: judged.as_ref().and_then(|judged| judged.judgement().assurance),
                target: maker.target(measure).map(|aim| aim.value.value()),
                children: self.on_the_wrong_side(measure, selection).await?,
            });
        }
        Ok(measures)
    }

    async fn on_the_wrong_side(
        &self,
        measure: &'static Measure,
        selection: &Selection,
    ) -> Result<Vec<ChildOfTeam>, PageError> {
        let db = &self.desk.state.db;
        let listed = reading::list(db, self.council, &self.scope, measure, &self.asked, selection).await;
        let units = listed.map_err(failed)?.lines.into_iter().filter_map(|line| match line {
            Unit::Child(fact) => Some(fact),
            Unit::Worker { .. } => None,
        });
        let wrong = units
            .filter(|fact| measure.polarity == Polarity::Neutral || standing::is_bad(measure, Some(fact.numerator)));
        Ok(wrong.map(|fact| of_team(&fact.child_id, fact.team.as_deref())).collect())
    }

    /// Teams that differ from their service by more than chance: of a service all of its teams, else the team itself.
    async fn teams(&self, area: &Area) -> Result<Vec<TeamNow>, PageError> {
        let organisation = &self.council.organisation;
        let service = match area {
            Area::Service(service) => Some(service.clone()),
            Area::Team(team) => organisation.service(team).map(str::to_owned),
            Area::All => None,
        };
        let Some(service) = service else { return Ok(Vec::new()) };
        let whole = selection(&Area::Service(service.clone()));
        let mut teams = Vec::new();
        let db = &self.desk.state.db;
        for measure in CORE.iter().filter(|one| one.counting == Counting::Units && suppress::is_published(one)) {
            let rate = self.counts.figure(db, self.council, measure, &self.asked, &whole).await.map_err(failed)?;
            let Some(rate) = rate else { continue };
            let groups = self.counts.by_team(db, self.council, measure, &self.asked).await;
            for group in groups.map_err(failed)? {
                let Some(team) = group.name else { continue };
                let ours = match area {
                    Area::Team(ours) => name_key(ours) == name_key(&team),
                    _ => organisation.service(&team).is_some_and(|of| name_key(of) == name_key(&service)),
                };
                let place = funnel::place(group.figure, rate);
                if !ours || place == Place::Within {
                    continue;
                }
                let children = self.on_the_wrong_side(measure, &selection(&Area::Team(team.clone()))).await?;
                teams.push(TeamNow { measure, team, figure: group.figure, place, children });
            }
        }
        Ok(teams)
    }

    async fn register(&self, which: Register, selection: &Selection) -> Result<Vec<ChildOfTeam>, PageError> {
        let db = &self.desk.state.db;
        let lines = reading::register(db, self.council, &self.scope, which, selection).await.map_err(failed)?;
        Ok(lines.iter().map(|line| of_team(&line.child_id, line.team.as_deref())).collect())
    }

    /// Nobody is new where there is no extract before.
    async fn new_on_attention(&self, selection: &Selection) -> Result<Vec<ChildOfTeam>, PageError> {
        let cache = (&*self.desk.state.council, self.desk.visit.version);
        let db = &self.desk.state.db;
        let asked = (selection, None);
        let past = reading::register_past(db, self.council, cache, &self.scope, Register::Attention, asked);
        let stays = past.await.map_err(failed)?.stays;
        // A child that came from another team is new here only if it was on nobody's register.
        let is_new = |stay: &Stay| stay.since == self.council.as_at() && !stay.or_before;
        let mut now = self.register(Register::Attention, selection).await?;
        let new: HashSet<ChildId> =
            stays.iter().filter(|(_, stay)| is_new(stay)).map(|(id, _)| ChildId::from(&**id)).collect();
        now.retain(|child| new.contains(&child.child_id));
        Ok(now)
    }

    async fn falling_due(&self, selection: &Selection) -> Result<Vec<ChildrenOfMeasure>, PageError> {
        let units = reading::due(&self.desk.state.db, self.council, &self.scope, selection).await.map_err(failed)?;
        let mut due: BTreeMap<&'static str, Vec<ChildOfTeam>> = BTreeMap::new();
        for unit in units.into_iter().filter(|unit| unit.last_day < self.next) {
            let child = of_team(&unit.fact.child_id, unit.fact.team.as_deref());
            due.entry(unit.fact.measure).or_default().push(child);
        }
        let of_measure = |(id, children)| Some(ChildrenOfMeasure { measure: domain::measures::measure(id)?, children });
        Ok(due.into_iter().filter_map(of_measure).collect())
    }

    /// The children of the answers that `/answers` tells as not come true, of the last three months; each child once.
    async fn answers_not_borne_out(&self, selection: &Selection) -> Result<Vec<ChildrenOfMeasure>, PageError> {
        let (db, council) = (&self.desk.state.db, self.council);
        let mut all = Vec::new();
        for measure in CORE.iter().filter(|measure| act(measure).is_some()) {
            let from = council.period().from;
            let found = reading::answers_not_true(db, (council, council), &self.scope, measure, selection, from).await;
            let mut children: Vec<ChildOfTeam> = Vec::new();
            for NotTrue { answered, .. } in found.map_err(failed)? {
                let answer = &answered.answer;
                if !children.iter().any(|known| known.child_id.is(&answer.child_id)) {
                    children.push(of_team(&answer.child_id, answer.unit.team.as_deref()));
                }
            }
            all.push(ChildrenOfMeasure { measure, children });
        }
        Ok(all)
    }

    /// The team's own; for a Director those of the service as such, those of its surgeries, and those so late that they
    /// have come up to the agenda.
    async fn actions(&self, area: &Area) -> Result<Vec<ActionBefore>, PageError> {
        let teams = match area {
            Area::Service(service) => Remit::Service { service: service.clone() }.teams(&self.council.organisation),
            Area::Team(team) => vec![team.clone()],
            Area::All => Vec::new(),
        };
        let of_service = matches!(area, Area::Service(_));
        let ours = if of_service { self.surgeries_of(area).await? } else { HashSet::new() };
        let reader = Reader { user: UserId(self.desk.visit.viewer.user_id), scope: &self.scope };
        let mut lines: BTreeMap<i64, Line> = BTreeMap::new();
        for team in teams {
            let filter = Filter { team: Some(team), states: vec![State::Open, State::Reported], ..Filter::default() };
            let page = actions::page(&self.desk.state.db, &reader, &filter, Order::Due, None, ACTIONS).await;
            for line in page.map_err(failed)? {
                let of_the_service = matches!(line.level, Level::Service | Level::Pathway)
                    || line.surgery.is_some_and(|surgery| ours.contains(&surgery));
                let risen = escalation(self.late(&line), &self.standards) == Some(Escalation::Agenda);
                if !of_service || of_the_service || risen {
                    lines.insert(line.id.0, line);
                }
            }
        }
        let mut before = Vec::with_capacity(lines.len());
        for line in lines.into_values() {
            before.push(self.action(&reader, line).await?);
        }
        Ok(before)
    }

    /// Only what is open is late.
    fn late(&self, line: &Line) -> u32 {
        if line.state == State::Open { working_days_late(line.due, self.today, &self.council.calendar) } else { 0 }
    }

    async fn surgeries_of(&self, area: &Area) -> Result<HashSet<SurgeryId>, PageError> {
        let reader = Reader { user: UserId(self.desk.visit.viewer.user_id), scope: &self.scope };
        let window = Window { from: minus_days(self.today, 800), to: add_days(self.today, 60) };
        let lines = surgeries::list(&self.desk.state.db, &reader, window).await.map_err(failed)?;
        let is_of = |remit: &Remit| match (remit, area) {
            (Remit::Service { service }, Area::Service(ours)) => name_key(service) == name_key(ours),
            _ => false,
        };
        Ok(lines.into_iter().filter(|line| is_of(&line.remit)).map(|line| line.id).collect())
    }

    async fn action(&self, reader: &Reader<'_>, line: Line) -> Result<ActionBefore, PageError> {
        let kept = actions::load(&self.desk.state.db, reader, line.id).await.map_err(failed)?;
        let action = kept.as_ref().map(|kept| kept.history.action());
        let aim = action.and_then(|action| action.aim.as_ref());
        let now = match aim.and_then(|aim| Some((domain::measures::measure(&aim.measure)?, &aim.group))) {
            Some((measure, group)) => {
                let (db, selection) = (&self.desk.state.db, selection(group));
                let now = self.counts.figure(db, self.council, measure, &self.asked, &selection).await;
                now.map_err(failed)?
            }
            None => None,
        };
        let baseline = aim.and_then(|aim| aim.baseline);
        Ok(ActionBefore {
            action: line.id,
            working_days_late: self.late(&line),
            reported: line.state == State::Reported,
            baseline: baseline.map(|baseline| Frozen { as_at: baseline.as_at, figure: baseline.figure }),
            now,
            children: action.map(|action| action.subject.children().to_vec()).unwrap_or_default(),
            what: line.what,
            due: line.due,
        })
    }
}

fn of_team(child: &str, team: Option<&str>) -> ChildOfTeam {
    ChildOfTeam { child_id: child.into(), team: team.map(str::to_owned) }
}
