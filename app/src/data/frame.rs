//! What surrounds every page.

use serde::{Deserialize, Serialize};

/// Who is signed in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ViewerCard {
    /// Full name.
    pub name: String,
    /// "Head of Service, Children and Families".
    pub role: String,
    /// Whether lists of children and children may be opened.
    pub reads_children: bool,
    /// Whether figures may be seen at all.
    pub reads_counts: bool,
    /// Whether extracts may be loaded.
    pub loads_data: bool,
}

/// What surrounds every page: the viewer, and how fresh the data is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The signed-in viewer.
    pub viewer: ViewerCard,
    /// "30 October 2026"; `None` before the first extract.
    pub as_at: Option<String>,
    /// "3 working days old" and the like, judged when the page is made.
    pub freshness: Option<String>,
    /// The headlines, as at the same date.
    pub home: String,
    /// The register, as at the same date; `None` where the viewer reads no child.
    pub attention: Option<String>,
    /// Caseloads, as at the same date; `None` where the viewer reads no child.
    pub caseloads: Option<String>,
    /// How many things wait for the viewer; `None` for who reads no child, for whom nothing ever waits.
    pub waiting: Option<u64>,
    /// Other dates this page can be asked for as at; `None` where it cannot.
    pub dates: Option<Dates>,
    /// Whether this is the fictional demo authority.
    pub demo: bool,
}

/// The dates a page can be asked for as at, as a form of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dates {
    /// The page's path.
    pub action: String,
    /// What else stands in the address.
    pub kept: Vec<(String, String)>,
    /// Newest first.
    pub choices: Vec<DateChoice>,
    /// Whether the page is as at an earlier extract.
    pub past: bool,
}

/// One date.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DateChoice {
    /// As it stands in the address; empty for the newest.
    pub value: String,
    /// "30 October 2026".
    pub text: String,
    /// Whether the page is as at this date.
    pub chosen: bool,
}

/// A page's data with its frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What surrounds it.
    pub frame: Frame,
    /// The page's own data.
    pub body: T,
}

/// One demo persona to sign in as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Persona {
    /// Value of the sign-in button.
    pub key: String,
    /// Name.
    pub name: String,
    /// What the persona may do, in a line.
    pub role: String,
}

/// The sign-in page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SignInPage {
    /// Demo personas; empty but in a database made by the demo.
    pub personas: Vec<Persona>,
    /// Whether any account exists yet.
    pub has_users: bool,
}
