//! A measure's card: the figure and what stands beside it.

use crate::council::Council;
use crate::db::Db;
use crate::desk::signal::{self, Judged};
use crate::desk::{Links, failed, suppress, words};
use crate::reading::{self, Asked, Selection};
use crate::store::rebases::Rebase;
use app::data::{Card, CardGroup, Link, Remark, Standing};
use app::error::PageError;
use chrono::{Datelike as _, NaiveDate};
use domain::measures::figure::Figure;
use domain::measures::{CORE, Counting, Measure, Polarity};
use domain::scope::Scope;
use domain::signal::Span;
use domain::targets::{Against, Aim};

/// Months shown in a spark.
const SPARK_POINTS: usize = 26;

/// What cards are made from, for one viewer.
#[derive(Clone, Copy)]
pub(crate) struct CardMaker<'a> {
    pub(crate) db: &'a Db,
    pub(crate) council: &'a Council,
    pub(crate) scope: &'a Scope,
    pub(crate) asked: &'a Asked,
    pub(crate) selection: &'a Selection,
    /// Where people cut control charts.
    pub(crate) rebases: &'a [Rebase],
}

type History = Vec<(NaiveDate, Option<Figure>)>;

impl<'a> CardMaker<'a> {
    /// The measures this viewer is shown, in their order.
    pub(crate) fn measures(&self) -> impl Iterator<Item = &'static Measure> + use<'_> {
        CORE.iter().filter(|measure| !self.scope.suppresses() || suppress::is_published(measure))
    }

    /// Cards of every measure, in groups.
    pub(crate) async fn groups(&self) -> Result<Vec<CardGroup>, PageError> {
        let mut groups: Vec<CardGroup> = Vec::new();
        for measure in self.measures() {
            let card = self.card(measure).await?;
            let title = measure.group.title();
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.cards.push(card),
                None => groups.push(CardGroup { title: title.to_owned(), anchor: anchor(title), cards: vec![card] }),
            }
        }
        Ok(groups)
    }

    /// The figure of a measure for the selection.
    pub(crate) async fn figure(&self, measure: &'static Measure) -> Result<Option<Figure>, PageError> {
        reading::figure(self.db, self.council, self.scope, measure, self.asked, self.selection).await.map_err(failed)
    }

    /// The judgement of a measure's course for the selection; none for who gets small numbers only as "c".
    pub(crate) fn judged(&self, measure: &'a Measure) -> Option<Judged<'a>> {
        if self.scope.suppresses() {
            return None;
        }
        let area = signal::area(self.selection, self.scope);
        let is_ours = |rebase: &&Rebase| area.as_ref().is_some_and(|area| rebase.cut.is_of(measure.id, area));
        let ours = self.rebases.iter().filter(is_ours);
        signal::judge(self.council, self.scope, measure, self.selection, ours)
    }

    /// What the measure should reach for the selection, on the as-at date.
    pub(crate) fn target(&self, measure: &Measure) -> Option<Aim> {
        self.council.target(measure, self.selection).map(|target| target.aim)
    }

    /// One measure's card.
    pub(crate) async fn card(&self, measure: &'static Measure) -> Result<Card, PageError> {
        let figure = self.figure(measure).await?;
        let history = reading::history(self.council, self.scope, measure, self.selection);
        let visible = !self.scope.suppresses();
        let text = words::figure(measure, &self.asked.standards, self.asked.period, figure);
        let shown = suppress::may_be_shown(self.council, self.scope, measure, self.council.as_at());
        // Beside a figure without a value there is no verdict.
        let judged = figure.and_then(|figure| figure.value()).and_then(|_| self.judged(measure));
        let assurance = judged.as_ref().and_then(|judged| judged.judgement().assurance);
        let months = judged.as_ref().map(Judged::values).unwrap_or_default();
        Ok(Card {
            id: measure.id.to_owned(),
            name: measure.name.to_owned(),
            figure: suppress::in_words(figure, shown, text),
            target: figure
                .filter(|_| shown)
                .and_then(|figure| Some(words::against(measure, self.target(measure)?, Some(figure), assurance))),
            on_target: figure
                .filter(|_| shown)
                .and_then(|figure| Some(self.target(measure)?.judge(figure, measure.polarity)? == Against::On)),
            england: measure.benchmark.and_then(|benchmark| england(measure, benchmark)),
            change: if visible { change(measure, &history) } else { None },
            signal: judged.as_ref().map(Judged::signal),
            latest: judged.as_ref().and_then(Judged::latest),
            spark: spark(&months),
            spark_text: spark_text(measure, &months),
            href: self.council.links().measure(measure.id, self.selection),
            act: self
                .scope
                .reads_children()
                .then(|| act(self.council.links(), measure, figure, self.selection))
                .flatten(),
        })
    }
}

fn anchor(title: &str) -> String {
    title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// The units on the wrong side, as a link to their list; all of them where there is no wrong side.
pub(crate) fn act(links: Links, measure: &Measure, figure: Option<Figure>, selection: &Selection) -> Option<Link> {
    let figure = figure.filter(|figure| figure.denominator > 0)?;
    let bad = match (measure.counting, measure.polarity) {
        (Counting::ChildrenPerWorker, _) | (_, Polarity::Neutral) => None,
        (_, Polarity::High) => Some(figure.denominator.saturating_sub(figure.numerator)),
        (_, Polarity::Low) => Some(figure.numerator),
    };
    Some(match bad {
        Some(0) => {
            Link { text: "None to act on: see all".to_owned(), href: links.children(measure.id, selection, &[]) }
        }
        Some(bad) => Link {
            text: format!("{} to act on", words::thousands(bad)),
            href: links.children(measure.id, selection, &[("show", "act".to_owned())]),
        },
        None => Link {
            text: format!("List all {}", words::thousands(figure.denominator)),
            href: links.children(measure.id, selection, &[]),
        },
    })
}

fn england(measure: &Measure, benchmark: domain::benchmarks::Benchmark) -> Option<String> {
    let england = benchmark.england()?;
    let mut text = format!("England {} ({})", words::value(measure, england.value), england.year);
    if let Some([lower, _, upper]) = england.quartiles {
        text.push_str(&format!(
            ", middle half of councils {} to {}",
            words::value(measure, lower),
            words::value(measure, upper)
        ));
    }
    Some(text)
}

/// What moved since the last extract of an earlier month, or where there is none since the extract before: in plain words,
/// without better or worse. Both figures are of the card's own kind.
fn change(measure: &Measure, history: &History) -> Option<Remark> {
    let mut newest_first = history.iter().rev();
    let (today, now) = newest_first.next()?;
    let mut earlier = newest_first.filter(|(_, figure)| figure.is_some_and(|figure| figure.value().is_some()));
    let before = earlier.next()?;
    let month_before = std::iter::once(before).chain(earlier).find(|(date, _)| !Span::month(*today).has(*date));
    let (then_date, then) = month_before.unwrap_or(before);
    let difference = now.as_ref()?.value()? - then.as_ref()?.value()?;
    let (shown, unit) = match measure.counting {
        Counting::ChildrenPerWorker => (difference, ""),
        Counting::Units | Counting::WorkersAboveLimit => (difference * 100.0, " points"),
    };
    let since = match month_before {
        Some((date, _)) if date.year() == today.year() => Span::month(*date).short_name(),
        Some((date, _)) => Span::month(*date).name(),
        None => words::date(*then_date),
    };
    let text = if shown.abs() < 0.05 {
        format!("No change since {since}")
    } else {
        format!("{} {:.1}{unit} since {since}", if shown > 0.0 { "Up" } else { "Down" }, shown.abs())
    };
    Some(Remark { text, standing: Standing::Neutral })
}

/// The last months of a chart.
fn last<T: Copy>(months: &[T]) -> &[T] {
    months.get(months.len().saturating_sub(SPARK_POINTS)..).unwrap_or(months)
}

fn spark(months: &[(Span, Option<f64>)]) -> Vec<Option<u16>> {
    let values = last(months);
    let present: Vec<f64> = values.iter().filter_map(|(_, value)| *value).collect();
    let (low, high) =
        present.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    if present.len() < 2 {
        return Vec::new();
    }
    // A line that hardly moves is drawn as one that hardly moves: the range is at least five points.
    let middle = f64::midpoint(low, high);
    let reach = ((high - low) / 2.0).max(if high > 1.5 { 0.5 } else { 0.025 });
    values
        .iter()
        .map(|(_, value)| {
            value.map(|value| {
                let place = (value - (middle - reach)) / (2.0 * reach) * 1000.0;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
                let place = place.clamp(0.0, 1000.0).round() as u16;
                place
            })
        })
        .collect()
}

fn spark_text(measure: &Measure, months: &[(Span, Option<f64>)]) -> String {
    let mut present = last(months).iter().filter_map(|(month, value)| value.map(|value| (month, value)));
    match (present.next(), present.next_back()) {
        (Some((first, from)), Some((last, to))) => format!(
            "From {} in {} to {} in {}",
            words::value(measure, from),
            first.name(),
            words::value(measure, to),
            last.name()
        ),
        _ => String::new(),
    }
}
