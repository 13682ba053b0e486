//! A page as it travels: rendered on the server, put in place by the browser as it stands.
//!
//! So the browser needs to know no page: the WASM holds the router and this, and stays small however many pages there
//! are. What a viewer may not see is not in the markup, and there is no other data.

use serde::{Deserialize, Serialize};

/// A rendered page, as a server function answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// The document's title, as text.
    pub title: String,
    /// Said aloud when the same page comes back with other contents.
    pub news: String,
    /// Whether the page is to be asked for again in a second, because what it shows is at work.
    pub again: bool,
    /// The stream that says when the page has changed; none where it does not change by itself.
    pub live: Option<String>,
    /// The markup, from the header to the footer.
    pub html: String,
}

/// What the browser keeps of a page. A document that was rendered on the server holds the markup already, so it is not
/// written into the document's data a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The document's title, as text.
    pub title: String,
    /// Said aloud when the same page comes back with other contents.
    pub news: String,
    /// Whether to ask again.
    pub again: bool,
    /// The stream that says when the page has changed.
    pub live: Option<String>,
    /// The markup; empty where the document holds it.
    #[serde(skip)]
    pub html: String,
}

impl From<Fragment> for Sheet {
    fn from(Fragment { title, news, again, live, html }: Fragment) -> Self {
        Self { title, news, again, live, html }
    }
}

#[cfg(feature = "ssr")]
impl Fragment {
    /// With news for those who hear the page.
    #[must_use]
    pub fn with_news(self, news: String) -> Self {
        Self { news, ..self }
    }

    /// To be asked for again whenever a stream says so.
    #[must_use]
    pub fn live(self, live: Option<String>) -> Self {
        Self { live, ..self }
    }

    /// To be asked for again.
    #[must_use]
    pub fn at_work(self, again: bool) -> Self {
        Self { again, ..self }
    }
}
