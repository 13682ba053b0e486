//! From a page's one resource to the page.

use crate::error::PageError;
use crate::pages::no_answer;
use leptos::prelude::*;

/// Shows the resource's answer, or why there is none. The page before stays on the screen until the answer is there.
pub fn answer<T>(
    resource: Resource<Result<T, PageError>>,
    show: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let read = move || {
        Suspend::new(async move {
            match resource.await {
                Ok(data) => show(data),
                Err(error) => no_answer(&error),
            }
        })
    };
    // The browser shows the resource again whenever it changes. On the server it never does, and a closure would
    // build the page once for each of leptos's looks for further resources: two to three times the work.
    #[cfg(feature = "ssr")]
    let read = read();
    view! { <Transition>{read}</Transition> }
}
