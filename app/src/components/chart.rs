//! A chart with its sentence and its table.

use super::table;
use crate::data::Chart;
use leptos::prelude::*;

/// The drawing as the server made it, what it shows in words, and the numbers behind it.
pub fn chart(chart: Chart) -> AnyView {
    view! {
        <figure class="chart">
            <div class="chart__drawing" inner_html=chart.svg></div>
            <figcaption class="chart__text">{chart.text}</figcaption>
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">"The same as a table"</span>
                </summary>
                <div class="govuk-details__text">{table(&chart.table)}</div>
            </details>
        </figure>
    }
    .into_any()
}
