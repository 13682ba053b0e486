//! One page on the screen, put in place as it came.

use crate::fragment::Sheet;
use crate::markup::Markup;
use crate::visit::{Visit, filter};
use leptos::ev::{Event, SubmitEvent};
use leptos::html::Div;
use leptos::prelude::*;
use leptos_meta::Title;

/// Puts a page in place, and tells the visit.
pub fn put(sheet: Sheet) -> AnyView {
    let Sheet { title, news, html, .. } = sheet;
    let node = NodeRef::<Div>::new();
    let visit = use_context::<Visit>();
    if let Some(visit) = visit {
        Effect::new(move |_| {
            if let Some(sheet) = node.get() {
                let news = news.clone();
                // In the frame after this the new contents are in place.
                request_animation_frame(move || visit.arrive(sheet, &news));
            }
        });
    }
    let way = crate::visit::way();
    let submit = move |event: SubmitEvent| {
        if let (Some(way), Some(to)) = (&way, filter(&event)) {
            event.prevent_default();
            way(&to);
        }
    };
    let change = move |event: Event| {
        if let Some(visit) = visit {
            visit.changed(&event);
        }
    };
    view! {
        <Title text=escaped(&title) />
        <div class="sheet" node_ref=node inner_html=html on:submit=submit on:change=change></div>
    }
    .into_any()
}

/// The title as leptos_meta takes it: on the server it puts the words into the document as they are, so there they
/// must be escaped; in the browser it sets them as text.
fn escaped(title: &str) -> String {
    if cfg!(feature = "ssr") {
        let mut escaped = Markup::with_capacity(title.len());
        escaped.text(title);
        escaped.into_html()
    } else {
        title.to_owned()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    #[test]
    fn a_title_cannot_end_itself() {
        assert_eq!(super::escaped("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
    }
}
