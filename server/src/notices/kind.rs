//! The kinds of notice, in the order in which they are shown: an action that fits several stands under the first.

/// Why something waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An own action came back: sent back, opened again, or contradicted by the data after it was closed.
    CameBack,
    /// The data shows that an own action was done: it waits for the report.
    ToReport,
    /// An own action is past its due date.
    Late,
    /// An own action is due in this calendar week.
    DueThisWeek,
    /// A report waits for this person's confirmation.
    ToConfirm,
    /// An own action was recorded by another, or handed over.
    New,
    /// Late in a Director's area for so long that it stands on the agenda.
    OnAgenda,
    /// Late in a Director's area for so long that the Director is told.
    Escalated,
    /// A surgery that is near and not prepared.
    ToPrepare,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Self; 9] = [
        Self::CameBack,
        Self::ToReport,
        Self::Late,
        Self::DueThisWeek,
        Self::ToConfirm,
        Self::New,
        Self::OnAgenda,
        Self::Escalated,
        Self::ToPrepare,
    ];

    /// Its stable name: kept with messages, and where it stands on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CameBack => "came-back",
            Self::ToReport => "to-report",
            Self::Late => "late",
            Self::DueThisWeek => "due-this-week",
            Self::ToConfirm => "to-confirm",
            Self::New => "new",
            Self::OnAgenda => "on-agenda",
            Self::Escalated => "escalated",
            Self::ToPrepare => "to-prepare",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::CameBack => "Came back to you",
            Self::ToReport => "Waiting for your report",
            Self::Late => "Late",
            Self::DueThisWeek => "Due this week",
            Self::ToConfirm => "Waiting for your confirmation",
            Self::New => "New to you",
            Self::OnAgenda => "Late in your area, and on the agenda",
            Self::Escalated => "Late in your area",
            Self::ToPrepare => "Surgeries to prepare",
        }
    }

    /// What it is, and what is to be done, in a sentence or two.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::CameBack => {
                "A report was not enough, the action was opened again, or a later extract does not show what was reported. Do what is left, and report again."
            }
            Self::ToReport => "The data shows that it was done. Report what changed, so that it can be closed.",
            Self::Late => "Past the due date. Report it, move the date with a reason, or say what stands in the way.",
            Self::DueThisWeek => "Due by Sunday.",
            Self::ToConfirm => {
                "The Head of Service has reported what changed. You are the second person: confirm it, or send it back."
            }
            Self::New => {
                "Recorded for you or handed over to you in the last two weeks. It stands here until you have done something about it."
            }
            Self::OnAgenda => "So late that each stands on the agenda of the next service surgery by itself.",
            Self::Escalated => "So late that the Director is told. The days stand under Standards.",
            Self::ToPrepare => "Near, and not prepared yet. Prepare it, and its agenda makes itself from the data.",
        }
    }

    /// One, and many: "action late", "actions late".
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::CameBack => ("action came back to you", "actions came back to you"),
            Self::ToReport => ("action waiting for your report", "actions waiting for your report"),
            Self::Late => ("action late", "actions late"),
            Self::DueThisWeek => ("action due this week", "actions due this week"),
            Self::ToConfirm => ("report waiting to be confirmed", "reports waiting to be confirmed"),
            Self::New => ("action new to you", "actions new to you"),
            Self::OnAgenda => ("late action on the surgery’s agenda", "late actions on the surgery’s agenda"),
            Self::Escalated => ("action late in your area", "actions late in your area"),
            Self::ToPrepare => ("surgery to prepare", "surgeries to prepare"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_stands_in_its_order() {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
            assert!(Kind::ALL[place + 1..].iter().all(|later| *later > kind && later.name() != kind.name()));
        }
    }
}
