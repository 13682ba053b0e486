//! Where everything of a journey stands: lanes, rows within a lane, labels that do not run into each other.

use super::time::Time;
use super::{Lane, Moment, Spell};
use crate::charts::canvas::Pixel;
use crate::charts::svg::Width;
use crate::charts::words::{fitted, long_date, text_width};
use chrono::NaiveDate;

/// A row: its label above its bar.
pub(super) const ROW: i32 = 40;
/// Lines of text.
pub(super) const LINE: i32 = 22;
/// Room before the first date, for what began no one knows when.
const BEFORE: i32 = 26;
/// Room after the last date, for the arrow of what is open.
const AFTER: i32 = 18;
/// Half a mark.
const MARK: i32 = 8;
/// Rows in a lane; what finds no free one is drawn over others.
const MOST_ROWS: usize = 5;

/// How an end of a bar is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// On its date.
    Dated,
    /// An arrow: it goes on, or lies outside the drawing.
    Arrow,
    /// Broken: no date is recorded.
    Unknown,
}

/// What is drawn of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A spell.
    Bar { left: Edge, right: Edge },
    /// A moment.
    Mark,
}

/// An item in its place.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) shape: Shape,
    /// From and to; for a mark its middle, twice.
    pub(super) reach: (i32, i32),
    /// The row within its lane.
    pub(super) row: usize,
    /// Where its label begins, and the label; `None` where there was no room.
    pub(super) label: Option<(i32, String)>,
}

/// A lane with its items.
#[derive(Debug, Clone)]
pub(super) struct Track {
    pub(super) lane: Lane,
    pub(super) title: String,
    pub(super) top: i32,
    /// Where its first row begins: below its title on the narrow drawing.
    pub(super) first_row: i32,
    pub(super) bottom: i32,
    pub(super) items: Vec<Item>,
}

/// The whole drawing.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) size: Pixel,
    pub(super) font: i32,
    /// Where the lanes begin.
    pub(super) left: i32,
    pub(super) tracks: Vec<Track>,
    pub(super) top: i32,
    pub(super) bottom: i32,
    pub(super) ticks: Vec<(i32, String)>,
    /// The as-at line, with where its label ends or begins.
    pub(super) as_at: (i32, String),
    /// Said below the drawing if labels were left out.
    pub(super) note: Option<&'static str>,
}

impl Layout {
    pub(super) fn new(spells: &[Spell], moments: &[Moment], as_at: NaiveDate, width: Width) -> Self {
        let lanes: Vec<Lane> = Lane::ALL
            .into_iter()
            .filter(|lane| {
                spells.iter().any(|spell| spell.lane == *lane) || moments.iter().any(|moment| moment.lane == *lane)
            })
            .collect();
        let (total, font, most_ticks) = match width {
            Width::Wide => (900, 16, 8),
            Width::Narrow => (320, 15, 3),
        };
        let left = match width {
            Width::Wide => {
                lanes.iter().map(|lane| text_width(lane.title(), font)).max().unwrap_or_default().min(230) + 10
            }
            Width::Narrow => 2,
        };
        let (first, last) = (left + BEFORE, total - AFTER);
        let time = Time::new(spells, moments, as_at, first, last);
        let now = time.at(as_at);
        // Labels of what has begun end before the as-at line, so that it does not run through them.
        let limit = if now - first > 150 { now - 5 } else { total - 4 };
        let top = LINE + 4;
        let mut y = top;
        let mut tracks = Vec::new();
        for lane in lanes {
            let first_row = y + if width == Width::Narrow { LINE } else { 4 };
            let mut rows = Rows { left: left + 4, limit, edge: total - 4, now, font, taken: Vec::new() };
            let items = rows.place(pieces(lane, spells, moments, &time, as_at));
            let bottom = first_row + ROW * rows.taken.len().max(1) as i32 + 4;
            tracks.push(Track { lane, title: lane.title().to_owned(), top: y, first_row, bottom, items });
            y = bottom;
        }
        let left_out = tracks.iter().flat_map(|track| &track.items).any(|item| item.label.is_none());
        let note = left_out.then_some("Some labels had no room: the table has all.");
        let size = (total, y + 34 + if note.is_some() { LINE } else { 0 });
        let ticks = time.ticks(most_ticks);
        let as_at = (now, format!("As at {}", long_date(as_at)));
        Self { size, font, left, tracks, top, bottom: y, ticks, as_at, note }
    }
}

/// An item without its row.
struct Piece {
    shape: Shape,
    reach: (i32, i32),
    label: String,
}

/// What stands in a lane, in order of time.
fn pieces(lane: Lane, spells: &[Spell], moments: &[Moment], time: &Time, as_at: NaiveDate) -> Vec<Piece> {
    let spells = spells.iter().filter(|spell| spell.lane == lane).map(|spell| bar(spell, time, as_at));
    let moments = moments.iter().filter(|moment| moment.lane == lane).map(|moment| {
        let x = time.at(moment.date);
        Piece { shape: Shape::Mark, reach: (x, x), label: moment.label.clone() }
    });
    let mut pieces: Vec<Piece> = spells.chain(moments).collect();
    pieces.sort_by_key(|piece| piece.reach);
    pieces
}

fn bar(spell: &Spell, time: &Time, as_at: NaiveDate) -> Piece {
    let last = spell.end.unwrap_or_else(|| spell.start.map_or(as_at, |start| start.max(as_at)));
    let first = spell.start.map(|start| start.min(last));
    let right = match spell.end {
        Some(end) if !time.is_after(end) => Edge::Dated,
        _ => Edge::Arrow,
    };
    let left = match first {
        None => Edge::Unknown,
        Some(start) if time.is_before(start) => Edge::Arrow,
        Some(_) => Edge::Dated,
    };
    let from = first.map_or(time.at(NaiveDate::MIN), |first| time.at(first));
    let label =
        if left == Edge::Unknown { format!("{} (start not recorded)", spell.label) } else { spell.label.clone() };
    Piece {
        shape: Shape::Bar { left, right },
        reach: (from, time.at(last.max(first.unwrap_or(last))).max(from + 4)),
        label,
    }
}

/// What is taken of a row: stretches of its bars and of its labels.
#[derive(Default)]
struct Taken {
    shapes: Vec<(i32, i32)>,
    labels: Vec<(i32, i32)>,
}

struct Rows {
    left: i32,
    /// Where labels of what has begun end, and those of what is to come.
    limit: i32,
    edge: i32,
    now: i32,
    font: i32,
    taken: Vec<Taken>,
}

impl Rows {
    fn place(&mut self, pieces: Vec<Piece>) -> Vec<Item> {
        pieces.into_iter().map(|piece| self.place_one(piece)).collect()
    }

    /// The first row with room for the shape and its label; else for the shape alone; else the last one.
    fn place_one(&mut self, piece: Piece) -> Item {
        let (from, to) = piece.reach;
        let shape = match piece.shape {
            Shape::Bar { left, right } => {
                (from - if left == Edge::Dated { 0 } else { BEFORE }, to + if right == Edge::Dated { 0 } else { AFTER })
            }
            Shape::Mark => (from - MARK, to + MARK),
        };
        let limit = if from > self.now { self.edge } else { self.limit };
        let text = fitted(&piece.label, self.font, limit - self.left);
        let room = text_width(&text, self.font);
        let begin = if piece.shape == Shape::Mark { from - MARK } else { from };
        let begin = begin.min(limit - room).max(self.left);
        let label = (begin, begin + room);
        let free = |taken: &Taken, with_label: bool| {
            taken.shapes.iter().all(|other| apart(*other, shape, 3))
                && (!with_label || taken.labels.iter().all(|other| apart(*other, label, 10)))
        };
        let mut row = self.taken.iter().position(|taken| free(taken, true));
        let labelled = row.is_some() || self.taken.len() < MOST_ROWS;
        if row.is_none() {
            row = if labelled { None } else { self.taken.iter().position(|taken| free(taken, false)) };
        }
        let row = row.unwrap_or_else(|| {
            if labelled {
                self.taken.push(Taken::default());
            }
            self.taken.len().saturating_sub(1)
        });
        if let Some(taken) = self.taken.get_mut(row) {
            taken.shapes.push(shape);
            if labelled {
                taken.labels.push(label);
            }
        }
        Item { shape: piece.shape, reach: piece.reach, row, label: labelled.then_some((begin, text)) }
    }
}

fn apart(one: (i32, i32), other: (i32, i32), gap: i32) -> bool {
    one.1 + gap <= other.0 || other.1 + gap <= one.0
}
