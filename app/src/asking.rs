//! The page of a route in the browser: asked for once, and again when its address changes.

use crate::address::{Address, Reader};
use crate::bare::no_answer;
use crate::error::PageError;
use crate::fragment::Sheet;
use crate::sheet::put;
use crate::visit::Visit;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, prelude::Closure};
use leptos::web_sys::EventSource;
use leptos_router::hooks::{use_location, use_matched, use_params_map};
use std::time::Duration;

/// How long a page that shows something at work stays as it is.
const AGAIN: Duration = Duration::from_secs(1);

/// A route's page; `read` makes its address from the path's parts and the query. The page before stays on the screen
/// until this one is there.
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
