//! What the browser remembers from page to page: where the reader is, what was said aloud, whether ids are hidden, and
//! what is being typed.

use leptos::ev::{Event, SubmitEvent};
use leptos::form::form_data_from_event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{
    Element, HtmlDivElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, UrlSearchParams,
};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// One visit, from opening the app to closing it. Provided by the app to all its pages.
#[derive(Clone, Copy)]
pub struct Visit {
    path: Memo<String>,
    shown: StoredValue<Option<String>>,
    place: StoredValue<Vec<u32>>,
    private: StoredValue<bool>,
    typed: StoredValue<Vec<Typed>>,
    /// What the live region says.
    pub said: RwSignal<String>,
}

impl Visit {
    /// Begins a visit and provides it. Needs a router around it.
    pub fn begin() -> Self {
        let visit = Self {
            path: use_location().pathname,
            shown: StoredValue::new(None),
            place: StoredValue::new(Vec::new()),
            private: StoredValue::new(false),
            typed: StoredValue::new(Vec::new()),
            said: RwSignal::new(String::new()),
        };
        provide_context(visit);
        visit
    }

    /// Called before a page is put in place.
    #[cfg(not(feature = "ssr"))]
    pub fn leave(&self) {
        self.place.set_value(document().active_element().map(|element| place_of(&element)).unwrap_or_default());
        self.typed.set_value(typed());
    }

    /// Called when a page is in place. A new page takes the focus to its heading. A page that comes back with other
    /// contents says its news, and what had the focus has it again, if it is still there.
    pub fn arrive(&self, sheet: HtmlDivElement, news: &str) {
        self.hide_ids(&sheet);
        let path = self.path.get_untracked();
        let typed = self.typed.try_update_value(std::mem::take).unwrap_or_default();
        if self.shown.with_value(|before| before.as_ref() == Some(&path)) {
            typed.iter().for_each(Typed::put_back);
        }
        match self.shown.get_value() {
            None => {}
            Some(before) if before != path || news.is_empty() => {
                self.said.set(String::new());
                focus(sheet.query_selector("h1").ok().flatten());
            }
            Some(_) => {
                self.said.set(news.to_owned());
                if !has_focus() {
                    let before = self.place.with_value(|place| at_place(place));
                    focus(before.or_else(|| sheet.query_selector("h1").ok().flatten()));
                }
            }
        }
        self.shown.set_value(Some(path));
    }

    /// Called when a field has changed.
    pub fn changed(&self, event: &Event) {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field.filter(|field| field.id() == PRIVACY) {
            self.private.set_value(field.checked());
        }
    }

    /// The privacy screen stays on from list to list; it may have been set before the app ran.
    fn hide_ids(&self, sheet: &Element) {
        let field = sheet.query_selector("#privacy").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            if self.private.get_value() {
                field.set_checked(true);
            } else {
                self.private.set_value(field.checked());
            }
        }
    }
}

/// The id of the privacy screen's field.
const PRIVACY: &str = "privacy";

/// What was typed into a field and not sent yet. A page that comes back with other contents keeps it, and with it the
/// version that the writer began from: another's text is found as a conflict and never written over unseen.
struct Typed {
    field: String,
    text: String,
    over: Option<String>,
    /// Where the writer is in the text, if the field has the focus.
    cursor: Option<(u32, u32)>,
}

impl Typed {
    fn put_back(&self) {
        let Some(element) = document().get_element_by_id(&self.field) else { return };
        if let (Some(over), Some(field)) = (&self.over, version_of(&element)) {
            field.set_value(over);
        }
        if let Some(field) = element.dyn_ref::<HtmlTextAreaElement>() {
            field.set_value(&self.text);
            if let Some((start, end)) = self.cursor {
                focus(Some(element.clone()));
                // Without a place in the text the writer goes on at its end.
                let _ = field.set_selection_range(start, end);
            }
        } else if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
            field.set_value(&self.text);
            if self.cursor.is_some() {
                focus(Some(element.clone()));
            }
        }
    }
}

/// Every field with an id whose text is not what the server sent.
#[cfg(not(feature = "ssr"))]
fn typed() -> Vec<Typed> {
    let Ok(fields) = document().query_selector_all(".sheet textarea[id], .sheet input[id]") else { return Vec::new() };
    let focused = document().active_element();
    let changed = |element: Element| {
        let (text, sent, cursor) = if let Some(field) = element.dyn_ref::<HtmlTextAreaElement>() {
            let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
            let cursor = (place(field.selection_start()), place(field.selection_end()));
            (field.value(), field.default_value().ok()?, cursor)
        } else {
            let field = element.dyn_ref::<HtmlInputElement>()?;
            (field.value(), field.default_value(), (0, 0))
        };
        let has_focus = focused.as_ref() == Some(&element);
        let over = version_of(&element).map(|field| field.value());
        (text != sent).then(|| Typed { field: element.id(), text, over, cursor: has_focus.then_some(cursor) })
    };
    (0..fields.length()).filter_map(|at| changed(fields.item(at)?.dyn_into().ok()?)).collect()
}

/// The hidden field of the same form that says which version its writer has seen.
fn version_of(field: &Element) -> Option<HtmlInputElement> {
    let form = field.closest("form").ok()??;
    form.query_selector("input[name=over]").ok()??.dyn_into().ok()
}

/// Whether anything but the document as a whole has the focus.
fn has_focus() -> bool {
    document().active_element().is_some_and(|element| element.tag_name() != "BODY")
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Without a way to focus there is nothing to put right.
        let _ = element.focus();
    }
}

/// Where an element stands: how many come before it, and before each that holds it.
#[cfg(not(feature = "ssr"))]
fn place_of(element: &Element) -> Vec<u32> {
    let mut place = Vec::new();
    let mut element = Some(element.clone());
    while let Some(inner) = element {
        element = inner.parent_element();
        if element.is_some() {
            let before = std::iter::successors(inner.previous_element_sibling(), Element::previous_element_sibling);
            place.push(u32::try_from(before.count()).unwrap_or(u32::MAX));
        }
    }
    place.reverse();
    place
}

/// What stands there now.
fn at_place(place: &[u32]) -> Option<Element> {
    place.iter().try_fold(document().document_element()?, |outer, before| {
        let mut inner = outer.first_element_child()?;
        for _ in 0..*before {
            inner = inner.next_element_sibling()?;
        }
        Some(inner)
    })
}

/// A way to another page of the app without a reload; `None` outside a visit.
pub fn way() -> Option<impl Fn(&str) + Clone> {
    use_context::<Visit>()?;
    let navigate = use_navigate();
    Some(move |address: &str| navigate(address, NavigateOptions { scroll: false, ..NavigateOptions::default() }))
}

/// Where a form that only chooses what is shown leads; `None` for every other form, which the browser sends itself.
pub fn filter(event: &SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    if form.get_attribute("method")? != "get" {
        return None;
    }
    let fields = form_data_from_event(event).ok()?;
    let query = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.to_string().as_string()?;
    let chosen: Vec<_> = query.split('&').filter(|field| !field.ends_with('=')).collect();
    let action = form.get_attribute("action")?;
    Some(if chosen.is_empty() { action } else { format!("{action}?{}", chosen.join("&")) })
}
