//! On a measure's page: beginning its chart anew from a date, and taking that back.

use crate::data::{ChartCut, RebasePanel};
use leptos::prelude::*;

/// Both forms, folded away: it is a rare decision.
pub fn rebase(panel: &RebasePanel) -> AnyView {
    let cuts = panel.cuts.iter().map(|cut| in_force(panel, cut)).collect_view();
    view! {
        <details class="govuk-details rebase">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">"Begin the chart anew from a date"</span>
            </summary>
            <div class="govuk-details__text">
                {cuts} <form method="post" action=panel.action.clone()>
                    {hidden(panel)} <p class="note">
                        "Where the way of working or of recording has changed for good, mean and limits of this chart are computed anew from that date. The figures stay as they are. Do it when at least 13 extracts from that date are there."
                    </p> <div class="govuk-form-group">
                        <label class="govuk-label" for="rebase-from">
                            "From which date"
                        </label>
                        <input
                            class="govuk-input govuk-input--width-10"
                            type="date"
                            id="rebase-from"
                            name="from"
                            required=true
                            min=panel.earliest.clone()
                            max=panel.latest.clone()
                        />
                    </div> {reason("rebase-reason", "What changed", " and stands beside the chart.")}
                    <button class="govuk-button">"Begin the chart anew"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn in_force(panel: &RebasePanel, cut: &ChartCut) -> AnyView {
    let id = format!("take-back-{}", cut.id);
    view! {
        <form class="rebase__cut" method="post" action=panel.action.clone()>
            {hidden(panel)} <input type="hidden" name="takes_back" value=cut.id.clone() /> <p>{cut.text.clone()}</p>
            {reason(&id, "Why this is taken back", ".")}
            <button class="govuk-button govuk-button--secondary">"Take it back"</button>
        </form>
    }
    .into_any()
}

fn hidden(panel: &RebasePanel) -> AnyView {
    panel
        .kept
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view()
        .into_any()
}

fn reason(id: &str, label: &'static str, kept: &'static str) -> AnyView {
    let (id, hint) = (id.to_owned(), format!("{id}-hint"));
    view! {
        <div class="govuk-form-group">
            <label class="govuk-label" for=id.clone()>
                {label}
            </label>
            <div class="govuk-hint" id=hint.clone()>
                "A sentence without a child’s name. It is kept with your name"
                {kept}
            </div>
            <input class="govuk-input" type="text" id=id name="reason" required=true maxlength="300" aria-describedby=hint />
        </div>
    }
    .into_any()
}
