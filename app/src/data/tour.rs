//! The guided tour for the viewer's roles.

use super::Link;
use serde::{Deserialize, Serialize};

/// `/help/tour`: what to look at, in which order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TourPage {
    /// One for each role that the viewer holds today.
    pub parts: Vec<TourPart>,
    /// Whether the home page offers the tour.
    pub offered: bool,
}

/// The tour for one role.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TourPart {
    /// "Head of Service".
    pub role: String,
    /// What the role is here for, in a sentence.
    pub purpose: String,
    /// Five to eight steps.
    pub steps: Vec<TourStep>,
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TourStep {
    /// What is done there.
    pub title: String,
    /// A sentence or two.
    pub text: String,
    /// What to look at on the page.
    pub look: String,
    /// The page; `None` before there is anything on it.
    pub link: Option<Link>,
}
