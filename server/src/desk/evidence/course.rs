//! The measures that actions should move: where they stood, where they stand, and whether that is more than chance.

use super::asked::Asked;
use crate::council::Council;
use crate::desk::{actions, signal, suppress, words};
use crate::reading::{self, Selection};
use crate::store::rebases::Rebase;
use app::data::FigureText;
use chrono::NaiveDate;
use domain::action::{Aim, Baseline};
use domain::measures::figure::Figure;
use domain::measures::{Measure, Period, measure};
use domain::scope::{Area, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// A measure and the area whose figure it is; `None` is all that the viewer may count.
pub(super) type Aimed = (&'static Measure, Option<Area>);

/// What is needed to tell a measure's course.
pub(super) struct Courses<'a> {
    pub(super) council: &'a Council,
    pub(super) scope: &'a Scope,
    pub(super) rebases: &'a [Rebase],
    pub(super) asked: &'a Asked,
}

/// A course in words, each with its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) baseline: String,
    pub(super) then: String,
    pub(super) now: String,
    /// The one verdict; nothing for who is shown none.
    pub(super) verdict: Option<String>,
    /// "71.2% to 88.0%".
    pub(super) in_short: String,
}

impl Courses<'_> {
    /// Whose figures a viewer is told: an action's own area, or all together where small numbers are suppressed, as such a
    /// viewer gets no breakdown of a figure.
    pub(super) fn aimed(&self, id: &str, group: &Area) -> Option<Aimed> {
        let measure = measure(id)?;
        if self.scope.suppresses() {
            return suppress::is_published(measure).then_some((measure, None));
        }
        Some((measure, Some(group.clone())))
    }

    /// The course of a measure. `baseline` is the first that was frozen with an action; without one it is the figure at the
    /// beginning of the period. `None` where the viewer may not count all of the area.
    pub(super) fn tell(&self, (measure, area): &Aimed, baseline: Option<Baseline>) -> Option<Course> {
        let selection = match area {
            Some(area) => actions::selection(area, self.council, self.scope)?,
            None => Selection::default(),
        };
        let period = self.asked.whole()?;
        let history = reading::history(self.council, self.scope, measure, &selection);
        let history: Vec<_> = suppress::dates(self.council, self.scope, history).collect();
        let on = |day: NaiveDate| history.iter().rev().find(|(as_at, _)| *as_at <= day).copied();
        let first = baseline
            .map(|baseline| (baseline.as_at, Some(baseline.figure)))
            .or_else(|| on(period.from))
            .or_else(|| history.first().copied());
        let (then, now) = (on(period.to), history.last().copied());
        let verdict = if self.scope.suppresses() {
            None
        } else {
            let area = area.clone().unwrap_or(Area::All);
            let cuts = self.rebases.iter().filter(|rebase| rebase.cut.is_of(measure.id, &area));
            let judged = signal::judge(self.council, self.scope, measure, &selection, cuts);
            Some(judged.map_or_else(|| "Nothing yet".to_owned(), |judged| judged.sentence()))
        };
        let value = |point: Option<(NaiveDate, Option<Figure>)>| {
            point.map_or_else(|| "–".to_owned(), |(as_at, figure)| self.figure(measure, as_at, figure).value)
        };
        let dated = |point: Option<(NaiveDate, Option<Figure>)>| {
            point.map_or_else(
                || "–".to_owned(),
                |(as_at, figure)| {
                    let FigureText { value, detail, .. } = self.figure(measure, as_at, figure);
                    format!("{value} ({detail}), as at {}", words::date(as_at))
                },
            )
        };
        Some(Course {
            baseline: dated(first),
            then: dated(then),
            now: dated(now),
            verdict,
            in_short: format!("{} to {}", value(first), value(now)),
        })
    }

    fn figure(&self, measure: &Measure, as_at: NaiveDate, figure: Option<Figure>) -> FigureText {
        let text = words::figure(measure, &self.council.standards, Period::up_to(as_at), figure);
        suppress::in_words(figure, suppress::may_be_shown(self.council, self.scope, measure, as_at), text)
    }
}

/// The first baseline of each measure that actions opened in the period should move.
pub(super) fn baselines(aims: Vec<(Aimed, Option<Baseline>)>) -> BTreeMap<(String, String), (Aimed, Option<Baseline>)> {
    let mut first = BTreeMap::new();
    for (aimed, baseline) in aims {
        let baseline = baseline.filter(|_| aimed.1.is_some());
        first.entry(key(&aimed)).or_insert((aimed, baseline));
    }
    first
}

/// The place of a measure and its area among others.
pub(super) fn key((measure, area): &Aimed) -> (String, String) {
    (measure.id.to_owned(), area.as_ref().map(actions::area).unwrap_or_default())
}

/// "CP visits on time: 71.2% to 88.0%", one for each measure that a recommendation's actions should move, over all that the
/// viewer may count and from the beginning of the period.
pub(super) fn of_recommendation(aims: &[&Aim], courses: &Courses<'_>) -> String {
    let ids: BTreeSet<&str> =
        aims.iter().filter_map(|aim| Some(courses.aimed(&aim.measure, &aim.group)?.0.id)).collect();
    let lines = ids.into_iter().filter_map(|id| {
        let measure = measure(id)?;
        let course = courses.tell(&(measure, None), None)?;
        Some(format!("{}: {}", measure.name, course.in_short))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { "–".to_owned() } else { lines.join("; ") }
}

/// "CP visits on time, North".
pub(super) fn name((measure, area): &Aimed) -> String {
    match area {
        Some(area) => format!("{}, {}", measure.name, actions::area(area)),
        None => measure.name.to_owned(),
    }
}
