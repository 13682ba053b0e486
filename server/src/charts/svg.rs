//! From plotters' SVG to ours: no fixed size, a title and a description, classes, few bytes.

use super::canvas::{Canvas, Drawn, Pixel};
use super::ink::Ink;
use super::words::one_line;
use std::fmt::Write as _;

/// The size of text that says no other.
const FONT_SIZE: i32 = 15;

/// The two drawings of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// For screens, projectors and paper.
    Wide,
    /// For 320 pixels.
    Narrow,
}

/// What stands around a drawing.
#[derive(Debug, Clone)]
pub(super) struct Frame<'a> {
    /// Unique on the page.
    pub(super) id: &'a str,
    pub(super) width: Width,
    pub(super) size: Pixel,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
}

impl Frame<'_> {
    /// The finished `<svg>`.
    pub(super) fn picture(&self, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> String {
        // Drawing into a string does not fail; were it to, the sentence and the table still stand.
        let raw = Canvas::draw(self.size, draw).unwrap_or_default();
        let mut svg = self.opening();
        let mut open: Option<String> = None;
        for element in elements(&raw) {
            let Some(paint) = element.paint() else { continue };
            if open.as_ref() != Some(&paint) {
                svg.push_str(if open.is_some() { "</g><g " } else { "<g " });
                svg.push_str(&paint);
                svg.push('>');
                open = Some(paint);
            }
            element.write(&mut svg);
        }
        if open.is_some() {
            svg.push_str("</g>");
        }
        svg.push_str("</svg>");
        svg
    }

    fn opening(&self) -> String {
        let (suffix, class, hidden) = match self.width {
            Width::Wide => ("", "chart-svg--wide", ""),
            Width::Narrow => ("-narrow", "chart-svg--narrow", " display=\"none\""),
        };
        let id = format!("{}{suffix}", safe_id(self.id));
        let (width, height) = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart-svg {class}\"{hidden} viewBox=\"0 0 {width} {height}\" \
             font-family=\"system-ui, sans-serif\" font-size=\"{FONT_SIZE}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escaped(self.title),
            escaped(self.description),
        )
    }
}

/// What may stand in an id and in a list of ids.
fn safe_id(id: &str) -> String {
    let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { format!("chart{id}") }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// One element of plotters' SVG, still as it escaped it.
struct Element<'a> {
    tag: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    text: &'a str,
}

/// Plotters writes one tag a line, and a text on the line below its tag.
fn elements(raw: &str) -> Vec<Element<'_>> {
    let mut elements: Vec<Element<'_>> = Vec::new();
    for line in raw.lines() {
        match line.strip_prefix('<') {
            Some(closing) if closing.starts_with('/') => {}
            Some(opening) => {
                let (tag, rest) = opening.split_once(' ').unwrap_or((opening, ""));
                let mut parts = rest.split('"');
                let mut attributes = Vec::new();
                while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                    attributes.push((name.trim().trim_end_matches('='), value));
                }
                elements.push(Element { tag, attributes, text: "" });
            }
            None => {
                if let Some(element) = elements.last_mut() {
                    element.text = line;
                }
            }
        }
    }
    elements
}

impl<'a> Element<'a> {
    fn attribute(&self, name: &str) -> &'a str {
        self.attributes.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// How it is painted, as the attributes of a group; `None` for what is not ours, like the `<svg>` around it.
    fn paint(&self) -> Option<String> {
        let filled = Ink::of_hex(self.attribute("fill"));
        let ink = filled.or_else(|| Ink::of_hex(self.attribute("stroke")))?;
        let mut paint = format!("class=\"{}\"", ink.class());
        if let Some(colour) = ink.own_colour() {
            let _ = write!(paint, " color=\"{colour}\"");
        }
        if let Some(opacity) = ink.opacity() {
            let _ = write!(paint, " opacity=\"{opacity}\"");
        }
        if filled.is_some() {
            paint.push_str(" fill=\"currentColor\"");
        } else {
            let width = self.attribute("stroke-width");
            let _ = write!(paint, " fill=\"none\" stroke=\"currentColor\" stroke-width=\"{width}\"");
            if let Some(dashes) = ink.dashes() {
                let _ = write!(paint, " stroke-dasharray=\"{dashes}\"");
            }
        }
        if self.tag == "text" {
            let size = self.font_size();
            if size != FONT_SIZE {
                let _ = write!(paint, " font-size=\"{size}\"");
            }
            if self.attribute("font-weight") == "bold" {
                paint.push_str(" font-weight=\"bold\"");
            }
            if let anchor @ ("middle" | "end") = self.attribute("text-anchor") {
                let _ = write!(paint, " text-anchor=\"{anchor}\"");
            }
        }
        Some(paint)
    }

    fn font_size(&self) -> i32 {
        self.attribute("font-size").parse::<f64>().map_or(FONT_SIZE, |size| size.round() as i32)
    }

    fn write(&self, svg: &mut String) {
        let _ = write!(svg, "<{}", self.tag);
        if self.tag == "text" {
            // The baseline lies about a third of the letters' height below their middle.
            let y = self.attribute("y").parse::<i32>().unwrap_or_default() + self.font_size() * 35 / 100;
            let _ = write!(svg, " x=\"{}\" y=\"{y}\">{}</text>", self.attribute("x"), self.text);
            return;
        }
        for (name, value) in &self.attributes {
            if matches!(
                *name,
                "x" | "y" | "width" | "height" | "cx" | "cy" | "r" | "x1" | "x2" | "y1" | "y2" | "points"
            ) {
                let _ = write!(svg, " {name}=\"{}\"", value.trim_end());
            }
        }
        svg.push_str("/>");
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::charts::canvas::Words;

    /// What must hold of any drawing, whatever the data. `ids` of two drawings differ.
    pub(in crate::charts) fn assert_sound(svg: &str) {
        let mut depth = 0_i32;
        let mut ids = Vec::new();
        for tag in svg.split('<').skip(1) {
            let (tag, text) = tag.split_once('>').expect("every tag is closed");
            assert!(!tag.contains(" style=") && !tag.contains(" on"), "{tag}");
            assert!(!text.contains('>'), "{text}");
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            assert!(!tag.contains("NaN") && !tag.contains("inf"), "{tag}");
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            assert!(
                ["svg", "title", "desc", "g", "text", "line", "polyline", "polygon", "circle", "rect"].contains(&name),
                "{name}"
            );
            if name == "svg" && !tag.starts_with('/') {
                assert!(tag.contains(" role=\"img\"") && tag.contains(" viewBox=\"0 0 "), "{tag}");
                assert!(!tag.contains(" width=") && !tag.contains(" height="), "{tag}");
            }
            if let Some((_, id)) = tag.split_once(" id=\"") {
                ids.push(id.split('"').next().unwrap_or_default().to_owned());
            }
            depth += if tag.starts_with('/') { -1 } else { i32::from(!tag.ends_with('/')) };
            assert!(depth >= 0);
        }
        assert_eq!(depth, 0, "{svg}");
        for labelled in svg.split("aria-labelledby=\"").skip(1) {
            for id in labelled.split('"').next().unwrap_or_default().split(' ') {
                assert_eq!(ids.iter().filter(|known| *known == id).count(), 1, "{id}");
            }
        }
    }

    #[test]
    fn a_drawing_is_grouped_by_paint_and_every_text_is_escaped() {
        let frame = Frame {
            id: "a b\"c",
            width: Width::Wide,
            size: (100, 50),
            title: "</title><script>alert('x')</script>",
            description: "A\u{0} \"desc\"",
        };
        let svg = frame.picture(|canvas| {
            canvas.path(Ink::Target, 2, [(0, 10), (90, 10)])?;
            canvas.dot(Ink::Value, (10, 20), 4)?;
            canvas.dot(Ink::Value, (20, 25), 4)?;
            canvas.text(Words::start(15).end().bold(), (90, 20), "<b onload=\"x\" style='y'>&amp;")
        });
        assert_sound(&svg);
        insta::assert_snapshot!(svg.replace("><", ">\n<"), @r##"
        <svg xmlns="http://www.w3.org/2000/svg" class="chart-svg chart-svg--wide" viewBox="0 0 100 50" font-family="system-ui, sans-serif" font-size="15" role="img" aria-labelledby="a_b_c-title a_b_c-desc">
        <title id="a_b_c-title">&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</title>
        <desc id="a_b_c-desc">A &quot;desc&quot;</desc>
        <g class="chart-target" color="#b8500f" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="10 6">
        <polyline points="0,10 90,10"/>
        </g>
        <g class="chart-value" color="#1f6fb2" fill="currentColor">
        <circle cx="10" cy="20" r="4"/>
        <circle cx="20" cy="25" r="4"/>
        </g>
        <g class="chart-text" fill="currentColor" font-weight="bold" text-anchor="end">
        <text x="90" y="25">&lt;b onload=&quot;x&quot; style=&apos;y&apos;&gt;&amp;amp;</text>
        </g>
        </svg>
        "##);
    }
}
