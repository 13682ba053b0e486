//! What the browser remembers between pages: where the focus was sent last, and what was said aloud.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// One visit, from opening the app to closing it. Provided by the app to all its pages.
#[derive(Clone, Copy)]
pub struct Visit {
    path: Memo<String>,
    shown: StoredValue<Option<String>>,
    /// What the live region says.
    pub said: RwSignal<String>,
}

impl Visit {
    /// Begins a visit and provides it. Needs a router around it.
    pub fn begin() -> Self {
        let visit =
            Self { path: use_location().pathname, shown: StoredValue::new(None), said: RwSignal::new(String::new()) };
        provide_context(visit);
        visit
    }

    /// Called when a page is on the screen. A page with a new address takes the focus to its heading; the same
    /// page with new contents says its news.
    pub fn arrive(&self, heading: NodeRef<leptos::html::H1>, news: &str) {
        let path = self.path.get_untracked();
        let before = self.shown.get_value();
        let is_new = before.as_deref() != Some(path.as_str());
        self.shown.set_value(Some(path));
        match before {
            None => {}
            Some(_) if is_new => {
                self.said.set(String::new());
                if let Some(heading) = heading.get_untracked() {
                    // Without a way to focus there is nothing to put right.
                    let _ = heading.focus();
                }
            }
            Some(_) => self.said.set(news.to_owned()),
        }
    }
}

/// A way to another page of the app without a reload; `None` outside a visit, as in tests.
pub fn way() -> Option<impl Fn(&str) + Clone> {
    use_context::<Visit>()?;
    let navigate = use_navigate();
    Some(move |address: &str| navigate(address, NavigateOptions { scroll: false, ..NavigateOptions::default() }))
}
