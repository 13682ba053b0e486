//! Whom or what an action of this address would be about, as far as it is the viewer's.

use crate::council::Council;
use crate::desk::actions::people::may_record;
use crate::desk::measure::selection;
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::{self, Selection};
use crate::store::{facts, people as children, surgeries};
use app::data::NewActionQuery;
use app::error::PageError;
use domain::action::{ChildOfTeam, Subject};
use domain::ids::{ChildId, SurgeryId};
use domain::measures::figure::Figure;
use domain::measures::{Measure, Proposal, measure};
use domain::names::name_key;
use domain::scope::Area;
use domain::surgery::{ItemId, Link};
use std::sync::Arc;

/// Most children of one action.
const MOST_CHILDREN: usize = 200;

/// What an action would be about.
pub(super) struct About {
    pub(super) council: Option<Arc<Council>>,
    /// `None` where it has to be chosen yet.
    pub(super) subject: Option<Subject>,
    /// Why what the address names cannot be.
    pub(super) cannot: Option<&'static str>,
    /// Each child's id and reference.
    pub(super) children: Vec<(String, String)>,
    pub(super) figure: Option<(&'static Measure, Area, Selection, Figure)>,
    /// What is proposed to be done: of the measure of the address, else of the register of the item.
    pub(super) proposal: Option<&'static Proposal>,
    pub(super) surgery: Option<SurgeryId>,
    /// The item of the surgery that it comes from.
    pub(super) item: Option<ItemId>,
}

/// What the audit keeps: how many children, never who.
pub(super) fn detail(about: &About) -> Option<String> {
    (!about.children.is_empty()).then(|| words::count(about.children.len() as u64, "child", "children"))
}

/// Reads what the address asks for; `None` where any of it is unknown or not the viewer's.
pub(super) async fn about(desk: &ViewerDesk, query: &NewActionQuery) -> Result<Option<About>, PageError> {
    if !may_record(desk) || !desk.visit.viewer.scope.reads_children() || query.child.len() > MOST_CHILDREN {
        return Ok(None);
    }
    let council = desk.council().await?;
    let known = match query.measure.as_deref() {
        None => None,
        Some(id) => match measure(id) {
            None => return Ok(None),
            known => known,
        },
    };
    let Some(kept) = children_of(desk, council.as_deref(), known, &query.child).await? else { return Ok(None) };
    let (subject, children) = match subject(desk, query, kept) {
        Err(()) => return Ok(None),
        Ok(subject) => subject,
    };
    let (subject, cannot) = match subject {
        Some(Subject::Pathway { from, to }) => match pathway(desk, council.as_deref(), from, to) {
            None => return Ok(None),
            Some(Ok(subject)) => (Some(subject), None),
            Some(Err(why)) => (None, Some(why)),
        },
        subject => (subject, None),
    };
    let Some(figure) = figure(desk, council.as_deref(), known, query, subject.as_ref()).await? else { return Ok(None) };
    let item = query.item.as_deref().and_then(|item| item.parse().ok()).map(ItemId);
    let mut proposal = known.and_then(Measure::proposal);
    let surgery = match query.surgery.as_deref() {
        None => None,
        Some(number) => {
            let Ok(id) = number.parse().map(SurgeryId) else { return Ok(None) };
            let kept = surgeries::load(&desk.state.db, &desk.reader(), id).await.map_err(failed)?;
            let Some(kept) = kept else { return Ok(None) };
            let link = item.and_then(|item| kept.surgery.item(item)).and_then(|item| item.draft.link.as_ref());
            if let (None, Some(Link::Register { register, .. })) = (proposal, link) {
                proposal = register.proposal();
            }
            Some(id)
        }
    };
    Ok(Some(About { council, subject, cannot, children, figure, proposal, surgery, item }))
}

/// A child to be recorded, with its id and reference as the viewer may be told them.
type FoundChild = (ChildOfTeam, (String, String));

/// The children of the references, each with the team that holds it in the newest extract; `None` where one is unknown or
/// not the viewer's.
async fn children_of(
    desk: &ViewerDesk,
    council: Option<&Council>,
    known: Option<&'static Measure>,
    references: &[String],
) -> Result<Option<Vec<FoundChild>>, PageError> {
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let mut of_measure = Vec::new();
    if let Some(council) = council.filter(|council| !references.is_empty() && !council.is_past()) {
        for measure in known.into_iter().chain(measure("ALL-01")) {
            of_measure.push(council.facts(db, measure).await.map_err(failed)?);
        }
    }
    let mut found = Vec::with_capacity(references.len());
    for reference in references {
        let teams = facts::teams_of_child(db, reference).await.map_err(failed)?;
        let theirs = |team: &Option<String>| scope.allows_children_of(team.as_deref());
        if !scope.reaches_everything() && !teams.iter().any(theirs) {
            return Ok(None);
        }
        let child = children::child_by_reference(db, reference).await.map_err(failed)?;
        let Some((_, child_id)) = child else { return Ok(None) };
        let of_facts = of_measure.iter().find_map(|facts| {
            let fact = facts.iter().find(|fact| *fact.child_id == *child_id)?;
            fact.team.as_ref().map(ToString::to_string)
        });
        let mut held: Vec<String> = teams.into_iter().filter(theirs).flatten().collect();
        held.sort();
        let team = of_facts.filter(|team| theirs(&Some(team.clone()))).or_else(|| held.into_iter().next());
        let child = ChildOfTeam { child_id: ChildId::new(child_id.clone()), team };
        found.push((child, (child_id, reference.clone())));
    }
    Ok(Some(found))
}

type WithChildren = (Option<Subject>, Vec<(String, String)>);

/// Whom or what the address names; an error for what is not the viewer's.
fn subject(desk: &ViewerDesk, query: &NewActionQuery, kept: Vec<FoundChild>) -> Result<WithChildren, ()> {
    let scope = &desk.visit.viewer.scope;
    let named = kept.iter().map(|(_, named)| named.clone()).collect();
    if !kept.is_empty() {
        let children = kept.into_iter().map(|(child, _)| child).collect();
        return Ok((Some(Subject::Child { children }), named));
    }
    let subject = match (&query.from, &query.to, &query.team, &query.service) {
        (Some(from), Some(to), ..) => Some(Subject::Pathway { from: from.clone(), to: to.clone() }),
        (_, _, Some(team), _) => {
            if !scope.allows_children_of(Some(team)) {
                return Err(());
            }
            Some(Subject::Team { teams: vec![team.clone()], children: Vec::new() })
        }
        (_, _, None, Some(service)) => Some(Subject::Service { service: service.clone(), teams: Vec::new() }),
        _ => None,
    };
    Ok((subject, named))
}

/// The hand-off between two teams as the extract writes them, or why there is none; `None` for a team that is nowhere.
fn pathway(
    desk: &ViewerDesk,
    council: Option<&Council>,
    from: String,
    to: String,
) -> Option<Result<Subject, &'static str>> {
    let council = council?;
    let known = |team: &str| match council.organisation.place(team) {
        Some(place) => Some(place.team.clone()),
        None => council.names.is_team(team).then(|| council.names.team(team).to_string()),
    };
    let (from, to) = (known(&from)?, known(&to)?);
    let scope = &desk.visit.viewer.scope;
    Some(if name_key(&from) == name_key(&to) {
        Err("A hand-off lies between two different teams: choose another.")
    } else if ![&from, &to].into_iter().any(|team| scope.allows_children_of(Some(team))) {
        Err("One of the two teams of a hand-off has to be yours: choose another.")
    } else {
        Ok(Subject::Pathway { from, to })
    })
}

type OfMeasure = Option<(&'static Measure, Area, Selection, Figure)>;

/// The figure of the address in the extract of the address. `Some(None)` where there is none; `None` where the group is
/// not the viewer's to count.
async fn figure(
    desk: &ViewerDesk,
    council: Option<&Council>,
    known: Option<&'static Measure>,
    query: &NewActionQuery,
    subject: Option<&Subject>,
) -> Result<Option<OfMeasure>, PageError> {
    let (Some(council), Some(measure)) = (council, known) else { return Ok(Some(None)) };
    let scope = &desk.visit.viewer.scope;
    let Some(mut chosen) = selection(council, scope, query.service.as_deref(), query.team.as_deref()) else {
        return Ok(None);
    };
    // Without a choice in the address a viewer of some teams takes the first team concerned: a figure of "my teams" would
    // be nobody else's.
    if chosen == Selection::default() && !scope.reaches_everything() {
        let teams: Vec<&str> = subject.map(Subject::teams).unwrap_or_default();
        match teams.first() {
            Some(team) => chosen.team = Some((*team).to_owned()),
            None => return Ok(Some(None)),
        }
    }
    let area = match &chosen {
        Selection { team: Some(team), .. } => Area::Team(team.clone()),
        Selection { service: Some(service), .. } => Area::Service(service.clone()),
        _ => Area::All,
    };
    let asked = ViewerDesk::asked(council);
    let figure = reading::figure(&desk.state.db, council, scope, measure, &asked, &chosen).await.map_err(failed)?;
    Ok(Some(figure.map(|figure| (measure, area, chosen, figure))))
}
