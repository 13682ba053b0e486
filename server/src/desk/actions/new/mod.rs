//! `/actions/new`: a new action, filled in as far as the data can, and recording it.
//!
//! The form sends along what stood in the address and nothing that follows from it.

mod about;
mod form;
mod record;

pub(crate) use record::record;

use super::people::People;
use super::{Fields, RECORD, Today};
use crate::desk::links::with_query;
use crate::desk::measure::place;
use crate::desk::{Links, ViewerDesk, words};
use about::{About, about, detail};
use app::data::{Link, NewActionPage, NewActionQuery, PathwayChoice};
use app::desk::Answer;
use domain::action::Subject;
use domain::names::name_key;

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &NewActionQuery) -> Answer<NewActionPage> {
    let Some(about) = about(desk, query).await? else { return desk.deny(RECORD, "new action").await };
    desk.allow("begin action", "new action", detail(&about)).await?;
    shown(desk, &about, query, None).await
}

async fn shown(
    desk: &ViewerDesk,
    about: &About,
    query: &NewActionQuery,
    refused: Option<(&Fields, String)>,
) -> Answer<NewActionPage> {
    let (people, today) = (People::of(desk).await?, Today::of(desk).await?);
    let mut page = NewActionPage {
        facts: facts_of(desk, about),
        children: about
            .children
            .iter()
            .map(|(id, reference)| Link { text: id.clone(), href: Links::at(None).child(reference) })
            .collect(),
        refused: about.cannot.map(str::to_owned),
        ..NewActionPage::default()
    };
    match &about.subject {
        Some(subject) => {
            let mut form = form::form(desk, about, subject, query, (&people, &today)).await?;
            if let Some((sent, why)) = refused {
                form.fields.iter_mut().for_each(|field| super::forms::refill(field, sent));
                page.refused = Some(why);
            }
            page.form = Some(form);
        }
        None => choices(desk, query, &today, &mut page),
    }
    let newest = desk.newest().await?;
    Ok(desk.framed(newest.as_deref(), page))
}

fn facts_of(desk: &ViewerDesk, about: &About) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(subject) = &about.subject {
        let who = match subject {
            Subject::Child { children } => words::count(children.len() as u64, "child", "children"),
            Subject::Team { teams, .. } => teams.join(", "),
            Subject::Pathway { from, to } => format!("From {from} to {to}"),
            Subject::Service { service, .. } => service.clone(),
        };
        facts.push((subject.level().title().to_owned(), who));
    }
    if let Some(found) = finding_in_words(desk, about) {
        facts.push(("What the data shows, kept with the action".to_owned(), found));
    }
    facts
}

/// "Visits on time: 92.1%, 35 of 38 children (North 1), as at 27 February 2026".
fn finding_in_words(desk: &ViewerDesk, about: &About) -> Option<String> {
    let (council, (measure, _, chosen, figure)) = (about.council.as_ref()?, about.figure.as_ref()?);
    let text = words::figure(measure, &council.standards, council.period(), Some(*figure));
    let place = place(chosen, desk.visit.viewer.scope.reaches_everything());
    let as_at = words::date(council.as_at());
    Some(format!("{}: {}, {} ({place}), as at {as_at}", measure.name, text.value, text.detail))
}

/// Teams and services to choose from, with what the address holds already.
fn choices(desk: &ViewerDesk, query: &NewActionQuery, today: &Today, page: &mut NewActionPage) {
    let scope = &desk.visit.viewer.scope;
    let along: Vec<(&'static str, String)> =
        [("measure", &query.measure), ("surgery", &query.surgery), ("item", &query.item)]
            .into_iter()
            .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
            .collect();
    let link = |name: &'static str, value: &str| {
        let mut query = along.clone();
        query.push((name, value.to_owned()));
        Link { text: value.to_owned(), href: with_query("/actions/new", &query) }
    };
    let places: Vec<_> =
        today.organisation.teams().filter(|place| scope.allows_children_of(Some(&place.team))).collect();
    page.teams = places.iter().map(|place| link("team", &place.team)).collect();
    let services = today.organisation.services();
    let theirs = |service: &String| places.iter().any(|place| name_key(&place.service) == name_key(service));
    page.pathway = (!places.is_empty() && today.organisation.teams().nth(1).is_some()).then(|| PathwayChoice {
        teams: today.organisation.teams().map(|place| place.team.clone()).collect(),
        kept: along.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    });
    page.services = services.iter().filter(|service| theirs(service)).map(|service| link("service", service)).collect();
}
