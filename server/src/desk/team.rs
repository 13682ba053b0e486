//! `/teams/:team`: the team's profile.

use crate::desk::cards::CardMaker;
use crate::desk::here::Here;
use crate::desk::links::Links;
use crate::desk::{ViewerDesk, actions, failed, look_ahead, problems, words};
use crate::reading::{self, Selection};
use app::data::{Link, TeamPage, WorkerRow};
use app::desk::Answer;
use app::error::PageError;
use domain::measures::figure::Line;
use domain::measures::measure;
use domain::names::name_key;

pub(super) async fn page(desk: &ViewerDesk, team: &str) -> Answer<TeamPage> {
    let scope = &desk.visit.viewer.scope;
    let Some(council) = desk.council().await? else { return desk.deny("read team", team).await };
    let place = council.organisation.place(team);
    let exists = place.is_some() || council.names.is_team(team);
    if !exists || scope.suppresses() || !scope.allows_counts_of(Some(team)) {
        return desk.deny("read team", team).await;
    }
    // The name as the extract shows it first, else as the organisation writes it.
    let name = if council.names.is_team(team) {
        council.names.team(team).to_string()
    } else {
        place.map_or_else(|| team.to_owned(), |place| place.team.clone())
    };
    let asked = ViewerDesk::asked(&council);
    let selection = Selection { team: Some(name.clone()), ..Selection::default() };
    let rebases = desk.rebases().await?;
    let maker = desk.cards(&council, &asked, &selection, &rebases);
    let mut groups = maker.groups().await?;
    // A card without a unit says nothing of this team.
    for group in &mut groups {
        group.cards.retain(|card| card.figure.supplied && card.act.is_some());
    }
    groups.retain(|group| !group.cards.is_empty());

    let mut facts = Vec::new();
    if let Some(place) = place {
        let mut fact = |label: &str, value: Option<&String>| {
            if let Some(value) = value {
                facts.push((label.to_owned(), value.clone()));
            }
        };
        fact("Team manager", place.team_manager.as_ref());
        fact("Head of Service", Some(&place.head_of_service));
        fact("Director", place.director.as_ref());
        fact("Locality", place.locality.as_ref());
        fact("Kind of team", place.team_type.as_ref());
    }
    let page = TeamPage {
        facts,
        service: place.map(|place| Link { text: place.service.clone(), href: council.links().service(&place.service) }),
        mapped: place.is_some(),
        groups,
        workers: workers(desk, &council, &selection).await?,
        caseloads: scope.allows_children_of(Some(&name)).then(|| Link {
            text: "Caseloads beside the workforce: time, agency, newly qualified, managers".to_owned(),
            href: council.links().caseloads(&selection, &[]),
        }),
        unallocated: unallocated(&maker).await?,
        due: look_ahead::of_team(desk, &maker).await?,
        actions: actions::of_team(desk, &name).await?,
        quality: problems::of_team(desk, &council, &name).await?,
        name,
    };
    let here = Here::path(Links::at(None).team(&page.name));
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

/// Workers with the children they hold, most first.
async fn workers(
    desk: &ViewerDesk,
    council: &crate::council::Council,
    selection: &Selection,
) -> Result<Vec<WorkerRow>, PageError> {
    let Some(caseload) = measure("WF-02") else { return Ok(Vec::new()) };
    let asked = ViewerDesk::asked(council);
    let listed = reading::list(&desk.state.db, council, &desk.visit.viewer.scope, caseload, &asked, selection)
        .await
        .map_err(failed)?;
    let limit = u64::from(asked.standards.caseload_limit);
    let mut rows: Vec<WorkerRow> = listed
        .lines
        .into_iter()
        .filter_map(|line| match line {
            Line::Worker { worker, children, .. } => Some(WorkerRow {
                above: (children > limit).then(|| format!("{} above the limit of {limit}", children - limit)),
                href: Some(council.links().children(
                    "ALL-01",
                    &Selection { worker: Some(worker.to_string()), ..selection.clone() },
                    &[],
                )),
                worker: worker.to_string(),
                children,
            }),
            Line::Child(_) => None,
        })
        .collect();
    rows.sort_by(|a, b| b.children.cmp(&a.children).then_with(|| name_key(&a.worker).cmp(&name_key(&b.worker))));
    Ok(rows)
}

async fn unallocated(maker: &CardMaker<'_>) -> Result<Option<Link>, PageError> {
    let Some(allocated) = measure("ALL-01") else { return Ok(None) };
    let Some(figure) = maker.figure(allocated).await? else { return Ok(None) };
    let without = figure.denominator.saturating_sub(figure.numerator);
    Ok((without > 0).then(|| Link {
        text: format!("{} without a social worker", words::count(without, "child", "children")),
        href: maker.council.links().children(allocated.id, maker.selection, &[("show", "act".to_owned())]),
    }))
}
