//! A journey as a drawing.

use super::lane::Lane;
use super::layout::{Edge, Item, LINE, Layout, ROW, Shape, Track};
use crate::charts::canvas::{Canvas, Drawn, Words};
use crate::charts::ink::Ink;
use crate::charts::words::{fitted, text_width};

/// From a row's top to the middle of its label, and of its bar.
const LABEL: i32 = 11;
const BAR: i32 = 28;
/// Half a bar.
const HALF: i32 = 5;

pub(super) fn draw(canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
    lines(canvas, layout)?;
    as_at(canvas, layout)?;
    for track in &layout.tracks {
        for item in &track.items {
            let middle = track.first_row + ROW * item.row as i32 + BAR;
            match item.shape {
                Shape::Bar { left, right } => bar(canvas, track.lane, item, middle, left, right)?,
                Shape::Mark => mark(canvas, track.lane, item.reach.0, middle)?,
            }
        }
    }
    for track in &layout.tracks {
        names(canvas, layout, track)?;
    }
    dates(canvas, layout)?;
    match layout.note {
        Some(note) => canvas.text(Words::start(layout.font), (4, layout.size.1 - LINE / 2), note),
        None => Ok(()),
    }
}

fn lines(canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
    for (x, _) in &layout.ticks {
        canvas.path(Ink::Grid, 1, [(*x, layout.top), (*x, layout.bottom)])?;
    }
    for track in &layout.tracks {
        canvas.path(Ink::Grid, 1, [(0, track.top), (layout.size.0, track.top)])?;
    }
    canvas.path(Ink::Axis, 1, [(layout.left, layout.bottom), (layout.size.0, layout.bottom)])
}

fn as_at(canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
    let (x, text) = &layout.as_at;
    canvas.path(Ink::AsAt, 2, [(*x, layout.top - 4), (*x, layout.bottom)])?;
    let room = text_width(text, layout.font) * 11 / 10;
    let words = Words::start(layout.font).bold();
    if x + room / 2 > layout.size.0 - 2 {
        canvas.text(words.end(), (layout.size.0 - 2, 11), text)
    } else {
        canvas.text(words.middle(), ((*x).max(room / 2), 11), text)
    }
}

fn bar(canvas: &Canvas<'_>, lane: Lane, item: &Item, middle: i32, left: Edge, right: Edge) -> Drawn {
    let (from, to) = item.reach;
    let (top, bottom) = (middle - HALF, middle + HALF);
    canvas.bar(lane.ink(), (from, top), (to, bottom))?;
    match left {
        Edge::Dated => {}
        Edge::Arrow => canvas.shape(lane.ink(), [(from, top - 3), (from - 12, middle), (from, bottom + 3)])?,
        Edge::Unknown => {
            for off in [7, 14, 21] {
                canvas.bar(lane.ink(), (from - off, top), (from - off + 4, bottom))?;
            }
        }
    }
    match right {
        Edge::Dated | Edge::Unknown => Ok(()),
        Edge::Arrow => canvas.shape(lane.ink(), [(to, top - 3), (to + 12, middle), (to, bottom + 3)]),
    }
}

fn mark(canvas: &Canvas<'_>, lane: Lane, x: i32, y: i32) -> Drawn {
    match lane.mark() {
        [] => canvas.dot(lane.ink(), (x, y), 7),
        corners => canvas.shape(lane.ink(), corners.iter().map(|(across, down)| (x + across, y + down))),
    }
}

/// The lane's name and its labels.
fn names(canvas: &Canvas<'_>, layout: &Layout, track: &Track) -> Drawn {
    let words = Words::start(layout.font);
    if track.first_row - track.top < LINE {
        let title = fitted(&track.title, layout.font, layout.left);
        canvas.text(words.bold(), (2, track.first_row + BAR - 8), &title)?;
    } else {
        canvas.text(words.bold(), (2, track.top + LINE / 2 + 2), &track.title)?;
    }
    for item in &track.items {
        if let Some((x, label)) = &item.label {
            canvas.text(words, (*x, track.first_row + ROW * item.row as i32 + LABEL), label)?;
        }
    }
    Ok(())
}

fn dates(canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
    let mut free_from = layout.left;
    for (x, text) in &layout.ticks {
        canvas.path(Ink::Axis, 1, [(*x, layout.bottom), (*x, layout.bottom + 5)])?;
        let room = text_width(text, layout.font);
        let x = (*x).min(layout.size.0 - room / 2).max(room / 2);
        if x - room / 2 >= free_from {
            canvas.text(Words::start(layout.font).middle(), (x, layout.bottom + 17), text)?;
            free_from = x + room / 2 + 10;
        }
    }
    Ok(())
}
