//! An item of the agenda in words: the figure as it was frozen, its course up to then, the children, the notes.

use super::agenda::OPEN_CHILDREN;
use super::agenda::selection;
use super::one::{actions_of, may_link};
use super::sight::{Eyes, Sight};
use super::{Around, path, reader};
use crate::clock::england_time;
use crate::council::Council;
use crate::desk::cards::CardMaker;
use crate::desk::links::{Links, of_selection, with_query};
use crate::desk::{ViewerDesk, failed, measure, words};
use crate::reading::naming::Named;
use crate::reading::{self, NO_TEAM, Selection};
use crate::store::actions;
use crate::store::people::{Kind, reference};
use crate::store::rebases::Rebase;
use crate::store::surgeries::Kept;
use app::data::{
    ActionOfSurgery, Chart, ChildRow, FigureText, ItemRow, ItemView, Link as PageLink, NoteText, RecordHere,
};
use app::error::PageError;
use domain::action::{ChildOfTeam, State, working_days_late};
use domain::calendar::WorkingDays;
use domain::ids::{ActionId, ChildId};
use domain::measures::figure::Figure;
use domain::measures::{Measure, Period};
use domain::organisation::Organisation;
use domain::scope::Area;
use domain::surgery::agenda::action_title;
use domain::surgery::{Frozen, Item, ItemId, ItemKind, Link, Note, RegisterName, Remit, Stage};
use std::collections::HashMap;
use std::sync::Arc;

/// What stands in the place of a note on another team's item.
const NOT_YOURS_TO_READ: &str = "What is written here is not yours to read.";

/// Makes the items of one surgery for one viewer.
pub(super) struct Maker<'a> {
    desk: &'a ViewerDesk,
    around: &'a Around,
    kept: &'a Kept,
    /// The extract of the surgery, or the newest where it is no longer there.
    council: Option<Arc<Council>>,
    /// Who may be named to the viewer.
    named: Named,
    /// Who may be named in the texts that people typed.
    in_texts: Named,
    eyes: Eyes<'a>,
    rebases: Vec<Rebase>,
    actions: Vec<(ActionId, ActionOfSurgery)>,
    /// Of the items that are actions of the viewer: the action as it stands, or in minutes as it stood when the surgery was
    /// closed.
    titles: HashMap<ActionId, Stands>,
    may_link: bool,
}

impl<'a> Maker<'a> {
    pub(super) async fn of(desk: &'a ViewerDesk, around: &'a Around, kept: &'a Kept) -> Result<Self, PageError> {
        let (db, surgery) = (&desk.state.db, &kept.surgery);
        let council = match surgery.evidence {
            Some((_, as_at)) => desk.state.council.on(db, desk.visit.version, as_at).await.map_err(failed)?,
            None => None,
        };
        let ids: Vec<ActionId> = surgery.items.iter().filter_map(|item| action_of(item.draft.link.as_ref())).collect();
        let lines = actions::lines(db, &reader(desk), &ids).await.map_err(failed)?;
        let eyes = Eyes {
            scope: &desk.visit.viewer.scope,
            organisation: council.as_ref().map_or_else(|| Arc::clone(&around.organisation), of_council),
            remit: &surgery.remit,
            actions: lines.into_iter().map(|line| (line.id, line)).collect(),
            teams: actions::in_short(db, &ids).await.map_err(failed)?,
        };
        let named = desk.named().await?;
        Ok(Self {
            rebases: desk.rebases().await?,
            actions: actions_of(desk, around, kept.id).await?,
            titles: titles(desk, around, kept, &eyes).await?,
            may_link: may_link(desk, around, surgery),
            in_texts: named.clone(),
            named,
            eyes,
            desk,
            around,
            kept,
            council,
        })
    }

    /// The same for a file that leaves the site: no text in it names a child, whoever takes it.
    pub(super) async fn for_sending(self) -> Result<Self, PageError> {
        let newest = self.desk.newest().await?;
        let in_texts = Named::nobody(&self.desk.state.db, newest.as_deref()).await.map_err(failed)?;
        Ok(Self { in_texts, ..self })
    }

    /// How much of an item the viewer sees.
    pub(super) fn sight(&self, item: &Item) -> Sight {
        self.eyes.sight(&item.draft)
    }

    fn title(&self, item: &Item) -> String {
        let draft = &item.draft;
        match (self.sight(item), &draft.link) {
            (Sight::Whole, Some(Link::Action { action })) => match self.titles.get(action) {
                Some((what, state, late)) => action_title(*action, &self.typed(what, item), *state, *late),
                None => self.eyes.bare_title(draft),
            },
            (Sight::Whole, _) => self.typed(&draft.title, item),
            (Sight::Part | Sight::Title, _) => self.eyes.bare_title(draft),
        }
    }

    /// A typed text about an item, as the viewer may read it.
    fn typed(&self, text: &str, item: &Item) -> String {
        let about: Vec<&ChildId> = item.draft.children.iter().map(|child| &child.child_id).collect();
        self.in_texts.text_of(text, &about)
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
            title: self.title(item),
            href: format!("{path}?item={}", item.id.0),
            open: open.is_some_and(|open| open.id == item.id),
            shown: surgery.shown == Some(item.id),
        }
    }

    /// An item in full; with its drawing where it stands alone.
    pub(super) async fn view(&self, item: &Item, alone: bool) -> Result<ItemView, PageError> {
        let draft = &item.draft;
        let sight = self.sight(item);
        let of = self.measure(draft.link.as_ref()).await?.filter(|_| sight != Sight::Title);
        let items = &self.kept.surgery.items;
        let place = items.iter().position(|other| other.id == item.id).unwrap_or_default();
        let id_at = |place: usize| items.get(place).map(|item| item.id.0.to_string());
        let (children, children_words) = self.children(item, sight);
        let (figure, as_at) = self.figure(item, sight, of.as_ref()).await?.unzip();
        let before = draft.before.filter(|_| sight == Sight::Whole).map(|before| {
            let figure = self.wording(of.as_ref().map(|(measure, _)| *measure), before);
            format!("On {}: {}, {}", words::date(before.as_at), figure.value, figure.detail)
        });
        Ok(ItemView {
            row: self.row(item, alone.then_some(item)),
            figure,
            as_at: as_at.unwrap_or_default(),
            before,
            chart: of.as_ref().filter(|_| alone).and_then(|(measure, group)| self.chart(measure, group)),
            list: self.list(item).filter(|_| sight != Sight::Title),
            children,
            children_words,
            narrative: self.note(&item.narrative, item, sight),
            discussion: self.note(&item.discussion, item, sight),
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
                let kept = actions::load(&self.desk.state.db, &reader(self.desk), *action).await.map_err(failed)?;
                let aim = kept.as_ref().and_then(|kept| kept.history.action().aim.as_ref());
                aim.and_then(|aim| known(&aim.measure, &aim.group))
            }
            Some(Link::Register { .. }) | None => None,
        })
    }

    /// The figure and what it is as at: as it was frozen for who may count all that it is of, else that of the own teams.
    async fn figure(
        &self,
        item: &Item,
        sight: Sight,
        of: Option<&(&'static Measure, Area)>,
    ) -> Result<Option<(FigureText, String)>, PageError> {
        let Some(frozen) = item.draft.figure else { return Ok(None) };
        let measure = of.map(|(measure, _)| *measure);
        let counts = of.map_or(sight, |(_, group)| self.eyes.of_area(group));
        let as_at = format!("As at {}", words::date(frozen.as_at));
        let figure = match (sight, counts) {
            (Sight::Whole, Sight::Whole) => return Ok(Some((self.wording(measure, frozen), as_at))),
            // The figure that an action should move stands on the action's own page, as far as it is the viewer's.
            (Sight::Title, _) | (Sight::Whole, _) => None,
            (Sight::Part, _) => self.own_figure(item, of).await?,
        };
        Ok(figure.map(|figure| (self.wording(measure, Frozen { figure, ..frozen }), format!("{as_at}, of your teams"))))
    }

    /// The same figure of the viewer's own teams, counted from the extract; of a register, its lines of them.
    async fn own_figure(
        &self,
        item: &Item,
        of: Option<&(&'static Measure, Area)>,
    ) -> Result<Option<Figure>, PageError> {
        let Some(council) = self.council.as_deref() else { return Ok(None) };
        let (asked, scope) = (ViewerDesk::asked(council), self.eyes.scope);
        let count = async |measure, selection: &Selection| {
            let db = &self.desk.state.db;
            reading::figure(db, council, scope, measure, &asked, selection).await.map_err(failed)
        };
        if let Some((measure, group)) = of {
            return count(measure, &selection(group)).await;
        }
        let Some(open) = domain::measures::measure(OPEN_CHILDREN) else { return Ok(None) };
        let open = count(open, &self.of_register(None)).await?;
        let theirs = item.draft.children.iter().filter(|child| scope.allows_children_of(child.team.as_deref()));
        let numerator = theirs.count() as u64;
        Ok(open.map(|open| Figure { numerator, denominator: open.denominator }))
    }

    fn wording(&self, measure: Option<&Measure>, frozen: Frozen) -> FigureText {
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

    /// The course of the measure up to the extract, as far as the viewer may count it; of an action's measure only where
    /// that is all of it.
    fn chart(&self, of: &'static Measure, group: &Area) -> Option<Chart> {
        let council = self.council.as_deref()?;
        if self.eyes.of_area(group) == Sight::Title {
            return None;
        }
        let (asked, selection) = (ViewerDesk::asked(council), selection(group));
        let maker = CardMaker {
            db: &self.desk.state.db,
            council,
            scope: self.eyes.scope,
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

    /// The children of an item who are the viewer's to read today, and how many there are in all, where that number is the
    /// viewer's.
    fn children(&self, item: &Item, sight: Sight) -> (Vec<ChildRow>, Option<String>) {
        let all = &item.draft.children;
        let Some(council) = self.council.as_deref().filter(|_| !all.is_empty()) else { return (Vec::new(), None) };
        let row = |child: &ChildOfTeam| {
            let id = self.named.kept(&child.child_id)?;
            let reference = reference(&council.reference_key, Kind::Child, id);
            Some(ChildRow {
                who: id.to_owned(),
                href: council.links().child(&reference),
                team: child.team.clone().unwrap_or_else(|| NO_TEAM.to_owned()),
                reference,
            })
        };
        let rows: Vec<ChildRow> = all.iter().filter_map(row).collect();
        let total = words::count(all.len() as u64, "line of a child", "lines of children");
        let yours = words::count(rows.len() as u64, "line of a child", "lines of children");
        let said = match (sight, rows.len()) {
            (Sight::Whole, shown) if shown == all.len() => Some(total),
            (Sight::Whole, shown) => Some(format!("{total}, {} of them yours to see", words::thousands(shown as u64))),
            (Sight::Part | Sight::Title, 0) => None,
            (Sight::Part | Sight::Title, _) => Some(format!("{yours}: those yours to see")),
        };
        (rows, said)
    }

    /// A note, where the item is the viewer's in part at least.
    fn note(&self, note: &Note, item: &Item, sight: Sight) -> NoteText {
        match sight {
            Sight::Title if note.text.is_empty() => NoteText::default(),
            Sight::Title => NoteText { text: NOT_YOURS_TO_READ.to_owned(), ..NoteText::default() },
            Sight::Whole | Sight::Part => {
                NoteText { text: self.typed(&note.text, item), ..note_text(self.around, note) }
            }
        }
    }

    /// Whether a text is what the viewer was shown of a note: then nothing new was written.
    pub(super) fn is_as_shown(&self, text: &str, note: &Note, item: &Item) -> bool {
        self.typed(&note.text, item).trim() == text.trim()
    }

    /// What somebody else wrote over the viewer's note, as the viewer may read it.
    pub(super) fn theirs(&self, note: &Note, item: &Item) -> NoteText {
        self.note(note, item, self.sight(item))
    }

    /// Actions that came out of an item, or of the meeting as a whole.
    pub(super) fn actions(&self, item: Option<ItemId>) -> Vec<ActionOfSurgery> {
        let surgery = &self.kept.surgery;
        let of_item = |id: ActionId| {
            let linked = surgery.actions.iter().find(|linked| linked.action == id);
            let from = linked.and_then(|linked| linked.item).filter(|item| surgery.item(*item).is_some());
            from == item
        };
        let row = |row: &ActionOfSurgery| ActionOfSurgery { what: self.in_texts.text(&row.what), ..row.clone() };
        self.actions.iter().filter(|(id, _)| of_item(*id)).map(|(_, of)| row(of)).collect()
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

/// What an action is about, where it stands, and how many working days late it is.
type Stands = (String, State, u32);

/// How the items that are actions of the viewer stand, so that the agenda says how late one is on the day on which it is
/// read, as the log does. Minutes stay as at the day on which the surgery was closed.
async fn titles(
    desk: &ViewerDesk,
    around: &Around,
    kept: &Kept,
    eyes: &Eyes<'_>,
) -> Result<HashMap<ActionId, Stands>, PageError> {
    let calendar = WorkingDays::england();
    let Some(closed_at) = kept.surgery.closed_at.map(|at| at.timestamp_millis()) else {
        let late = |line: &actions::Line| match line.state {
            State::Open => working_days_late(line.due, around.today, &calendar),
            State::Reported | State::Closed | State::Withdrawn => 0,
        };
        let stands = |line: &actions::Line| (line.id, (line.what.clone(), line.state, late(line)));
        return Ok(eyes.actions.values().map(stands).collect());
    };
    let day = england_time(closed_at).map_or(kept.surgery.date, |time| time.date());
    let mut titles = HashMap::new();
    for id in eyes.actions.keys() {
        let stood = actions::as_it_stood(&desk.state.db, &reader(desk), *id, closed_at).await.map_err(failed)?;
        titles.extend(stood.as_ref().map(|history| {
            let action = history.action();
            (*id, (action.what.clone(), action.state, action.working_days_late(day, &calendar)))
        }));
    }
    Ok(titles)
}

/// The organisation that the figures of an extract are counted by.
fn of_council(council: &Arc<Council>) -> Arc<Organisation> {
    Arc::new(council.organisation.clone())
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
