//! Whose ids a list shows. A list of an earlier extract holds the children who counted then; those who are no longer a
//! viewer's to read keep their line, so that the list equals its figure, and lose their name.

use crate::council::Council;
use crate::desk::ViewerDesk;
use crate::reading::naming::Named;
use crate::store::people::{Kind, reference};
use app::error::PageError;

/// The children of a list who may be named.
pub(super) enum Shown {
    /// Every child of the list: it is the newest extract's, or the viewer reads every child.
    All,
    /// Those who may be named today.
    Only(Named),
}

/// What stands in place of a child's id.
const NO_LONGER_YOURS: &str = "No longer in your teams";

impl Shown {
    pub(super) async fn on(desk: &ViewerDesk, council: &Council) -> Result<Self, PageError> {
        let scope = &desk.visit.viewer.scope;
        // A line of the newest extract came through the scope by today's facts.
        if !council.is_past() && scope.reads_children() {
            return Ok(Self::All);
        }
        desk.named().await.map(Self::Only)
    }

    /// A child's id, or what stands in its place.
    pub(super) fn id<'a>(&self, child: &'a str) -> &'a str {
        if self.names(child) { child } else { NO_LONGER_YOURS }
    }

    /// A child's page, where the child may be named.
    pub(super) fn page(&self, council: &Council, child: &str) -> Option<String> {
        self.reference(council, child).map(|reference| council.links().child(&reference))
    }

    /// A child's reference, where the child may be named.
    pub(super) fn reference(&self, council: &Council, child: &str) -> Option<String> {
        self.names(child).then(|| reference(&council.reference_key, Kind::Child, child))
    }

    pub(super) fn names(&self, child: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(named) => named.has(child),
        }
    }
}
