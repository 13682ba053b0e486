//! `/data/problems`: the worklist of record quality.

use super::groups::{Group, groups};
use super::query::{Asking, PATH};
use crate::desk::data::list_name;
use crate::desk::export::take_away;
use crate::desk::measure::place;
use crate::desk::over_time::{cell, linked, part};
use crate::desk::{ViewerDesk, words};
use crate::reading::{NO_TEAM, OnRow, SeenProblem, Selection, sees_every_problem};
use crate::store::people::{Kind, reference};
use app::data::{Link, Narrow, NarrowSelect, ProblemsQuery, TablePart, TablesPage};
use app::desk::Answer;
use std::collections::BTreeMap;

const ACTION: &str = "read problems";
/// Lines a page.
const SIZE: usize = 100;

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &ProblemsQuery) -> Answer<TablesPage> {
    let Some(asking) = Asking::of(desk, query).await? else { return desk.deny(ACTION, "problems").await };
    let found = asking.found();
    let pages = found.len().div_ceil(SIZE).max(1);
    let asked = query.page.as_ref().and_then(|page| page.parse().ok());
    let page: usize = asked.filter(|page| (1..=pages).contains(page)).unwrap_or(1);
    let detail = [asking.detail(), format!("page {page}")].into_iter().filter(|part| !part.is_empty());
    // Values are rows of children: the look is on record before they are shown.
    desk.allow(ACTION, &asking.subject(), Some(detail.collect::<Vec<_>>().join(", "))).await?;
    let selection = Selection { team: asking.team.clone(), ..Selection::default() };
    let lines = found.iter().skip((page - 1) * SIZE).take(SIZE).map(|seen| row(&asking, seen)).collect();
    let body = TablesPage {
        title: "Record quality".to_owned(),
        caption: format!(
            "{} · extract as at {}",
            place(&selection, desk.visit.viewer.scope.reaches_everything()),
            words::date(asking.extract.as_at)
        ),
        crumbs: vec![linked("Data", "/data")],
        of_data: true,
        lead: lead(desk, &asking, found.len()),
        narrow: narrow(&asking),
        parts: vec![by_kind(&asking, &found), row_by_row(lines)],
        page: page as u64,
        pages: pages as u64,
        previous: (page > 1).then(|| asking.address(PATH, page - 1)),
        next: (page < pages).then(|| asking.address(PATH, page + 1)),
        exports: take_away(|ending| asking.address(&format!("{PATH}.{ending}"), 1)),
        ..TablesPage::default()
    };
    Ok(desk.framed(Some(&asking.council), body))
}

fn lead(desk: &ViewerDesk, asking: &Asking, found: usize) -> Vec<String> {
    let mut lead = vec![format!(
        "{} in the extract as at {}. Put them right in the case system, not here: the next extract shows what is left.",
        words::count(found as u64, "problem", "problems"),
        words::date(asking.extract.as_at)
    )];
    if !sees_every_problem(&desk.visit.viewer.scope) {
        lead.push(
            "These are rows with one of your teams on them, about children who are yours to read today.".to_owned(),
        );
    }
    lead.extend(cut(asking));
    lead
}

/// Said wherever the list is not whole. How many there were is not for everybody.
pub(super) fn cut(asking: &Asking) -> Option<String> {
    asking.is_cut.then(|| {
        format!(
            "The list is cut: only the first {} problems of the extract are kept, and there were more. Put these right, \
             and the next load shows the rest.",
            words::thousands(asking.kept)
        )
    })
}

fn by_kind(asking: &Asking, found: &[&SeenProblem]) -> TablePart {
    let groups = groups(found.iter().map(|seen| &seen.problem));
    TablePart {
        head: ["What is wrong", "List", "How many", "What to do"].map(str::to_owned).into(),
        rows: groups.iter().map(|group| kind_row(asking, group)).collect(),
        empty: NOTHING.to_owned(),
        ..part("By kind")
    }
}

fn kind_row(asking: &Asking, group: &Group) -> Vec<Link> {
    let narrower = asking.with(&group.list, &group.kind);
    vec![
        linked(&group.sentence(true), &narrower.unwrap_or_default()),
        cell(&list_words(&group.list)),
        cell(&words::thousands(group.count)),
        cell(&words::sentence(&group.message)),
    ]
}

const NOTHING: &str = "No problem was found in these records. There is nothing to put right.";

fn row_by_row(rows: Vec<Vec<Link>>) -> TablePart {
    let head = ["Child", "Team", "List", "Row", "Column", "As supplied", "What is wrong, and what to do"];
    TablePart { head: head.map(str::to_owned).into(), rows, empty: NOTHING.to_owned(), ..part("Row by row") }
}

fn row(asking: &Asking, seen: &SeenProblem) -> Vec<Link> {
    let problem = &seen.problem;
    let council = &asking.council;
    let who = match &seen.on {
        OnRow::Child(id) => linked(id, &council.links().child(&reference(&council.reference_key, Kind::Child, id))),
        OnRow::Adopter(_) | OnRow::Hidden | OnRow::Nobody => cell(who(&seen.on)),
    };
    let text = |value: &Option<String>| cell(value.as_deref().unwrap_or_default());
    vec![
        who,
        cell(&asking.team_of(problem.team_key.as_deref())),
        cell(&list_words(&problem.list)),
        cell(&problem.row_number.map(|row| row.to_string()).unwrap_or_default()),
        text(&problem.column_name),
        text(&problem.value),
        cell(&words::sentence(&problem.message)),
    ]
}

/// Whose row it is, as far as the viewer may be told.
pub(super) fn who(on: &OnRow) -> &str {
    match on {
        OnRow::Child(id) | OnRow::Adopter(id) => id,
        OnRow::Hidden => "Not yours to read",
        OnRow::Nobody => "–",
    }
}

/// "L7, Child protection"; an own table by its name alone.
pub(super) fn list_words(label: &str) -> String {
    match list_name(label) {
        name if name.eq_ignore_ascii_case(label) => name,
        name => format!("{label}, {name}"),
    }
}

/// Team, list and kind: only those that stand on problems the viewer may see.
fn narrow(asking: &Asking) -> Narrow {
    let (mut teams, mut lists, mut kinds) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for seen in &asking.seen {
        let problem = &seen.problem;
        let team = match problem.team_key.as_deref() {
            None => NO_TEAM.to_owned(),
            Some(key) => asking.team_of(Some(key)),
        };
        teams.insert(team.clone(), team);
        lists.insert(problem.list.clone(), list_words(&problem.list));
        kinds.insert(problem.kind.clone(), words::sentence(&problem.kind.replace('-', " ")));
    }
    let kept = asking.is_chosen.then(|| ("extract".to_owned(), asking.extract.id.to_string()));
    Narrow {
        action: PATH.to_owned(),
        selects: vec![
            select("team", "Team", "All teams", teams, asking.team.as_deref()),
            select("list", "List", "All lists", lists, asking.list.as_deref()),
            select("kind", "Kind", "All kinds", kinds, asking.kind.as_deref()),
        ],
        dates: Vec::new(),
        kept: kept.into_iter().collect(),
    }
}

fn select(name: &str, label: &str, all: &str, options: BTreeMap<String, String>, chosen: Option<&str>) -> NarrowSelect {
    let is_chosen = |value: &str| chosen == Some(value);
    let options = options.into_iter().map(|(value, text)| {
        let chosen = is_chosen(&value);
        (value, text, chosen)
    });
    NarrowSelect {
        name: name.to_owned(),
        label: label.to_owned(),
        options: std::iter::once((String::new(), all.to_owned(), chosen.is_none())).chain(options).collect(),
    }
}
