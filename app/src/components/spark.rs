//! The last extracts in a small line.

use crate::markup::Markup;
use leptos::prelude::*;

/// Width of the drawing; its height is 32.
const WIDTH: usize = 160;

/// The line, with its sentence for those who cannot see it. Nothing without two values.
pub fn spark(values: &[Option<u16>], text: &str) -> AnyView {
    (values.iter().flatten().count() > 1)
        .then(|| {
            let svg = draw(values, text);
            view! { <div class="spark" inner_html=svg></div> }
        })
        .into_any()
}

fn draw(values: &[Option<u16>], text: &str) -> String {
    let mut svg = Markup::with_capacity(300 + values.len() * 8);
    svg.raw("<svg viewBox=\"0 0 168 32\" role=\"img\" focusable=\"false\"><title>").text(text).raw("</title>");
    let steps = values.len().saturating_sub(1).max(1);
    let at = |index: usize| 4 + index * WIDTH / steps;
    let height = |value: u16| 28 - usize::from(value.min(1000)) * 24 / 1000;
    // A gap in the data is a gap in the line.
    let mut run = Vec::new();
    for (index, value) in values.iter().enumerate() {
        match value {
            Some(value) => run.push((at(index), height(*value))),
            None => line(&mut svg, &mut run),
        }
    }
    line(&mut svg, &mut run);
    if let Some((index, value)) = values.iter().enumerate().rev().find_map(|(index, value)| Some((index, (*value)?))) {
        svg.raw("<circle cx=\"").digits(at(index)).raw("\" cy=\"").digits(height(value)).raw("\" r=\"3\"/>");
    }
    svg.raw("</svg>");
    svg.into_html()
}

fn line(svg: &mut Markup, points: &mut Vec<(usize, usize)>) {
    match points.as_slice() {
        [] => {}
        [(x, y)] => {
            svg.raw("<circle cx=\"").digits(*x).raw("\" cy=\"").digits(*y).raw("\" r=\"1\"/>");
        }
        points => {
            svg.raw("<polyline points=\"");
            for (x, y) in points {
                svg.digits(*x).raw(",").digits(*y).raw(" ");
            }
            svg.raw("\"/>");
        }
    }
    points.clear();
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_gap_in_the_data_is_a_gap_in_the_line() {
        let svg = draw(&[Some(0), Some(500), None, Some(1000), Some(1000)], "Up from 0% to 100%");
        assert_eq!(
            svg,
            "<svg viewBox=\"0 0 168 32\" role=\"img\" focusable=\"false\"><title>Up from 0% to 100%</title>\
             <polyline points=\"4,28 44,16 \"/><polyline points=\"124,4 164,4 \"/>\
             <circle cx=\"164\" cy=\"4\" r=\"3\"/></svg>"
        );
    }

    #[test]
    fn a_sentence_cannot_close_its_title() {
        assert!(draw(&[Some(1), Some(2)], "</title><script>").contains("&lt;/title&gt;&lt;script&gt;"));
    }
}
