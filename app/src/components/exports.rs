//! Files of a page, to take away.

use crate::data::Link;
use leptos::prelude::*;

/// The files; nothing where there is none.
pub fn exports(exports: Vec<Link>) -> AnyView {
    (!exports.is_empty())
        .then(|| {
            let links = exports
                .into_iter()
                .map(|link| {
                    view! {
                        <li>
                            <a href=link.href download="" rel="external">
                                {link.text}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="exports">
                    <h2 class="exports__title">"Take it with you"</h2>
                    <ul class="inline">{links}</ul>
                    <p class="note">"A file holds the lines of every page, and is recorded like a look at them. A workbook has its notes on a second sheet."</p>
                </section>
            }
        })
        .into_any()
}
