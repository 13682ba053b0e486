//! A child's journey as a timeline: one lane for each kind of involvement, bars for spells, marks for events.

mod draw;
mod lane;
mod layout;
mod text;
mod time;

#[cfg(test)]
mod tests;

pub use lane::Lane;

use super::svg::{Frame, Width};
use app::data::Chart;
use chrono::NaiveDate;

/// Something that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// Where it is drawn.
    pub lane: Lane,
    /// What it is: "Child protection plan, neglect".
    pub label: String,
    /// Its first day; `None` where none is recorded.
    pub start: Option<NaiveDate>,
    /// Its last day; `None` while it is open.
    pub end: Option<NaiveDate>,
}

impl Spell {
    /// Open as at a date: begun, and not yet ended.
    fn is_open(&self, as_at: NaiveDate) -> bool {
        self.start.is_none_or(|start| start <= as_at) && self.end.is_none_or(|end| end > as_at)
    }
}

/// Something that happens on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Where it is drawn.
    pub lane: Lane,
    /// Its day.
    pub date: NaiveDate,
    /// What it is: "Initial conference".
    pub label: String,
}

/// The journey of the child named `child_label`, drawn as at a date, in words and as a table too; `None` where
/// nothing has a date. `id` begins every id of the drawing and must be unique on its page.
#[must_use]
pub fn journey(id: &str, child_label: &str, spells: &[Spell], moments: &[Moment], as_at: NaiveDate) -> Option<Chart> {
    let dated = !moments.is_empty() || spells.iter().any(|spell| spell.start.is_some() || spell.end.is_some());
    if !dated {
        return None;
    }
    let title = format!("Journey of {child_label}");
    let sentence = text::sentence(spells, moments, as_at);
    let svg = [Width::Wide, Width::Narrow]
        .map(|width| {
            let layout = layout::Layout::new(spells, moments, as_at, width);
            let frame = Frame { id, width, size: layout.size, title: &title, description: &sentence };
            frame.picture(|canvas| draw::draw(canvas, &layout))
        })
        .concat();
    Some(Chart { svg, text: format!("{title}. {sentence}"), table: text::table(&title, spells, moments) })
}
