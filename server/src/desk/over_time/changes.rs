//! `/measures/:id/changes`: which children came into a figure or left it between two extracts, and why.

use super::{Asking, cell, linked, part};
use crate::council::Council;
use crate::desk::links::with_query;
use crate::desk::{ViewerDesk, failed, links, words};
use crate::reading::{self, Changed, ChangedUnit, NO_TEAM, Selection};
use crate::store::people::{Kind, reference};
use app::data::{Link, NarrowSelect, TablePart, TablesPage, TablesQuery};
use app::desk::Answer;
use app::error::PageError;
use chrono::NaiveDate;
use domain::change::{Reason, Side};
use domain::measures::{Counting, Measure};
use domain::scope::Scope;
use std::collections::BTreeMap;

const ACTION: &str = "read changes";

/// From a measure's page; `None` where nothing can be told.
pub(in crate::desk) fn link(
    council: &Council,
    scope: &Scope,
    measure: &Measure,
    selection: &Selection,
) -> Option<Link> {
    if measure.counting != Counting::Units || !scope.reads_children() || council.extracts.len() < 2 {
        return None;
    }
    let mut query = links::of_selection(selection);
    if council.is_past() {
        query.push(("to", council.as_at().to_string()));
    }
    Some(linked("What changed since the extract before", &with_query(&path(measure), &query)))
}

fn path(measure: &Measure) -> String {
    format!("/measures/{}/changes", measure.id)
}

pub(in crate::desk) async fn page(desk: &ViewerDesk, id: &str, query: &TablesQuery) -> Answer<TablesPage> {
    // The later of the two extracts is the one that the page is of.
    let desk = desk.as_at(query.to.as_deref())?;
    let scope = &desk.visit.viewer.scope;
    let found = Asking::of(&desk, query).await?.zip(domain::measures::measure(id));
    let Some((asking, measure)) = found.filter(|(_, measure)| measure.counting == Counting::Units) else {
        return desk.deny(ACTION, id).await;
    };
    let later = &asking.council;
    let from = earlier_date(&asking, query.from.as_deref())?;
    let earlier = match from {
        Some(from) => {
            let cache = &desk.state.council;
            cache.on(&desk.state.db, desk.visit.version, from).await.map_err(failed)?
        }
        None => None,
    };
    let mut changed = None;
    if let Some(earlier) = &earlier {
        let pair = (&**earlier, &**later);
        let read = reading::changed(&desk.state.db, pair, &asking.newest, scope, measure, &asking.selection);
        changed = read.await.map_err(failed)?;
    }
    let detail = from.map_or_else(|| asking.detail(), |from| format!("{}, from {from}", asking.detail()));
    desk.allow(ACTION, measure.id, Some(detail)).await?;
    let mut narrow = asking.narrow(&desk, &path(measure), dates(&asking, from), Vec::new());
    // The page has two dates of its own.
    narrow.kept.retain(|(name, _)| name != links::AS_AT);
    let body = TablesPage {
        title: format!("{}: what changed", measure.name),
        caption: asking.place(&desk),
        crumbs: vec![linked(measure.name, &later.links().measure(measure.id, &asking.selection))],
        lead: lead(measure, from, later.as_at(), changed.as_ref()),
        narrow,
        parts: changed.as_ref().map(|changed| parts(&asking, changed)).unwrap_or_default(),
        page: 1,
        pages: 1,
        ..TablesPage::default()
    };
    Ok(desk.framed(Some(later), body))
}

/// The extract in force on the date asked for, or the one before the later; `None` where there is none before it.
fn earlier_date(asking: &Asking, asked: Option<&str>) -> Result<Option<NaiveDate>, PageError> {
    let later = asking.council.as_at();
    let before = || asking.council.dates.iter().copied().rfind(|date| *date < later);
    let Some(asked) = asked.map(str::trim).filter(|asked| !asked.is_empty()) else { return Ok(before()) };
    let bad = |text: String| Err(PageError::BadRequest(text));
    let Ok(asked) = asked.parse::<NaiveDate>() else {
        return bad("The address has no date under 'from': write it as 2026-10-30.".to_owned());
    };
    if asked >= later {
        let later = words::date(later);
        return bad(format!("What changed is told from an earlier extract to a later one. Choose one before {later}."));
    }
    let in_force = asking.council.dates.iter().copied().rfind(|date| *date <= asked);
    match in_force {
        Some(date) => Ok(Some(date)),
        None => bad(format!("There is no extract as at {} or before.", words::date(asked))),
    }
}

/// Both ends, each a date of an extract.
fn dates(asking: &Asking, from: Option<NaiveDate>) -> Vec<NarrowSelect> {
    let all = &asking.council.dates;
    let select = |name: &str, label: &str, chosen: Option<NaiveDate>| NarrowSelect {
        name: name.to_owned(),
        label: label.to_owned(),
        options: all.iter().rev().map(|date| (date.to_string(), words::date(*date), Some(*date) == chosen)).collect(),
    };
    vec![select("from", "From", from), select("to", "To", Some(asking.council.as_at()))]
}

fn lead(measure: &Measure, from: Option<NaiveDate>, to: NaiveDate, changed: Option<&Changed>) -> Vec<String> {
    let Some(from) = from else {
        return vec![format!(
            "The extract as at {} is the first. With the next one loaded, this page tells what changed.",
            words::date(to)
        )];
    };
    let Some(changed) = changed else {
        return vec![format!(
            "One of the extracts as at {} and {} does not hold what this measure needs. Choose others.",
            words::date(from),
            words::date(to)
        )];
    };
    let (before, after) = (changed.before, changed.after);
    let value = |figure: domain::measures::figure::Figure| {
        figure.value().map_or_else(|| "no value".to_owned(), |value| words::value(measure, value))
    };
    vec![
        format!(
            "From {} of {} ({}) as at {} to {} of {} ({}) as at {}.",
            words::thousands(before.numerator),
            words::thousands(before.denominator),
            value(before),
            words::date(from),
            words::thousands(after.numerator),
            words::thousands(after.denominator),
            value(after),
            words::date(to)
        ),
        sum("Counted", before.numerator, &changed.units, Side::Numerator),
        sum("Out of", before.denominator, &changed.units, Side::Denominator),
    ]
}

/// "Counted: 12, 3 came in, 2 left, so 13."
fn sum(name: &str, before: u64, units: &[ChangedUnit], side: Side) -> String {
    let came = units.iter().filter(|unit| unit.from < side && side <= unit.to).count() as u64;
    let left = units.iter().filter(|unit| unit.to < side && side <= unit.from).count() as u64;
    let after = (before + came).saturating_sub(left);
    let number = words::thousands;
    format!("{name}: {}, {} came in, {} left, so {}.", number(before), number(came), number(left), number(after))
}

fn parts(asking: &Asking, changed: &Changed) -> Vec<TablePart> {
    let groups = [
        ("Came into the numerator", Side::Numerator, true),
        ("Left the numerator", Side::Numerator, false),
        ("Came into the denominator", Side::Denominator, true),
        ("Left the denominator", Side::Denominator, false),
    ];
    let of = |(title, side, is_coming): (&str, Side, bool)| {
        let units = changed.units.iter().filter(move |unit| {
            if is_coming { unit.from < side && side <= unit.to } else { unit.to < side && side <= unit.from }
        });
        let units: Vec<&ChangedUnit> = units.collect();
        TablePart {
            head: ["Child", "Why", "Team", "Clock began", "Due"].map(str::to_owned).into(),
            note: by_reason(&units),
            rows: units.iter().map(|unit| line(asking, unit)).collect(),
            empty: "None.".to_owned(),
            ..part(&format!("{title}: {}", words::thousands(units.len() as u64)))
        }
    };
    groups.map(of).into()
}

/// "New since: 3. Put right: 2."
fn by_reason(units: &[&ChangedUnit]) -> String {
    let mut counts: BTreeMap<Reason, u64> = BTreeMap::new();
    for unit in units {
        *counts.entry(unit.reason).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(reason, count)| format!("{}: {}.", reason.words(), words::thousands(count)));
    counts.collect::<Vec<_>>().join(" ")
}

fn line(asking: &Asking, unit: &ChangedUnit) -> Vec<Link> {
    let council = &asking.council;
    let child = unit.child.as_deref().map_or_else(
        || cell("No longer in your teams"),
        |child| linked(child, &council.links().child(&reference(&council.reference_key, Kind::Child, child))),
    );
    vec![
        child,
        cell(unit.reason.words()),
        cell(unit.team.as_deref().unwrap_or(NO_TEAM)),
        cell(&words::date_or_dash(unit.start)),
        cell(&words::date_or_dash(unit.due)),
    ]
}
