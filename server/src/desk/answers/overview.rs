//! `/answers`: of every team's late children, who was visited and not recorded and who was not visited; and how often what
//! managers said came true.

use super::list::of_cohort;
use super::say;
use crate::council::Council;
use crate::desk::export::take_away;
use crate::desk::links::{of_selection, with_query};
use crate::desk::over_time::{Asking, cell, linked, part};
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::naming::Named;
use crate::reading::{self, LateUnits, NO_TEAM, NotTrue, Selection, TeamRate};
use crate::store::people::{Kind, reference};
use app::data::{Link, TablePart, TablesPage, TablesQuery};
use app::desk::Answer;
use app::error::PageError;
use domain::answers::{Act, Cohort, Cohorts, Rate, act};
use domain::measures::{CORE, Measure};
use domain::names::name_key;
use std::sync::Arc;

const ACTION: &str = "read answers";
/// Answers that did not come true, shown for each measure: the newest.
const MOST: usize = 50;

pub(in crate::desk) async fn page(desk: &ViewerDesk, query: &TablesQuery) -> Answer<TablesPage> {
    let Some(asking) = Asking::of(desk, query).await? else { return desk.deny(ACTION, "answers").await };
    desk.allow(ACTION, "answers", Some(asking.detail())).await?;
    let council = &asking.council;
    let mut parts = Vec::new();
    for measure in CORE.iter() {
        let Some(act) = act(measure).filter(|act| act.is_visit()) else { continue };
        parts.extend(of_measure(desk, &asking, measure, act).await?);
    }
    let standards = &council.standards;
    let body = TablesPage {
        title: "Managers' answers".to_owned(),
        caption: format!("{} · late on {}", asking.place(desk), words::date(council.as_at())),
        lead: vec![
            "A late visit is one of two things: the child was visited and it is not on record, or the child was not visited. Managers say which, and later extracts show whether it was so.".to_owned(),
            format!(
                "An answer is settled when an extract shows it, or when none has after more than {}. A share of answers that came true counts those settled, given since {}.",
                words::count(standards.answer_proof_working_days.into(), "working day", "working days"),
                words::date(asking.since())
            ),
        ],
        narrow: asking.narrow(desk, "/answers", Vec::new(), Vec::new()),
        parts,
        page: 1,
        pages: 1,
        exports: take_away(|ending| {
            let mut query = of_selection(&asking.selection);
            query.extend(council.links().date());
            with_query(&format!("/answers.{ending}"), &query)
        }),
        ..TablesPage::default()
    };
    Ok(asking.framed(desk, "/answers", body))
}

/// The late units of a measure by team, and the answers that did not come true; nothing where the extract does not hold what
/// it needs.
async fn of_measure(
    desk: &ViewerDesk,
    asking: &Asking,
    measure: &'static Measure,
    act: &'static Act,
) -> Result<Vec<TablePart>, PageError> {
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let (council, newest, selection) = (&asking.council, &asking.newest, &asking.selection);
    let late = reading::late_units(db, (council, newest), scope, measure, selection).await.map_err(failed)?;
    let Some(late) = late else { return Ok(Vec::new()) };
    let rates = reading::answer_rates(db, council, scope, measure, selection, asking.since()).await.map_err(failed)?;
    let not_true = reading::answers_not_true(db, (council, newest), scope, measure, selection, asking.since());
    let not_true = not_true.await.map_err(failed)?;
    let mut parts = vec![cohorts(council, measure, act, &late, &rates)];
    if !not_true.is_empty() {
        let named = desk.named().await?;
        parts.push(contradicted((council, &named), measure, act, &not_true));
    }
    Ok(parts)
}

fn cohorts(council: &Council, measure: &Measure, act: &Act, late: &LateUnits, rates: &[TeamRate]) -> TablePart {
    let mut head = vec!["Team".to_owned(), "Late".to_owned()];
    head.extend(Cohort::ALL.map(|cohort| say::cohort(act, cohort)));
    head.push("Answers that came true".to_owned());
    let rows = teams(late, rates)
        .iter()
        .map(|(team, counts)| {
            let name = team.as_deref().unwrap_or(NO_TEAM);
            let selection = Selection { team: Some(name.to_owned()), ..Selection::default() };
            let list = |number: u64, more: &[(&'static str, String)]| {
                let href =
                    if number == 0 { String::new() } else { council.links().children(measure.id, &selection, more) };
                Link { text: words::thousands(number), href }
            };
            let rate = rates.iter().find(|rate| is_same(rate.team.as_deref(), team.as_deref()));
            let mut row = vec![cell(name), list(counts.total(), &[("show", "act".to_owned())])];
            let numbers = [counts.done_not_recorded, counts.not_done, counts.disputed, counts.no_answer];
            row.extend(Cohort::ALL.into_iter().zip(numbers).map(|(one, number)| list(number, &[of_cohort(one)])));
            row.push(cell(&rate.map_or_else(|| "None given".to_owned(), came_true)));
            row
        })
        .collect();
    TablePart {
        head,
        rows,
        empty: "Nobody is late, and no answer was given. There is nothing to do.".to_owned(),
        ..part(&format!("{}: {} late", measure.name, words::thousands(late.cohorts.total())))
    }
}

/// The teams with late units, and those that answered for children who are late no more.
pub(super) fn teams(late: &LateUnits, rates: &[TeamRate]) -> Vec<(Option<Arc<str>>, Cohorts)> {
    let mut teams = late.by_team.clone();
    for rate in rates {
        if !teams.iter().any(|(team, _)| is_same(team.as_deref(), rate.team.as_deref())) {
            teams.push((rate.team.clone(), Cohorts::default()));
        }
    }
    teams
}

/// How often a team's answers came true; none were given where it stands nowhere.
pub(super) fn rate_of(rates: &[TeamRate], team: Option<&str>) -> Rate {
    rates.iter().find(|rate| is_same(rate.team.as_deref(), team)).map(|rate| rate.rate).unwrap_or_default()
}

fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(name_key) == other.map(name_key)
}

/// "8 of 10 settled (80.0%), 12 given".
fn came_true(team: &TeamRate) -> String {
    let rate = team.rate;
    match rate.value() {
        None => format!("None settled yet, {} given", words::thousands(rate.given)),
        Some(value) => format!(
            "{} of {} settled ({}), {} given",
            words::thousands(rate.came_true),
            words::thousands(rate.settled),
            words::share(value),
            words::thousands(rate.given)
        ),
    }
}

fn contradicted((council, named): (&Council, &Named), measure: &Measure, act: &Act, not_true: &[NotTrue]) -> TablePart {
    let rows = not_true.iter().take(MOST).map(|one| {
        let answer = &one.answered.answer;
        let child = one.child.as_deref().map_or_else(
            || cell("No longer in your teams"),
            |child| linked(child, &council.links().child(&reference(&council.reference_key, Kind::Child, child))),
        );
        vec![
            child,
            cell(answer.unit.team.as_deref().unwrap_or(NO_TEAM)),
            // Who may not be told of the child is not told why either.
            cell(&one.child.as_ref().map_or_else(String::new, |_| named.text(&say::said(act, &answer.said)))),
            cell(&format!("{}, {}", answer.answered_by, words::date(answer.answered_on))),
            cell(&say::outcome(one.answered.outcome)),
        ]
    });
    TablePart {
        head: ["Child", "Team", "What was said", "By", "What came of it"].map(str::to_owned).into(),
        rows: rows.collect(),
        note: if not_true.len() > MOST {
            format!("The newest {MOST} of {}. Choose a team to see fewer.", words::thousands(not_true.len() as u64))
        } else {
            String::new()
        },
        ..part(&format!("{}: answers that did not come true", measure.name))
    }
}
