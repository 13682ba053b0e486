//! A page's one heading, which is its title too and takes the focus when the page is new.

use crate::markup::Markup;
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
        <Title text=title(text) />
        <div class="heading">
            {caption}
            <h1 class="heading__title" tabindex="-1" node_ref=node>
                {text.to_owned()}
            </h1>
        </div>
    }
    .into_any()
}

/// The title as leptos_meta takes it: on the server it puts the words into the document as they are, so there they
/// must be escaped; in the browser it sets them as text.
fn title(text: &str) -> String {
    if cfg!(feature = "ssr") {
        let mut escaped = Markup::with_capacity(text.len());
        escaped.text(text);
        escaped.into_html()
    } else {
        text.to_owned()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    #[test]
    fn a_title_cannot_end_itself() {
        assert_eq!(super::title("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
    }
}
