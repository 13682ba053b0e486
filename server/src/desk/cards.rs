//! A measure's card: the figure and what stands beside it.

use crate::council::Council;
use crate::db::Db;
use crate::desk::signal::{self, Judged};
use crate::desk::{Links, failed, suppress, words};
use crate::reading::{self, Asked, Selection};
use crate::store::rebases::Rebase;
use app::data::{Card, CardGroup, Link, Remark, Signal, Standing};
use app::error::PageError;
use chrono::NaiveDate;
use domain::measures::figure::Figure;
use domain::measures::{CORE, Counting, Measure, Polarity};
use domain::scope::Scope;
use domain::targets::Aim;

/// Extracts shown in a spark.
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
    pub(crate) fn judged(&self, measure: &Measure, history: &signal::History) -> Option<Judged<'a>> {
        if self.scope.suppresses() {
            return None;
        }
        let area = signal::area(self.selection, self.scope);
        let is_ours = |rebase: &&Rebase| area.as_ref().is_some_and(|area| rebase.cut.is_of(measure.id, area));
        signal::judge(measure, self.target(measure), history, self.rebases.iter().filter(is_ours))
    }

    /// What the measure should reach for the selection, on the as-at date.
    pub(crate) fn target(&self, measure: &Measure) -> Option<Aim> {
        self.council.target(measure, self.selection).map(|target| target.aim)
    }

    /// What the chart says, beside a figure that has a value.
    fn signal(&self, measure: &Measure, figure: Option<Figure>, history: &signal::History) -> Option<Signal> {
        figure?.value()?;
        self.judged(measure, history).map(|judged| judged.signal())
    }

    /// One measure's card.
    pub(crate) async fn card(&self, measure: &'static Measure) -> Result<Card, PageError> {
        let figure = self.figure(measure).await?;
        let history = reading::history(self.council, self.scope, measure, self.selection);
        let visible = !self.scope.suppresses();
        let text = words::figure(measure, &self.asked.standards, self.asked.period, figure);
        let shown = visible || figure.is_none_or(|figure| suppress::may_be_shown(measure, figure));
        Ok(Card {
            id: measure.id.to_owned(),
            name: measure.name.to_owned(),
            figure: if visible { text } else { suppress::in_words(measure, figure, text) },
            target: figure
                .filter(|_| shown)
                .and_then(|figure| Some(words::against(measure, self.target(measure)?, Some(figure)))),
            england: measure.benchmark.and_then(|benchmark| england(measure, benchmark)),
            change: if visible { change(measure, &history) } else { None },
            signal: self.signal(measure, figure, &history),
            spark: if visible { spark(&history) } else { Vec::new() },
            spark_text: if visible { spark_text(measure, &history) } else { String::new() },
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

fn change(measure: &Measure, history: &History) -> Option<Remark> {
    let mut newest_first = history.iter().rev();
    let (_, now) = newest_first.next()?;
    let (then_date, then) = newest_first.find(|(_, figure)| figure.is_some_and(|figure| figure.value().is_some()))?;
    let difference = now.as_ref()?.value()? - then.as_ref()?.value()?;
    let (shown, unit) = match measure.counting {
        Counting::ChildrenPerWorker => (difference, ""),
        Counting::Units | Counting::WorkersAboveLimit => (difference * 100.0, " points"),
    };
    let since = words::date(*then_date);
    if shown.abs() < 0.05 {
        return Some(Remark { text: format!("No change since {since}"), standing: Standing::Neutral });
    }
    let up = shown > 0.0;
    let standing = match (measure.polarity, up) {
        (Polarity::Neutral, _) => Standing::Neutral,
        (Polarity::High, true) | (Polarity::Low, false) => Standing::Good,
        _ => Standing::Bad,
    };
    Some(Remark {
        text: format!("{} {:.1}{unit} since {since}", if up { "Up" } else { "Down" }, shown.abs()),
        standing,
    })
}

fn values(history: &History) -> Vec<(NaiveDate, Option<f64>)> {
    let all: Vec<_> = history.iter().map(|(date, figure)| (*date, figure.and_then(|figure| figure.value()))).collect();
    all[all.len().saturating_sub(SPARK_POINTS)..].to_vec()
}

fn spark(history: &History) -> Vec<Option<u16>> {
    let values = values(history);
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
        .into_iter()
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

fn spark_text(measure: &Measure, history: &History) -> String {
    let values = values(history);
    let mut present = values.iter().filter_map(|(date, value)| value.map(|value| (*date, value)));
    match (present.next(), present.next_back()) {
        (Some((first, from)), Some((last, to))) => format!(
            "From {} on {} to {} on {}",
            words::value(measure, from),
            words::date(first),
            words::value(measure, to),
            words::date(last)
        ),
        _ => String::new(),
    }
}
