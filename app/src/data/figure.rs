//! A figure as people read it, and what stands beside it.

use serde::{Deserialize, Serialize};

/// A figure in words. A number never stands alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureText {
    /// "87.5%", "15.2", "no value" (denominator 0) or "not supplied".
    pub value: String,
    /// "105 of 120 plans open", "not in the extract", or with small numbers suppressed "c of 120".
    pub detail: String,
    /// Whether the denominator is below 10: read with care.
    pub small: bool,
    /// Whether the extract holds what the measure needs.
    pub supplied: bool,
}

/// How a figure stands to something good or bad. Never shown by colour alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Better, on target, on time.
    Good,
    /// Worse, off target, late.
    Bad,
    /// Close: due soon, or between warning limits.
    Near,
    /// Neither.
    #[default]
    Neutral,
}

/// A remark with its standing: "4.2 points up since 23 October 2026".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    /// The words.
    pub text: String,
    /// Good, bad or neither.
    pub standing: Standing,
}

/// A sign drawn beside words that say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It goes on as before.
    Steady,
    /// Too early to say.
    #[default]
    Unknown,
}

/// A remark with its sign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignedRemark {
    /// The sign.
    pub sign: Sign,
    /// The words.
    pub remark: Remark,
}

impl Default for SignedRemark {
    fn default() -> Self {
        Self { sign: Sign::Unknown, remark: Remark { text: String::new(), standing: Standing::Neutral } }
    }
}

/// The one verdict on a figure: what its chart of months says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// "Getting better since April 2026", "No real change", or "Too few months to tell (7 more)".
    pub variation: SignedRemark,
    /// "7 or more months in a row above the mean up to October 2026"; `None` without a change.
    pub rule: Option<String>,
}

/// A measure's card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Stable id, `CPP-01`.
    pub id: String,
    /// Short name.
    pub name: String,
    /// The figure.
    pub figure: FigureText,
    /// "Target 95% or more: 5.2 short". Never with a standing of its own: that is the verdict's.
    pub target: Option<Remark>,
    /// Whether the figure meets its target; `None` without one.
    pub on_target: Option<bool>,
    /// "England 81.4% (2025), middle half of councils 76.8% to 88.0%".
    pub england: Option<String>,
    /// Change since the month before, without better or worse.
    pub change: Option<Remark>,
    /// What the control chart says; `None` without a value, and for who gets small numbers only as "c".
    pub signal: Option<Signal>,
    /// The last judged month, which is not the figure: "October: 85.9%".
    pub latest: Option<String>,
    /// Values of the last months, oldest first, each 0 to 1000 within the spark's own range; `None` is a gap.
    pub spark: Vec<Option<u16>>,
    /// The spark in a sentence, for those who cannot see it.
    pub spark_text: String,
    /// The measure's page, keeping service or team.
    pub href: String,
    /// The list of the children to act on, with how many ("12 late"); `None` where the viewer reads no child.
    pub act: Option<Link>,
}

/// A link with its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where to.
    pub href: String,
}

/// Cards under one heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardGroup {
    /// The heading.
    pub title: String,
    /// Its id within the page.
    pub anchor: String,
    /// The cards.
    pub cards: Vec<Card>,
}

/// A chart drawn on the server, with its text and its table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// A complete `<svg>` element with title, description and role.
    pub svg: String,
    /// What the chart shows, in a sentence.
    pub text: String,
    /// The same data as a table.
    pub table: Table,
}

/// A plain table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Caption.
    pub caption: String,
    /// Column headings.
    pub head: Vec<String>,
    /// Rows of cells, as many as headings.
    pub rows: Vec<Vec<String>>,
}
