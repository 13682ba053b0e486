//! From one page of a long list to the next.

use leptos::prelude::*;

/// The links and where the reader is; nothing where one page is all.
pub fn pagination(page: u64, pages: u64, previous: Option<String>, next: Option<String>) -> AnyView {
    (pages > 1)
        .then(|| {
            let step = |href: Option<String>, rel: &'static str, text: &'static str| {
                href.map(|href| {
                    view! {
                        <a class="pages__link" href=href rel=rel>
                            {text}
                            <span class="govuk-visually-hidden">" page"</span>
                        </a>
                    }
                })
            };
            view! {
                <nav class="pages" aria-label="Pages">
                    {step(previous, "prev", "Previous")}
                    <span class="pages__here">{format!("Page {page} of {pages}")}</span>
                    {step(next, "next", "Next")}
                </nav>
            }
        })
        .into_any()
}
