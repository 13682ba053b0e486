//! A figure with what it is a part of.

use crate::data::FigureText;
use leptos::prelude::*;

/// The figure, large, with its numerator and denominator.
pub fn figure(figure: FigureText) -> AnyView {
    let small = figure.small.then(|| view! { <span class="figure__small">"Small number: read with care"</span> });
    let class = value_class(&figure);
    view! {
        <p class="figure">
            <span class=class>{figure.value}</span>
            <span class="figure__detail">{figure.detail}</span>
            {small}
        </p>
    }
    .into_any()
}

/// The class of the value: a missing one never looks like a number.
fn value_class(figure: &FigureText) -> &'static str {
    if !figure.supplied {
        "figure__value figure__value--missing"
    } else if figure.value.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        "figure__value"
    } else {
        "figure__value figure__value--none"
    }
}
