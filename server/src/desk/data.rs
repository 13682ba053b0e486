//! `/data`: extracts, what each load did, problems by kind, and loads on their way. Problems row by row are in `problems`.
//!
//! Who reads every child reads problems with their values; everyone else sees which extracts there
//! are and how many rows they hold.

use super::problems::{Group, groups, of_extract_href};
use super::{ViewerDesk, failed, words};
use crate::council::Council;
use crate::load::{FigureChange, KeptForecast, ListCounts};
use crate::reading::sees_every_problem;
use crate::store::extracts::{ChangeKind, Extract, ExtractChange};
use crate::store::holds::{self, Confirmation};
use crate::store::jobs::Job;
use crate::store::{extracts, jobs, problems, users};
use app::data::{
    DataPage, ExtractPage, ExtractRow, FigureRow, HoldRow, Link, ListReport, LoadForecast, LoadPage, LoadRow,
    LoadState, ProblemGroup, ProblemKind,
};
use app::desk::Answer;
use app::error::PageError;
use domain::holds::Hold;
use domain::measures::figure::Figure;
use domain::measures::measure;
use domain::record::List;
use std::collections::HashMap;

/// `/data`.
pub(super) async fn page(desk: &ViewerDesk) -> Answer<DataPage> {
    let scope = &desk.visit.viewer.scope;
    if !(scope.reads_counts() || scope.loads_data() || scope.manages_people()) {
        return desk.deny("read data", "extracts").await;
    }
    let council = desk.council().await?;
    let council = council.as_deref();
    let body = DataPage {
        extracts: match council {
            Some(council) => rows(council, &names(desk).await?, sees_every_problem(scope)),
            None => Vec::new(),
        },
        loads: if scope.loads_data() { open_loads(desk).await? } else { Vec::new() },
        can_load: scope.loads_data(),
        more: more(council.is_some() && scope.reads_children(), scope.loads_data()),
        problems: match council {
            Some(council) if sees_every_problem(scope) => kinds(desk, council.extract.id, false).await?,
            _ => Vec::new(),
        },
    };
    Ok(desk.framed(council, body))
}

/// `/data/extracts/:id`.
pub(super) async fn extract(desk: &ViewerDesk, id: &str) -> Answer<ExtractPage> {
    let extract = match number(id) {
        Some(id) if sees_every_problem(&desk.visit.viewer.scope) => {
            extracts::by_id(&desk.state.db, id).await.map_err(failed)?
        }
        _ => None,
    };
    let subject = format!("extract {id}");
    let Some(extract) = extract else { return desk.deny("read problems", &subject).await };
    let kept = unsigned(problems::count(&desk.state.db, extract.id).await.map_err(failed)?);
    let lists = counts(&extract).into_iter().map(list_report).collect();
    let (names, named) = (names(desk).await?, desk.named().await?);
    let total = unsigned(extract.problems);
    let changes = extracts::changes_of(&desk.state.db, extract.id).await.map_err(failed)?;
    let in_force = extracts::all(&desk.state.db).await.map_err(failed)?.iter().any(|one| one.id == extract.id);
    let may_change = in_force && desk.visit.viewer.scope.loads_data();
    let body = ExtractPage {
        as_at: words::date(extract.as_at),
        loaded: format!("Loaded {}, from {}.", loaded(&extract, &names), extract.files.join(", "))
            + &named.text(&confirmed(desk, &extract, &names).await?),
        changes: changes.iter().map(|change| named.text(&change_in_words(change, &names))).collect(),
        forms: if may_change { super::extract_forms::forms(&extract) } else { Vec::new() },
        lists,
        problems: kinds(desk, extract.id, true).await?,
        problems_total: total,
        cut: (kept < total).then(|| {
            format!(
                "The list is cut: only the first {} of {} problems are kept. Put these right, and the next load shows the rest.",
                words::thousands(kept),
                words::thousands(total)
            )
        }),
        rows: Link {
            text: "The problems row by row, with child and team".to_owned(),
            href: of_extract_href(extract.id, None, None),
        },
    };
    let council = desk.council().await?;
    // Problems hold values of children's rows: the look is on record before they are shown.
    desk.allow("read problems", &subject, Some("by kind".to_owned())).await?;
    Ok(desk.framed(council.as_deref(), body))
}

/// `/data/loads/:id`.
pub(super) async fn load(desk: &ViewerDesk, id: &str) -> Answer<LoadPage> {
    let job = match number(id) {
        Some(id) if desk.visit.viewer.scope.loads_data() => jobs::by_id(&desk.state.db, id).await.map_err(failed)?,
        _ => None,
    };
    let Some(job) = job else { return desk.deny("read load", &format!("load {id}")).await };
    let progress = desk.state.loads.progress(job.id);
    let body = LoadPage {
        id: job.id.to_string(),
        files: job.files.clone(),
        as_at: words::date(job.as_at),
        state: load_state(&job, progress, desk.state.loads.is_here(&job)),
    };
    let council = desk.council().await?;
    Ok(desk.framed(council.as_deref(), body))
}

/// Pages that set extracts beside each other, for who reads children; the mapping, for who loads data.
fn more(reads_children: bool, loads_data: bool) -> Vec<Link> {
    let mut pages = vec![
        ("Record quality: what is wrong in the records, row by row", "/data/problems"),
        ("Records altered in retrospect", "/data/altered"),
        ("How late things are recorded, by team and worker", "/data/lag"),
        ("Managers' answers: visited and not recorded, or not visited", "/answers"),
    ];
    if !reads_children {
        pages.clear();
    }
    if loads_data {
        pages.push(("Mapping: how the council’s own words in its files are read", "/data/mapping"));
    }
    pages.into_iter().map(|(text, href)| Link { text: text.to_owned(), href: href.to_owned() }).collect()
}

fn load_state(job: &Job, progress: Option<(String, u64)>, is_here: bool) -> LoadState {
    match job.state.as_str() {
        "running" => {
            let (step, rows) = progress.unwrap_or_else(|| (job.message.clone(), 0));
            LoadState::Running { step, rows }
        }
        "held" if is_here => LoadState::Held(forecast(job)),
        "held" => {
            let forecast = forecast(job);
            LoadState::Held(LoadForecast { records: format!("{ELSEWHERE} {}", forecast.records), ..forecast })
        }
        "done" => LoadState::Done {
            text: job.message.clone(),
            report: job.extract_id.map(|id| Link { text: "What the load did".to_owned(), href: extract_address(id) }),
        },
        _ => LoadState::Failed { text: job.message.clone() },
    }
}

/// Said of a load that another server received.
const ELSEWHERE: &str = "The files of this load are on another server of this site. Here it can be cancelled and not confirmed: load the files again.";

/// What a load waits with; one that cannot be read back says what it said in a sentence.
fn forecast(job: &Job) -> LoadForecast {
    let kept = job.forecast.as_deref().map(serde_json::from_str::<KeptForecast>);
    let kept = match kept {
        Some(Ok(kept)) => kept,
        Some(Err(error)) => {
            tracing::error!(%error, load = job.id, "the forecast of a load cannot be read");
            return LoadForecast { records: job.message.clone(), ..LoadForecast::default() };
        }
        None => return LoadForecast { records: job.message.clone(), ..LoadForecast::default() },
    };
    let KeptForecast { checked, held, message, figures, problems, lists } = kept;
    LoadForecast {
        checked,
        holds: held.into_iter().map(hold_row).collect(),
        records: message,
        figures: figures.iter().filter_map(figure_row).collect(),
        problems: problems
            .into_iter()
            .map(|kind| ProblemKind { list: kind.list, column: kind.column, message: kind.message, count: kind.count })
            .collect(),
        lists: lists.into_iter().map(list_report).collect(),
    }
}

fn hold_row(hold: Hold) -> HoldRow {
    HoldRow {
        kind: hold.kind.name().to_owned(),
        title: hold.kind.title().to_owned(),
        list: hold.list.map(|label| format!("{label}: {}", list_name(&label))).unwrap_or_default(),
        message: hold.message,
        before: hold.before.unwrap_or_default(),
        now: hold.now.unwrap_or_default(),
    }
}

fn figure_row(figure: &FigureChange) -> Option<FigureRow> {
    let shown = |figure: Option<Figure>| match figure {
        Some(Figure { numerator, denominator }) => {
            format!("{} of {}", words::thousands(numerator), words::thousands(denominator))
        }
        None => "not supplied".to_owned(),
    };
    Some(FigureRow {
        id: figure.id.clone(),
        name: measure(&figure.id)?.name.to_owned(),
        before: shown(figure.before),
        after: shown(figure.after),
        changes: figure.before != figure.after,
    })
}

async fn open_loads(desk: &ViewerDesk) -> Result<Vec<LoadRow>, PageError> {
    let open = jobs::open(&desk.state.db).await.map_err(failed)?;
    Ok(open
        .into_iter()
        .map(|job| LoadRow {
            link: Link {
                text: format!("Load {}: {}, as at {}", job.id, job.files, words::date(job.as_at)),
                href: format!("/data/loads/{}", job.id),
            },
            state: match load_state(&job, desk.state.loads.progress(job.id), true) {
                LoadState::Running { step, rows: 0 } => step,
                LoadState::Running { step, rows } => format!("{step}, {}", words::count(rows, "row", "rows")),
                LoadState::Held(LoadForecast { checked: true, .. }) => "checked, waits for your answer".to_owned(),
                LoadState::Held(_) => "held for confirmation".to_owned(),
                LoadState::Done { .. } => "done".to_owned(),
                LoadState::Failed { .. } => "not loaded".to_owned(),
            },
        })
        .collect())
}

/// Extracts in force, newest first. Their reports are linked for those who may open them.
fn rows(council: &Council, names: &HashMap<String, String>, linked: bool) -> Vec<ExtractRow> {
    let row = |extract: &Extract| {
        let lists = counts(extract);
        let sum = |count: fn(&ListCounts) -> u64| lists.iter().map(count).sum();
        ExtractRow {
            as_at: Link {
                text: words::date(extract.as_at),
                href: if linked { extract_address(extract.id) } else { String::new() },
            },
            loaded: loaded(extract, names),
            rows: [
                sum(|list| list.rows_in),
                sum(|list| list.loaded),
                sum(|list| list.rejected),
                sum(|list| list.duplicate),
            ],
            problems: unsigned(extract.problems),
            current: extract.id == council.extract.id,
        }
    };
    council.extracts.iter().rev().map(row).collect()
}

/// An extract's problems by kind, for who sees every problem. Values are children's: without them no look is on record.
async fn kinds(desk: &ViewerDesk, extract: i64, with_examples: bool) -> Result<Vec<ProblemGroup>, PageError> {
    let found = problems::of_extract(&desk.state.db, extract, None).await.map_err(failed)?;
    let kind = |group: Group| ProblemGroup {
        text: Link {
            text: group.sentence(with_examples),
            href: of_extract_href(extract, Some(&group.list), Some(&group.kind)),
        },
        list: group.list,
        count: group.count,
        message: words::sentence(&group.message),
    };
    Ok(groups(&found).into_iter().map(kind).collect())
}

/// The people's names by what they type to sign in.
async fn names(desk: &ViewerDesk) -> Result<HashMap<String, String>, PageError> {
    let users = users::all(&desk.state.db).await.map_err(failed)?;
    Ok(users.into_iter().map(|user| (user.user_name, user.full_name)).collect())
}

/// "3 November 2026, 14:05, by A Analyst".
fn loaded(extract: &Extract, names: &HashMap<String, String>) -> String {
    format!("{}, by {}", words::time(extract.loaded_at), by_whom(&extract.loaded_by, names))
}

/// "Removed on 3 November 2026, 14:05, by A Analyst: the wrong council's file".
fn change_in_words(change: &ExtractChange, names: &HashMap<String, String>) -> String {
    let by = by_whom(&change.done_by, names);
    let (at, why) = (words::time(change.done_at), &change.reason);
    match change.kind {
        ChangeKind::Removed => format!("Removed {at}, by {by}: {why}. Nothing of it counts any more."),
        ChangeKind::Moved(to) => {
            format!("Moved from {} to {} {at}, by {by}: {why}", words::date(change.as_at), words::date(to))
        }
    }
}

fn by_whom<'a>(user: &'a str, names: &'a HashMap<String, String>) -> &'a str {
    match user {
        "command line" => "the command line",
        user => names.get(user).map_or(user, String::as_str),
    }
}

/// What was confirmed when it was loaded, by whom and why; empty where nothing was held.
async fn confirmed(desk: &ViewerDesk, extract: &Extract, names: &HashMap<String, String>) -> Result<String, PageError> {
    let Some(Confirmation { kinds, by, why }) =
        holds::confirmation(&desk.state.db, extract.id).await.map_err(failed)?
    else {
        return Ok(String::new());
    };
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.title().to_lowercase()).collect();
    let why = why.map_or_else(|| "no reason was given".to_owned(), |why| format!("“{why}”"));
    Ok(format!(" It was held ({}) and confirmed by {}: {why}.", kinds.join("; "), by_whom(&by, names)))
}

/// The report list by list; one that cannot be read back shows no list rather than no page.
fn counts(extract: &Extract) -> Vec<ListCounts> {
    ListCounts::read_all(&extract.report).unwrap_or_else(|error| {
        tracing::error!(%error, extract = extract.id, "the report of an extract cannot be read");
        Vec::new()
    })
}

fn list_report(list: ListCounts) -> ListReport {
    ListReport {
        name: list_name(&list.list),
        counts: [list.rows_in, list.loaded, list.rejected, list.duplicate, list.warnings],
        sheet: list.sheet,
        list: list.list,
    }
}

/// A list's name in words: `L7` is "Child protection".
pub(super) fn list_name(label: &str) -> String {
    match List::ALL.into_iter().find(|list| list.label() == label) {
        Some(list) => list.name().to_owned(),
        None if ["organisation", "targets", "workforce", "mapping"].contains(&label) => words::sentence(label),
        None => label.to_owned(),
    }
}

/// A number as our own addresses write it: no sign, no leading zero.
pub(super) fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == text)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn extract_address(id: i64) -> String {
    format!("/data/extracts/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_number_names_an_extract() {
        assert_eq!(number("7"), Some(7));
        for text in ["", "0", "-1", "+7", "07", "7 ", "7;--", "99999999999999999999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn lists_read_by_their_names() {
        assert_eq!(list_name("L7"), "Child protection");
        assert_eq!(list_name("organisation"), "Organisation");
        assert_eq!(list_name("workforce"), "Workforce");
        assert_eq!(list_name("something"), "something");
    }
}
