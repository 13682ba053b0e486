//! An item of the agenda in words: the figure as it was frozen, its course up to then, the children, the notes.

use super::agenda::selection;
use super::one::{actions_of, may_link};
use super::{Around, path};
use crate::clock::england_time;
use crate::council::Council;
use crate::desk::cards::CardMaker;
use crate::desk::links::{Links, of_selection, with_query};
use crate::desk::shown::Shown;
use crate::desk::{ViewerDesk, failed, measure, words};
use crate::reading::{NO_TEAM, Selection};
use crate::store::actions;
use crate::store::reader::Reader;
use crate::store::rebases::Rebase;
use crate::store::surgeries::Kept;
use app::data::{
    ActionOfSurgery, Chart, ChildRow, FigureText, ItemRow, ItemView, Link as PageLink, NoteText, RecordHere,
};
use app::error::PageError;
use domain::action::{State, working_days_late};
use domain::calendar::WorkingDays;
use domain::ids::{ActionId, UserId};
use domain::measures::{Measure, Period};
use domain::scope::{Area, Scope};
use domain::surgery::agenda::action_title;
use domain::surgery::{Frozen, Item, ItemId, ItemKind, Link, Note, RegisterName, Remit, Stage};
use std::collections::HashMap;
use std::sync::Arc;

/// Makes the items of one surgery for one viewer.
pub(super) struct Maker<'a> {
    desk: &'a ViewerDesk,
    around: &'a Around,
    kept: &'a Kept,
    /// The extract of the surgery, or the newest where it is no longer there.
    council: Option<Arc<Council>>,
    shown: Option<Shown>,
    rebases: Vec<Rebase>,
    actions: Vec<(ActionId, ActionOfSurgery)>,
    /// Of the items that are actions: the action as it stands, or in minutes as it stood when the surgery was closed.
    titles: HashMap<ActionId, String>,
    may_link: bool,
}

impl<'a> Maker<'a> {
    pub(super) async fn of(desk: &'a ViewerDesk, around: &'a Around, kept: &'a Kept) -> Result<Self, PageError> {
        let council = match kept.surgery.evidence {
            Some((_, as_at)) => {
                let (cache, db) = (&desk.state.council, &desk.state.db);
                cache.on(db, desk.visit.version, as_at).await.map_err(failed)?
            }
            None => None,
        };
        let shown = match &council {
            Some(council) => Some(Shown::on(desk, council).await?),
            None => None,
        };
        Ok(Self {
            rebases: desk.rebases().await?,
            actions: actions_of(desk, around, kept.id).await?,
            titles: titles(desk, around, kept).await?,
            may_link: may_link(desk, around, &kept.surgery),
            desk,
            around,
            kept,
            council,
            shown,
        })
    }

    pub(super) fn row(&self, item: &Item, open: Option<&Item>) -> ItemRow {
        let surgery = &self.kept.surgery;
        let place = surgery.items.iter().position(|other| other.id == item.id).unwrap_or_default();
        let path = path(self.kept.id);
        ItemRow {
            id: item.id.0.to_string(),
            place: place as u64 + 1,
            kind: kind(item.draft.kind).to_owned(),
            own: item.draft.kind == ItemKind::Own,
            title: match &item.draft.link {
                Some(Link::Action { action }) => self.titles.get(action).unwrap_or(&item.draft.title).clone(),
                _ => item.draft.title.clone(),
            },
            href: format!("{path}?item={}", item.id.0),
            open: open.is_some_and(|open| open.id == item.id),
            shown: surgery.shown == Some(item.id),
        }
    }

    /// An item in full; with its drawing where it stands alone.
    pub(super) async fn view(&self, item: &Item, alone: bool) -> Result<ItemView, PageError> {
        let draft = &item.draft;
        let of = self.measure(draft.link.as_ref()).await?;
        let measure = of.as_ref().map(|(measure, _)| *measure);
        let wording = |frozen: Frozen| self.figure(measure, frozen);
        let items = &self.kept.surgery.items;
        let place = items.iter().position(|other| other.id == item.id).unwrap_or_default();
        let id_at = |place: usize| items.get(place).map(|item| item.id.0.to_string());
        let (children, children_words) = self.children(item);
        Ok(ItemView {
            row: self.row(item, alone.then_some(item)),
            figure: draft.figure.map(wording),
            as_at: draft.figure.map_or_else(String::new, |frozen| format!("As at {}", words::date(frozen.as_at))),
            before: draft.before.map(|before| {
                let figure = wording(before);
                format!("On {}: {}, {}", words::date(before.as_at), figure.value, figure.detail)
            }),
            chart: of.as_ref().filter(|_| alone).and_then(|(measure, group)| self.chart(measure, group)),
            list: self.list(item),
            children,
            children_words,
            narrative: self.note(&item.narrative),
            discussion: self.note(&item.discussion),
            actions: self.actions(Some(item.id)),
            record: self.record(item, of.as_ref()),
            previous: place.checked_sub(1).and_then(id_at),
            next: id_at(place + 1),
        })
    }

    /// The measure an item's figure is of, and whose: its own, or the one that its action should move.
    async fn measure(&self, link: Option<&Link>) -> Result<Option<(&'static Measure, Area)>, PageError> {
        let known = |id: &str, group: &Area| Some((domain::measures::measure(id)?, group.clone()));
        Ok(match link {
            Some(Link::Measure { measure, group, .. }) => known(measure, group),
            Some(Link::Action { action }) => {
                let scope = Scope::operator();
                let reader = Reader { user: UserId(self.desk.visit.viewer.user_id), scope: &scope };
                let kept = actions::load(&self.desk.state.db, &reader, *action).await.map_err(failed)?;
                let aim = kept.as_ref().and_then(|kept| kept.history.action().aim.as_ref());
                aim.and_then(|aim| known(&aim.measure, &aim.group))
            }
            Some(Link::Register { .. }) | None => None,
        })
    }

    fn figure(&self, measure: Option<&Measure>, frozen: Frozen) -> FigureText {
        let Frozen { as_at, figure } = frozen;
        match (measure, &self.council) {
            (Some(measure), Some(council)) => {
                words::figure(measure, &council.standards, Period::up_to(as_at), Some(figure))
            }
            _ => FigureText {
                value: words::thousands(figure.numerator),
                detail: format!("of {} children open", words::thousands(figure.denominator)),
                small: figure.denominator > 0 && figure.denominator < 10,
                supplied: true,
            },
        }
    }

    /// The course of the measure up to the extract. It shows no child, and is the same for everyone in the room.
    fn chart(&self, of: &'static Measure, group: &Area) -> Option<Chart> {
        let council = self.council.as_deref()?;
        let (scope, asked, selection) = (Scope::operator(), ViewerDesk::asked(council), selection(group));
        let maker = CardMaker {
            db: &self.desk.state.db,
            council,
            scope: &scope,
            asked: &asked,
            selection: &selection,
            rebases: &self.rebases,
        };
        measure::trend(&maker, of)
    }

    /// The list as at the extract, with as many lines as the figure says to who reads all of it.
    fn list(&self, item: &Item) -> Option<PageLink> {
        let (_, as_at) = self.kept.surgery.evidence?;
        let (links, date) = (Links::at(Some(as_at)), words::date(as_at));
        Some(match item.draft.link.as_ref()? {
            Link::Measure { measure, group, .. } if item.draft.kind == ItemKind::FallingDue => PageLink {
                text: format!("The measure as at {date}, with the coming weeks"),
                href: links.measure(measure, &selection(group)),
            },
            Link::Measure { group, .. } if item.draft.kind == ItemKind::Answers => {
                PageLink { text: format!("Answers as at {date}, team by team"), href: links.answers(&selection(group)) }
            }
            Link::Measure { measure, group, numerator } => {
                let show: &[_] = if numerator.is_some() { &[("show", "act".to_owned())] } else { &[] };
                let href = links.children(measure, &selection(group), show);
                PageLink { text: format!("The list as at {date}"), href }
            }
            Link::Register { register, team } => {
                let text = if *register == RegisterName::Attention {
                    format!("The whole register as at {date}, with those new on it marked")
                } else {
                    format!("The register as at {date}")
                };
                let of = self.of_register(team.as_ref());
                PageLink { text, href: links.attention(&of, &[("list", name(*register).to_owned())]) }
            }
            Link::Action { action } => {
                PageLink { text: format!("Action {action}"), href: format!("/actions/{action}") }
            }
        })
    }

    /// Of which team a register is, or of the service that the surgery is about.
    fn of_register(&self, team: Option<&String>) -> Selection {
        let service = match &self.kept.surgery.remit {
            Remit::Service { service } if team.is_none() => Some(service.clone()),
            Remit::Service { .. } | Remit::Teams { .. } => None,
        };
        Selection { service, team: team.cloned(), worker: None }
    }

    /// The children of an item who are the viewer's to read, and how many there are in all.
    fn children(&self, item: &Item) -> (Vec<ChildRow>, Option<String>) {
        let all = &item.draft.children;
        let (Some(council), Some(shown), false) = (&self.council, &self.shown, all.is_empty()) else {
            return (Vec::new(), None);
        };
        let scope = &self.desk.visit.viewer.scope;
        let rows: Vec<ChildRow> = all
            .iter()
            .filter(|child| scope.allows_children_of(child.team.as_deref()) && shown.names(&child.child_id))
            .filter_map(|child| {
                Some(ChildRow {
                    who: child.child_id.clone(),
                    href: shown.page(council, &child.child_id)?,
                    team: child.team.clone().unwrap_or_else(|| NO_TEAM.to_owned()),
                    reference: shown.reference(council, &child.child_id)?,
                })
            })
            .collect();
        let total = words::count(all.len() as u64, "line of a child", "lines of children");
        let said = match rows.len() {
            yours if yours == all.len() => total,
            yours => format!("{total}, {} of them yours to see", words::thousands(yours as u64)),
        };
        (rows, Some(said))
    }

    fn note(&self, note: &Note) -> NoteText {
        note_text(self.around, note)
    }

    /// Actions that came out of an item, or of the meeting as a whole.
    pub(super) fn actions(&self, item: Option<ItemId>) -> Vec<ActionOfSurgery> {
        let surgery = &self.kept.surgery;
        let of_item = |id: ActionId| {
            let linked = surgery.actions.iter().find(|linked| linked.action == id);
            let from = linked.and_then(|linked| linked.item).filter(|item| surgery.item(*item).is_some());
            from == item
        };
        self.actions.iter().filter(|(id, _)| of_item(*id)).map(|(_, row)| row.clone()).collect()
    }

    /// Where an action of the meeting as a whole is recorded; in the meeting, for who may.
    pub(super) fn new_action(&self) -> Option<String> {
        self.may_record().then(|| format!("/actions/new?surgery={}", self.kept.id.0))
    }

    /// How an action is recorded from an item: about the group whose figure it is, about something else, or about children.
    fn record(&self, item: &Item, of: Option<&(&'static Measure, Area)>) -> Option<RecordHere> {
        if !self.may_record() {
            return None;
        }
        let from = vec![("surgery", self.kept.id.0.to_string()), ("item", item.id.0.to_string())];
        let mut of_group = from.clone();
        if let Some((measure, group)) = of {
            of_group.push(("measure", measure.id.to_owned()));
            of_group.extend(of_selection(&selection(group)));
        }
        Some(RecordHere {
            group: with_query("/actions/new", &of_group),
            other: of.map(|_| with_query("/actions/new", &from)),
            along: of_group.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        })
    }

    fn may_record(&self) -> bool {
        self.may_link && self.kept.surgery.stage == Stage::InSession
    }
}

/// The titles of the items that are actions, so that the agenda says how late one is on the day on which it is read, as the
/// log does. Minutes stay as at the day on which the surgery was closed.
async fn titles(desk: &ViewerDesk, around: &Around, kept: &Kept) -> Result<HashMap<ActionId, String>, PageError> {
    let ids: Vec<ActionId> = kept.surgery.items.iter().filter_map(|item| action_of(item.draft.link.as_ref())).collect();
    let calendar = WorkingDays::england();
    let title = |id, what: &str, state, late| (id, action_title(id, what, state, late));
    let Some(closed_at) = kept.surgery.closed_at.map(|at| at.timestamp_millis()) else {
        let lines = actions::lines(&desk.state.db, &ids).await.map_err(failed)?;
        let late = |line: &actions::Line| match line.state {
            State::Open => working_days_late(line.due, around.today, &calendar),
            State::Reported | State::Closed | State::Withdrawn => 0,
        };
        return Ok(lines.iter().map(|line| title(line.id, &line.what, line.state, late(line))).collect());
    };
    let (scope, day) = (Scope::operator(), england_time(closed_at).map_or(kept.surgery.date, |time| time.date()));
    let reader = Reader { user: UserId(desk.visit.viewer.user_id), scope: &scope };
    let mut titles = HashMap::new();
    for id in ids {
        let stood = actions::as_it_stood(&desk.state.db, &reader, id, closed_at).await.map_err(failed)?;
        titles.extend(stood.as_ref().map(|history| {
            let action = history.action();
            title(id, &action.what, action.state, action.working_days_late(day, &calendar))
        }));
    }
    Ok(titles)
}

fn action_of(link: Option<&Link>) -> Option<ActionId> {
    match link {
        Some(Link::Action { action }) => Some(*action),
        Some(Link::Measure { .. } | Link::Register { .. }) | None => None,
    }
}

/// A note with who wrote it.
pub(super) fn note_text(around: &Around, note: &Note) -> NoteText {
    let written =
        note.written.map(|(by, at)| format!("Written by {}, {}", around.name(by), words::time(at.timestamp_millis())));
    NoteText { text: note.text.clone(), version: note.version, written }
}

const fn name(register: RegisterName) -> &'static str {
    match register {
        RegisterName::Attention => "attention",
        RegisterName::Unallocated => "unallocated",
        RegisterName::Managers => "managers",
        RegisterName::Dormant => "dormant",
        RegisterName::Closing => "closing",
    }
}

pub(super) const fn kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Action => "Action from before",
        ItemKind::Measure => "Measure",
        ItemKind::Team => "A team that differs",
        ItemKind::Attention | ItemKind::Unallocated | ItemKind::Managers | ItemKind::Dormant => "Register",
        ItemKind::Answers => "Answers",
        ItemKind::FallingDue => "Falling due",
        ItemKind::Own => "Own item",
    }
}
