//! The evidence as tables of text, the same for the page and the file.

use super::course::{self, Aimed, Courses};
use super::ledger::{Books, Count, Key, Said, Whose};
use crate::desk::words;
use crate::store::recommendations::Recommendation;
use crate::store::surgeries::Held;
use domain::action::{Aim, Baseline, Level};
use domain::evidence::Service;
use domain::ids::RecommendationId;
use domain::organisation::Organisation;
use domain::surgery::{ItemKind, Remit};
use std::collections::{BTreeMap, BTreeSet};

/// A table: its heading, what to know of it, its columns and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) note: String,
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) empty: &'static str,
}

/// Meetings by service and level. They count meetings and people at work, and so nothing of them is hidden.
pub(super) fn held(held: &[Held], organisation: &Organisation) -> Part {
    let mut services: BTreeMap<Service, [u64; 4]> = BTreeMap::new();
    for one in held {
        let (service, level) = match &one.remit {
            Remit::Service { service } => (Service::Named(service.clone()), 0),
            Remit::Teams { teams } => (Service::of_teams(teams.iter().map(String::as_str), organisation), 1),
        };
        let row = services.entry(service).or_default();
        row[level] += 1;
        row[level + 2] += one.present;
    }
    let number = |number: u64| words::thousands(number);
    let mut whole = [0; 4];
    for row in services.values() {
        whole.iter_mut().zip(row).for_each(|(whole, part)| *whole += part);
    }
    let line = |name: String, [service, teams, at_service, at_teams]: [u64; 4]| {
        vec![name, number(service), number(at_service), number(teams), number(at_teams)]
    };
    let rows = services.iter().map(|(service, counts)| line(service_name(service), *counts));
    Part {
        title: "Surgeries held",
        note: "Held to their end in the period. Those present are counted once for each meeting.".to_owned(),
        head: vec!["Service", "Service level", "Present there", "Team level", "Present there"],
        rows: if held.is_empty() { Vec::new() } else { rows.chain([line("All".to_owned(), whole)]).collect() },
        empty: "No surgery was held to its end in this period.",
    }
}

/// What stood on their agendas.
pub(super) fn found(books: &Books) -> Part {
    let rows = ItemKind::ALL.map(|kind| vec![kind_name(kind).to_owned(), cell(books, &Key::ItemsOf(kind))]);
    Part {
        title: "What they found",
        note: "Items on the agendas of these surgeries, made from the data or raised by a person.".to_owned(),
        head: vec!["Kind", "Items"],
        rows: rows.into_iter().chain([vec!["All".to_owned(), cell(books, &Key::Items)]]).collect(),
        empty: "",
    }
}

const ACTIONS: [&str; 7] =
    ["Opened", "Closed", "Closed on time", "Share on time", "Came back", "Late at the end", "Half closed within"];

/// Actions by level.
pub(super) fn by_level(books: &Books) -> Part {
    let rows = Level::ALL.map(|level| actions(books, level.title().to_owned(), &Whose::Level(level)));
    Part {
        title: "Actions by level",
        note: "An action is closed once its Head of Service has reported what changed and a second person has confirmed it; \
               it is on time where the report came by the day it was due. It came back where it was opened again, by a \
               person or because the data contradicted it."
            .to_owned(),
        head: ["Level"].into_iter().chain(ACTIONS).collect(),
        rows: rows.into_iter().chain([actions(books, "All".to_owned(), &Whose::Whole)]).collect(),
        empty: "",
    }
}

/// Actions by service.
pub(super) fn by_service(books: &Books) -> Part {
    let services: BTreeSet<&Service> = books
        .keys()
        .iter()
        .filter_map(|key| match key {
            Key::Actions(Whose::Service(service), _) => Some(service),
            _ => None,
        })
        .collect();
    let rows =
        services.into_iter().map(|service| actions(books, service_name(service), &Whose::Service(service.clone())));
    Part {
        title: "Actions by service",
        note: "By the teams concerned when the action was recorded; each action is counted once.".to_owned(),
        head: ["Service"].into_iter().chain(ACTIONS).collect(),
        rows: rows.chain([actions(books, "All".to_owned(), &Whose::Whole)]).collect(),
        empty: "",
    }
}

fn actions(books: &Books, name: String, whose: &Whose) -> Vec<String> {
    let key = |count| Key::Actions(whose.clone(), count);
    vec![
        name,
        cell(books, &key(Count::Opened)),
        cell(books, &key(Count::Closed)),
        cell(books, &key(Count::OnTime)),
        share(books, &key(Count::OnTime), &key(Count::Closed)),
        cell(books, &key(Count::CameBack)),
        cell(books, &key(Count::Late)),
        match books.median_days(whose) {
            Some(days) => words::count(u64::try_from(days).unwrap_or_default(), "day", "days"),
            None => "–".to_owned(),
        },
    ]
}

/// What the data says of what was closed about children.
pub(super) fn said(books: &Books) -> Part {
    let whole = Key::Actions(Whose::Level(Level::Child), Count::Closed);
    let rows = Said::ALL.map(|said| {
        let key = Key::Word(said);
        vec![said_name(said).to_owned(), cell(books, &key), share(books, &key, &whole)]
    });
    Part {
        title: "What the data says of closed actions about children",
        note: "Each closing of an action about children, as the extracts up to the end of the period had it."
            .to_owned(),
        head: vec!["The data", "Closings", "Share"],
        rows: rows.into_iter().chain([vec!["All".to_owned(), cell(books, &whole), String::new()]]).collect(),
        empty: "",
    }
}

/// The measures that actions of the period should move.
pub(super) fn aims(
    books: &Books,
    courses: &Courses<'_>,
    aims: &BTreeMap<(String, String), (Aimed, Option<Baseline>)>,
) -> Part {
    let mut head = vec!["Measure", "Actions", "Where it stood", "End of the period", "Now"];
    if !courses.scope.suppresses() {
        head.push("Verdict now");
    }
    let row = |((id, area), (aimed, baseline)): (&(String, String), &(Aimed, Option<Baseline>))| {
        let actions = Key::Aim(id.clone(), area.clone());
        if books.count(&actions) == Some(0) {
            return None;
        }
        let course = courses.tell(aimed, *baseline)?;
        let row = [course::name(aimed), cell(books, &actions), course.baseline, course.then, course.now];
        Some(row.into_iter().chain(course.verdict).collect())
    };
    Part {
        title: "What became of the measures",
        note: "Measures that actions opened in the period should move. A measure moves for many reasons: this shows that it \
               did, not that the actions alone did it."
            .to_owned(),
        head,
        rows: aims.iter().filter_map(row).collect(),
        empty: "No action of this period names a measure that it should move.",
    }
}

/// Recommendations with what is done about them. The words of a recommendation are shown to who reads children: to others
/// its number, as a plan's words are typed by people.
pub(super) fn recommendations(
    books: &Books,
    courses: Option<&Courses<'_>>,
    all: &[Recommendation],
    aims: &[(RecommendationId, &Aim)],
    with_titles: bool,
) -> Part {
    let key = |one: &Recommendation, count| Key::Actions(Whose::Recommendation(one.id.0), count);
    let shown = all.iter().filter(|one| one.in_force || books.keys().contains(&key(one, Count::Opened)));
    let row = |one: &Recommendation| {
        let theirs: Vec<&Aim> = aims.iter().filter(|(of, _)| *of == one.id).map(|(_, aim)| *aim).collect();
        let name = format!("{} {}", one.source, one.reference);
        vec![
            if with_titles { format!("{name}: {}", one.title) } else { name },
            cell(books, &key(one, Count::Opened)),
            cell(books, &key(one, Count::Closed)),
            cell(books, &key(one, Count::Late)),
            courses.map_or_else(|| "–".to_owned(), |courses| course::of_recommendation(&theirs, courses)),
        ]
    };
    Part {
        title: "Recommendations and what is done about them",
        note: "With the measures that their actions should move: where each stood when the period began, and where it stands now."
            .to_owned(),
        head: vec!["Recommendation", "Opened", "Closed", "Late at the end", "Measures"],
        rows: shown.map(row).collect(),
        empty: "No list of recommendations is loaded.",
    }
}

/// A count, or "c".
fn cell(books: &Books, key: &Key) -> String {
    books.count(key).map_or_else(|| "c".to_owned(), words::thousands)
}

/// A share where both counts are shown.
fn share(books: &Books, part: &Key, whole: &Key) -> String {
    books.share(part, whole).map_or_else(|| "–".to_owned(), words::share)
}

fn service_name(service: &Service) -> String {
    match service {
        Service::Named(name) => name.clone(),
        Service::Several => "Several services".to_owned(),
        Service::None => crate::reading::NO_SERVICE.to_owned(),
    }
}

const fn said_name(said: Said) -> &'static str {
    match said {
        Said::Confirmed => "Confirms it",
        Said::Contradicted => "Contradicts it: the action came back",
        Said::Untold => "Has not told, or cannot",
    }
}

const fn kind_name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Action => "Actions from before, due or late",
        ItemKind::Measure => "Measures that changed or are not on target",
        ItemKind::Team => "Teams that differ from their service",
        ItemKind::Attention => "Children new on the register of attention",
        ItemKind::Unallocated => "Children without a worker",
        ItemKind::Managers => "Children held by managers",
        ItemKind::Dormant => "Children not seen for long",
        ItemKind::Answers => "Answers that did not come true",
        ItemKind::FallingDue => "What falls due before the next surgery",
        ItemKind::Own => "Raised by a person",
    }
}
