//! One surgery, from its date to its minutes.

use super::cast::Part;
use super::courses::Course;
use super::timetable::{Fate, Of, late_by, working_day_before};
use super::{Meetings, NoDemoSurgeries, words};
use crate::demo::county::{MANAGED_TEAM, TEAMS, manager};
use crate::desk::surgeries::{PlanningForm, SurgeryForm};
use crate::load::reference_key;
use crate::store::people::{Kind, reference};
use crate::store::reader::Reader;
use crate::store::{recommendations, surgeries};
use chrono::NaiveDate;
use domain::action::ChildOfTeam;
use domain::ids::{ChildId, SeriesId, SurgeryId, UserId};
use domain::measures::{Polarity, measure};
use domain::names::name_key;
use domain::organisation::Organisation;
use domain::scope::Area;
use domain::surgery::{Item, ItemId, ItemKind, Link, Remit, Sitting, Surgery};
use std::collections::{BTreeMap, HashSet};

/// How many items of each kind are talked about: an agenda holds more than an hour does.
const TALKED_ABOUT: [(ItemKind, usize); 9] = [
    (ItemKind::Action, 2),
    (ItemKind::Measure, 3),
    (ItemKind::Team, 2),
    (ItemKind::Attention, 1),
    (ItemKind::Unallocated, 1),
    (ItemKind::Managers, 1),
    (ItemKind::Dormant, 1),
    (ItemKind::Answers, 1),
    (ItemKind::FallingDue, 1),
];
/// An agenda with so many items has so many talked about.
const FEWEST_TALKED_ABOUT: usize = 3;
/// Measures that a hand-off between teams moves.
const HAND_OFFS: [&str; 6] = ["ASM-01", "ASM-02", "S47-02", "ICPC-01", "ALL-01", "CIN-01"];
/// Most children of one action.
const MOST_CHILDREN: usize = 5;

/// What an action is made from.
struct About<'a> {
    of: Of,
    item: Option<&'a Item>,
    measure: String,
    /// Whose figure it is.
    group: Area,
    children: Vec<ChildOfTeam>,
    /// Who is accountable, by `organisation.csv`: a place among the Heads of Service.
    head: usize,
}

impl Meetings {
    /// Opens the day of a series, and prepares it on the working day before.
    pub(super) async fn prepare(
        &mut self,
        standing: usize,
        sitting: Sitting,
        on: NaiveDate,
    ) -> Result<SurgeryId, NoDemoSurgeries> {
        let id = self.open(standing, sitting, on).await?;
        self.cast.meet(Part::Analyst, id, form("prepare")).await?;
        let surgery = self.surgery(id).await?;
        for (turn, item) in talked_about(&surgery).into_iter().enumerate() {
            self.cast.wait(4);
            let as_at = surgery.evidence.map_or(on, |(_, as_at)| as_at);
            let text = words::narrative(&item.draft, as_at, turn);
            let note =
                SurgeryForm { note: "narrative".to_owned(), text, over: "0".to_owned(), ..of_item("write", item.id) };
            self.cast.meet(Part::Analyst, id, note).await?;
        }
        Ok(id)
    }

    /// Opens the day of a series on a day.
    pub(super) async fn open(
        &mut self,
        standing: usize,
        sitting: Sitting,
        on: NaiveDate,
    ) -> Result<SurgeryId, NoDemoSurgeries> {
        self.cast.at(on, 13);
        let SeriesId(series) = self.series(standing).await?;
        let form = PlanningForm {
            what: "sitting".to_owned(),
            series: series.to_string(),
            day: sitting.original.to_string(),
            ..PlanningForm::default()
        };
        let to = self.cast.plan(self.timetable.standings[standing].leader, form).await?;
        let number = to.rsplit('/').next().and_then(|number| number.parse().ok());
        number.map(SurgeryId).ok_or(NoDemoSurgeries::Missing("surgery that was opened"))
    }

    /// Holds a surgery: who came, what was said, what was decided; then closes it.
    pub(super) async fn hold(&mut self, at: usize) -> Result<(), NoDemoSurgeries> {
        let meeting = &self.timetable.held[at];
        let (standing, sitting, turns) = (meeting.standing, meeting.sitting, meeting.turns);
        let id = self.prepare(standing, sitting, working_day_before(sitting.on, &self.calendar)).await?;
        let leader = self.timetable.standings[standing].leader;
        self.cast.at(sitting.on, self.timetable.standings[standing].hour);
        self.attend(standing, id).await?;
        self.cast.meet(leader, id, form("start")).await?;
        let mut surgery = self.surgery(id).await?;
        if self.actions_of(standing, &surgery, turns, &mut self.given.clone()).is_empty() {
            // Nothing is off target and nobody late: what the room brings itself.
            let title = words::OWN_ITEM.to_owned();
            self.cast.meet(leader, id, SurgeryForm { title, ..form("add") }).await?;
            surgery = self.surgery(id).await?;
        }
        let mut given = std::mem::take(&mut self.given);
        let mut about = self.actions_of(standing, &surgery, turns, &mut given);
        self.given = given;
        if about.is_empty() {
            about.extend(self.about_own_item(standing, &surgery).map(|about| (about, turns[0].1)));
        }
        let mut items: Vec<ItemId> = talked_about(&surgery).into_iter().map(|item| item.id).collect();
        // What an action comes from is talked about.
        items.extend(about.iter().filter_map(|(about, _)| Some(about.item?.id)));
        items.sort_by_key(|id| surgery.items.iter().position(|item| item.id == *id));
        items.dedup();
        for (turn, item) in items.iter().filter_map(|id| surgery.item(*id)).enumerate() {
            if turn > 0 {
                self.cast.meet(leader, id, of_item("show", item.id)).await?;
            }
            self.cast.wait(6);
            let text = words::discussion(&item.draft, turn + at).to_owned();
            let note =
                SurgeryForm { note: "discussion".to_owned(), text, over: "0".to_owned(), ..of_item("write", item.id) };
            self.cast.meet(leader, id, note).await?;
            for (about, fate) in about.extract_if(.., |(about, _)| about.item.is_some_and(|of| of.id == item.id)) {
                self.record(standing, id, &surgery, about, fate).await?;
            }
        }
        for (about, fate) in about {
            self.record(standing, id, &surgery, about, fate).await?;
        }
        self.cast.wait(5);
        self.cast.meet(leader, id, form("close")).await
    }

    async fn surgery(&self, id: SurgeryId) -> Result<Surgery, NoDemoSurgeries> {
        let director = self.cast.visit(Part::Director).await?;
        let reader = Reader { user: UserId(director.viewer.user_id), scope: &director.viewer.scope };
        let kept = surgeries::load(&self.cast.state.db, &reader, id).await?;
        kept.map(|kept| kept.surgery).ok_or(NoDemoSurgeries::Missing("surgery of this number"))
    }

    async fn attend(&self, standing: usize, id: SurgeryId) -> Result<(), NoDemoSurgeries> {
        let one = &self.timetable.standings[standing];
        let mut parts = vec![one.leader];
        let organisation = Organisation::on(self.cast.today(), crate::demo::organisation());
        let theirs = one.series.remit.teams(&organisation);
        for place in organisation.teams().filter(|place| theirs.contains(&place.team)) {
            parts.extend(Part::head_called(&place.head_of_service).filter(|head| !parts.contains(head)));
        }
        parts.push(Part::Analyst);
        let guests: Vec<u8> = match &one.series.remit {
            Remit::Service { service } => (0..)
                .zip(&TEAMS)
                .filter(|(_, team)| team.service == service.as_str())
                .map(|(number, _)| number)
                .collect(),
            Remit::Teams { teams } => (0..)
                .zip(&TEAMS)
                .filter(|(_, team)| teams.iter().any(|name| name == team.name))
                .map(|(at, _)| at)
                .collect(),
        };
        if guests.contains(&MANAGED_TEAM) {
            parts.push(Part::Manager);
        }
        for part in parts {
            let who = self.cast.user(part).await?.id.to_string();
            let note = SurgeryForm { who, presence: "present".to_owned(), ..form("attend") };
            self.cast.meet(one.leader, id, note).await?;
        }
        for (turn, number) in guests.into_iter().filter(|number| *number != MANAGED_TEAM).take(3).enumerate() {
            let guest = format!("{}, manager of {}", manager(number), TEAMS[usize::from(number)].name);
            let presence = if turn == 2 { "apologies" } else { "present" }.to_owned();
            self.cast.meet(one.leader, id, SurgeryForm { guest, presence, ..form("attend") }).await?;
        }
        Ok(())
    }

    /// What each turn's action is made from; a turn for which the agenda has nothing is left out.
    fn actions_of<'a>(
        &self,
        standing: usize,
        surgery: &'a Surgery,
        turns: &[(Of, Fate)],
        given: &mut HashSet<(String, ChildId)>,
    ) -> Vec<(About<'a>, Fate)> {
        let mut taken: Vec<ItemId> = Vec::new();
        let mut all = Vec::new();
        for (turn, (of, fate)) in turns.iter().enumerate() {
            let about = match of {
                Of::Children => self.about_children(standing, surgery, (&taken, given), turn),
                _ => self.about_a_whole(*of, standing, surgery, &taken),
            };
            if let Some(about) = about {
                taken.extend(about.item.map(|item| item.id));
                all.push((about, *fate));
            }
        }
        all
    }

    fn about_children<'a>(
        &self,
        standing: usize,
        surgery: &'a Surgery,
        (taken, given): (&[ItemId], &mut HashSet<(String, ChildId)>),
        turn: usize,
    ) -> Option<About<'a>> {
        let organisation = Organisation::on(self.cast.today(), crate::demo::organisation());
        let head_of = |child: &ChildOfTeam| head_of_team(&organisation, child.team.as_deref()?);
        let one = &self.timetable.standings[standing];
        let own = match &one.series.remit {
            Remit::Service { service } => Area::Service(service.clone()),
            Remit::Teams { teams } => Area::Team(teams.first()?.clone()),
        };
        for id in one.measures {
            let free = surgery.items.iter().filter(|item| !taken.contains(&item.id));
            for item in free {
                let group = match (&item.draft.link, item.draft.kind) {
                    (Some(Link::Measure { measure, group, .. }), ItemKind::Measure | ItemKind::Team)
                        if measure == id =>
                    {
                        group.clone()
                    }
                    (_, ItemKind::Unallocated) if id == "ALL-01" => own.clone(),
                    (_, ItemKind::Dormant) if id == "DOR-01" => own.clone(),
                    _ => continue,
                };
                let new = |child: &&ChildOfTeam| {
                    head_of(child).is_some() && !given.contains(&(id.to_owned(), child.child_id.clone()))
                };
                // Of one Head of Service alone: whoever is accountable answers for each of them.
                let Some(head) = item.draft.children.iter().find(new).and_then(head_of) else { continue };
                let mut seen: Vec<ChildOfTeam> = Vec::new();
                for child in item.draft.children.iter().filter(new).filter(|child| head_of(child) == Some(head)) {
                    let is_new = seen.iter().all(|other| other.child_id != child.child_id);
                    if seen.len() < MOST_CHILDREN - turn % 3 && is_new {
                        seen.push(child.clone());
                    }
                }
                if !seen.is_empty() {
                    given.extend(seen.iter().map(|child| (id.to_owned(), child.child_id.clone())));
                    return Some(About {
                        of: Of::Children,
                        item: Some(item),
                        measure: id.to_owned(),
                        group,
                        children: seen,
                        head,
                    });
                }
            }
        }
        None
    }

    /// A team, a hand-off or a service, from the first measure or team of the agenda that nobody has taken.
    fn about_a_whole<'a>(&self, of: Of, standing: usize, surgery: &'a Surgery, taken: &[ItemId]) -> Option<About<'a>> {
        let one = &self.timetable.standings[standing];
        let wanted = if of == Of::Team { ItemKind::Team } else { ItemKind::Measure };
        let measures: &[&str] = if of == Of::Pathway { &HAND_OFFS } else { &one.measures };
        let mut free: Vec<(&Item, &str)> = surgery.items.iter().filter_map(|item| free(item, taken)).collect();
        // What waits for an act comes first, then what the kind of action asks for; otherwise the agenda's order.
        free.sort_by_key(|(item, id)| (item.draft.kind != wanted, !measures.contains(id)));
        let item = free.first().map(|(item, _)| *item);
        let Some(Link::Measure { measure, group, .. }) = item.and_then(|item| item.draft.link.clone()) else {
            return None;
        };
        let busiest = item.and_then(|item| item.draft.children.iter().find_map(|child| child.team.clone()));
        let group = match (of, &one.series.remit, group) {
            (Of::Team, _, Area::Team(team)) => Area::Team(team),
            (Of::Team, Remit::Teams { teams }, _) => Area::Team(teams.first()?.clone()),
            (Of::Team, ..) => Area::Team(busiest?),
            (_, Remit::Service { service }, _) => Area::Service(service.clone()),
            (_, Remit::Teams { .. }, group) => group,
        };
        let organisation = Organisation::on(self.cast.today(), crate::demo::organisation());
        let head = match (of, &group) {
            (Of::Pathway, _) => head_of_team(&organisation, one.pathway.0),
            (_, Area::Team(team)) => head_of_team(&organisation, team),
            // Whose teams hold most of the children behind it.
            _ => {
                let teams = one.series.remit.teams(&organisation);
                let children = item.into_iter().flat_map(|item| &item.draft.children);
                let held = children.filter_map(|child| child.team.clone()).filter(|team| teams.contains(team));
                let mut heads: BTreeMap<usize, usize> = BTreeMap::new();
                for head in held.chain(teams.iter().cloned()).filter_map(|team| head_of_team(&organisation, &team)) {
                    *heads.entry(head).or_default() += 1;
                }
                heads.into_iter().max_by_key(|(_, children)| *children).map(|(head, _)| head)
            }
        }?;
        // A hand-off is a whole of two teams, and only a service that talks about one has it.
        if of == Of::Pathway && one.pathway.0.is_empty() {
            return None;
        }
        Some(About { of, item, measure, group, children: Vec::new(), head })
    }

    /// What comes of an item that the room brought itself.
    fn about_own_item<'a>(&self, standing: usize, surgery: &'a Surgery) -> Option<About<'a>> {
        let one = &self.timetable.standings[standing];
        let organisation = Organisation::on(self.cast.today(), crate::demo::organisation());
        let (of, group) = match &one.series.remit {
            Remit::Service { service } => (Of::Service, Area::Service(service.clone())),
            Remit::Teams { teams } => (Of::Team, Area::Team(teams.first()?.clone())),
        };
        let head = one.series.remit.teams(&organisation).iter().find_map(|team| head_of_team(&organisation, team))?;
        let item = surgery.items.iter().rev().find(|item| item.draft.kind == ItemKind::Own);
        Some(About { of, item, measure: one.measures[0].to_owned(), group, children: Vec::new(), head })
    }

    async fn record(
        &mut self,
        standing: usize,
        id: SurgeryId,
        surgery: &Surgery,
        about: About<'_>,
        fate: Fate,
    ) -> Result<(), NoDemoSurgeries> {
        let (today, end) = (self.cast.today(), self.timetable.today);
        let one = &self.timetable.standings[standing];
        let as_at = surgery.evidence.map_or(today, |(_, as_at)| as_at);
        let key = reference_key(&self.cast.state.db).await?;
        let mut fields: Vec<(&str, String)> = about
            .children
            .iter()
            .map(|child| ("child", reference(&key, Kind::Child, child.child_id.as_kept())))
            .collect();
        let place = match (about.of, &about.group) {
            (Of::Pathway, _) => {
                let (from, to) = one.pathway;
                fields.extend([("from", from.to_owned()), ("to", to.to_owned())]);
                format!("between {from} and {to}")
            }
            (_, Area::Team(name) | Area::Service(name)) => name.clone(),
            (_, Area::All) => "the council".to_owned(),
        };
        match &about.group {
            Area::Team(team) => fields.push(("team", team.clone())),
            Area::Service(service) => fields.push(("service", service.clone())),
            Area::All => {}
        }
        // Whatever is to become of it, it is due when such a thing can be done.
        let (least, most) = words::working_days(about.of, &about.measure);
        let (soonest, latest) = (self.calendar.due(today, least), self.calendar.due(today, most));
        let due = match fate {
            Fate::Late(days) => late_by(days, end, &self.calendar),
            Fate::Due(days) => self.calendar.due(end, days),
            Fate::Reported | Fate::HandedOver => self.calendar.due(end, 4),
            Fate::Moved => self.calendar.due(today, 10),
            Fate::Proven | Fate::Trusted | Fate::Hasty => latest,
        }
        .clamp(soonest, latest);
        // What could be done within days of a surgery weeks ago is not open today: somebody has said what came of it.
        let fate = if matches!(fate, Fate::Due(_)) && due < end { Fate::Trusted } else { fate };
        let (head, director) = (about.head, self.director(standing, &about));
        let (doer, doer_name) = self.doer(standing, &about).await?;
        let answers = words::recommendation(about.of, &about.measure);
        let known = recommendations::all(&self.cast.state.db).await?;
        let answers = known.into_iter().find(|one| answers == Some((one.source.as_str(), one.reference.as_str())));
        let urgent = about.of == Of::Children && matches!(about.measure.as_str(), "CPP-01" | "ALL-01");
        fields.extend([
            ("what", words::what(about.of, &about.measure, &place)),
            ("why", words::why(about.of, &about.measure, as_at)),
            ("measure", about.measure),
            ("surgery", id.0.to_string()),
            ("accountable", self.cast.user(Part::Head(about.head)).await?.id.to_string()),
            ("doer", doer),
            ("doer_name", doer_name),
            ("due", due.to_string()),
            ("priority", if urgent { "high" } else { "normal" }.to_owned()),
            ("recommendation", answers.map_or_else(String::new, |one| one.id.0.to_string())),
        ]);
        fields.extend(about.item.map(|item| ("item", item.id.0.to_string())));
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.cast.wait(2);
        self.cast.record(one.leader, fields).await?;
        let linked = self.surgery(id).await?.actions.last().copied();
        let action = linked.ok_or(NoDemoSurgeries::Missing("action of this surgery"))?.action;
        self.courses.push(Course::new(action, head, director, (about.of, fate)));
        Ok(())
    }

    /// The Director who confirms: whose service it is.
    fn director(&self, standing: usize, about: &About<'_>) -> Part {
        let organisation = Organisation::on(self.cast.today(), crate::demo::organisation());
        let remit = &self.timetable.standings[standing].series.remit;
        let team = match (&about.group, remit) {
            (Area::Team(team), _) => Some(team.clone()),
            (_, Remit::Teams { teams }) => teams.first().cloned(),
            (_, remit) => remit.teams(&organisation).into_iter().next(),
        };
        let service = team.as_deref().and_then(|team| organisation.service(team));
        service.map_or(Part::Director, Part::director_of)
    }

    /// The manager of the team: by account, or by name.
    async fn doer(&self, standing: usize, about: &About<'_>) -> Result<(String, String), NoDemoSurgeries> {
        let team = match (about.children.first().and_then(|child| child.team.as_deref()), &about.group) {
            (Some(team), _) => team,
            (None, _) if about.of == Of::Pathway => self.timetable.standings[standing].pathway.0,
            (None, Area::Team(team)) => team,
            // The one whose team sees them first.
            _ => match TEAMS
                .iter()
                .find(|team| matches!(&about.group, Area::Service(service) if service == team.service))
            {
                Some(team) => team.name,
                None => return Ok((String::new(), "The service’s managers".to_owned())),
            },
        };
        let number = (0..).zip(&TEAMS).find(|(_, one)| name_key(one.name) == name_key(team)).map(|(number, _)| number);
        Ok(match number {
            Some(MANAGED_TEAM) => (self.cast.user(Part::Manager).await?.id.to_string(), String::new()),
            Some(number) => (String::new(), format!("{}, team manager", manager(number))),
            None => (String::new(), format!("The manager of {team}")),
        })
    }
}

/// The items that there is time for, in the order of the agenda.
fn talked_about(surgery: &Surgery) -> Vec<&Item> {
    let most = |kind| TALKED_ABOUT.into_iter().find(|(known, _)| *known == kind).map_or(usize::MAX, |(_, most)| most);
    let mut chosen: Vec<&Item> = Vec::new();
    for item in &surgery.items {
        if chosen.iter().filter(|other| other.draft.kind == item.draft.kind).count() < most(item.draft.kind) {
            chosen.push(item);
        }
    }
    // A small agenda is talked about whole, whatever its kinds.
    for item in &surgery.items {
        if chosen.len() < FEWEST_TALKED_ABOUT && !chosen.iter().any(|other| other.id == item.id) {
            chosen.push(item);
        }
    }
    chosen.sort_by_key(|item| surgery.items.iter().position(|other| other.id == item.id));
    chosen
}

/// An item about a measure, or a team that does worse than its service, that no action comes from yet; with its measure.
fn free<'a>(item: &'a Item, taken: &[ItemId]) -> Option<(&'a Item, &'a str)> {
    let Some(Link::Measure { measure: id, .. }) = &item.draft.link else { return None };
    let is_worse = match measure(id)?.polarity {
        Polarity::High => item.draft.title.contains("below its service"),
        Polarity::Low => item.draft.title.contains("above its service"),
        Polarity::Neutral => false,
    };
    let fits = item.draft.kind == ItemKind::Measure || (item.draft.kind == ItemKind::Team && is_worse);
    (fits && !taken.contains(&item.id)).then_some((item, id))
}

/// The Head of Service of a team, by `organisation.csv`, as a place among them; none of a team that is not mapped.
fn head_of_team(organisation: &Organisation, team: &str) -> Option<usize> {
    match Part::head_called(&organisation.place(team)?.head_of_service)? {
        Part::Head(head) => Some(head),
        _ => None,
    }
}

fn form(what: &str) -> SurgeryForm {
    SurgeryForm { what: what.to_owned(), ..SurgeryForm::default() }
}

fn of_item(what: &str, item: ItemId) -> SurgeryForm {
    SurgeryForm { item: item.0.to_string(), ..form(what) }
}
