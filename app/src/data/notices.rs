//! What waits for the viewer.

use super::{ActionLine, Link};
use serde::{Deserialize, Serialize};

/// `/notices`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NoticesPage {
    /// "12 things wait for you".
    pub total: String,
    /// By kind, those that hold something.
    pub sections: Vec<NoticeSection>,
    /// Whether the viewer is written to.
    pub mail: String,
    /// The own calendar.
    pub calendar: CalendarPanel,
}

/// What waits for one reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NoticeSection {
    /// Where it stands on the page.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it is, and what is to be done.
    pub about: String,
    /// How many there are.
    pub number: String,
    /// Actions.
    pub lines: Vec<ActionLine>,
    /// Surgeries, and who leads each.
    pub surgeries: Vec<(Link, String)>,
    /// The way to those not shown.
    pub more: Option<Link>,
}

/// The own calendar, to subscribe to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CalendarPanel {
    /// Whether it has an address.
    pub has_address: bool,
    /// Since when, and when it was last fetched.
    pub state: String,
    /// The address, the one time it is shown.
    pub address: Option<String>,
}
