//! What charts draw with: plotters on an SVG, in pixels, in the inks of the palette.

use super::ink::Ink;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, TextStyle};

/// A place on the drawing, from its top left corner.
pub(super) type Pixel = (i32, i32);

/// Drawing into a string has no reason to fail; the backend's type says it could.
pub(super) type Drawn<T = ()> = Result<T, DrawingAreaErrorKind<std::io::Error>>;

/// Plotters multiplies a font's size by this; divided by it again, the SVG holds the size we asked for.
const FONT_FACTOR: f64 = 1.24;

/// A line of text.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) ink: Ink,
    pub(super) size: i32,
    pub(super) bold: bool,
    pub(super) anchor: HPos,
}

impl Words {
    /// Text that begins where it is put.
    pub(super) const fn start(size: i32) -> Self {
        Self { ink: Ink::Text, size, bold: false, anchor: HPos::Left }
    }

    pub(super) const fn middle(self) -> Self {
        Self { anchor: HPos::Center, ..self }
    }

    pub(super) const fn end(self) -> Self {
        Self { anchor: HPos::Right, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// A drawing being made.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

impl Canvas<'_> {
    /// What plotters makes of `draw`.
    pub(super) fn draw(size: Pixel, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> Drawn<String> {
        let mut svg = String::new();
        let size = (size.0.unsigned_abs(), size.1.unsigned_abs());
        let canvas = Canvas { area: SVGBackend::with_string(&mut svg, size).into_drawing_area() };
        draw(&canvas)?;
        canvas.area.present()?;
        drop(canvas);
        Ok(svg)
    }

    /// An open line.
    pub(super) fn path(&self, ink: Ink, width: u32, points: impl IntoIterator<Item = Pixel>) -> Drawn {
        let points: Vec<Pixel> = points.into_iter().collect();
        self.area.draw(&PathElement::new(points, ink.colour().stroke_width(width)))
    }

    /// A filled circle.
    pub(super) fn dot(&self, ink: Ink, centre: Pixel, radius: i32) -> Drawn {
        self.area.draw(&Circle::new(centre, radius, ink.colour().filled()))
    }

    /// A filled rectangle between two corners.
    pub(super) fn bar(&self, ink: Ink, from: Pixel, to: Pixel) -> Drawn {
        self.area.draw(&Rectangle::new([from, to], ink.colour().filled()))
    }

    /// A filled shape.
    pub(super) fn shape(&self, ink: Ink, corners: impl IntoIterator<Item = Pixel>) -> Drawn {
        self.area.draw(&Polygon::new(corners.into_iter().collect::<Vec<_>>(), ink.colour().filled()))
    }

    /// A line of text, its middle at the height of `at`.
    pub(super) fn text(&self, words: Words, at: Pixel, text: &str) -> Drawn {
        let weight = if words.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = ("sans-serif", f64::from(words.size) * FONT_FACTOR, weight).into_font();
        let colour = words.ink.colour();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(words.anchor, VPos::Center));
        self.area.draw(&Text::new(text.to_owned(), at, style))
    }
}
