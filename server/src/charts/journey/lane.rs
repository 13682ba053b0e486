//! The lanes of a journey, in the order a child may come through them.

use crate::charts::canvas::Pixel;
use crate::charts::ink::Ink;

/// A kind of involvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Contacts and referrals.
    ContactAndReferral,
    /// Early help.
    EarlyHelp,
    /// Assessments.
    Assessment,
    /// Section 47 enquiries and initial child protection conferences.
    Section47AndConference,
    /// Child in need.
    ChildInNeed,
    /// Child protection plans.
    ChildProtection,
    /// Looked after.
    LookedAfter,
    /// Care leaver.
    CareLeaver,
    /// Adoption.
    Adoption,
}

impl Lane {
    /// All of them in order.
    pub const ALL: [Self; 9] = [
        Self::ContactAndReferral,
        Self::EarlyHelp,
        Self::Assessment,
        Self::Section47AndConference,
        Self::ChildInNeed,
        Self::ChildProtection,
        Self::LookedAfter,
        Self::CareLeaver,
        Self::Adoption,
    ];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ContactAndReferral => "Contact and referral",
            Self::EarlyHelp => "Early help",
            Self::Assessment => "Assessment",
            Self::Section47AndConference => "Section 47 and conference",
            Self::ChildInNeed => "Child in need",
            Self::ChildProtection => "Child protection",
            Self::LookedAfter => "Looked after",
            Self::CareLeaver => "Care leaver",
            Self::Adoption => "Adoption",
        }
    }

    /// One ink for the front door, one for safeguarding, one for care.
    pub(super) const fn ink(self) -> Ink {
        match self {
            Self::ContactAndReferral | Self::EarlyHelp | Self::Assessment => Ink::FrontDoor,
            Self::Section47AndConference | Self::ChildInNeed | Self::ChildProtection => Ink::Safeguarding,
            Self::LookedAfter | Self::CareLeaver | Self::Adoption => Ink::Care,
        }
    }

    /// The corners of its mark around a centre, a shape of its own; none for a circle.
    pub(super) const fn mark(self) -> &'static [Pixel] {
        match self {
            Self::ContactAndReferral => &[],
            Self::EarlyHelp => &[(0, -7), (8, 6), (-8, 6)],
            Self::Assessment => &[(-6, -6), (6, -6), (6, 6), (-6, 6)],
            Self::Section47AndConference => &[(0, -8), (8, 0), (0, 8), (-8, 0)],
            Self::ChildInNeed => &[(0, 7), (8, -6), (-8, -6)],
            Self::ChildProtection => &[
                (-2, -7),
                (2, -7),
                (2, -2),
                (7, -2),
                (7, 2),
                (2, 2),
                (2, 7),
                (-2, 7),
                (-2, 2),
                (-7, 2),
                (-7, -2),
                (-2, -2),
            ],
            Self::LookedAfter => &[(0, -8), (8, -1), (5, 7), (-5, 7), (-8, -1)],
            Self::CareLeaver => &[(-8, -6), (8, 6), (8, -6), (-8, 6)],
            Self::Adoption => {
                &[(0, -8), (2, -3), (8, -2), (4, 2), (5, 8), (0, 5), (-5, 8), (-4, 2), (-8, -2), (-2, -3)]
            }
        }
    }
}
