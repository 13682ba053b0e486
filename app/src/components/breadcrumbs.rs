//! The way back up.

use crate::data::Link;
use leptos::prelude::*;

/// The pages above this one, from the headlines down. Empty at the top.
pub type Crumbs = Vec<Link>;

/// The trail; nothing at the top.
pub fn breadcrumbs(crumbs: Crumbs) -> AnyView {
    (!crumbs.is_empty())
        .then(|| {
            let crumbs = crumbs
                .into_iter()
                .map(|link| {
                    view! {
                        <li class="govuk-breadcrumbs__list-item">
                            <a class="govuk-breadcrumbs__link" href=link.href>
                                {link.text}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <nav class="govuk-breadcrumbs" aria-label="Breadcrumb">
                    <ol class="govuk-breadcrumbs__list">{crumbs}</ol>
                </nav>
            }
        })
        .into_any()
}
