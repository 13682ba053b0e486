//! `/children/:id`: what happened to this child, in order, what runs now and why the child needs attention.
//!
//! | module | what it tells |
//! |---|---|
//! | `about` | age, details, what is open, who holds the case |
//! | `attention` | the register's reasons, and what else stands badly, worst first |
//! | `clocks` | due dates that run, and what each measure says |
//! | `stages` | time in each stage, and in all |
//! | `events` | everything dated, as supplied, from every extract |
//! | `timeline` | the drawn journey |

mod about;
mod attention;
mod clocks;
mod events;
mod stages;
mod timeline;

use super::answers::say::history;
use super::attention::time;
use super::here::Here;
use super::over_time::recorded_of_child;
use super::{Links, ViewerDesk, actions, data, failed, words};
use crate::council::{Council, Register};
use crate::db::{Db, DbError};
use crate::reading;
use crate::store::audit::Look;
use crate::store::problems::StoredProblem;
use crate::store::{audit, extracts, facts, people, problems, versions};
use app::data::{ActionsHere, ChildPage, Link, LookRow, Table};
use app::desk::Answer;
use app::error::PageError;
use chrono::NaiveDate;
use domain::change::rows_on;
use domain::history::{Counted, History, Listing, Versions};
use domain::journey::Journey;
use domain::measures::{Context, evaluate};
use domain::record::List;
use domain::registers;
use domain::scope::Scope;
use ingest::annex_a::label;
use std::sync::Arc;

/// What stands in the audit.
const ACTION: &str = "read child";
/// Looks shown.
const LOOKS: i64 = 20;

/// The child of a reference, within the viewer's scope; on record before it is answered.
pub(super) async fn page(desk: &ViewerDesk, reference: &str) -> Answer<ChildPage> {
    // Whoever opens very many children is stopped before the next one is read; the gate answers 429 then.
    let viewer = &desk.visit.viewer;
    if !desk.state.reading.note(viewer.user_id, reference, desk.state.clock.now_ms()) {
        return desk.deny(ACTION, reference).await;
    }
    let Some(council) = desk.council().await? else { return desk.deny(ACTION, reference).await };
    let Some(found) = find(desk, &council, reference).await.map_err(failed)? else {
        return desk.deny(ACTION, reference).await;
    };
    let actions = actions::of_child(desk, reference, &found.journey.child_id).await?;
    let told = (&found.journey.child_id, reference);
    let (answers, recorded) = over_time(desk, &council, told).await?;
    let on_register = on_register(desk, &council, &found.journey.child_id).await?;
    let told = found.tell(&council, &desk.visit.viewer.scope, (answers, recorded));
    let body = ChildPage { actions, on_register, ..told };
    let detail = council.is_past().then(|| format!("as at {}", council.as_at()));
    desk.allow(ACTION, reference, detail).await?;
    let here = Here::path(Links::at(None).child(reference));
    Ok(desk.framed_at(Some(&council), Some(here), body))
}

/// Since when the child has been on the register of attention: "On the register since 3 July 2026, 17 weeks".
async fn on_register(desk: &ViewerDesk, council: &Council, child: &str) -> Result<Option<String>, PageError> {
    let cache = (&*desk.state.council, desk.visit.version);
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let stay = reading::stay_of_child(db, council, cache, scope, (Register::Attention, child)).await.map_err(failed)?;
    Ok(stay.map(|stay| format!("On the register since {}", time::stay(stay, council.as_at()))))
}

/// What managers said of the child, and when its last visits were recorded.
type OverTime = (Option<Table>, Option<Table>);

async fn over_time(
    desk: &ViewerDesk,
    council: &Council,
    (child, reference): (&Arc<str>, &str),
) -> Result<OverTime, PageError> {
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let answers = match desk.newest().await? {
        Some(newest) => reading::answers_of_child(db, &newest, scope, reference).await.map_err(failed)?,
        None => None,
    };
    // At an earlier extract the page knows nothing of what was said since.
    let mut answers = answers.unwrap_or_default();
    answers.retain(|answered| answered.answer.as_at <= council.as_at());
    let recorded = recorded_of_child(db, council, child).await.map_err(failed)?;
    Ok((history(&answers, &desk.named().await?), recorded))
}

/// What is stored of the child.
struct Found {
    /// What the extract lists; empty for a child whom only earlier ones list.
    journey: Journey,
    /// What every extract up to it says.
    history: History,
    problems: Vec<StoredProblem>,
    /// Those who looked before this look.
    looks: Vec<Look>,
}

/// The child, when there is one and the viewer may read it.
async fn find(desk: &ViewerDesk, council: &Council, reference: &str) -> Result<Option<Found>, DbError> {
    let db = &desk.state.db;
    let scope = &desk.visit.viewer.scope;
    if !(scope.reaches_everything() && scope.reads_children()) {
        // One question for a child that is forbidden and for one that is not known.
        let teams = facts::teams_of_child(db, reference).await?;
        if !teams.iter().any(|team| scope.allows_children_of(team.as_deref())) {
            return Ok(None);
        }
    }
    let Some((person, child_id)) = people::child_by_reference(db, reference).await? else { return Ok(None) };
    let versions = versions::of_child(db, person, council.as_at()).await?;
    if versions.is_empty() {
        return Ok(None);
    }
    let child: Arc<str> = child_id.as_str().into();
    let listings = listings(db, council).await?;
    Ok(Some(Found {
        journey: listed(&child, &versions, council.as_at())?,
        history: History::of(child, &versions, &listings)?,
        problems: problems::of_child(db, council.extract.id, &child_id).await?,
        looks: audit::looks_at(db, reference, LOOKS).await?,
    }))
}

/// The extracts up to that of the page, each with the lists that it holds and from when on they reach.
async fn listings(db: &Db, council: &Council) -> Result<Vec<Listing>, DbError> {
    let mut windows = extracts::windows(db).await?;
    let listing = |extract: &extracts::Extract| Listing {
        as_at: extract.as_at,
        lists: extract.supplied.lists.keys().copied().collect(),
        windows: windows.remove(&extract.id).unwrap_or_default(),
    };
    Ok(council.extracts.iter().map(listing).collect())
}

/// The rows that the extract as at a date lists.
fn listed(child: &Arc<str>, versions: &Versions, as_at: NaiveDate) -> Result<Journey, DbError> {
    let mut journey = Journey::new(Arc::clone(child));
    for versions in versions.values() {
        for row in rows_on(versions, as_at) {
            journey.push(row.record()?);
        }
    }
    Ok(journey)
}

impl Found {
    fn tell(self, council: &Council, scope: &Scope, (answers, recorded): OverTime) -> ChildPage {
        let as_at = council.as_at();
        let context = Context {
            as_at,
            period: council.period(),
            standards: &council.standards,
            calendar: &council.calendar,
            names: &council.names,
            supplied: &council.extract.supplied,
        };
        let events = events::all(&self.history, &context);
        let child_id = self.journey.child_id.to_string();
        let last_listed = self.history.last_listed();
        let (leaver_until, not_counted) = (self.history.leaver_until(), self.history.not_counted());
        let Counted { journey: counted, cut } = self.history.counted();
        let sound = self.journey.read_as_at(as_at);
        // Who the child is stands on the rows of the extract, or on the last that any extract has.
        let known = if last_listed.is_some() { self.history.journey.read_as_at(as_at) } else { sound.clone() };
        let counted = counted.read_as_at(as_at);
        let facts = evaluate(&sound, &context);
        let reasons = registers::reasons(&sound, &context);
        let stages = stages::of(&counted, leaver_until);
        let holder = about::holder(&sound, &context);
        let mut details = about::details(&sound);
        // A team whose page the viewer may not open is named, not linked.
        let (team, named): (Option<Link>, Option<String>) = match holder.team {
            Some(team) if scope.allows_counts_of(Some(&team)) => {
                (Some(Link { href: council.links().team(&team), text: team }), None)
            }
            team => (None, team),
        };
        details.extend(named.map(|team| ("Team".to_owned(), team)));
        ChildPage {
            age: about::age(&known, as_at),
            details,
            status: last_listed.map_or_else(|| about::status(&sound), |last| vec![not_listed(as_at, last)]),
            team,
            worker: if last_listed.is_some() { "Not in this extract".to_owned() } else { holder.worker },
            allocated: holder.allocated,
            attention: reasons.iter().map(attention::reason).collect(),
            on_register: None,
            also: attention::also(&facts, &sound, &context, &reasons),
            clocks: clocks::running(&facts, &context, council.links()),
            total: [Some(stages::total(&stages, &counted, &events)), not_counted_in_words(not_counted)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            stages: stages::rows(&stages),
            timeline: timeline::draw(&counted, leaver_until, &cut),
            events: events.into_iter().map(events::Event::row).collect(),
            answers,
            recorded,
            says: clocks::says(&facts, &sound, &context, council.links()),
            problems: self.problems.into_iter().map(problem).collect(),
            actions: ActionsHere::default(),
            looks: self
                .looks
                .into_iter()
                .map(|look| LookRow { who: look.full_name, when: words::time(look.at) })
                .collect(),
            child_id,
        }
    }
}

/// "Not in the extract as at 27 February 2026, last in that as at 30 January 2026".
fn not_listed(as_at: NaiveDate, last: NaiveDate) -> String {
    format!("Not in the extract as at {}, last in that as at {}", words::date(as_at), words::date(last))
}

/// "2 rows that extracts no longer list are not counted: see below".
fn not_counted_in_words(rows: usize) -> Option<String> {
    let text =
        words::count(rows as u64, "row that extracts no longer list is", "rows that extracts no longer list are");
    (rows > 0).then(|| format!("{text} not counted: see what happened, below."))
}

/// A problem in a sentence: "Child protection, row 14, Date of the Last Statutory Visit: “31/02/2026”: not a date".
fn problem(problem: StoredProblem) -> String {
    let row = problem.row_number.map(|row| format!("row {row}"));
    let place: Vec<String> =
        [Some(data::list_name(&problem.list)), row, problem.column_name].into_iter().flatten().collect();
    let value = problem.value.filter(|value| !value.is_empty()).map(|value| format!("“{value}”: ")).unwrap_or_default();
    format!("{}: {value}{}", place.join(", "), problem.message)
}

/// A coded value as people read it: the code set's text, spelled out where Annex A abbreviates it, else the code itself.
fn text(list: List, header: &str, code: Option<&String>) -> Option<String> {
    let code = code?;
    let plain = match (header, code.as_str()) {
        ("Child's Legal Status", "C1") => Some("Interim care order"),
        ("Child's Legal Status", "C2") => Some("Full care order"),
        ("Child's Legal Status", "L2") => Some("Emergency protection order"),
        ("Child's Legal Status", "V2") => Some("Single period under section 20"),
        ("LA In Touch", "Refu") => Some("No, contact refused"),
        ("LA In Touch", "NREQ") => Some("No, services no longer required"),
        ("LA In Touch", "Rhom") => Some("No, returned home"),
        _ => label(list, header, code),
    };
    Some(plain.map_or_else(|| code.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_it_stands_what_was_typed_and_what_is_wrong() {
        let stored = StoredProblem {
            list: "L7".to_owned(),
            row_number: Some(14),
            column_name: Some("Date of the Last Statutory Visit".to_owned()),
            value: Some("31/02/2026".to_owned()),
            severity: "warning".to_owned(),
            message: "not a date".to_owned(),
            kind: "other".to_owned(),
            child_id: None,
            team_key: None,
        };
        assert_eq!(
            problem(stored),
            "Child protection, row 14, Date of the Last Statutory Visit: “31/02/2026”: not a date"
        );
    }

    #[test]
    fn a_code_reads_as_words_and_one_without_words_as_itself() {
        let legal = |code: &str| text(List::ChildrenInCare, "Child's Legal Status", Some(&code.to_owned())).unwrap();
        assert_eq!(legal("C2"), "Full care order");
        assert_eq!(legal("E1"), "Placement order");
        assert_eq!(legal("Z9"), "Z9");
        assert_eq!(text(List::ChildrenInCare, "Child's Legal Status", None), None);
    }
}
