//! A page's one heading, which is its title too and takes the focus when the page is new.

use crate::visit::Visit;
use leptos::html::H1;
use leptos::prelude::*;
use leptos_meta::Title;

/// The heading; `caption` stands above it, `news` is said aloud when the same page comes back with other contents.
pub fn heading(text: &str, caption: &str, news: String) -> AnyView {
    let node = NodeRef::<H1>::new();
    if let Some(visit) = use_context::<Visit>() {
        Effect::new(move |_| visit.arrive(node, &news));
    }
    let caption = (!caption.is_empty()).then(|| view! { <p class="heading__caption">{caption.to_owned()}</p> });
    view! {
        <Title text=text.to_owned() />
        <div class="heading">
            {caption}
            <h1 class="heading__title" tabindex="-1" node_ref=node>
                {text.to_owned()}
            </h1>
        </div>
    }
    .into_any()
}
