//! `/`: how are we doing, as at when?

use crate::council::Council;
use crate::desk::export::take_away;
use crate::desk::here::Here;
use crate::desk::links::with_query;
use crate::desk::{ViewerDesk, actions, failed, tour, words};
use crate::reading::{self, By, NO_TEAM, Selection};
use app::data::{HomePage, Link, ServiceLink};
use app::desk::Answer;
use app::error::PageError;
use domain::measures::measure;
use domain::names::name_key;
use std::collections::BTreeMap;

pub(super) async fn page(desk: &ViewerDesk) -> Answer<HomePage> {
    let scope = &desk.visit.viewer.scope;
    let Some(council) = desk.council().await? else {
        return Ok(desk.framed(None, HomePage { tour: tour::is_offered(desk).await?, ..HomePage::default() }));
    };
    if !scope.reads_counts() {
        return Ok(desk.framed(Some(&council), HomePage { tour: tour::is_offered(desk).await?, ..HomePage::default() }));
    }
    let asked = ViewerDesk::asked(&council);
    let selection = Selection::default();
    let rebases = desk.rebases().await?;
    let maker = desk.cards(&council, &asked, &selection, &rebases);
    let mut page = HomePage {
        whole: if scope.reaches_everything() { "Whole council".to_owned() } else { "Your teams".to_owned() },
        groups: maker.groups().await?,
        suppressed: scope.suppresses(),
        notices: actions::in_short(desk).await?,
        tour: !council.is_past() && tour::is_offered(desk).await?,
        exports: take_away(|ending| {
            let date: Vec<_> = council.links().date().into_iter().collect();
            with_query(&format!("/headlines.{ending}"), &date)
        }),
        ..HomePage::default()
    };
    if !scope.suppresses() {
        let open = open_children_by_team(desk, &council).await?;
        page.services = services(desk, &council, &open);
        page.unmapped = open
            .values()
            .filter(|(team, _)| team != NO_TEAM && council.organisation.place(team).is_none())
            .map(|(team, children)| Link {
                text: format!("{team} ({})", words::count(*children, "open child", "open children")),
                href: council.links().team(team),
            })
            .collect();
    }
    Ok(desk.framed_at(Some(&council), Some(Here::path("/".to_owned())), page))
}

/// Open children of every team the viewer sees, under the team's key.
async fn open_children_by_team(
    desk: &ViewerDesk,
    council: &Council,
) -> Result<BTreeMap<String, (String, u64)>, PageError> {
    let Some(open) = measure("ALL-01") else { return Ok(BTreeMap::new()) };
    let asked = ViewerDesk::asked(council);
    let groups = reading::figures_by(&desk.state.db, council, &desk.visit.viewer.scope, open, &asked, By::Team)
        .await
        .map_err(failed)?;
    Ok(groups
        .unwrap_or_default()
        .into_iter()
        .filter_map(|group| group.name.map(|name| (name_key(&name), (name, group.figure.denominator))))
        .collect())
}

fn services(desk: &ViewerDesk, council: &Council, open: &BTreeMap<String, (String, u64)>) -> Vec<ServiceLink> {
    let scope = &desk.visit.viewer.scope;
    council
        .organisation
        .services()
        .into_iter()
        .filter_map(|service| {
            let teams: Vec<&str> = council
                .organisation
                .team_keys_of_service(&service)
                .filter(|team| scope.allows_counts_of(Some(team)))
                .collect();
            if teams.is_empty() {
                return None;
            }
            let children: u64 = teams.iter().filter_map(|team| open.get(*team)).map(|(_, children)| children).sum();
            Some(ServiceLink {
                href: council.links().service(&service),
                detail: format!(
                    "{}, {}",
                    words::count(teams.len() as u64, "team", "teams"),
                    words::count(children, "open child", "open children")
                ),
                name: service,
            })
        })
        .collect()
}
