//! `/surgeries/evidence`: what surgeries found, what was done, what changed, for a board or an inspector. Counts only:
//! never a child, and no word that somebody typed. Who reads no child gets small numbers only as "c".
//!
//! | module | what it does |
//! |---|---|
//! | `asked` | of which time |
//! | `ledger` | the counts, how they add up, which are hidden |
//! | `course` | the measures that actions should move |
//! | `tables` | all of it in words |

mod asked;
mod course;
mod ledger;
mod tables;

use super::export::{Export, ExportFormat, written};
use super::links::with_query;
use super::{ViewerDesk, failed, words};
use crate::clock::england_time;
use crate::council::Council;
use crate::export::{Cell, Sheet};
use crate::state::{AppState, Visit};
use crate::store::actions::told;
use crate::store::surgeries::{self, Window};
use crate::store::{organisation, recommendations};
use app::data::{Link, TablePart, TablesPage, TablesQuery};
use app::desk::Answer;
use app::error::PageError;
use asked::Asked;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use course::Courses;
use domain::calendar::{WorkingDays, add_days, minus_days};
use domain::evidence::{Service, tell};
use domain::names::name_key;
use domain::organisation::Organisation;
use ledger::{Books, Key, Ledger};
use tables::Part;

/// What stands in the audit.
const ACTION: &str = "read evidence";
const PATH: &str = "/surgeries/evidence";

pub(super) async fn page(desk: &ViewerDesk, query: &TablesQuery) -> Answer<TablesPage> {
    let scope = &desk.visit.viewer.scope;
    if !scope.reads_counts() {
        return desk.deny(ACTION, "evidence").await;
    }
    let asked = Asked::of(query, desk.state.clock.today(), scope.suppresses())?;
    let parts = parts(desk, &asked).await?;
    desk.allow(ACTION, "evidence", Some(asked.in_words())).await?;
    let crumbs = if scope.reads_children() {
        vec![Link { text: "Surgeries".to_owned(), href: "/surgeries".to_owned() }]
    } else {
        Vec::new()
    };
    let body = TablesPage {
        title: "What surgeries found and what came of it".to_owned(),
        caption: if scope.reaches_everything() { "Whole council" } else { "Your teams" }.to_owned(),
        crumbs,
        of_surgeries: scope.reads_children(),
        lead: lead(&asked, scope.suppresses()),
        narrow: asked.narrow(PATH),
        parts: parts.into_iter().map(part).collect(),
        page: 1,
        pages: 1,
        exports: [("CSV", "csv"), ("Excel", "xlsx")]
            .map(|(text, ending)| Link {
                text: text.to_owned(),
                href: with_query(&format!("{PATH}.{ending}"), &asked.query()),
            })
            .into(),
        ..TablesPage::default()
    };
    let council = desk.newest().await?;
    Ok(desk.framed(council.as_deref(), body))
}

/// The same as a file: one line a cell, audited before it is made.
///
/// # Errors
/// As the page.
pub(crate) async fn file(
    state: &AppState,
    visit: &Visit,
    query: &TablesQuery,
    format: ExportFormat,
) -> Result<Export, PageError> {
    const ACTION: &str = "export evidence";
    let desk = ViewerDesk::new(state.clone(), visit.clone());
    let scope = &visit.viewer.scope;
    if !scope.reads_counts() {
        return desk.deny(ACTION, "evidence").await;
    }
    let asked = Asked::of(query, state.clock.today(), scope.suppresses())?;
    let parts = parts(&desk, &asked).await?;
    desk.allow(ACTION, "evidence", Some(asked.in_words())).await?;
    let mut rows = Vec::new();
    for part in &parts {
        for row in &part.rows {
            let Some((name, cells)) = row.split_first() else { continue };
            for (head, cell) in part.head.iter().skip(1).zip(cells) {
                let whole = cell.replace(',', "").parse().map(Cell::Number);
                let value = whole.unwrap_or_else(|_| Cell::Text(cell.clone()));
                rows.push(vec![
                    Cell::Text(part.title.to_owned()),
                    Cell::Text(name.clone()),
                    Cell::Text((*head).to_owned()),
                    value,
                ]);
            }
        }
    }
    let sheet = Sheet {
        name: "Evidence",
        head: vec!["Table", "Row", "Column", "Value"],
        rows,
        notes: lead(&asked, scope.suppresses())
            .into_iter()
            .chain([format!("Taken away by {} on {}.", visit.viewer.full_name, words::time(state.clock.now_ms()))])
            .collect(),
    };
    let name =
        asked.whole().map_or_else(|| "evidence".to_owned(), |whole| format!("evidence-{}-{}", whole.from, whole.to));
    written(&sheet, &name, format)
}

fn lead(asked: &Asked, suppressed: bool) -> Vec<String> {
    let mut lead = vec![format!(
        "{}. Counts of what performance surgeries found, of what was done about it and of what changed. No child stands here, \
         and no word that anybody wrote.",
        asked.in_words()
    )];
    if suppressed {
        lead.push(
            "Numbers from 1 to 5, and what would give them away, are shown as “c”, so that no child can be recognised. For \
             the same reason the period is made of whole quarters that are over, and what is hidden in one of them is \
             hidden in their sum. Meetings count no child and are shown in full."
                .to_owned(),
        );
    }
    lead
}

fn part(part: Part) -> TablePart {
    let cell = |text: String| Link { text, href: String::new() };
    TablePart {
        title: part.title.to_owned(),
        note: part.note,
        head: part.head.into_iter().map(str::to_owned).collect(),
        rows: part.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        empty: part.empty.to_owned(),
    }
}

/// Every table of the period, as this viewer may read it; none where no whole quarter is over.
async fn parts(desk: &ViewerDesk, asked: &Asked) -> Result<Vec<Part>, PageError> {
    let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
    let Some(whole) = asked.whole() else { return Ok(Vec::new()) };
    let lines = organisation::lines(db).await.map_err(failed)?;
    let now = Organisation::on(whole.to, lines.clone());
    // A day more on either side: what belongs to the period is told by the day in England.
    let told =
        told(db, scope, moment(minus_days(whole.from, 1)), moment(add_days(whole.to, 2))).await.map_err(failed)?;
    let window = Window { from: whole.from, to: whole.to };
    let held = surgeries::held(db, scope, window).await.map_err(failed)?;
    let items = surgeries::items_held(db, scope, window).await.map_err(failed)?;
    let council = desk.newest().await?;
    let rebases = desk.rebases().await?;
    let courses = council.as_deref().map(|council: &Council| Courses { council, scope, rebases: &rebases, asked });
    let calendar = WorkingDays::england();
    let (mut ledgers, mut aims) = (Vec::new(), Vec::new());
    for period in &asked.periods {
        let then = Organisation::on(period.to, lines.clone());
        let mut ledger = Ledger::default();
        for one in &told {
            let Some(action) = tell(&one.events, *period, &calendar, day)
                .map_err(|bad| failed(crate::db::DbError::Inconsistent(bad.to_string())))?
            else {
                continue;
            };
            let service = Service::of_subject(&one.first.subject, &then);
            ledger.add_action(&action, &service, one.recommendation.map(|id| id.0));
            let aim = action.opened.then(|| one.aim(|event| day(event.at) <= period.to)).flatten();
            let Some((aim, courses)) = aim.zip(courses.as_ref()) else { continue };
            if let Some(aimed) = courses.aimed(&aim.measure, &aim.group) {
                let (id, area) = course::key(&aimed);
                ledger.add(Key::Aim(id, area), 1);
                aims.push((aimed, aim.baseline));
            }
        }
        for item in items.iter().filter(|item| period.has(Some(item.date))) {
            ledger.add(Key::ItemsOf(item.kind), item.items);
        }
        ledgers.push((*period, ledger));
    }
    let services: Vec<String> = now.services().into_iter().filter(|service| counts_in(desk, &now, service)).collect();
    let books = Books::of(ledgers, &services, scope.suppresses());
    let mut parts = vec![
        tables::held(&held, &now),
        tables::found(&books),
        tables::by_level(&books),
        tables::by_service(&books),
        tables::said(&books),
    ];
    if let Some(courses) = &courses {
        parts.push(tables::aims(&books, courses, &course::baselines(aims)));
    }
    let all = recommendations::all(db).await.map_err(failed)?;
    let aims: Vec<_> = told
        .iter()
        .filter_map(|one| Some((one.recommendation?, one.aim(|event| day(event.at) <= whole.to)?)))
        .collect();
    parts.push(tables::recommendations(&books, courses.as_ref(), &all, &aims, scope.reads_children()));
    Ok(parts)
}

/// Whether the viewer counts in a service.
fn counts_in(desk: &ViewerDesk, organisation: &Organisation, service: &str) -> bool {
    let scope = &desk.visit.viewer.scope;
    let mut teams = organisation.teams().filter(|place| name_key(&place.service) == name_key(service));
    teams.any(|place| scope.allows_counts_of(Some(&place.team)))
}

/// The day of a moment, as the calendars in England had it.
fn day(at: DateTime<Utc>) -> NaiveDate {
    england_time(at.timestamp_millis()).map_or_else(|| at.date_naive(), |time| time.date())
}

fn moment(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}
