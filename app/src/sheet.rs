//! One page on the screen: asked for once, put in place, asked for again when its address changes.

use crate::address::{Address, Reader};
use crate::bare::no_answer;
use crate::error::PageError;
#[cfg(feature = "ssr")]
use crate::fragment::Fragment;
use crate::fragment::Sheet;
use crate::markup::Markup;
use crate::visit::{Visit, filter};
use leptos::ev::{Event, SubmitEvent};
use leptos::html::Div;
use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos::wasm_bindgen::{JsCast as _, prelude::Closure};
#[cfg(not(feature = "ssr"))]
use leptos::web_sys::EventSource;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_matched, use_params_map};
#[cfg(not(feature = "ssr"))]
use std::time::Duration;

/// How long a page that shows something at work stays as it is.
#[cfg(not(feature = "ssr"))]
const AGAIN: Duration = Duration::from_secs(1);

/// A route's page; `read` makes its address from the path's parts and the query. The page before stays on the screen
/// until this one is there.
#[cfg(not(feature = "ssr"))]
pub fn page(read: Reader) -> AnyView {
    let address = address(read);
    let resource = Resource::new(move || address.get(), |address| async move { address.ask().await.map(Sheet::from) });
    let visit = use_context::<Visit>();
    let sheet = move || {
        Suspend::new(async move {
            let answer = resource.await;
            if let Some(visit) = visit {
                visit.leave();
            }
            let sheet = answer.unwrap_or_else(|error: PageError| no_answer(&error));
            if sheet.again {
                ask_again(resource);
            }
            if let Some(stream) = sheet.live.clone() {
                follow(stream, resource);
            }
            put(sheet)
        })
    };
    view! { <Transition>{sheet}</Transition> }.into_any()
}

/// On the server the page is there before this is rendered, so nothing waits. What the browser's resource begins with
/// goes into the document as leptos writes it, without the markup, which stands there already.
#[cfg(feature = "ssr")]
pub fn page(read: Reader) -> AnyView {
    let prepared = use_context::<crate::Prepared>();
    let answer = prepared.map_or(Err(PageError::Failed), |page| page.answer(&address(read).get_untracked()));
    let bare = |Fragment { title, news, again, live, .. }: &Fragment| Sheet {
        title: title.clone(),
        news: news.clone(),
        again: *again,
        live: live.clone(),
        html: String::new(),
    };
    let begins_with = answer.as_ref().map(bare).map_err(Clone::clone);
    Resource::new(|| (), move |()| std::future::ready(begins_with.clone()));
    put(answer.map_or_else(|error| no_answer(&error), Sheet::from))
}

/// The address of this route. While the visitor is on the way to another, it stays what it was; the router's own
/// query of a route is not used, because it does not follow when only a part of the path changes.
fn address(read: Reader) -> Memo<Address> {
    let (parts, mine, here) = (use_params_map(), use_matched(), use_location());
    Memo::new(move |before: Option<&Address>| {
        let is_mine = here.pathname.read().trim_matches('/') == mine.read().trim_matches('/');
        match before {
            Some(before) if !is_mine => before.clone(),
            _ => read(&parts.read(), &here.query.read()),
        }
    })
}

#[cfg(not(feature = "ssr"))]
fn ask_again(resource: Resource<Result<Sheet, PageError>>) {
    Effect::new(move |_| {
        // Without a timer the page stays as it is, and its link asks again.
        if let Ok(timer) = set_timeout_with_handle(move || resource.refetch(), AGAIN) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// Asks for the page again when its stream says that it has changed, and when the stream is refused: the right to read it
/// is gone then, or the session is over. A connection that is lost the browser takes up again by itself.
#[cfg(not(feature = "ssr"))]
fn follow(address: String, resource: Resource<Result<Sheet, PageError>>) {
    Effect::new(move |_| {
        // Without a stream the page stays as it is, and its link asks again.
        let Ok(stream) = EventSource::new(&address) else { return };
        let ask = Closure::<dyn FnMut()>::new(move || resource.refetch());
        let over = Closure::<dyn FnMut()>::new({
            let stream = stream.clone();
            move || {
                if stream.ready_state() == EventSource::CLOSED {
                    resource.refetch();
                }
            }
        });
        let listens = stream.add_event_listener_with_callback("changed", ask.as_ref().unchecked_ref());
        stream.set_onerror(Some(over.as_ref().unchecked_ref()));
        if listens.is_err() {
            stream.close();
        }
        let held = StoredValue::new_local((stream, ask, over));
        on_cleanup(move || {
            held.try_with_value(|(stream, ..)| {
                stream.set_onerror(None);
                stream.close();
            });
        });
    });
}

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
