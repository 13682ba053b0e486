//! `/services/:service`: which team?

use crate::desk::funnel_words::differs;
use crate::desk::here::Here;
use crate::desk::links::Links;
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::{self, Asked, By, Group, Selection};
use app::data::{Link, MatrixCell, MatrixColumn, MatrixRow, ServicePage};
use app::desk::Answer;
use domain::measures::figure::Figure;
use domain::measures::{Counting, Measure};
use domain::names::name_key;
use domain::organisation::TeamPlace;

pub(super) async fn page(desk: &ViewerDesk, service: &str) -> Answer<ServicePage> {
    let scope = &desk.visit.viewer.scope;
    let Some(council) = desk.council().await? else { return desk.deny("read service", service).await };
    let mut teams: Vec<&TeamPlace> = council
        .organisation
        .teams()
        .filter(|place| name_key(&place.service) == name_key(service) && scope.allows_counts_of(Some(&place.team)))
        .collect();
    // A member sees the whole of the own area and no breakdown: see `suppress`.
    if teams.is_empty() || scope.suppresses() {
        return desk.deny("read service", service).await;
    }
    teams.sort_by(|a, b| a.team.cmp(&b.team));
    let name = teams[0].service.clone();
    let asked = ViewerDesk::asked(&council);
    let whole = Selection { service: Some(name.clone()), ..Selection::default() };
    // A matrix has no charts.
    let maker = desk.cards(&council, &asked, &whole, &[]);

    let mut columns = Vec::new();
    let mut rows: Vec<MatrixRow> = Vec::with_capacity(teams.len() + 1);
    rows.push(MatrixRow {
        team: Link { text: "All teams".to_owned(), href: council.links().service(&name) },
        whole: true,
        cells: Vec::new(),
    });
    rows.extend(teams.iter().map(|place| MatrixRow {
        team: Link { text: place.team.clone(), href: council.links().team(&place.team) },
        whole: false,
        cells: Vec::new(),
    }));
    for measure in maker.measures() {
        let service_figure = maker.figure(measure).await?;
        // A measure that says nothing of this service is no column of it.
        if service_figure.is_none_or(|figure| figure.denominator == 0) {
            continue;
        }
        let by_team = reading::figures_by(&desk.state.db, &council, scope, measure, &asked, By::Team)
            .await
            .map_err(failed)?
            .unwrap_or_default();
        columns.push(MatrixColumn {
            id: measure.id.to_owned(),
            name: measure.name.to_owned(),
            group: measure.group.title().to_owned(),
            href: format!("{}#teams", council.links().measure(measure.id, &whole)),
        });
        for (row, place) in rows.iter_mut().zip(std::iter::once(None).chain(teams.iter().map(Some))) {
            let (figure, selection) = match place {
                None => (service_figure, whole.clone()),
                Some(place) => (
                    Some(of_team(&by_team, &place.team)),
                    Selection { team: Some(place.team.clone()), ..Selection::default() },
                ),
            };
            let remark = place.and_then(|_| differs(measure, figure, service_figure));
            row.cells.push(MatrixCell {
                figure: short(measure, &asked, figure),
                differs: remark,
                href: scope.reads_children().then(|| council.links().children(measure.id, &selection, &[])),
            });
        }
    }
    let page = ServicePage { accountable: accountable(&teams), name, columns, rows };
    let here = Here::path(Links::at(None).service(&page.name));
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

fn of_team(groups: &[Group], team: &str) -> Figure {
    groups
        .iter()
        .find(|group| group.name.as_deref().is_some_and(|name| name_key(name) == name_key(team)))
        .map_or(Figure { numerator: 0, denominator: 0 }, |group| group.figure)
}

/// The figure with its parts as short as a matrix needs them: "12 of 40".
fn short(measure: &Measure, asked: &Asked, figure: Option<Figure>) -> app::data::FigureText {
    let Asked { period, standards } = asked;
    let Some(figure) = figure else { return words::figure(measure, standards, *period, None) };
    let mut text = words::figure_in_short(measure, standards, *period, figure);
    if figure.denominator == 0 {
        text.value = "–".to_owned();
        text.detail = "none".to_owned();
    } else if measure.counting == Counting::ChildrenPerWorker {
        text.detail = format!("{} / {}", words::thousands(figure.numerator), words::thousands(figure.denominator));
    }
    text
}

fn accountable(teams: &[&TeamPlace]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for place in teams {
        if let Some(director) = &place.director {
            add(format!("Director: {director}"));
        }
    }
    for place in teams {
        add(format!("Head of Service: {}", place.head_of_service));
    }
    lines
}
