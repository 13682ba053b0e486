//! What comes if nobody acts, in words: a measure's coming weeks and what would reach its target, and what falls due in
//! a team. What shows children goes on record before it is answered.

use crate::desk::cards::{CardMaker, act};
use crate::desk::shown::Shown;
use crate::desk::{ViewerDesk, failed, links, words};
use crate::reading::{self, NO_TEAM, NO_WORKER};
use app::data::{DueCalendar, DueRow, Link, LookAhead, WayRow, WayToTarget, WeekRow};
use app::error::PageError;
use domain::calendar::minus_days;
use domain::look_ahead::{DueUnit, Moves, Reach, Remedy, Share, WEEKS, has_due_day, horizon, is_on_target, remedy};
use domain::measures::figure::Figure;
use domain::measures::{Counting, Fact, Measure, Period, Polarity, Timing, measure};

/// Children named of the shortest way to a target.
const OF_THE_WAY: usize = 20;
/// Lines of a team's calendar.
const OF_THE_CALENDAR: usize = 100;

/// A measure's coming weeks for the page's selection; `None` where the extract does not hold it, and for who sees small
/// numbers suppressed: from one week to the next a single child could be told.
pub(super) async fn of_measure(
    desk: &ViewerDesk,
    maker: &CardMaker<'_>,
    measure: &'static Measure,
) -> Result<Option<LookAhead>, PageError> {
    if maker.scope.suppresses() {
        return Ok(None);
    }
    let Some(now) = maker.figure(measure).await? else { return Ok(None) };
    let target = way_to_target(desk, maker, measure, now).await?;
    let caution = remedy(measure).and_then(|remedy| remedy.caution).map(str::to_owned);
    let (weeks, note) = match why_not(measure, now) {
        Some(why_not) => (Vec::new(), why_not),
        None => (weeks(maker, measure, now).await?, note(measure)),
    };
    Ok(Some(LookAhead { weeks, has_due_days: has_due_day(measure), note: note.to_owned(), caution, target }))
}

/// Why nothing is said of the coming weeks.
fn why_not(measure: &Measure, now: Figure) -> Option<&'static str> {
    if measure.timing == Timing::InPeriod {
        return Some(
            "This figure counts what happens in a period. What the coming weeks will bring is not known, so nothing is \
             said of them.",
        );
    }
    (now.denominator == 0).then_some("There is nothing to count now, and what will begin is not known.")
}

fn note(measure: &Measure) -> &'static str {
    if has_due_day(measure) {
        "Judged on what is known now: nothing new is done or begun, and ends already recorded take place."
    } else {
        "Judged on what is known now: nothing new is done or begun, and ends already recorded take place. The measure \
         sets no day by which to act, so nothing falls due."
    }
}

async fn weeks(maker: &CardMaker<'_>, measure: &'static Measure, now: Figure) -> Result<Vec<WeekRow>, PageError> {
    let CardMaker { db, council, scope, asked, selection, .. } = *maker;
    let coming = reading::coming(db, council, scope, measure, asked, selection).await.map_err(failed)?;
    let figure = |on, figure| words::figure_in_short(measure, &asked.standards, Period::up_to(on), figure);
    let first = WeekRow {
        day: format!("Now, {}", words::date(council.as_at())),
        figure: figure(council.as_at(), now),
        due: None,
    };
    let rest = coming.unwrap_or_default().into_iter().map(|week| WeekRow {
        day: words::day(week.day),
        figure: figure(week.day, week.figure),
        due: Some(week.due),
    });
    Ok(std::iter::once(first).chain(rest).collect())
}

/// What would reach the target, with the children for who reads them; on record where it names one.
async fn way_to_target(
    desk: &ViewerDesk,
    maker: &CardMaker<'_>,
    measure: &'static Measure,
    now: Figure,
) -> Result<Option<WayToTarget>, PageError> {
    let (Some(aim), Some(remedy)) = (maker.target(measure), remedy(measure)) else { return Ok(None) };
    let target = aim.value;
    let CardMaker { db, council, scope, selection, asked, .. } = *maker;
    let way = reading::way_to_target(db, council, scope, measure, selection, target).await.map_err(failed)?;
    let Some(way) = way else { return Ok(Some(no_way(measure, remedy, now, target))) };
    let named: Vec<&Fact> = way.units.iter().filter(|fact| scope.allows_children_of(fact.team.as_deref())).collect();
    let children = if named.is_empty() { Vec::new() } else { named_children(desk, maker, measure, &named).await? };
    let hidden = named.len().saturating_sub(children.len()) as u64;
    let acts = !way.units.is_empty();
    let after = words::figure(measure, &asked.standards, asked.period, Some(way.after));
    Ok(Some(WayToTarget {
        text: number_in_words(measure, now, &way, &after.value, &after.detail),
        act: acts.then(|| format!("What puts one right: {}.", lower_first(remedy.act))),
        more: (hidden > 0).then(|| format!("And {} more.", words::thousands(hidden))),
        all: if acts && scope.reads_children() { act(council.links(), measure, Some(now), selection) } else { None },
        children,
    }))
}

fn number_in_words(measure: &Measure, now: Figure, way: &Reach, value: &str, detail: &str) -> String {
    let needed = way.units.len() as u64;
    if needed == 0 {
        return "The figure is on target: nothing has to be put right to reach it.".to_owned();
    }
    let wrong = match measure.polarity {
        Polarity::High => now.denominator.saturating_sub(now.numerator),
        Polarity::Low | Polarity::Neutral => now.numerator,
    };
    let many = match (needed, words::thousands(wrong)) {
        (_, _) if wrong == 1 => "The one on the wrong side has".to_owned(),
        (needed, all) if needed == wrong => format!("All {all} on the wrong side have"),
        (1, all) => format!("1 of the {all} on the wrong side has"),
        (needed, all) => format!("{} of the {all} on the wrong side have", words::thousands(needed)),
    };
    let order =
        if needed < wrong { " Those who have waited longest come first; any others move it as much." } else { "" };
    format!("{many} to be put right. Then the figure is: {value}, {detail}.{order}")
}

/// Why no list of children reaches the target.
fn no_way(measure: &Measure, remedy: &Remedy, now: Figure, target: Share) -> WayToTarget {
    let text = if now.denominator == 0 {
        "There is nothing to count, and so nothing to put right.".to_owned()
    } else if measure.counting != Counting::Units {
        format!("The figure counts workers, so no list of single children can reach it. {}.", remedy.act)
    } else if is_on_target(now, target, measure.polarity) == Some(true) {
        "The figure is on target.".to_owned()
    } else if remedy.moves == Moves::CannotBeUndone {
        format!("What has happened cannot be undone, so no list of children reaches the target now. {}.", remedy.act)
    } else {
        "Even with everything put right the target is not reached.".to_owned()
    };
    WayToTarget { text, act: None, children: Vec::new(), more: None, all: None }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

async fn named_children(
    desk: &ViewerDesk,
    maker: &CardMaker<'_>,
    measure: &Measure,
    units: &[&Fact],
) -> Result<Vec<WayRow>, PageError> {
    let council = maker.council;
    let shown = Shown::on(desk, council).await?;
    desk.allow("read look-ahead", measure.id, detail(maker)).await?;
    let rows = units.iter().take(OF_THE_WAY).map(|fact| WayRow {
        who: shown.id(&fact.child_id).to_owned(),
        href: shown.page(council, &fact.child_id),
        team: fact.team.as_deref().unwrap_or(NO_TEAM).to_owned(),
        worker: fact.worker.as_deref().unwrap_or(NO_WORKER).to_owned(),
        due: words::date_or_dash(fact.due),
    });
    Ok(rows.collect())
}

/// What falls due in the team of the selection; `None` for who reads no child of it. On record before it is answered.
pub(super) async fn of_team(desk: &ViewerDesk, maker: &CardMaker<'_>) -> Result<Option<DueCalendar>, PageError> {
    let CardMaker { db, council, scope, selection, .. } = *maker;
    if !scope.allows_children_of(selection.team.as_deref()) {
        return Ok(None);
    }
    let units = reading::due(db, council, scope, selection).await.map_err(failed)?;
    let shown = Shown::on(desk, council).await?;
    desk.allow("read team calendar", selection.team.as_deref().unwrap_or_default(), detail(maker)).await?;
    let last = minus_days(horizon(council.as_at(), WEEKS), 1);
    Ok(Some(DueCalendar {
        days: words::between(Period { from: council.as_at(), to: last }),
        rows: units.iter().take(OF_THE_CALENDAR).filter_map(|unit| due_row(maker, &shown, unit)).collect(),
        total: units.len() as u64,
    }))
}

fn due_row(maker: &CardMaker<'_>, shown: &Shown, unit: &DueUnit) -> Option<DueRow> {
    let fact = &unit.fact;
    let measure = measure(fact.measure)?;
    let council = maker.council;
    Some(DueRow {
        day: words::day(unit.last_day),
        working_day: council.calendar.is_working_day(unit.last_day),
        who: shown.id(&fact.child_id).to_owned(),
        href: shown.page(council, &fact.child_id),
        measure: Link { text: measure.name.to_owned(), href: council.links().measure(measure.id, maker.selection) },
        worker: fact.worker.as_deref().unwrap_or(NO_WORKER).to_owned(),
    })
}

/// What the audit keeps of a selection: no child.
fn detail(maker: &CardMaker<'_>) -> Option<String> {
    let mut parts: Vec<String> =
        links::of_selection(maker.selection).into_iter().map(|(name, value)| format!("{name} {value}")).collect();
    parts.extend(maker.council.links().date().map(|(_, date)| format!("as at {date}")));
    (!parts.is_empty()).then(|| parts.join(", "))
}
